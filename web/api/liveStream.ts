import { ApiError, openStream } from './client.ts';
import { readEvents } from './readEvents.ts';
import { tabId } from './tabId.ts';

/**
 * Somebody changed something in a base. `unknown` and `reset` say nothing of
 * what: read everything again that is on the screen.
 */
export interface LiveChange {
  readonly kind:
    | 'insert'
    | 'update'
    | 'delete'
    | 'bulk'
    | 'schema'
    | 'view'
    | 'members'
    | 'unknown'
    | 'reset';
  readonly table_id: string | null;
  /** Of the records; null: many, or not known. */
  readonly keys: readonly string[] | null;
  readonly user_id: string | null;
  readonly origin: string | null;
}

const shortestPause = 1000;
const longestPause = 30_000;
/** The server gives a sign of life every 20 seconds. */
const longestSilence = 60_000;

/** Resolves after a time, when the network comes back, or when the signal aborts. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    window.addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}

type Heard = Omit<LiveChange, 'kind'> & { readonly kind: LiveChange['kind'] | 'ready' };

const everything: LiveChange = { kind: 'reset', table_id: null, keys: null, user_id: null, origin: null };

/** Records that came between the first look at the page and the first word of the stream. */
const sinceTheFirstLook: LiveChange = { ...everything, kind: 'bulk' };

/** A place in the stream of a base: what to catch up from. */
export interface LivePlace {
  since: string | undefined;
}

/** Reads one connection to its end. True: it worked for a while. */
async function readOnce(
  baseId: string,
  place: LivePlace,
  onChange: (change: LiveChange) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), longestSilence);
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), longestSilence);
  };
  let greeted = false;
  const isFirst = place.since === undefined;
  try {
    const body = await openStream(`/api/v2/meta/bases/${encodeURIComponent(baseId)}/events`, {
      query: { since: place.since },
      signal: AbortSignal.any([signal, silence.signal]),
    });
    for await (const { id, data } of readEvents(body, alive)) {
      const { kind, ...change } = JSON.parse(data) as Heard;
      place.since = id;
      greeted = true;
      if (kind === 'reset') onChange(everything);
      else if (kind === 'ready') {
        if (isFirst) onChange(sinceTheFirstLook);
      } else if (change.origin !== tabId) onChange({ kind, ...change });
    }
  } catch (error) {
    const refused = error instanceof ApiError && error.status < 500 && error.status !== 429;
    if (refused) throw error;
  } finally {
    clearTimeout(timer);
  }
  return greeted;
}

/**
 * Listens until the signal aborts, over as many connections as it takes, and
 * catches up after each. Ends by itself when the server says that the right to
 * listen is gone; `onChange` then hears `reset`, so that pages ask and learn why.
 */
export async function followBase(
  baseId: string,
  place: LivePlace,
  onChange: (change: LiveChange) => void,
  signal: AbortSignal,
): Promise<void> {
  let wait = shortestPause;
  while (!signal.aborted) {
    try {
      if (await readOnce(baseId, place, onChange, signal)) wait = shortestPause;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!signal.aborted) onChange(everything);
      return;
    }
    if (signal.aborted) return;
    await pause(wait * (0.5 + Math.random() / 2), signal); // not all tabs at once after a restart
    wait = Math.min(wait * 2, longestPause);
  }
}
