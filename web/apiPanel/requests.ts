/** What a snippet does, as a request any language can send. */

export const actions = ['list', 'read', 'create', 'update', 'delete'] as const;
export type Action = (typeof actions)[number];

export interface SnippetTarget {
  /** Where the server is, e.g. https://data.example.org */
  readonly origin: string;
  readonly tableId: string;
  /** The secret, or what stands for it. */
  readonly token: string;
  /** Title of the primary key, and a key to read, change and delete by. */
  readonly key: { readonly title: string; readonly value: string | number };
  /** Values to write, by title of the field. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface SnippetRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly token: string;
  readonly body?: unknown;
}

/** The request of an action on a table. */
export function requestOf(action: Action, target: SnippetTarget): SnippetRequest {
  const { origin, tableId, token, key, values } = target;
  const url = `${origin}/api/v2/tables/${encodeURIComponent(tableId)}/records`;
  const named = { [key.title]: key.value };
  switch (action) {
    case 'list':
      return { method: 'GET', url: `${url}?limit=25&offset=0`, token };
    case 'read':
      return { method: 'GET', url: `${url}/${encodeURIComponent(String(key.value))}`, token };
    case 'create':
      return { method: 'POST', url, token, body: values };
    case 'update':
      return { method: 'PATCH', url, token, body: { ...named, ...values } };
    case 'delete':
      return { method: 'DELETE', url, token, body: named };
  }
}
