import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { type AnyRoute, anyone, Content, route } from '../route.ts';

const script = `
const form = document.querySelector('form');
const note = document.querySelector('output');
form.addEventListener('submit', (event) => {
  event.preventDefault();
  note.textContent = '';
  const request = new XMLHttpRequest();
  request.open('POST', location.pathname);
  request.setRequestHeader('content-type', 'application/json');
  request.responseType = 'json';
  request.onerror = () => { note.textContent = 'The server did not answer. Try again.'; };
  request.onload = () => {
    const body = request.response || {};
    const broken = body.errors && body.errors[0];
    note.textContent = broken ? 'The password ' + broken.message : body.msg;
    form.hidden = request.status === 200;
  };
  request.send(JSON.stringify({ password: form.elements.password.value }));
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
