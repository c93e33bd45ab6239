import type { Core } from '../context.ts';
import type { ApiToken, Session } from '../model.ts';
import type { TokenUse } from '../ports.ts';

/**
 * When and from where credentials were last used, gathered in memory and
 * written together: no request pays for a write. A crash loses a minute of it.
 */
export interface TokenUsage {
  touch(token: ApiToken, from: UsedFrom): void;
  touchSession(session: Session): void;
  /** Writes what has gathered. */
  flush(): Promise<void>;
  /** Writes the rest and stops. */
  close(): Promise<void>;
}

export interface UsedFrom {
  readonly address: string | null;
  readonly agent: string | null;
}

/** Between two writes, milliseconds; the jitter keeps processes from writing together. */
const interval = 60_000;
const jitter = 10_000;

type Gathered = { at: number; address: string | null; agent: string | null; calls: number };

/** Starts gathering. `onError` hears a write that failed; its counts are kept for the next one. */
export function createTokenUsage(
  core: Pick<Core, 'clock' | 'randomBytes' | 'transaction'>,
  onError: (error: unknown) => void,
): TokenUsage {
  let tokens = new Map<number, Gathered>();
  let sessions = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function add(id: number, use: Gathered): void {
    const present = tokens.get(id);
    if (present === undefined) {
      tokens.set(id, use);
      return;
    }
    present.calls += use.calls;
    if (use.at < present.at) return;
    present.at = use.at;
    present.address = use.address;
    present.agent = use.agent;
  }

  async function flush(): Promise<void> {
    if (tokens.size === 0 && sessions.size === 0) return;
    const [usedTokens, usedSessions] = [tokens, sessions];
    tokens = new Map();
    sessions = new Map();
    // In the order of ids, so that two processes never wait for each other.
    const uses: TokenUse[] = [...usedTokens]
      .sort(([a], [b]) => a - b)
      .map(([tokenId, use]) => ({ tokenId, ...use }));
    const seen = [...usedSessions].sort(([a], [b]) => (a < b ? -1 : 1));
    try {
      await core.transaction(async (tx) => {
        if (uses.length > 0) await tx.tokens.recordUses(uses);
        for (const [id, at] of seen) await tx.sessions.touch(id, at);
      });
    } catch (error) {
      for (const [id, use] of usedTokens) add(id, use);
      for (const [id, at] of usedSessions) sessions.set(id, Math.max(at, sessions.get(id) ?? 0));
      throw error;
    }
  }

  function schedule(): void {
    if (closed) return;
    const shift = (core.randomBytes(2).readUInt16BE() / 65_535) * 2 - 1;
    timer = setTimeout(() => void flush().catch(onError).finally(schedule), interval + shift * jitter);
    timer.unref();
  }
  schedule();

  return {
    touch: (token, { address, agent }) =>
      add(token.id, { at: core.clock().getTime(), address, agent, calls: 1 }),
    touchSession: (session) => void sessions.set(session.id, core.clock().getTime()),
    flush,
    async close() {
      closed = true;
      clearTimeout(timer);
      await flush();
    },
  };
}
