import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Patience } from '../../server/api/connections.ts';
import { startApp, type TestApp, type TestResponse } from './app.ts';
import { type Watcher, watchDatabase } from './databaseState.ts';

/** An app with people, bases and credentials, which mends itself after requests that succeeded. */

export interface Person {
  readonly email: string;
  readonly password: string;
  readonly userId: string;
  readonly jwt: string;
  readonly cookie: string;
}

export interface Place {
  readonly baseId: string;
  readonly baseTitle: string;
  readonly sourceId: string;
  readonly tableId: string;
  readonly tableTitle: string;
  readonly columnIds: readonly string[];
  readonly viewId: string;
  readonly viewColumnId: string;
  readonly filterId: string;
  readonly sortId: string;
  readonly jobId: string;
  readonly tokenId: string;
  readonly baseToken: string;
}

export interface World {
  readonly app: TestApp;
  readonly watcher: Watcher;
  /** A super admin whom no random request knows. */
  readonly keeper: Person;
  /** Also a super admin. */
  owner: Person;
  viewer: Person;
  outsider: Person;
  /** Account token of the owner. */
  token: string;
  tokenId: string;
  /** Of the owner, with the viewer as member. */
  mine: Place;
  /** Of the outsider alone. */
  theirs: Place;
}

const columns = [
  { title: 'Name', uidt: 'SingleLineText' },
  { title: 'Count', uidt: 'Number' },
  { title: 'Price', uidt: 'Decimal' },
  { title: 'Done', uidt: 'Checkbox' },
  { title: 'Day', uidt: 'Date' },
  { title: 'At', uidt: 'DateTime' },
  { title: 'Mail', uidt: 'Email' },
  { title: 'Data', uidt: 'JSON' },
  { title: 'Kind', uidt: 'SingleSelect', colOptions: { options: [{ title: 'a' }, { title: 'b' }] } },
  { title: 'Tags', uidt: 'MultiSelect', colOptions: { options: [{ title: 'x' }, { title: 'y' }] } },
  { title: 'Who', uidt: 'User' },
  { title: 'Hue', uidt: 'Colour' },
];
const records = [
  { Name: 'one', Count: 1, Price: '1.5', Done: true, Day: '2024-01-02', Kind: 'a' },
  { Name: 'two', Count: 2, Tags: 'x,y', Data: { a: [1] }, At: '2024-01-02 03:04:05' },
  { Name: 'three' },
];

export async function sent(answer: Promise<TestResponse>): Promise<TestResponse> {
  const given = await answer;
  if (given.status >= 300) throw new Error(`preparing answered ${given.status}: ${given.text}`);
  return given;
}

let people = 0;

export async function newPerson(app: TestApp): Promise<Person> {
  people += 1;
  const password = `canary-password-${people}`;
  return { password, ...(await app.signUp(`canary${people}@example.org`, password)) };
}

type Ask = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<TestResponse>;
type ViewParts = Pick<Place, 'viewId' | 'viewColumnId' | 'filterId' | 'sortId'>;

/** A grid beside the default one, with a filter and a sort. */
async function addView(ask: Ask, table: { id: string; columns: { id: string }[] }): Promise<ViewParts> {
  const { id } = (await ask('POST', `/api/v2/meta/tables/${table.id}/grids`, { title: 'Second' })).body;
  const view = `/api/v2/meta/views/${id}`;
  const fk_column_id = table.columns.at(-1)?.id;
  const filter = await ask('POST', `${view}/filters`, { fk_column_id, comparison_op: 'notnull' });
  const sort = await ask('POST', `${view}/sorts`, { fk_column_id, direction: 'desc' });
  const columns = (await ask('GET', `${view}/columns`)).body.list;
  return { viewId: id, filterId: filter.body.id, sortId: sort.body.id, viewColumnId: columns.at(-1).id };
}

async function addBase(app: TestApp, jwt: string): Promise<Omit<Place, 'tokenId' | 'baseToken'>> {
  people += 1;
  const baseTitle = `Shop ${people}`;
  const ask: Ask = (method, path, body) =>
    sent(app.inject({ method, path, jwt, ...(body === undefined ? {} : { body }) }));
  const base = (await ask('POST', '/api/v2/meta/bases', { title: baseTitle })).body;
  const bases = `/api/v2/meta/bases/${base.id}`;
  const table = (await ask('POST', `${bases}/tables`, { title: 'Things', columns })).body;
  await ask('POST', `/api/v2/tables/${table.id}/records`, records);
  const parts = await addView(ask, table);
  const job = await sent(
    app.inject({
      method: 'POST',
      path: `${bases}/import?name=a.csv&title=Imported`,
      jwt,
      body: 'n\n1',
      headers: { 'content-type': 'text/csv' },
    }),
  );
  await ask('POST', '/jobs/listen', { data: { id: job.body.id } });
  return {
    baseId: base.id,
    baseTitle,
    sourceId: base.sources[0].id,
    tableId: table.id,
    tableTitle: 'Things',
    columnIds: table.columns.map((column: { id: string }) => column.id),
    ...parts,
    jobId: job.body.id,
  };
}

export async function addPlace(app: TestApp, jwt: string): Promise<Place> {
  const base = await addBase(app, jwt);
  const path = `/api/v2/meta/bases/${base.baseId}/api-tokens`;
  const { id, token } = (await sent(app.inject({ method: 'POST', path, jwt, body: {} }))).body;
  return { ...base, tokenId: String(id), baseToken: token };
}

export async function addMember(
  world: Pick<World, 'app' | 'owner'>,
  baseId: string,
  email: string,
): Promise<void> {
  const path = `/api/v2/meta/bases/${baseId}/users`;
  const body = { email, roles: 'viewer' };
  await sent(world.app.inject({ method: 'POST', path, jwt: world.owner.jwt, body }));
}

/** Gives a person the role they should have, and lets them in again. */
export async function setRole(app: TestApp, keeper: Person, userId: string, roles: string): Promise<void> {
  const body = { roles, status: 'active' };
  await sent(app.inject({ method: 'PATCH', path: `/api/v1/users/${userId}`, jwt: keeper.jwt, body }));
}

export const roles = { owner: 'super', viewer: 'org-level-viewer', outsider: 'org-level-creator' } as const;

export const claimsOf = (person: Person): { sid: string; id: string; token_version: string } =>
  JSON.parse(Buffer.from(person.jwt.split('.')[1] ?? '', 'base64url').toString());
export const sessionIdOf = (person: Person): string => claimsOf(person).sid;

export async function createWorld(env: Record<string, string> = {}, patience?: Patience): Promise<World> {
  const app = await startApp({
    ...(patience === undefined ? {} : { patience }),
    env: { ROWGATE_TRUST_PROXY_HOPS: '1', NC_REQUEST_BODY_SIZE: '1mb', ROWGATE_IMPORT_SIZE: '2mb', ...env },
  });
  const keeper = await newPerson(app);
  const owner = await newPerson(app);
  const viewer = await newPerson(app);
  const outsider = await newPerson(app);
  await setRole(app, keeper, owner.userId, roles.owner);
  await setRole(app, keeper, outsider.userId, roles.outsider);
  const mine = await addPlace(app, owner.jwt);
  await addMember({ app, owner }, mine.baseId, viewer.email);
  const theirs = await addPlace(app, outsider.jwt);
  const made = await sent(app.inject({ method: 'POST', path: '/api/v1/tokens', jwt: owner.jwt, body: {} }));
  const watcher = await watchDatabase(app);
  const token = { token: made.body.token as string, tokenId: String(made.body.id) };
  return { app, watcher, keeper, owner, viewer, outsider, ...token, mine, theirs };
}

/** Everything that no answer and no log line may hold. */
export async function canariesOf({
  app,
  watcher,
  keeper,
  owner,
  viewer,
  outsider,
  token,
  mine,
  theirs,
}: World): Promise<string[]> {
  const persons = [keeper, owner, viewer, outsider].flatMap(({ password, jwt, cookie }) => [
    password,
    jwt,
    cookie.split('=').slice(1).join('='),
  ]);
  const kept = [
    ...(await watcher.rows('SELECT password_hash AS secret FROM rg_user WHERE password_hash IS NOT NULL')),
    ...(await watcher.rows(
      'SELECT reset_token_hash AS secret FROM rg_user WHERE reset_token_hash IS NOT NULL',
    )),
    ...(await watcher.rows('SELECT token_hash AS secret FROM rg_token')),
    ...(await watcher.rows('SELECT ciphertext AS secret FROM rg_token_secret')),
    ...(await watcher.rows('SELECT salt AS secret FROM rg_session')),
    ...(await watcher.rows('SELECT token_version AS secret FROM rg_user')),
  ].map(({ secret }) => String(secret));
  const files = readdirSync(app.folder)
    .filter((name) => !name.startsWith('rowgate.sqlite') && name !== 'imports')
    .flatMap((name) => readFileSync(join(app.folder, name), 'utf8').split(/["\s,:=]+/));
  return [...persons, ...kept, token, mine.baseToken, theirs.baseToken, ...files].filter(
    (secret) => secret.length >= 20,
  );
}
