import { setTimeout as sleep } from 'node:timers/promises';
import type { Answered, Death } from './judge.ts';

/**
 * A constant load of mixed reads and writes with many credentials over several
 * servers, while rights are taken away at random.
 */
export interface Load {
  readonly answers: readonly Answered[];
  readonly deaths: readonly Death[];
  /** Names of records whose insert was acknowledged. */
  readonly kept: readonly string[];
  readonly stop: () => Promise<void>;
  /** The names in the table, as one server tells them. */
  readonly names: (url: string) => Promise<Set<string>>;
}

type Headers = Readonly<Record<string, string>>;

interface Credential {
  readonly id: string;
  /** Whose it is. */
  readonly person: number;
  readonly headers: Headers;
  readonly kill: Kill;
}

/** Takes the right away; resolves when the call was answered with success. */
interface Kill {
  readonly by: 'delete token' | 'block user' | 'sign out' | 'lower role' | 'change password';
  readonly of: 'all' | 'write';
  readonly run: (url: string) => Promise<Response>;
}

/** So that one that waits for a paused server does not hold up the others. */
const killers = 4;

const password = 'correct horse battery';

const json = (method: string, headers: Headers, body?: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
async function done(url: string, request: RequestInit): Promise<any> {
  const answer = await fetch(url, request);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${request.method} ${url}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

/** Owner, base, table; and how to make people of the base. */
async function prepare(url: string) {
  const owner = await done(
    `${url}/api/v2/auth/user/signup`,
    json('POST', {}, { email: 'owner@example.org', password }),
  );
  const auth = { 'xc-auth': String(owner.token) };
  const base = await done(`${url}/api/v2/meta/bases/`, json('POST', auth, { title: 'Cluster' }));
  const table = await done(
    `${url}/api/v2/meta/bases/${base.id}/tables`,
    json('POST', auth, { title: 'Rows', columns: [{ title: 'Name', uidt: 'SingleLineText' }] }),
  );
  let people = 0;
  async function member(): Promise<{ id: string; email: string; auth: Headers }> {
    people += 1;
    const email = `person${people}@example.org`;
    const { token } = await done(`${url}/api/v2/auth/user/signup`, json('POST', {}, { email, password }));
    await done(`${url}/api/v2/meta/bases/${base.id}/users`, json('POST', auth, { email, roles: 'editor' }));
    const me = await done(`${url}/api/v2/auth/user/me`, json('GET', { 'xc-auth': token }));
    return { id: me.id, email, auth: { 'xc-auth': token } };
  }
  return { auth, baseId: base.id as string, tableId: table.id as string, member };
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** Every kind of credential, each with the way it will die. */
async function makeCredentials(url: string, prepared: Prepared, people: number): Promise<Credential[]> {
  const { auth, baseId, member } = prepared;
  const made: Credential[] = [];
  for (let n = 0; n < people; n += 1) {
    const person = await member();
    const tokens: { id: number; token: string }[] = [];
    for (let t = 0; t < 2; t += 1) {
      tokens.push(
        await done(`${url}/api/v1/tokens`, json('POST', person.auth, { description: `token ${t}` })),
      );
    }
    const byToken = (index: number): Headers => ({ 'xc-token': tokens[index]?.token ?? '' });
    const deleteToken = (index: number): Kill => ({
      by: 'delete token',
      of: 'all',
      run: (at) => fetch(`${at}/api/v1/tokens/${tokens[index]?.id}`, json('DELETE', person.auth)),
    });
    const blockUser: Kill = {
      by: 'block user',
      of: 'all',
      run: (at) => fetch(`${at}/api/v1/users/${person.id}`, json('PATCH', auth, { status: 'blocked' })),
    };
    const lowerRole: Kill = {
      by: 'lower role',
      of: 'write',
      run: (at) =>
        fetch(
          `${at}/api/v2/meta/bases/${baseId}/users/${person.id}`,
          json('PATCH', auth, { roles: 'viewer' }),
        ),
    };
    const signOut: Kill = {
      by: 'sign out',
      of: 'all',
      run: (at) => fetch(`${at}/api/v2/auth/user/signout`, json('POST', person.auth)),
    };
    const changePassword: Kill = {
      by: 'change password',
      of: 'all',
      run: (at) =>
        fetch(
          `${at}/api/v2/auth/password/change`,
          json('POST', person.auth, { currentPassword: password, newPassword: `${password} ${n}` }),
        ),
    };
    const kinds = [
      { headers: byToken(0), kill: deleteToken(0) },
      { headers: byToken(1), kill: pick([blockUser, lowerRole]) },
      { headers: person.auth, kill: pick([signOut, changePassword]) },
    ];
    // The order matters: a session that is gone can delete no token.
    for (const [k, kind] of kinds.entries()) made.push({ id: `${n}-${k}`, person: n, ...kind });
  }
  return made;
}

export interface LoadOptions {
  /** Servers that answer; those that are down or paused give no answer, and that is all right. */
  readonly urls: readonly string[];
  readonly people: number;
  readonly clients: number;
  /** Milliseconds between two deaths. */
  readonly every: number;
}

/** Starts the load; runs until `stop`, or until every credential is dead. */
export async function startLoad({ urls, people, clients, every }: LoadOptions): Promise<Load> {
  const prepared = await prepare(urls[0] ?? '');
  const credentials = await makeCredentials(urls[0] ?? '', prepared, people);
  const answers: Answered[] = [];
  const deaths: Death[] = [];
  const kept: string[] = [];
  const records = (url: string): string => `${url}/api/v2/tables/${prepared.tableId}/records`;
  let running = true;
  let count = 0;

  async function use(credential: Credential): Promise<void> {
    const url = pick(urls);
    const write = Math.random() < 0.5;
    const name = `${credential.id} ${count++}`;
    const request = write
      ? json('POST', credential.headers, { Name: name })
      : json('GET', credential.headers);
    const sentAt = performance.now();
    let status = 0;
    let body = '';
    try {
      const answer = await fetch(write ? records(url) : `${records(url)}?limit=3`, {
        ...request,
        signal: AbortSignal.timeout(15_000),
      });
      status = answer.status;
      body = await answer.text();
    } catch {
      status = 0;
    }
    const answeredAt = performance.now();
    answers.push({
      credential: credential.id,
      write,
      sentAt,
      answeredAt,
      url,
      status,
      body: body.slice(0, 500),
    });
    if (write && status === 200) kept.push(name);
  }

  async function client(): Promise<void> {
    while (running) {
      await use(pick(credentials));
      await sleep(2);
    }
  }

  /** One after the other loses its right; the last ones keep it, so that there is always somebody to answer. */
  async function killer(index: number): Promise<void> {
    const doomed = credentials.slice(0, -3).filter(({ person }) => person % killers === index);
    for (const credential of doomed) {
      if (!running) return;
      await sleep(every);
      await killOne(credential);
    }
  }
  async function killOne({ id, kill }: Credential): Promise<void> {
    for (let tries = 0; running && tries < 40; tries += 1) {
      const startedAt = performance.now();
      try {
        const answer = await fetchWithin(pick(urls), kill);
        if (answer.ok) {
          await answer.arrayBuffer();
          const at = performance.now();
          deaths.push({ credential: id, at, of: kill.of, by: kill.by, took: at - startedAt });
          return;
        }
        if (answer.status !== 503) return; // its own session died first
      } catch {
        // that server is away: another one
      }
      await sleep(50);
    }
  }

  const jobs = [
    ...Array.from({ length: killers }, (_, index) => killer(index)),
    ...Array.from({ length: clients }, client),
  ];
  return {
    answers,
    deaths,
    kept,
    async stop() {
      running = false;
      await Promise.all(jobs);
    },
    async names(url) {
      const names = new Set<string>();
      for (let offset = 0; ; offset += 1000) {
        const page = await done(`${records(url)}?limit=1000&offset=${offset}`, json('GET', prepared.auth));
        for (const row of page.list) names.add(row.Name);
        if (page.list.length < 1000) return names;
      }
    },
  };
}

/** A call to a server that may be paused: given up after a while. */
async function fetchWithin(url: string, kill: Kill): Promise<Response> {
  return Promise.race([
    kill.run(url),
    sleep(12_000).then(() => {
      throw new Error('no answer');
    }),
  ]);
}
