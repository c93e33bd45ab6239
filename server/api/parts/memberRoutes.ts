import { type Static, Type } from 'typebox';
import { changeMemberRole } from '../../core/members/changeRole.ts';
import { inviteMembers, type NewMember } from '../../core/members/invite.ts';
import { listMembers } from '../../core/members/list.ts';
import { removeMember } from '../../core/members/remove.ts';
import { resendMemberInvite } from '../../core/members/resendInvite.ts';
import { setMemberPreferences } from '../../core/members/setPreferences.ts';
import { pageInfo } from '../../core/records/page.ts';
import { type AnyRoute, inBase, inBaseBySession, route } from '../route.ts';
import { readLimit, readOffset, readOne } from './listQuery.ts';
import { memberRow, memberSchema, roleWord } from './memberRow.ts';
import type { MetaPaths } from './metaPaths.ts';
import { message } from './metaSchemas.ts';
import { pageInfoSchema } from './recordSchemas.ts';
import { pageParameters } from './tokenRoutes.ts';

const tag = 'Members';

const inviteBody = Type.Object({
  email: Type.Optional(Type.String({ description: 'One address, or several separated by commas.' })),
  roles: roleWord,
});
const roleBody = Type.Object({ roles: roleWord });
const preferencesBody = Type.Object({
  starred: Type.Optional(Type.Boolean()),
  hidden: Type.Optional(Type.Boolean()),
  order: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
});

const inviteReply = Type.Object({
  msg: Type.String(),
  invite_token: Type.Optional(
    Type.String({ description: 'For the sign-up of the first new user; shown once.' }),
  ),
  emails: Type.Optional(Type.Array(Type.String())),
  error: Type.Optional(Type.Array(Type.Unknown())),
  invitations: Type.Optional(
    Type.Array(Type.Object({ email: Type.String(), invite_token: Type.String() }), {
      description: 'One for each new user; shown once.',
    }),
  ),
});

/** With a mail server the invitations are under way; without one the caller hands the tokens over. */
function inviteAnswer(added: readonly NewMember[], mailed: boolean): Static<typeof inviteReply> {
  const msg = 'The user has been invited successfully';
  const invited = added.flatMap(({ email, invitation }) =>
    invitation === undefined ? [] : [{ email, invite_token: invitation.secret }],
  );
  const [first] = invited;
  if (added.length === 1 && (mailed || first === undefined)) return { msg };
  const answer = { msg, emails: added.map((member) => member.email), error: [] };
  return mailed || first === undefined
    ? answer
    : { ...answer, invite_token: first.invite_token, invitations: invited };
}

const listRoutes = ({ version, bases }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ListMembers`,
    method: 'GET',
    paths: [`${bases}/:baseId/users`],
    summary: 'The members of a base; a super admin sees every user, `roles` is then null for the others',
    tag,
    access: inBase('baseUserList'),
    target: 'base',
    query: {
      ...pageParameters,
      query: { schema: Type.String(), description: 'Part of an e-mail address or a name.' },
      members_only: {
        schema: Type.Boolean(),
        description: 'For super admins, too: nobody without a role in this base.',
      },
    },
    reply: Type.Object({ users: Type.Object({ list: Type.Array(memberSchema), pageInfo: pageInfoSchema }) }),
    run: async (call) => {
      const limit = readLimit(call.query, call.core.settings);
      const offset = readOffset(call.query, limit);
      const search = readOne(call.query, 'query')?.trim();
      const { base } = call.target;
      const membersOnly = readOne(call.query, 'members_only') === 'true';
      const query = { search, limit, offset, membersOnly };
      const { members, total } = await listMembers(call.core, call.caller, base, query);
      const list = members.map((member) => memberRow(base.id, member));
      return { users: { list, pageInfo: pageInfo(total, limit, offset) } };
    },
  }),
  route<Static<typeof inviteBody>>({
    id: `${version}InviteMember`,
    method: 'POST',
    paths: [`${bases}/:baseId/users`],
    summary: 'Make people members of a base, with a role up to your own',
    tag,
    access: inBaseBySession('userInvite'),
    target: 'base',
    body: inviteBody,
    reply: inviteReply,
    run: async (call) => {
      const input = { emails: call.body.email ?? '', role: call.body.roles };
      const added = await inviteMembers(call.core, call.caller, call.target.base, input);
      return inviteAnswer(added, call.core.mailer.configured);
    },
  }),
];

const singleRoutes = ({ version, bases }: MetaPaths): AnyRoute[] => [
  route<Static<typeof roleBody>>({
    id: `${version}ChangeMember`,
    method: 'PATCH',
    paths: [`${bases}/:baseId/users/:userId`],
    summary: 'Change the role of a member; it counts from the next request on',
    tag,
    access: inBaseBySession('baseUserUpdate'),
    target: 'base',
    body: roleBody,
    reply: message,
    run: async (call) => {
      const userId = call.params.userId ?? '';
      await changeMemberRole(call.core, call.caller, call.target.base, userId, call.body.roles);
      return { msg: 'The user has been updated successfully' };
    },
  }),
  route({
    id: `${version}RemoveMember`,
    method: 'DELETE',
    paths: [`${bases}/:baseId/users/:userId`],
    summary: 'Remove a member; their credentials stop opening the base at once',
    tag,
    access: inBaseBySession('baseUserDelete'),
    target: 'base',
    reply: message,
    run: async (call) => {
      await removeMember(call.core, call.caller, call.target.base, call.params.userId ?? '');
      return { msg: 'The user has been deleted successfully' };
    },
  }),
  route({
    id: `${version}ResendMemberInvite`,
    method: 'POST',
    paths: [`${bases}/:baseId/users/:userId/resend-invite`],
    summary: 'Mail a member a new invitation',
    tag,
    access: inBaseBySession('baseUserInviteResend'),
    target: 'base',
    reply: message,
    run: async (call) => {
      await resendMemberInvite(call.core, call.caller, call.target.base, call.params.userId ?? '');
      return { msg: 'The invitation has been sent to the user' };
    },
  }),
];

const preferenceRoutes = ({ version, bases }: MetaPaths): AnyRoute[] => [
  route<Static<typeof preferencesBody>>({
    id: `${version}SetMemberPreferences`,
    method: 'PATCH',
    paths: [`${bases}/:baseId/user`],
    summary: 'Star, hide or order a base in your own list',
    tag,
    access: inBaseBySession('baseUserMetaUpdate'),
    target: 'base',
    body: preferencesBody,
    reply: Type.Literal(true),
    run: async (call) => {
      const { starred, hidden, order } = call.body;
      await setMemberPreferences(call.core, call.caller, call.target.base, { starred, hidden, order });
      return true;
    },
  }),
];

/** Members of a base and their roles. */
export const memberRoutes = (paths: MetaPaths): AnyRoute[] => [
  ...listRoutes(paths),
  ...singleRoutes(paths),
  ...preferenceRoutes(paths),
];
