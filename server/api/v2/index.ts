import type { AnyRoute, WireFormat } from '../route.ts';
import { routes as auth } from './auth.ts';
import { routes as bases } from './bases.ts';
import { routes as baseTokens } from './baseTokens.ts';
import { routes as columns } from './columns.ts';
import { v2DocsRoutes } from './docs.ts';
import { eventRoutes } from './events.ts';
import { importRoutes } from './imports.ts';
import { jobRoutes } from './jobs.ts';
import { routes as members } from './members.ts';
import { routes as records } from './records.ts';
import { routes as settings } from './settings.ts';
import { routes as sources } from './sources.ts';
import { routes as tables } from './tables.ts';
import { routes as tokens } from './tokens.ts';
import { routes as users } from './users.ts';
import { routes as views } from './views.ts';

/** Every route of this version. @param format the format they become part of; @param formats all formats */
export const routes = (
  format: () => WireFormat,
  formats: () => readonly WireFormat[],
): readonly AnyRoute[] => [
  ...auth,
  ...tokens,
  ...baseTokens,
  ...users,
  ...settings,
  ...bases,
  ...sources,
  ...members,
  ...tables,
  ...columns,
  ...views,
  ...records,
  ...importRoutes,
  ...jobRoutes,
  ...eventRoutes,
  ...v2DocsRoutes(format, formats),
];
