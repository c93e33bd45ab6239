import type { SnippetRequest } from './requests.ts';

/** JSON that any script may hold: the two separators of lines that JSON knows and old engines do not. */
const literal = (value: unknown, indent = ''): string =>
  JSON.stringify(value, null, 2)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll('\n', `\n${indent}`);

/** The request for JavaScript: browsers, Node.js, Deno, Bun. A module, since it awaits. */
export function writeJavaScript({ method, url, token, body }: SnippetRequest): string {
  const headers =
    body === undefined
      ? [`'xc-token': ${literal(token)}`]
      : [`'xc-token': ${literal(token)}`, `'Content-Type': 'application/json'`];
  return `const response = await fetch(${literal(url)}, {
  method: '${method}',
  headers: { ${headers.join(', ')} },${
    body === undefined ? '' : `\n  body: JSON.stringify(${literal(body, '  ')}),`
  }
});
if (!response.ok) throw new Error(await response.text());
console.log(JSON.stringify(await response.json()));
`;
}
