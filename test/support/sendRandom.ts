import { leakIn, wrongRefusal } from './answers.ts';
import type { TestRequest, TestResponse } from './app.ts';
import { changedTables } from './databaseState.ts';
import { finishJob, mendWorld } from './mendWorld.ts';
import { fillIn } from './placeholders.ts';
import type { CredentialName, RandomRequest } from './randomRequest.ts';
import type { World } from './world.ts';

/** Sends a random request and says what must be true of every answer. */

/** Percent-escapes like encodeURIComponent, but takes lone surrogates: as the bytes careless software makes. */
export const escapeLoosely = (text: string): string =>
  text.replace(/[^A-Za-z0-9_.!*()-]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const bytes =
      code >= 0xd800 && code <= 0xdfff
        ? [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
        : [...Buffer.from(character)];
    return bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  });

function credentialOf(world: World, name: CredentialName): Partial<TestRequest> {
  switch (name) {
    case 'owner':
    case 'viewer':
    case 'outsider':
      return { jwt: world[name].jwt, headers: { cookie: world[name].cookie } };
    case 'token':
      return { token: world.token };
    case 'baseToken':
      return { token: world.mine.baseToken };
    case 'theirToken':
      return { token: world.theirs.baseToken };
    case 'bad':
      return { token: 'no-such-token' };
    case 'none':
      return {};
  }
}

let senders = 0;
/** Every request comes from an address of its own, so that no limit hides what is behind it. */
function nextAddress(): string {
  senders += 1;
  return `10.${(senders >> 16) & 255}.${(senders >> 8) & 255}.${senders & 255}`;
}

function toRequest(world: World, request: RandomRequest): TestRequest {
  const path = request.path
    .map((part) => (typeof part === 'string' ? escapeLoosely(fillIn(world, part)) : part.raw))
    .join('');
  const query = request.query
    .map(([name, value]) => `${escapeLoosely(name)}=${escapeLoosely(fillIn(world, value))}`)
    .join('&');
  const credential = credentialOf(world, request.credential);
  const body = typeof request.body === 'string' ? fillIn(world, request.body) : request.body;
  return {
    method: request.route.method,
    path: query === '' ? path : `${path}?${query}`,
    ...credential,
    headers: {
      ...credential.headers,
      'x-forwarded-for': nextAddress(),
      ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
    },
    ...(body === undefined ? {} : { body }),
  };
}

/** Work goes on after the answers of these. */
const startsJob = /^importFile$|^v\dDuplicate|^v\dMetaDiff|^v\dCreateSource$/;

/** Answers of these hold a credential of the caller: that is what they are for. */
const tellsSecrets = /SignUp|SignIn|RefreshToken|RevealToken|CreateToken|CreateBaseToken/;

async function problemOf(
  world: World,
  request: RandomRequest,
  answer: TestResponse,
  before: string,
): Promise<string | undefined> {
  if (answer.status >= 500) return 'a failure of the server';
  const secrets = tellsSecrets.test(request.route.id) && answer.status < 300 ? [] : ownSecrets(world);
  const isAsset = request.route.id === 'api-docs-asset' && answer.status === 200;
  const leak = isAsset ? undefined : leakIn(answer.text, secrets);
  if (leak !== undefined) return `the answer gives away ${leak}`;
  if (answer.status < 400) return undefined;
  const wrong = wrongRefusal(answer);
  if (wrong !== undefined) return `the refusal ${wrong}`;
  const after = await world.watcher.fingerprint();
  return after === before ? undefined : `a refused request changed ${changedTables(before, after)}`;
}

const ownSecrets = ({ owner, viewer, outsider, token, mine, theirs }: World): string[] =>
  [owner, viewer, outsider]
    .flatMap(({ password, jwt, cookie }) => [password, jwt, cookie.split('=')[1] ?? ''])
    .concat(token, mine.baseToken, theirs.baseToken)
    .filter((secret) => secret.length > 8);

function show(sent: TestRequest, answer: TestResponse | undefined): string {
  const body = Buffer.isBuffer(sent.body) ? `bytes ${sent.body.toString('latin1')}` : String(sent.body);
  const credential = sent.jwt !== undefined ? 'a session' : sent.token !== undefined ? 'a token' : 'nobody';
  const given = answer === undefined ? '' : `\nanswer ${answer.status}: ${answer.text.slice(0, 1500)}`;
  return `${sent.method} ${sent.path.slice(0, 1500)} by ${credential}\nbody ${body.slice(0, 1500)}${given}`;
}

const lastLog = (world: World): string => (world.app.logs.at(-1) ?? '').slice(0, 3000);

/** Throws when the answer is not as every answer must be. Returns its status. */
export async function sendRandom(world: World, request: RandomRequest): Promise<number> {
  const before = await world.watcher.fingerprint();
  const sent = toRequest(world, request);
  let answer: TestResponse | undefined;
  try {
    answer = await world.app.inject(sent);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${show(sent, answer)}\nlog ${lastLog(world)}`);
  }
  const problem = await problemOf(world, request, answer, before);
  if (problem !== undefined) {
    throw new Error(`${problem}\n${show(sent, answer)}\nlog ${lastLog(world)}`);
  }
  if (startsJob.test(request.route.id) && answer.status < 300) await finishJob(world, sent, answer.body.id);
  if (answer.status < 300 && request.route.method !== 'GET')
    await mendWorld(world, request.credential, answer);
  return answer.status;
}
