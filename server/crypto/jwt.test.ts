import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SessionClaims } from '../core/ports.ts';
import { createSessionSigner } from './jwt.ts';

const secret = 'a secret of more than thirty-two bytes';
const signer = createSessionSigner(secret);
const claims: SessionClaims = {
  id: 'us1',
  email: 'ann@example.com',
  roles: { super: true },
  sid: 'ses1',
  jti: 'j1',
  token_version: 'v1',
  iat: 1_000_000,
  exp: 1_036_000,
};
const now = new Date(1_000_500_000);

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const hmac = (hash: string, key: string | Buffer, input: string): string =>
  createHmac(hash, key).update(input).digest('base64url');
/** A token with any header and payload, rightly signed with HMAC. */
function forge(header: unknown, payload: unknown, hash = 'sha256', key: string | Buffer = secret): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${hmac(hash, key, input)}`;
}
const hs256 = { alg: 'HS256', typ: 'JWT' };
const without = (name: keyof SessionClaims): unknown => ({ ...claims, [name]: undefined });

test('what was signed is read back', () => {
  expect(signer.verify(signer.sign(claims), now)).toEqual(claims);
  expect(signer.verify(signer.sign(claims), now)).toEqual(claims); // from memory
  expect(signer.verify(forge(hs256, claims), now)).toEqual(claims); // the forge of the attacks below works
});

test('expiry is exact, also for a token verified before', () => {
  const jwt = signer.sign(claims);
  const end = claims.exp * 1000;
  expect(signer.verify(jwt, new Date(end - 1))).toEqual(claims);
  expect(signer.verify(jwt, new Date(end))).toBeUndefined();
  expect(signer.verify(jwt, new Date(end + 1))).toBeUndefined();
});

const valid = signer.sign(claims);
const [head = '', body = '', signature = ''] = valid.split('.');
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' });
const rs256 = `${encode({ alg: 'RS256', typ: 'JWT' })}.${body}`;

describe('attacks', () => {
  test.each([
    ['nothing', ''],
    ['words', 'not a token'],
    ['two parts', `${head}.${body}`],
    ['empty signature', `${head}.${body}.`],
    ['four parts', `${valid}.x`],
    ['alg none', `${encode({ alg: 'none', typ: 'JWT' })}.${body}.`],
    ['alg none with our signature', `${encode({ alg: 'none', typ: 'JWT' })}.${body}.${signature}`],
    ['alg None in other letters', forge({ alg: 'nOnE', typ: 'JWT' }, claims)],
    ['alg HS384 with our secret', forge({ alg: 'HS384', typ: 'JWT' }, claims, 'sha384')],
    ['alg HS512 with our secret', forge({ alg: 'HS512', typ: 'JWT' }, claims, 'sha512')],
    [
      'RS256 by a stranger',
      `${rs256}.${signWith('sha256', Buffer.from(rs256), privateKey).toString('base64url')}`,
    ],
    ['RS256 header, HMAC with our secret', forge({ alg: 'RS256', typ: 'JWT' }, claims)],
    ['HMAC with a public key as secret', forge(hs256, claims, 'sha256', pem as string)],
    ['another secret', createSessionSigner('another secret of thirty-two bytes ...').sign(claims)],
    ['no alg', forge({ typ: 'JWT' }, claims)],
    ['kid with a path', forge({ ...hs256, kid: '../../dev/null' }, claims)],
    ['kid with SQL', forge({ ...hs256, kid: "' union select 'x" }, claims)],
    ['jku', forge({ ...hs256, jku: 'https://evil.example/keys' }, claims)],
    ['jwk', forge({ ...hs256, jwk: { kty: 'oct', k: 'eA' } }, claims)],
    ['x5u', forge({ ...hs256, x5u: 'https://evil.example/cert' }, claims)],
    ['crit', forge({ ...hs256, crit: ['exp'] }, claims)],
    ['payload changed', `${head}.${encode({ ...claims, id: 'us2' })}.${signature}`],
    ['later expiry', `${head}.${encode({ ...claims, exp: 9_999_999_999 })}.${signature}`],
    ['payload a list', forge(hs256, [claims])],
    ['payload null', forge(hs256, null)],
    ['payload a text', forge(hs256, 'x')],
    ['huge, rightly signed', signer.sign({ ...claims, email: 'x'.repeat(4096) })],
    ['without id', forge(hs256, without('id'))],
    ['without email', forge(hs256, without('email'))],
    ['without roles', forge(hs256, without('roles'))],
    ['without sid', forge(hs256, without('sid'))],
    ['without jti', forge(hs256, without('jti'))],
    ['without token_version', forge(hs256, without('token_version'))],
    ['without iat', forge(hs256, without('iat'))],
    ['without exp', forge(hs256, without('exp'))],
    ['exp a text', forge(hs256, { ...claims, exp: '9999999999' })],
    ['exp negative', forge(hs256, { ...claims, exp: -1 })],
    ['id a number', forge(hs256, { ...claims, id: 1 })],
    ['id empty', forge(hs256, { ...claims, id: '' })],
    ['roles a text', forge(hs256, { ...claims, roles: 'super' })],
    ['roles of other values', forge(hs256, { ...claims, roles: { super: 'yes' } })],
  ])('%s', (_name, jwt) => {
    expect(signer.verify(jwt, now)).toBeUndefined();
  });

  test('any one letter changed in header, payload or signature', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'];
    fc.assert(
      fc.property(fc.nat(valid.length - 2), fc.constantFrom(...letters), (index, letter) => {
        fc.pre(valid[index] !== letter);
        const changed = valid.slice(0, index) + letter + valid.slice(index + 1);
        expect(signer.verify(changed, now)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
