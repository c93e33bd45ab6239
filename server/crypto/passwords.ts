import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { AppError } from '../core/errors.ts';
import type { Passwords } from '../core/ports.ts';

/** How costly one hash is. Memory in KiB. */
export interface PasswordCost {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/**
 * Above the floor of OWASP and ASVS 5 (19456 KiB, 2 passes): about 45 ms alone
 * and under 100 ms when every core computes two, with at most 64 MiB a core.
 */
export const defaultPasswordCost: PasswordCost = { memoryCost: 32_768, timeCost: 3, parallelism: 1 };

/** Hashes that wait for a free place; more callers are told to come back. */
const queueLength = 100;
const hashBytes = 32;
const saltBytes = 16;
const argon2id = 2; // the library's const enum cannot be imported under type stripping

/** Runs at most `width` works at a time, in order of arrival. */
function createGate(width: number, waitingMax: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async function pass<T>(work: () => Promise<T>): Promise<T> {
    if (running >= width) {
      if (waiting.length >= waitingMax) {
        throw new AppError(
          'UNAVAILABLE',
          'Too many people are signing in at this moment. Try again in a few seconds.',
        );
      }
      await new Promise<void>((resolve) => void waiting.push(resolve)); // takes over the place of the one that ends
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

const base64 = (size: number): string => randomBytes(size).toString('base64').replaceAll('=', '');

/** A well-formed string that no password matches; checking against it costs what a real one costs. */
const unmatchable = ({ memoryCost, timeCost, parallelism }: PasswordCost): string =>
  `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(saltBytes)}$${base64(hashBytes)}`;

const isArgon2 = (stored: string): boolean => /^\$argon2(?:id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$/.test(stored);

function isWeaker(stored: string, cost: PasswordCost): boolean {
  if (!isArgon2(stored)) return true;
  const had = parseOptions(stored);
  return (
    Number(had.algorithm) !== argon2id ||
    had.memoryCost < cost.memoryCost ||
    had.timeCost < cost.timeCost ||
    had.outputLen < hashBytes ||
    had.saltLen < saltBytes
  );
}

/**
 * argon2id in the thread pool, never more than two hashes a core at a time, so
 * that a rush of sign-ins takes neither the memory nor the machine. A stored
 * string that is not of argon2 matches nothing, in the same time.
 */
export function createPasswords(
  cost: PasswordCost = defaultPasswordCost,
  width: number = 2 * availableParallelism(),
): Passwords {
  const pass = createGate(width, queueLength);
  const nobody = unmatchable(cost);
  return {
    hash: (password) => pass(() => hash(password, { ...cost, outputLen: hashBytes, algorithm: argon2id })),
    async verify(password, stored) {
      const known = stored !== null && isArgon2(stored);
      const matches = await pass(() => verify(known ? stored : nobody, password));
      return known && matches;
    },
    needsRehash: (stored) => isWeaker(stored, cost),
  };
}
