import type { BaseRole } from '../../../vocabulary/roles.ts';
import { type BaseChange, changeMembers } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Base, Caller } from '../model.ts';
import { isEmail, normaliseEmail } from '../users/email.ts';
import { type Invitation, insertInvitedUser, mailInvitation } from '../users/inviteUser.ts';
import { sendMail } from '../users/mail.ts';
import { requireWithinOwnRole } from './roles.ts';

/** Addresses of one call. */
const maxAddresses = 100;

export interface NewMember {
  readonly email: string;
  /** A user made by this call, who has yet to sign up with the secret; undefined for known users. */
  readonly invitation: Invitation | undefined;
}

/**
 * Makes people members of a base, all or none. Who is not a user yet becomes
 * an invited one. Roles reach up to the caller's own. Throws BAD_REQUEST,
 * BASE_COLLABORATION or FORBIDDEN.
 */
export async function inviteMembers(
  core: Core,
  caller: Caller,
  base: Base,
  input: { readonly emails: string; readonly role: BaseRole },
): Promise<NewMember[]> {
  const emails = parseAddresses(input.emails);
  const added = await changeMembers(core, caller, base.id, async (change) => {
    requireWithinOwnRole(caller, change.base, input.role);
    const members: NewMember[] = [];
    for (const email of emails) members.push(await addMember(core, change, email, input.role));
    return members;
  });
  for (const { email, invitation } of added) {
    if (invitation !== undefined) mailInvitation(core, caller, invitation);
    else sendMail(core, caller, welcome(core, email));
  }
  return added;
}

function parseAddresses(given: string): string[] {
  const emails = [...new Set(given.split(',').map(normaliseEmail))].filter((email) => email !== '');
  if (emails.length === 0) throw new AppError('BAD_REQUEST', 'Email is required');
  if (emails.length > maxAddresses) {
    throw new AppError('BASE_COLLABORATION', `Too many addresses: invite at most ${maxAddresses} at a time`);
  }
  const bad = emails.filter((email) => !isEmail(email)).map((email) => email.slice(0, 100).toWellFormed());
  if (bad.length > 0) throw new AppError('BASE_COLLABORATION', `Invalid email address : ${bad.join(', ')}`);
  return emails;
}

async function addMember(core: Core, change: BaseChange, email: string, role: BaseRole): Promise<NewMember> {
  const { tx, base, now, audit } = change;
  const known = await tx.users.findByEmail(email);
  const member = known && base.members.get(known.id);
  if (member !== undefined) {
    throw new AppError('BASE_COLLABORATION', `${email} with role ${member.role} already exists in this base`);
  }
  // A pending user keeps the link of the first invitation: a second one would let
  // this caller take over an account that others have given rights to.
  const invitation = known === undefined ? await insertInvitedUser(core, tx, email, 'viewer') : undefined;
  const userId = known?.id ?? (invitation as Invitation).userId;
  await tx.bases.setMember(base.id, {
    userId,
    role,
    starred: false,
    order: null,
    hidden: false,
    createdAt: now,
  });
  await audit('member.invite', { target: userId, details: { role } });
  return { email, invitation };
}

function welcome(core: Core, to: string) {
  const place = core.settings.publicUrl === null ? '' : `\n\n${core.settings.publicUrl}`;
  return { to, subject: 'You have a new base', text: `You were added to a base. Sign in to see it.${place}` };
}
