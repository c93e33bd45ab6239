import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

/**
 * How much JavaScript a person waits for, as the manifest of a build tells it:
 * what is loaded together is weighed together, each file through gzip.
 * ROWGATE_TEST_WEB names another build than dist/web.
 */

const folder = resolve(import.meta.dirname, '..', process.env.ROWGATE_TEST_WEB ?? 'dist/web');

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

function readManifest(): Readonly<Record<string, Chunk>> {
  const path = join(folder, '.vite', 'manifest.json');
  if (!existsSync(path)) throw new Error('The interface is not built. Run: npm run build');
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The files that these chunks bring along, themselves included. */
function filesOf(manifest: Readonly<Record<string, Chunk>>, chunks: readonly string[]): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`The build has no chunk '${name}'.`);
    files.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  chunks.forEach(visit);
  return [...files].filter((file) => file.endsWith('.js'));
}

const kilobytes = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) / 1024;

const words = 'i18n/en.json';
const signedIn = [words, 'bases/Home.tsx', 'app/SidebarBases.tsx', 'app/SidebarTables.tsx'];
const grid = [...signedIn, 'grid/TablePage.tsx'];

/** The files that the page itself names. */
const named = (): string[] => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  return [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file ?? '');
};

/** Everything a person loads who sees these parts. */
const loaded = (parts: readonly string[]): string[] => [
  ...new Set([...named(), ...filesOf(readManifest(), parts)]),
];

describe('the first load', () => {
  test('the page names what it needs, in few files', () => {
    expect(named().length).toBeGreaterThan(0);
    expect(loaded([words]).length).toBeLessThan(6);
  });

  test('what comes before the grid stays under 250 KB', () => {
    expect(kilobytes(loaded(signedIn))).toBeLessThan(250);
  });

  test('the grid with everything before it stays under 430 KB', () => {
    expect(kilobytes(loaded(grid))).toBeLessThan(430);
  });

  test('it has the words of one language only', () => {
    const files = loaded(grid);
    const languages = Object.keys(readManifest()).filter((name) => name.startsWith('i18n/'));
    expect(languages.length).toBeGreaterThan(1);
    const spoken = languages.filter((name) => files.includes(readManifest()[name]?.file ?? ''));
    expect(spoken).toEqual(['i18n/en.json']);
  });
});
