/** What tests have left open, e.g. apps; setup.ts closes it after every file. */
export const leftOpen = new Set<{ close(): Promise<void> }>();
