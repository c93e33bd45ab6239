import type { SnippetRequest } from './requests.ts';

/** A word in single quotes as a POSIX shell reads it. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The request for curl in a shell. */
export function writeCurl({ method, url, token, body }: SnippetRequest): string {
  const lines = [
    `curl --fail-with-body -X ${method} ${quote(url)}`,
    `-H ${quote(`xc-token: ${token}`)}`,
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `--data-raw ${quote(JSON.stringify(body))}`]),
  ];
  return lines.join(' \\\n  ');
}
