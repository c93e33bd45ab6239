import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TestRequest, TestResponse } from './app.ts';
import {
  addMember,
  addPlace,
  claimsOf,
  newPerson,
  type Person,
  type Place,
  roles,
  sent,
  setRole,
  type World,
} from './world.ts';

/** Puts back what a request has taken away, so that later ones still have something to point at. */

const storedRoles = { owner: 'super', viewer: 'viewer', outsider: 'creator' } as const;

const signIn = (world: World, { email, password }: Person): Promise<TestResponse> =>
  world.app.inject({ method: 'POST', path: '/api/v2/auth/user/signin', body: { email, password } });

const cookieOf = (answer: TestResponse): string =>
  String(answer.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';

/** Whether what lies in the token of a session still holds. */
async function isSignedIn({ watcher }: World, person: Person): Promise<boolean> {
  const claims = claimsOf(person);
  const found = await watcher.rows(
    `SELECT 1 FROM rg_session s JOIN rg_user u ON u.id = s.user_id
     WHERE s.id = ? AND u.id = ? AND s.revoked_at IS NULL AND u.token_version = ?`,
    claims.sid,
    claims.id,
    claims.token_version,
  );
  return found.length > 0;
}

/** Signing up stays open to new people. */
async function mendSettings({ app, watcher, keeper }: World): Promise<void> {
  const changed = await watcher.rows("SELECT 1 FROM rg_setting WHERE value NOT IN ('false', '0')");
  if (changed.length === 0) return;
  const body = { invite_only_signup: false, tokens_per_user: 0 };
  await sent(app.inject({ method: 'POST', path: '/api/v1/app-settings', jwt: keeper.jwt, body }));
}

/** The person, signed in again and in their role, or another one in their place. */
async function mendPerson(world: World, person: Person, who: keyof typeof roles): Promise<Person> {
  const { app, watcher, keeper } = world;
  const [row] = await watcher.rows('SELECT org_role, status FROM rg_user WHERE id = ?', person.userId);
  const right = row?.org_role === storedRoles[who] && row.status === 'active';
  if (row !== undefined && !right) await setRole(app, keeper, person.userId, roles[who]);
  if (await isSignedIn(world, person)) return person;
  const answer = await signIn(world, person);
  if (answer.status === 200) return { ...person, jwt: answer.body.token, cookie: cookieOf(answer) };
  const other = await newPerson(app);
  await setRole(app, keeper, other.userId, roles[who]);
  return other;
}

async function isPlaceWhole({ watcher }: World, place: Place): Promise<boolean> {
  const has = async (least: number, sql: string, ...params: unknown[]): Promise<boolean> =>
    (await watcher.rows(sql, ...params)).length >= least;
  return (
    (await has(1, 'SELECT 1 FROM rg_table WHERE id = ? AND base_id = ?', place.tableId, place.baseId)) &&
    (await has(1, 'SELECT 1 FROM rg_filter WHERE id = ?', place.filterId)) &&
    (await has(1, 'SELECT 1 FROM rg_sort WHERE id = ?', place.sortId)) &&
    (await has(10, 'SELECT 1 FROM rg_column WHERE table_id = ?', place.tableId)) &&
    (await has(
      1,
      'SELECT 1 FROM rg_token WHERE id = ? AND enabled = 1 AND revoked_at IS NULL AND expires_at IS NULL',
      place.tokenId,
    ))
  );
}

/** Waits for the end of an import or a copy that this request began. */
export async function finishJob(world: World, by: Partial<TestRequest>, id: string): Promise<void> {
  const { jwt, token } = by;
  const credential = { ...(jwt === undefined ? {} : { jwt }), ...(token === undefined ? {} : { token }) };
  const body = { data: { id } };
  await sent(world.app.inject({ method: 'POST', path: '/jobs/listen', ...credential, body }));
  // The upload, or the mark of a copy, goes a moment after the job has ended.
  while ((await readdir(join(world.app.folder, 'imports'))).length > 0) await nextTurn();
}

/** A rotated cookie replaces the one it came from. */
function keepCookie(world: World, who: string, answer: TestResponse): void {
  const cookie = cookieOf(answer);
  if (cookie === '' || cookie.endsWith('=')) return;
  if (who === 'owner' || who === 'viewer' || who === 'outsider') world[who] = { ...world[who], cookie };
}

/** After a request of `who` that changed something: everything that later requests point at exists again. */
export async function mendWorld(world: World, who: string, answer: TestResponse): Promise<void> {
  const { app, watcher } = world;
  keepCookie(world, who, answer);
  await mendSettings(world);
  for (const who of ['owner', 'viewer', 'outsider'] as const) {
    world[who] = await mendPerson(world, world[who], who);
  }
  if (!(await isPlaceWhole(world, world.mine))) world.mine = await addPlace(app, world.owner.jwt);
  if (!(await isPlaceWhole(world, world.theirs))) world.theirs = await addPlace(app, world.outsider.jwt);
  const { baseId } = world.mine;
  const member = await watcher.rows(
    "SELECT 1 FROM rg_member WHERE base_id = ? AND user_id = ? AND role = 'viewer'",
    baseId,
    world.viewer.userId,
  );
  if (member.length === 0) await letViewerIn(world);
  if (!(await isTokenGood(world))) await replaceToken(world);
}

async function isTokenGood({ watcher, owner, tokenId }: World): Promise<boolean> {
  const found = await watcher.rows(
    'SELECT 1 FROM rg_token WHERE id = ? AND user_id = ? AND enabled = 1 AND revoked_at IS NULL AND expires_at IS NULL',
    tokenId,
    owner.userId,
  );
  return found.length > 0;
}

async function letViewerIn(world: World): Promise<void> {
  const { app, owner, viewer, mine } = world;
  const path = `/api/v2/meta/bases/${mine.baseId}/users/${viewer.userId}`;
  const changed = await app.inject({ method: 'PATCH', path, jwt: owner.jwt, body: { roles: 'viewer' } });
  if (changed.status !== 200) await addMember(world, mine.baseId, viewer.email);
}

async function replaceToken(world: World): Promise<void> {
  const made = await sent(
    world.app.inject({ method: 'POST', path: '/api/v1/tokens', jwt: world.owner.jwt, body: {} }),
  );
  world.token = made.body.token;
  world.tokenId = String(made.body.id);
}
