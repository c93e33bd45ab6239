import { ApiError, refreshSession } from '../api/client.ts';
import { useSession } from '../api/session.ts';

export interface Upload {
  readonly path: string;
  readonly file: File;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** From 0 to 1. */
  readonly onProgress?: (part: number) => void;
}

function addressOf({ path, query }: Upload): string {
  const known = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return known.length === 0 ? path : `${path}?${new URLSearchParams(known)}`;
}

/** One try. By XMLHttpRequest: fetch does not tell how much of a body has gone. */
function send(upload: Upload): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', addressOf(upload));
    sending.setRequestHeader('content-type', 'application/octet-stream');
    const { jwt } = useSession.getState();
    if (jwt !== null) sending.setRequestHeader('xc-auth', jwt);
    sending.responseType = 'json';
    sending.upload.onprogress = ({ loaded, total }) => upload.onProgress?.(total === 0 ? 0 : loaded / total);
    sending.onload = () => resolve({ status: sending.status, body: sending.response });
    sending.onerror = () => reject(new TypeError('The connection was lost.'));
    sending.onabort = () => reject(new DOMException('Given up.', 'AbortError'));
    upload.signal?.addEventListener('abort', () => sending.abort());
    sending.send(upload.file);
  });
}

/** Sends a file; an expired auth token is renewed once. Throws ApiError for a refusal. */
export async function sendUpload<T>(upload: Upload): Promise<T> {
  let answer = await send(upload);
  if (answer.status === 401 && (await refreshSession())) answer = await send(upload);
  if (answer.status >= 200 && answer.status < 300) return answer.body as T;
  throw new ApiError(answer.status, (answer.body ?? {}) as Record<string, unknown>);
}
