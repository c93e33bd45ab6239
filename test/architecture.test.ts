import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { describe, expect, test } from 'vitest';
import { columnTypes } from '../columnTypes/index.ts';
import { formats } from '../server/api/index.ts';
import { settings } from '../server/config.ts';
import { borders } from './borders.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts'));
}
const rooms = ['columnTypes', 'vocabulary', 'server'];

describe('the house', () => {
  test('no import crosses a border and none goes in a circle', async () => {
    const result = await cruise(rooms, {
      ...borders.options,
      ruleSet: borders,
      validate: true,
      outputType: 'json',
      baseDir: root,
    });
    const report = JSON.parse(result.output as string);
    expect(report.summary.totalCruised).toBeGreaterThan(50);
    expect(
      report.summary.violations.map(
        (v: { rule: { name: string }; from: string; to: string }) => `${v.rule.name}: ${v.from} → ${v.to}`,
      ),
    ).toEqual([]);
  }, 120_000);

  test('core, database and column types do not know that versions exist', () => {
    const found = ['server/core', 'server/db', 'columnTypes']
      .flatMap(sourceFiles)
      .filter((path) =>
        /\b(?:apiVersion|api[/ ]v[123]|V[123]\b|\bv[123]\b)/.test(
          read(path).replace(/"?version"?: *\d/g, ''),
        ),
      );
    expect(found).toEqual([]);
  });

  test('only config.ts and settings.ts read the environment; the core has no clock or dice of its own', () => {
    const environment = rooms
      .flatMap(sourceFiles)
      .filter((path) => /process\.env/.test(read(path)) && !/server\/(main|config|settings)\.ts$/.test(path));
    expect(environment).toEqual([]);
    const clocks = sourceFiles('server/core').filter((path) =>
      /Date\.now|Math\.random|new Date\(\)/.test(read(path)),
    );
    expect(clocks).toEqual([]);
  });

  test('outgoing requests have no second way out', () => {
    expect(
      rooms.flatMap(sourceFiles).filter((path) => /\bfetch\(|https?\.request\(/.test(read(path))),
    ).toEqual([]);
  });

  test('files stay readable', () => {
    const long = rooms.flatMap(sourceFiles).filter((path) => read(path).split('\n').length > 301);
    expect(long).toEqual([]);
  });

  test('banned names do not come back', () => {
    const banned = /(?:^|\/)(?:\w*(?:Service|Manager|Helper|Helpers|Util|Utils|Common|Impl|Info|V2))\.tsx?$/;
    expect(rooms.flatMap(sourceFiles).filter((path) => banned.test(path))).toEqual([]);
  });
});

describe('what exists is declared and documented', () => {
  const routes = formats({ instance: [] }).flatMap((format) => format.routes);

  test('every route declares a right, and no two answer the same address', () => {
    const ids = routes.map((route) => route.id);
    expect(new Set(ids).size).toBe(ids.length);
    const addresses = routes.flatMap((route) =>
      route.paths.map((path) => `${route.method} ${path.toLowerCase()}`),
    );
    expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
    for (const route of routes) expect(['public', 'instance', 'base']).toContain(route.access.kind);
  });

  test('every public route is on the list that people review', () => {
    const list = read('docs/api/public-routes.md');
    for (const route of routes.filter((candidate) => candidate.access.kind === 'public')) {
      expect(list, route.id).toContain(`\`${route.method} ${route.paths[0]}\``);
    }
  });

  test('every setting is in docs/deploy/settings.md with its default', () => {
    const page = read('docs/deploy/settings.md');
    for (const setting of settings) {
      const fallback = setting.fallback === undefined ? '' : ` \`${setting.fallback}\` `;
      expect(page).toContain(
        `| \`${setting.name}\` |${fallback === '' ? ' ' : fallback}| ${setting.meaning} |`,
      );
    }
  });

  test('every column type is in docs/api/column-types.md', () => {
    const page = read('docs/api/column-types.md');
    for (const type of columnTypes) expect(page, type.name).toContain(`| \`${type.name}\` |`);
  });

  test('every dependency is justified', () => {
    const page = read('docs/dependencies.md');
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'));
    for (const name of Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      expect(page, name).toContain(`\`${name}\``);
    }
  });

  test('links between documents lead somewhere', () => {
    const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
      cwd: root,
      encoding: 'utf8',
    })
      .split('\n')
      .filter(Boolean);
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map((match) => join(page, '..', decodeURIComponent(match[1] ?? '')))
        .filter((target) => {
          try {
            readFileSync(join(root, target));
            return false;
          } catch (error) {
            return (error as { code?: string }).code !== 'EISDIR';
          }
        })
        .map((target) => `${page} → ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
