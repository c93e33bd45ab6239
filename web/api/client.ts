import { useSession } from './session.ts';
import { tabId } from './tabId.ts';

/** A refusal of the server, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** Without the prefix of the wire, e.g. TOKEN_LIMIT_REACHED; empty when the answer had none. */
  readonly code: string;
  readonly body: Readonly<Record<string, unknown>>;
  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(String(body.message ?? body.msg ?? `HTTP ${status}`));
    this.status = status;
    this.code = String(body.error ?? '').replace(/^ERR_/, '');
    this.body = body;
  }
}

export interface RequestOptions {
  readonly body?: unknown;
  /** A file: sent as it is, with its type. */
  readonly file?: Blob;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly signal?: AbortSignal;
}

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

function addressOf(path: string, query: RequestOptions['query']): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (pairs.length === 0) return path;
  return `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
}

function send(method: HttpMethod, path: string, options: RequestOptions): Promise<Response> {
  const { jwt } = useSession.getState();
  const headers: Record<string, string> = { 'xc-socket-id': tabId };
  if (jwt !== null) headers['xc-auth'] = jwt;
  if (options.file !== undefined) headers['content-type'] = options.file.type || 'application/octet-stream';
  else if (options.body !== undefined) headers['content-type'] = 'application/json';
  return fetch(addressOf(path, options.query), {
    method,
    headers,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.file === undefined && options.body === undefined
      ? {}
      : { body: options.file ?? JSON.stringify(options.body) }),
  });
}

let refreshing: Promise<boolean> | undefined;

async function exchangeCookie(): Promise<boolean> {
  // Who was never here has no cookie, which is no mistake worth a line in the console.
  const response = await fetch('/api/v2/auth/token/refresh?optional=true', { method: 'POST' });
  const { token } = response.ok ? ((await response.json()) as { token: string | null }) : { token: null };
  if (token === null) {
    useSession.getState().signOut();
    return false;
  }
  useSession.getState().signIn(token);
  return true;
}

/** Gets a new auth token by the refresh cookie; tabs take turns. False: signed out. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= (
    navigator.locks === undefined
      ? exchangeCookie()
      : navigator.locks.request('rowgate-refresh', exchangeCookie)
  ).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** Asks the server; an expired auth token is renewed once. Throws ApiError for a refusal. */
export async function request<T = unknown>(
  method: HttpMethod,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  let response = await send(method, path, options);
  if (response.status === 401 && useSession.getState().jwt !== null && (await refreshSession())) {
    response = await send(method, path, options);
  }
  const body = await readBody(response);
  if (!response.ok) {
    throw new ApiError(
      response.status,
      typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {},
    );
  }
  return body as T;
}

/** The same for a file to download: its bytes. */
export async function requestFile(path: string): Promise<Blob> {
  let response = await send('GET', path, {});
  if (response.status === 401 && (await refreshSession())) response = await send('GET', path, {});
  if (!response.ok)
    throw new ApiError(response.status, ((await readBody(response)) as Record<string, unknown>) ?? {});
  return response.blob();
}

/** The same for an answer that goes on: its bytes as they come. */
export async function openStream(
  path: string,
  options: Pick<RequestOptions, 'query' | 'signal'>,
): Promise<ReadableStream<Uint8Array>> {
  let response = await send('GET', path, options);
  if (response.status === 401 && (await refreshSession())) response = await send('GET', path, options);
  if (!response.ok || response.body === null)
    throw new ApiError(response.status, ((await readBody(response)) as Record<string, unknown>) ?? {});
  return response.body;
}
