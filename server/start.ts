import processes from 'node:cluster';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { customAlphabet } from 'nanoid';
import type { DestinationStream, Logger } from 'pino';
import { idPrefixes } from '../vocabulary/ids.ts';
import { createAuthenticator } from './api/authenticate.ts';
import type { Patience } from './api/connections.ts';
import { formats } from './api/index.ts';
import { instanceRoutes } from './api/instance.ts';
import { createServer, type RequestReport } from './api/serve.ts';
import type { Wires } from './cluster/connect.ts';
import { type Cluster, openCluster } from './cluster/open.ts';
import { requireSameSecrets } from './cluster/sameSecrets.ts';
import type { Config } from './config.ts';
import type { Core } from './core/context.ts';
import { createDirectory } from './core/directory.ts';
import { sweepDuplicates } from './core/duplicate/sweep.ts';
import { AppError } from './core/errors.ts';
import { createEvents } from './core/events/bus.ts';
import { stopImports, sweepImports } from './core/imports/startImport.ts';
import { stopJobs } from './core/jobs/startJob.ts';
import type { Caller } from './core/model.ts';
import type { RateLimits } from './core/sessions/limits.ts';
import { createSnapshot } from './core/snapshot.ts';
import { createTokenUsage } from './core/tokens/usage.ts';
import { ensureAdmin } from './core/users/ensureAdmin.ts';
import { createSessionSigner } from './crypto/jwt.ts';
import { createPasswords } from './crypto/passwords.ts';
import { createRefreshMac } from './crypto/refreshMac.ts';
import { openSecrets } from './crypto/secrets.ts';
import { createTokenCipher } from './crypto/tokenCipher.ts';
import { createExternalSources } from './db/external/registry.ts';
import { routeReads } from './db/external/router.ts';
import { createStores } from './db/meta/index.ts';
import { createImportFiles, thisProcess } from './imports/importFiles.ts';
import { createMemoryLimits, createRedisLimits, createWorkerLimits } from './limits/limits.ts';
import { createMailer } from './mail/smtp.ts';
import { createLog, logRequest } from './observe/log.ts';
import { createMetrics } from './observe/metrics.ts';
import { openOwnDatabase } from './ownDatabase.ts';

/** What tests hold still or listen to. */
export interface Surroundings {
  readonly clock?: () => Date;
  readonly logDestination?: DestinationStream;
  readonly patience?: Patience | undefined;
}

export interface OpenCore {
  readonly core: Core;
  readonly log: Logger;
  readonly cluster: Cluster;
  readonly jwtSecret: string;
  /** Throws while the database cannot be asked. */
  readonly checkDatabase: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Who makes the admin that the environment names. */
const startCaller: Caller = {
  principal: { kind: 'anonymous' },
  requestId: 'start',
  address: null,
  agent: 'settings',
};

/** The wire's version whose behaviour this instance answers. */
const wireVersion = '0.301.3';

const idAlphabet = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 15);

/** The interface: the one beside a built server unless another is named; undefined when there is none. */
function webFolderOf(config: Config): string | undefined {
  if (config.webFolder !== undefined) return config.webFolder;
  const folder = fileURLToPath(new URL('./web', import.meta.url));
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}

/** Counts for as many processes as can be reached: all instances, the workers of this machine, or this one. */
function openLimits(wires: Wires | undefined): RateLimits {
  if (wires?.redis !== undefined) return createRedisLimits(wires.redis, wires.name);
  return processes.isWorker ? createWorkerLimits() : createMemoryLimits();
}

/** After a crash: clears away what imports and duplications had not finished. */
async function sweepJobs(core: Core): Promise<void> {
  await sweepImports(core);
  await sweepDuplicates(core);
}

/** Opens the database and everything operations need; nothing listens. The only place that knows everyone. */
export async function openCore(config: Config, surroundings: Surroundings = {}): Promise<OpenCore> {
  const log = createLog(config.logLevel, surroundings.logDestination);
  const clock = surroundings.clock ?? (() => new Date());
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const secrets = await openSecrets(config.dataFolder, {
    jwtSecret: config.jwtSecret,
    tokenKeys: config.tokenKeys,
  });
  const unheard = (error: unknown): void => log.error({ err: error }, 'other instances could not be heard');
  const { database, wires } = await openOwnDatabase(config.database, config.redisUrl, unheard);
  const now = (): number => clock().getTime();
  const stores = createStores(database.execute, database.dialect, now);
  const id = idAlphabet();
  const others = openCluster({
    id,
    database,
    createStores: (execute) => createStores(execute, database.dialect, now),
    now,
    failed: unheard,
    ...wires,
    buried: () => void sweepJobs(core).catch(jobFailed),
  });
  const { run, invalidations } = others;
  const jobFailed = (error: unknown): void => log.error({ err: error }, 'a job failed');
  const sources = createExternalSources({
    allowed: config.externalSources.allowed,
    files: {
      allowed: config.externalSources.sqliteFolder,
      own: [
        config.dataFolder,
        ...(config.database.engine === 'sqlite' ? [config.database.settings.path] : []),
      ],
    },
    cipher: createTokenCipher(secrets.tokenKeys, 'source-connection'),
    failed: (error) => log.error({ err: error }, 'a connected database could not be closed'),
  });
  const core: Core = {
    clock,
    newId: (kind) => `${idPrefixes[kind]}${idAlphabet()}`,
    randomBytes: (size) => randomBytes(size),
    settings: { ...config.core, hasInterface: webFolderOf(config) !== undefined },
    stores,
    transaction: run,
    reader: routeReads(database.reader, sources),
    sources,
    snapshot: createSnapshot(stores.bases, invalidations, sources),
    directory: createDirectory(stores.users, invalidations),
    invalidations,
    events: createEvents(invalidations, others.watchOthers, idAlphabet, others.recordsChanged),
    passwords: createPasswords(),
    signer: createSessionSigner(secrets.jwtSecret),
    tokenCipher: createTokenCipher(secrets.tokenKeys),
    refreshMac: createRefreshMac(secrets.refreshKey),
    mailer: createMailer(config.smtp),
    limits: openLimits(wires),
    importFiles: createImportFiles(
      join(config.dataFolder, 'imports'),
      config.importLimit,
      (error) => log.error({ err: error }, 'an import failed'),
      others.isAlive === undefined ? thisProcess : { name: id, isAlive: others.isAlive, sharesFolder: false },
    ),
    jobFailed,
  };
  return {
    core,
    log,
    cluster: others,
    jwtSecret: secrets.jwtSecret,
    checkDatabase: async () => {
      await stores.settings.get('ready');
    },
    async close() {
      await others.close();
      await sources.close();
      await database.close();
    },
  };
}

/** Begins to hear the other instances. Throws an Error for people when this one could not agree with them. */
async function joinOthers({ core, log, cluster, jwtSecret }: OpenCore): Promise<void> {
  await cluster.start();
  if (cluster.isAlive === undefined) return;
  const replaced = await requireSameSecrets({
    jwtSecret,
    settings: core.stores.settings,
    run: core.transaction,
    hasOthers: cluster.hasOthers,
  });
  if (replaced) log.warn('the secret that signs auth tokens is a new one: everyone has to sign in again');
}

export interface OpenServer {
  readonly core: Core;
  readonly http: FastifyInstance;
  readonly log: Logger;
  /** Starts to listen; returns the address. */
  readonly listen: () => Promise<string>;
  /** Finishes requests in flight, writes what has gathered, closes the database. */
  readonly close: () => Promise<void>;
}

/** Opens the core and builds its HTTP server. */
export async function openServer(config: Config, surroundings: Surroundings = {}): Promise<OpenServer> {
  const opened = await openCore(config, surroundings);
  const { core, log, checkDatabase, close } = opened;
  const metrics = createMetrics();
  const usage = createTokenUsage(core, (error) =>
    log.error({ err: error }, 'token usage could not be written'),
  );
  let stopping = false;
  const instance = instanceRoutes({
    version: wireVersion,
    startedAt: core.clock().getTime(),
    checkReady: async () => {
      if (stopping) throw new AppError('UNAVAILABLE', 'The server is stopping; ask another instance');
      await checkDatabase();
    },
    renderMetrics: async () => ({ type: metrics.contentType, text: await metrics.render() }),
    metricsToken: config.metricsToken,
    webFolder: webFolderOf(config),
  });
  const http = createServer({
    core,
    formats: formats({ instance }),
    authenticate: createAuthenticator(core, usage),
    bodyLimit: config.bodyLimit,
    trustProxyHops: config.trustProxyHops,
    corsOrigins: config.corsOrigins,
    secureCookies: config.core.publicUrl?.startsWith('https:') ?? false,
    patience: surroundings.patience,
    report: (report: RequestReport) => {
      metrics.observe(report);
      logRequest(log, report);
    },
  });
  const server: OpenServer = {
    core,
    http,
    log,
    listen: () => http.listen({ port: config.port, host: config.host }),
    async close() {
      stopping = true;
      core.events.close(); // they would be in flight for ever
      await http.close();
      await stopImports(core);
      await stopJobs(core);
      await usage.close();
      await close();
    },
  };
  try {
    await joinOthers(opened);
    await sweepJobs(core);
    if (config.admin !== undefined) await ensureAdmin(core, startCaller, config.admin);
    await http.ready();
    return server;
  } catch (error) {
    await server.close(); // open connections would keep the process
    throw error;
  }
}
