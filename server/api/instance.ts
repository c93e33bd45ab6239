import { createHash, timingSafeEqual } from 'node:crypto';
import { Type } from 'typebox';
import { AppError } from '../core/errors.ts';
import { type AnyRoute, anyone, Content, route } from './route.ts';
import { webRoutes } from './webApp.ts';

/** What main.ts tells the routes about the running process. */
export interface Process {
  readonly version: string;
  readonly startedAt: number; // milliseconds
  /** Throws while the database cannot be asked or the server is stopping. */
  readonly checkReady: () => void | Promise<void>;
  readonly renderMetrics: () => Promise<{ type: string; text: string }>;
  readonly metricsToken: string | undefined;
  /** Build of the interface; undefined: not built. */
  readonly webFolder?: string | undefined;
}

const health = Type.Object({ message: Type.String(), timestamp: Type.Number(), uptime: Type.Number() });
const readiness = Type.Object({ ready: Type.Boolean() });

const loopback = /^(?:127\.|::1$|::ffff:127\.)/;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSameSecret = (given: string, wanted: string): boolean =>
  timingSafeEqual(digest(given), digest(wanted));

function checkMetricsCaller(process: Process, call: Parameters<AnyRoute['run']>[0]): void {
  if (process.metricsToken !== undefined) {
    if (isSameSecret(String(call.headers['x-metrics-token'] ?? ''), process.metricsToken)) return;
    throw new AppError(
      'FORBIDDEN',
      'Metrics need the header x-metrics-token with the value of ROWGATE_METRICS_TOKEN',
    );
  }
  // A proxy on this machine comes from here too, but says for whom.
  const forwarded = call.headers['x-forwarded-for'] !== undefined || call.headers.forwarded !== undefined;
  if (forwarded || !loopback.test(call.caller.address ?? '')) {
    throw new AppError(
      'FORBIDDEN',
      'Metrics are for this machine only; set ROWGATE_METRICS_TOKEN to read them from elsewhere',
    );
  }
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Rowgate</title>
<h1>Rowgate is running</h1>
<p>The REST API answers under <code>/api/v2</code>. Sign up with
<code>POST /api/v2/auth/user/signup</code>, then make an API token with <code>POST /api/v1/tokens</code>.</p>
<p>Each base has its API docs at <code>/api/v2/meta/bases/&lt;base id&gt;/swagger</code>.</p>
</html>
`;

async function info(call: Parameters<AnyRoute['run']>[0]): Promise<Record<string, unknown>> {
  const { core } = call;
  const users = await core.stores.users.count();
  const inviteOnly =
    (await core.stores.settings.get('invite_only_signup')) ?? String(core.settings.inviteOnlySignup);
  return {
    authType: 'jwt',
    baseHasAdmin: users > 0,
    firstUser: users === 0,
    type: 'rest',
    env: 'production',
    googleAuthEnabled: false,
    githubAuthEnabled: false,
    oidcAuthEnabled: false,
    oidcProviderName: null,
    samlAuthEnabled: false,
    samlProviderName: null,
    oneClick: false,
    connectToExternalDB: false,
    defaultLimit: core.settings.pageSizeDefault,
    defaultGroupByLimit: { limitGroup: 25, limitRecord: 10 },
    ncMin: false,
    teleEnabled: false,
    errorReportingEnabled: false,
    sentryDSN: null,
    auditEnabled: true,
    ncSiteUrl: core.settings.publicUrl ?? '',
    ee: false,
    ncAttachmentFieldSize: 20_971_520,
    ncMaxAttachmentsAllowed: 10,
    isCloud: false,
    automationLogLevel: 'OFF',
    disableEmailAuth: false,
    feedEnabled: false,
    mainSubDomain: '',
    dashboardPath: '/',
    inviteOnlySignup: inviteOnly === 'true',
    restrictWorkspaceCreation: false,
    prodReady: true,
    allowLocalUrl: false,
    isOnPrem: false,
    disableSupportChat: true,
    disableGroupByAggregation: false,
    disableOnboardingFlow: true,
    ncDefaultWorkspaceId: 'wrowgate',
    passwordMinLength: core.settings.passwordMinLength,
  };
}

/** The page of an instance without the interface. */
const home = route({
  id: 'home',
  method: 'GET',
  paths: ['/'],
  summary: 'What to do next, for a person with a browser',
  tag: 'Instance',
  access: anyone,
  target: 'none',
  reply: Type.String({ contentMediaType: 'text/html' }),
  run: () => new Content('text/html; charset=utf-8', page),
});

/** Routes about the process itself: health, readiness, metrics, version, the public facts clients ask for. */
export function instanceRoutes(process: Process): readonly AnyRoute[] {
  const interfaceRoutes = process.webFolder === undefined ? [home] : webRoutes(process.webFolder);
  return [
    ...interfaceRoutes,
    route({
      id: 'health',
      method: 'GET',
      paths: ['/api/v1/health', '/api/v2/health', '/healthz'],
      summary: 'Whether the process lives',
      tag: 'Instance',
      access: anyone,
      target: 'none',
      reply: health,
      run: ({ core }) => {
        const now = core.clock().getTime();
        return { message: 'OK', timestamp: now, uptime: (now - process.startedAt) / 1000 };
      },
    }),
    route({
      id: 'ready',
      method: 'GET',
      paths: ['/readyz'],
      summary: 'Whether the process can serve: 503 while it starts, stops or has lost its database',
      tag: 'Instance',
      access: anyone,
      target: 'none',
      reply: readiness,
      run: async () => {
        await process.checkReady();
        return { ready: true };
      },
    }),
    route({
      id: 'metrics',
      method: 'GET',
      paths: ['/metrics'],
      summary: "Counts and times in Prometheus' format",
      tag: 'Instance',
      access: anyone,
      target: 'none',
      reply: Type.String(),
      run: async (call) => {
        checkMetricsCaller(process, call);
        const { type, text } = await process.renderMetrics();
        return new Content(type, text);
      },
    }),
    route({
      id: 'version',
      method: 'GET',
      paths: ['/api/v1/version'],
      summary: 'The version of the wire this instance answers',
      tag: 'Instance',
      access: anyone,
      target: 'none',
      reply: Type.Object({ currentVersion: Type.String(), releaseVersion: Type.String() }),
      run: () => ({ currentVersion: process.version, releaseVersion: process.version }),
    }),
    route({
      id: 'info',
      method: 'GET',
      paths: ['/api/v2/meta/nocodb/info', '/api/v1/db/meta/nocodb/info', '/api/v1/meta/nocodb/info'],
      summary: 'Public facts that clients ask for before signing in',
      tag: 'Instance',
      access: anyone,
      target: 'none',
      reply: Type.Record(Type.String(), Type.Unknown()),
      run: info,
    }),
    route({
      id: 'cloud-features',
      method: 'GET',
      paths: ['/api/v2/cloud-features'],
      summary: 'Always empty: there is no cloud',
      tag: 'Instance',
      access: anyone,
      target: 'none',
      reply: Type.Array(Type.Unknown()),
      run: () => [],
    }),
  ];
}
