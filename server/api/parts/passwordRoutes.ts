import { type Static, Type } from 'typebox';
import { AppError } from '../../core/errors.ts';
import { changePassword } from '../../core/users/changePassword.ts';
import { forgotPassword, resetPassword, validateResetToken } from '../../core/users/resetPassword.ts';
import { type AnyRoute, anyone, route, sessionOnly } from '../route.ts';
import { type AuthPaths, equip, message, tag, under } from './authRoutes.ts';

const changeBody = Type.Object({
  currentPassword: Type.String({ maxLength: 1024 }),
  newPassword: Type.String({ description: '8 to 128 characters, whichever.' }),
});
const forgotBody = Type.Object({ email: Type.String({ format: 'email' }) });
const resetBody = Type.Object({ password: Type.String() });

const changeRoute = (version: string, paths: readonly string[]): AnyRoute =>
  route<Static<typeof changeBody>>({
    id: `${version}ChangePassword`,
    method: 'POST',
    paths,
    summary: 'Change the own password; every other device is signed out',
    tag,
    access: sessionOnly('passwordChange'),
    target: 'none',
    body: changeBody,
    reply: Type.Object({
      msg: Type.String(),
      token: Type.String({ description: 'A JWT of the new session.' }),
    }),
    run: async (call) => {
      const { currentPassword: current, newPassword: next } = call.body;
      const signedIn = await changePassword(call.core, call.caller, { current, next });
      return { msg: 'Password has been updated successfully', ...equip(call, signedIn) };
    },
  });

const forgotRoute = (paths: AuthPaths): AnyRoute =>
  route<Static<typeof forgotBody>>({
    id: `${paths.version}ForgotPassword`,
    method: 'POST',
    paths: under(paths, '/password/forgot'),
    summary: 'Ask for a mail with a link to choose a new password',
    tag,
    access: anyone,
    target: 'none',
    body: forgotBody,
    reply: message,
    run: async (call) => {
      await forgotPassword(call.core, call.caller, { email: call.body.email });
      return { msg: 'Please check your email to reset the password' };
    },
  });

const validateRoute = (paths: AuthPaths): AnyRoute =>
  route({
    id: `${paths.version}ValidateResetToken`,
    method: 'POST',
    paths: under(paths, '/token/validate/:tokenId'),
    summary: 'Whether a reset link still works',
    tag,
    access: anyone,
    target: 'none',
    reply: message,
    run: async (call) => {
      await validateResetToken(call.core, call.params.tokenId ?? '');
      return { msg: 'Token has been validated successfully' };
    },
  });

const resetRoute = (paths: AuthPaths): AnyRoute =>
  route<Static<typeof resetBody>>({
    id: `${paths.version}ResetPassword`,
    method: 'POST',
    paths: under(paths, '/password/reset/:tokenId'),
    summary: 'Choose a new password by a reset link, which works once',
    tag,
    access: anyone,
    target: 'none',
    body: resetBody,
    reply: message,
    run: async (call) => {
      const input = { secret: call.params.tokenId ?? '', password: call.body.password };
      await resetPassword(call.core, call.caller, input);
      return { msg: 'Password has been reset successfully' };
    },
  });

/** Addresses are not verified by mail yet, so no link is a good one. */
const verifyEmailRoute = (paths: AuthPaths): AnyRoute =>
  route({
    id: `${paths.version}VerifyEmail`,
    method: 'POST',
    paths: under(paths, '/email/validate/:tokenId'),
    summary: 'Verify an e-mail address by a link',
    tag,
    access: anyone,
    target: 'none',
    reply: message,
    run: () => {
      throw new AppError('BAD_REQUEST', 'Invalid verification url');
    },
  });

/** Change, forgot and reset; `changePaths` differ from the rest. */
export const passwordRoutes = (paths: AuthPaths, changePaths: readonly string[]): AnyRoute[] => [
  changeRoute(paths.version, changePaths),
  forgotRoute(paths),
  validateRoute(paths),
  resetRoute(paths),
  verifyEmailRoute(paths),
];
