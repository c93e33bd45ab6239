import type { SnippetRequest } from './requests.ts';

/** A text as Python reads it: JSON's escapes are Python's, with every half of a pair as one character. */
function literalText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u{10ffff}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** A JSON value as Python writes it. */
function literal(value: unknown, indent: string): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return literalText(value);
  if (typeof value !== 'object') return String(value);
  const inner = `${indent}    `;
  const items = Array.isArray(value)
    ? value.map((item) => `${inner}${literal(item, inner)},\n`)
    : Object.entries(value).map(([key, item]) => `${inner}${literalText(key)}: ${literal(item, inner)},\n`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return items.length === 0 ? `${open}${close}` : `${open}\n${items.join('')}${indent}${close}`;
}

/** The request for Python 3, with nothing installed. */
export function writePython({ method, url, token, body }: SnippetRequest): string {
  const headers =
    body === undefined
      ? `{"xc-token": ${literalText(token)}}`
      : `{"xc-token": ${literalText(token)}, "Content-Type": "application/json"}`;
  return `import json
import urllib.error
import urllib.request

request = urllib.request.Request(
    ${literalText(url)},
    method="${method}",
    headers=${headers},${body === undefined ? '' : `\n    data=json.dumps(${literal(body, '    ')}).encode(),`}
)
try:
    with urllib.request.urlopen(request) as response:
        print(json.dumps(json.load(response)))
except urllib.error.HTTPError as error:
    raise SystemExit(error.read().decode())
`;
}
