import { type Static, Type } from 'typebox';
import { updateProfile } from '../../core/users/updateProfile.ts';
import { type AnyRoute, route, signedIn } from '../route.ts';
import { profileRow, profileSchema } from './people.ts';

const body = Type.Object({
  display_name: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()])),
  avatar: Type.Optional(Type.Union([Type.String({ maxLength: 2048 }), Type.Null()])),
  meta: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
  is_new_user: Type.Optional(Type.Unknown({ description: 'Accepted from old clients and not kept.' })),
});

/** What users say of themselves. */
export const profileRoutes = (version: string, path: string): AnyRoute[] => [
  route<Static<typeof body>>({
    id: `${version}UpdateProfile`,
    method: 'PATCH',
    paths: [path],
    summary: 'Change the own name, picture and preferences',
    tag: 'Users',
    access: signedIn('profileUpdate'),
    target: 'none',
    body,
    reply: profileSchema,
    run: async (call) => {
      const { display_name, avatar, meta } = call.body;
      const user = await updateProfile(call.core, call.caller, {
        ...(display_name === undefined ? {} : { displayName: display_name?.trim() || null }),
        ...(avatar === undefined ? {} : { avatar }),
        ...(meta === undefined ? {} : { meta }),
      });
      return profileRow(user);
    },
  }),
];
