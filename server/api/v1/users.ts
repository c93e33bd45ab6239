import { type Static, Type } from 'typebox';
import type { OrgRole } from '../../../vocabulary/roles.ts';
import { pageInfo } from '../../core/records/page.ts';
import { inviteUser, resendInvite } from '../../core/users/inviteUser.ts';
import { deleteUser, describeUser, listUsers, updateUser } from '../../core/users/manageUsers.ts';
import { createPasswordReset } from '../../core/users/resetPassword.ts';
import { message } from '../parts/authRoutes.ts';
import { readLimit, readOffset, readOne } from '../parts/listQuery.ts';
import { listedUserRow, listedUserSchema } from '../parts/people.ts';
import { profileRoutes } from '../parts/profileRoutes.ts';
import { pageInfoSchema } from '../parts/recordSchemas.ts';
import { pageParameters } from '../parts/tokenRoutes.ts';
import { type AnyRoute, route, sessionOnly } from '../route.ts';

const tag = 'Users';
const path = '/api/v1/users';

/** Instance roles as clients write them. */
const orgRoleOf = {
  super: 'super',
  'org-level-creator,super': 'super',
  'org-level-creator': 'creator',
  'org-level-viewer': 'viewer',
} as const satisfies Record<string, OrgRole>;
type RoleWord = keyof typeof orgRoleOf;

const roleWord = Type.Union([
  Type.Literal('super'),
  Type.Literal('org-level-creator,super'),
  Type.Literal('org-level-creator'),
  Type.Literal('org-level-viewer'),
]);
const newUserBody = Type.Object({ email: Type.String({ format: 'email' }), roles: Type.Optional(roleWord) });
const changeBody = Type.Object({
  roles: Type.Optional(roleWord),
  status: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('blocked')])),
});

const wordToRole = (word: RoleWord): OrgRole => orgRoleOf[word];

const listRoute = route({
  id: 'v1ListUsers',
  method: 'GET',
  paths: [path],
  summary: 'Users of the instance',
  tag,
  access: sessionOnly('userList'),
  target: 'none',
  query: {
    ...pageParameters,
    query: { schema: Type.String(), description: 'Part of an e-mail address or a name.' },
  },
  reply: Type.Object({ list: Type.Array(listedUserSchema), pageInfo: pageInfoSchema }),
  run: async (call) => {
    const limit = readLimit(call.query, call.core.settings);
    const offset = readOffset(call.query, limit);
    const search = readOne(call.query, 'query')?.trim() ?? '';
    const page = { limit, offset, ...(search === '' ? {} : { search }) };
    const { users, total } = await listUsers(call.core, page);
    return { list: users.map(listedUserRow), pageInfo: pageInfo(total, limit, offset) };
  },
});

const inviteRoute = route<Static<typeof newUserBody>>({
  id: 'v1InviteUser',
  method: 'POST',
  paths: [path],
  summary: 'Invite someone to the instance',
  tag,
  access: sessionOnly('userAdd'),
  target: 'none',
  body: newUserBody,
  reply: Type.Object({
    invite_token: Type.String(),
    email: Type.String(),
    mailed: Type.Boolean({ description: 'False: no mail server is set up, so hand the link over yourself.' }),
  }),
  run: async (call) => {
    const orgRole = wordToRole(call.body.roles ?? 'org-level-viewer');
    const invitation = await inviteUser(call.core, call.caller, { email: call.body.email, orgRole });
    const { secret, email } = invitation;
    return { invite_token: secret, email, mailed: call.core.mailer.configured };
  },
});

const changeRoute = route<Static<typeof changeBody>>({
  id: 'v1UpdateUser',
  method: 'PATCH',
  paths: [`${path}/:userId`],
  summary: 'Change the instance role of a user, block or unblock',
  tag,
  access: sessionOnly('userUpdate'),
  target: 'none',
  body: changeBody,
  reply: listedUserSchema,
  run: async (call) => {
    const { roles, status } = call.body;
    const id = call.params.userId ?? '';
    await updateUser(call.core, call.caller, id, {
      ...(roles === undefined ? {} : { orgRole: wordToRole(roles) }),
      ...(status === undefined ? {} : { status }),
    });
    return listedUserRow(await describeUser(call.core, id));
  },
});

const deleteRoute = route({
  id: 'v1DeleteUser',
  method: 'DELETE',
  paths: [`${path}/:userId`],
  summary: 'Remove a user with every session, token and membership',
  tag,
  access: sessionOnly('userDelete'),
  target: 'none',
  reply: message,
  run: async (call) => {
    await deleteUser(call.core, call.caller, call.params.userId ?? '');
    return { msg: 'The user has been deleted successfully' };
  },
});

const resendRoute = route({
  id: 'v1ResendUserInvite',
  method: 'POST',
  paths: [`${path}/:userId/resend-invite`],
  summary: 'Mail a new invitation',
  tag,
  access: sessionOnly('userAdd'),
  target: 'none',
  reply: message,
  run: async (call) => {
    await resendInvite(call.core, call.caller, call.params.userId ?? '');
    return { msg: 'The invitation has been sent to the user' };
  },
});

const resetUrlRoute = route({
  id: 'v1GenerateResetUrl',
  method: 'POST',
  paths: [`${path}/:userId/generate-reset-url`],
  summary: 'A link with which a user chooses a new password, once, within an hour',
  tag,
  access: sessionOnly('userResetUrl'),
  target: 'none',
  reply: Type.Object({ reset_password_token: Type.String(), reset_password_url: Type.String() }),
  run: async (call) => {
    const { secret, url } = await createPasswordReset(call.core, call.caller, call.params.userId ?? '');
    return { reset_password_token: secret, reset_password_url: url };
  },
});

/** Users of the instance, for super admins, and the own profile. */
export const routes: readonly AnyRoute[] = [
  listRoute,
  inviteRoute,
  changeRoute,
  deleteRoute,
  resendRoute,
  resetUrlRoute,
  ...profileRoutes('v1', '/api/v1/user/profile'),
];
