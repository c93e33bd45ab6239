import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions } from 'fastify';
import type { Patience } from '../../server/api/connections.ts';
import { readConfig } from '../../server/config.ts';
import type { Core } from '../../server/core/context.ts';
import { openServer } from '../../server/start.ts';
import { databaseSetting, dropAppDatabase } from './appDatabase.ts';
import { leftOpen } from './closing.ts';
import { checkResponse } from './openapi.ts';

/** A whole application on a real database in a folder of its own; nothing is mocked. */
export interface TestApp {
  readonly core: Core;
  readonly folder: string;
  readonly inject: (request: TestRequest) => Promise<TestResponse>;
  /** The first one becomes super admin. */
  readonly signUp: (
    email?: string,
    password?: string,
  ) => Promise<{ jwt: string; userId: string; email: string; cookie: string }>;
  /** Moves the clock of the app forward. */
  readonly advance: (milliseconds: number) => void;
  /** Starts to listen; returns the address. */
  readonly listen: () => Promise<string>;
  readonly logs: string[];
  readonly close: () => Promise<void>;
}

export interface TestRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'OPTIONS' | 'HEAD';
  readonly path: string;
  readonly headers?: Record<string, string>;
  /** Objects are sent as JSON; strings and buffers as they are. */
  readonly body?: unknown;
  /** A JWT for xc-auth. */
  readonly jwt?: string;
  /** An API token for xc-token. */
  readonly token?: string;
  /** False: the answer is not compared with the API document. */
  readonly documented?: boolean;
}

export interface TestResponse {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  readonly body: any;
  readonly text: string;
  readonly bytes: Buffer;
  readonly headers: Record<string, string | string[] | number | undefined>;
}

const password = 'correct horse battery';

function toInject(request: TestRequest): InjectOptions {
  const headers: Record<string, string> = { ...request.headers };
  if (request.jwt !== undefined) headers['xc-auth'] = request.jwt;
  if (request.token !== undefined) headers['xc-token'] = request.token;
  const raw = typeof request.body === 'string' || Buffer.isBuffer(request.body);
  if (request.body !== undefined && headers['content-type'] === undefined)
    headers['content-type'] = 'application/json';
  const payload = request.body === undefined ? undefined : raw ? request.body : JSON.stringify(request.body);
  return {
    method: request.method,
    url: request.path,
    headers,
    ...(payload === undefined ? {} : { payload: payload as string | Buffer }),
  };
}

function parse(text: string, type: unknown): unknown {
  if (text === '' || !String(type).includes('json')) return undefined;
  return JSON.parse(text);
}

/** Starts an app; `folder` shares the data of another one, as a second process would. */
export async function startApp(
  options: { env?: Record<string, string>; folder?: string; patience?: Patience } = {},
): Promise<TestApp> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'rowgate-test-')));
  const config = readConfig({
    ROWGATE_DATA: folder,
    PORT: '0',
    ROWGATE_HOST: '127.0.0.1',
    ROWGATE_TOKENS_PER_USER: '0',
    ROWGATE_DB_CONNECTIONS: '4', // several apps share a server with other runs
    ...(await databaseSetting(folder)),
    ...options.env,
  });
  let shift = 0;
  const logs: string[] = [];
  const opened = await openServer(config, {
    clock: () => new Date(Date.now() + shift),
    patience: options.patience,
    logDestination: { write: (line: string) => void logs.push(line) },
  });
  const { core, http } = opened;

  async function inject(request: TestRequest): Promise<TestResponse> {
    const answer = await http.inject(toInject(request));
    const body = parse(answer.payload, answer.headers['content-type']);
    if (answer.statusCode === 500 && request.documented !== false)
      throw new Error(`${request.method} ${request.path} answered 500; the log says ${logs.at(-1)}`);
    if (request.documented !== false) checkResponse(request.method, request.path, answer.statusCode, body);
    return {
      status: answer.statusCode,
      body,
      text: answer.payload,
      bytes: answer.rawPayload,
      headers: answer.headers,
    };
  }

  let people = 0;
  const app: TestApp = {
    core,
    folder,
    inject,
    async signUp(email = `person${++people}@example.org`, secret = password) {
      const answer = await inject({
        method: 'POST',
        path: '/api/v2/auth/user/signup',
        body: { email, password: secret },
      });
      if (answer.status !== 200) throw new Error(`sign-up answered ${answer.status}: ${answer.text}`);
      const me = await inject({ method: 'GET', path: '/api/v2/auth/user/me', jwt: answer.body.token });
      const cookie = String(answer.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';
      return { jwt: answer.body.token, userId: me.body.id, email, cookie };
    },
    advance: (milliseconds) => {
      shift += milliseconds;
    },
    listen: () => opened.listen(),
    logs,
    async close() {
      if (!leftOpen.delete(app)) return;
      await opened.close();
      if (options.folder !== undefined) return;
      await dropAppDatabase(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
  leftOpen.add(app);
  return app;
}
