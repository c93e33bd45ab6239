import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { type AnyRoute, anyone, Content, route } from '../route.ts';

const script = `
const form = document.querySelector('form');
const note = document.querySelector('output');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  note.textContent = '';
  const password = form.elements.password.value;
  const answer = await fetch(location.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  });
  const body = await answer.json();
  const reason = body.errors && body.errors[0] ? 'The password ' + body.errors[0].message : body.msg;
  note.textContent = reason;
  if (answer.ok) form.hidden = true;
});
`;

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Choose a new password</title>
<h1>Choose a new password</h1>
<form method="post">
<p><label>New password <input name="password" type="password" autocomplete="new-password" required></label></p>
<p><button>Save</button></p>
</form>
<p><output role="status"></output></p>
<script>${script}</script>
</html>
`;

const scriptHash = createHash('sha256').update(script).digest('base64');
const policy = `default-src 'none'; script-src 'sha256-${scriptHash}'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** The page behind a reset link. It is the same for every link, so it tells nothing about one. */
export const resetPageRoute = (version: string, paths: readonly string[]): AnyRoute =>
  route({
    id: `${version}ResetPasswordPage`,
    method: 'GET',
    paths,
    summary: 'The page on which a reset link is used',
    tag: 'Authentication',
    access: anyone,
    target: 'none',
    reply: Type.String({ contentMediaType: 'text/html' }),
    run: (call) => {
      call.setHeader('content-security-policy', policy);
      return new Content('text/html; charset=utf-8', page);
    },
  });
