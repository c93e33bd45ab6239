import type { SnippetRequest } from './requests.ts';

/** A text in single quotes as PHP reads it. */
const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** PHP takes keys such as '0' for places in a list, and would send one. */
const looksLikeList = (value: object): boolean =>
  !Array.isArray(value) && Object.keys(value).every((key) => /^\d+$/.test(key));

/** A JSON value as PHP writes it. */
function literal(value: unknown, indent: string): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object') return String(value);
  const inner = `${indent}    `;
  const items = Array.isArray(value)
    ? value.map((item) => `${inner}${literal(item, inner)},\n`)
    : Object.entries(value).map(([key, item]) => `${inner}${quote(key)} => ${literal(item, inner)},\n`);
  if (items.length === 0) return Array.isArray(value) ? '[]' : 'new stdClass()';
  return `${looksLikeList(value) ? '(object) ' : ''}[\n${items.join('')}${indent}]`;
}

/** The request for PHP 8 with its own streams. */
export function writePhp({ method, url, token, body }: SnippetRequest): string {
  const headers = [
    `            ${quote(`xc-token: ${token}`)},`,
    ...(body === undefined ? [] : ["            'Content-Type: application/json',"]),
  ];
  const content =
    body === undefined ? '' : `\n        'content' => json_encode(${literal(body, '        ')}),`;
  return `<?php
$context = stream_context_create([
    'http' => [
        'method' => '${method}',
        'header' => [
${headers.join('\n')}
        ],${content}
        'ignore_errors' => true,
    ],
]);
$answer = file_get_contents(${quote(url)}, false, $context);
if (!preg_match('/ 2\\d\\d /', $http_response_header[0])) {
    throw new Exception($answer);
}
echo json_encode(json_decode($answer)), PHP_EOL;
`;
}
