/** How much of a database that others made is used: they need it, too. */
export const usage = {
  /** Connections of one process. */
  connections: 5,
  /** Milliseconds after which a read is given up. */
  readTimeout: 30_000,
} as const;
