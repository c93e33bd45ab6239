/** Beyond these a base becomes slow to load as a whole; each refusal names its limit. */
export const maxTablesOfBase = 1000;
export const maxColumnsOfTable = 500;
export const maxViewsOfTable = 200;
export const maxFiltersOfView = 200;
export const maxFilterDepthOfView = 20;
export const maxSortsOfView = 50;
export const maxBaseTitle = 50; // the wire's
export const maxTitle = 255; // the wire's
export const maxDescription = 10_000;
/** Free-form JSON that clients keep with a base, table or column, as JSON text. */
export const maxMetaLength = 100_000;
