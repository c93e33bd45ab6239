/** Who may import whom: the table of ARCHITECTURE.md, as rules a machine checks. */

const io =
  '^(node_modules/(better-sqlite3|kysely|pg|mysql2|fastify|@fastify|nodemailer|papaparse|pino|prom-client|redis|@node-rs|fast-jwt|rate-limiter-flexible)|node:|fs$|http$|https$|net$|dns$|child_process$|worker_threads$|os$|process$|tls$)';
const tests = '\\.test\\.ts$';

type Place = { path?: string; pathNot?: string | string[]; circular?: boolean };
const border = (name: string, comment: string, from: Place, to: Place) => ({
  name,
  comment,
  severity: 'error' as const,
  from,
  to,
});

export const borders = {
  forbidden: [
    border('no-cycles', 'Modules that import each other cannot be understood apart.', {}, { circular: true }),
    border(
      'column-types-are-pure',
      'A column type knows the waist, the vocabulary and the pieces types share; never a server, a browser or another type.',
      { path: '^columnTypes/', pathNot: tests },
      { pathNot: '^(columnTypes/|vocabulary/)' },
    ),
    border(
      'column-types-do-not-know-each-other',
      'Types share through columnTypes/*.ts only.',
      { path: '^columnTypes/([^/]+)/', pathNot: tests },
      { path: '^columnTypes/[^/]+/', pathNot: '^columnTypes/$1/' },
    ),
    border(
      'vocabulary-is-a-leaf',
      'Words import nothing.',
      { path: '^vocabulary/', pathNot: tests },
      { pathNot: '^vocabulary/' },
    ),
    border(
      'core-talks-to-nobody',
      'The core imports no HTTP, no SQL, no file and no clock.',
      { path: '^server/core/', pathNot: tests },
      { path: io, pathNot: '^(node:crypto|crypto)$' },
    ),
    border(
      'core-knows-no-rim',
      'The core does not know who calls it or who implements its ports.',
      { path: '^server/core/', pathNot: tests },
      { path: '^(server/(?!core/)|web/)' },
    ),
    border(
      'api-does-not-touch-databases',
      'A wire format decides shapes and addresses; it asks the core.',
      { path: '^server/api/', pathNot: tests },
      { path: '^server/(db|cluster|crypto|mail|cli|imports)/' },
    ),
    border(
      'versions-do-not-know-each-other',
      'What two versions share belongs to server/api/parts.',
      { path: '^server/api/(v\\d)/', pathNot: tests },
      { path: '^server/api/v\\d/', pathNot: '^server/api/$1/' },
    ),
    border(
      'parts-know-no-version',
      'Shared pieces do not depend on one version.',
      { path: '^server/api/(parts|openapi)/', pathNot: tests },
      { path: '^server/api/v\\d/' },
    ),
    border(
      'db-knows-ports-only',
      'The database room implements ports; it calls no operation.',
      { path: '^server/(db|cluster|crypto|mail)/', pathNot: tests },
      { path: '^server/(api|core/(?!(ports|model|errors)\\.ts$|ports/))' },
    ),
    border(
      'engines-know-no-column-type',
      'An engine understands storage kinds and conditions.',
      { path: '^server/db/', pathNot: tests },
      { path: '^columnTypes/(?!(columnType|query)\\.ts$)' },
    ),
    border(
      'only-main-knows-everyone',
      'Nobody imports the entry.',
      {
        path: '^(server|columnTypes|vocabulary)/',
        pathNot: ['^server/(main|start)\\.ts$', '^server/cli/', tests],
      },
      { path: '^server/(main|start|config)\\.ts$' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc' as const,
    exclude: { path: '^(node_modules|dist|test)/' },
  },
};
