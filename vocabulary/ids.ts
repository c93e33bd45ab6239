/** Prefixes of ids, so that a person can tell what an id names. Never parse their length. */
export const idPrefixes = {
  workspace: 'w',
  base: 'p',
  source: 'b',
  table: 'm',
  column: 'c',
  view: 'vw',
  filter: 'fi',
  sort: 'so',
  user: 'us',
  session: 'ses',
  option: 's',
  job: 'job',
  audit: 'au',
  invite: 'inv',
} as const;
export type IdKind = keyof typeof idPrefixes;

/** The one workspace that clients of hosted versions ask for. */
export const workspaceId = 'wrowgate';
