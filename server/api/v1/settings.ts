import { type Static, Type } from 'typebox';
import { readInstanceSettings, saveInstanceSettings } from '../../core/users/instanceSettings.ts';
import { message } from '../parts/authRoutes.ts';
import { type AnyRoute, route, sessionOnly } from '../route.ts';

const tag = 'Settings';
const path = '/api/v1/app-settings';

const shown = Type.Object({
  invite_only_signup: Type.Boolean(),
  restrict_workspace_creation: Type.Boolean(),
  tokens_per_user: Type.Integer({ description: '0: no limit.' }),
});
const changeBody = Type.Object({
  invite_only_signup: Type.Optional(Type.Boolean()),
  restrict_workspace_creation: Type.Optional(
    Type.Boolean({ description: 'There is one workspace; not kept.' }),
  ),
  tokens_per_user: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
});

/** Settings of the running instance, for super admins. */
export const routes: readonly AnyRoute[] = [
  route({
    id: 'v1GetAppSettings',
    method: 'GET',
    paths: [path],
    summary: 'Settings of the instance',
    tag,
    access: sessionOnly('appSettingsGet'),
    target: 'none',
    reply: shown,
    run: async (call) => {
      const settings = await readInstanceSettings(call.core, call.core.stores);
      return {
        invite_only_signup: settings.inviteOnlySignup,
        restrict_workspace_creation: false,
        tokens_per_user: settings.tokensPerUser,
      };
    },
  }),
  route<Static<typeof changeBody>>({
    id: 'v1SetAppSettings',
    method: 'POST',
    paths: [path],
    summary: 'Change settings of the instance; they override the environment',
    tag,
    access: sessionOnly('appSettingsSet'),
    target: 'none',
    body: changeBody,
    reply: message,
    run: async (call) => {
      const { invite_only_signup: inviteOnlySignup, tokens_per_user: tokensPerUser } = call.body;
      await saveInstanceSettings(call.core, call.caller, {
        ...(inviteOnlySignup === undefined ? {} : { inviteOnlySignup }),
        ...(tokensPerUser === undefined ? {} : { tokensPerUser }),
      });
      return { msg: 'The app settings have been saved' };
    },
  }),
  route({
    id: 'v1GetLicense',
    method: 'GET',
    paths: ['/api/v1/license'],
    summary: 'Always empty: there is nothing to license',
    tag,
    access: sessionOnly('appSettingsGet'),
    target: 'none',
    reply: Type.Object({}),
    run: () => ({}),
  }),
];
