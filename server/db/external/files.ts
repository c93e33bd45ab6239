import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { AppError } from '../../core/errors.ts';

/** Which SQLite files may be connected. A path is a way into the server's disk, so there is one folder for them. */
export interface FileRules {
  /** Folder whose files may be connected; undefined: none. */
  readonly allowed: string | undefined;
  /** Folders and files that are never connected: what the instance keeps for itself. */
  readonly own: readonly string[];
}

function inside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

const refuse = (message: string): AppError => new AppError('BAD_REQUEST', message);

/**
 * The real path of a file named by a caller, absolute or within the allowed
 * folder. Throws BAD_REQUEST; a file that may not be connected looks like one
 * that does not exist.
 */
export function requireFile({ allowed, own }: FileRules, given: string): string {
  if (allowed === undefined) {
    throw refuse(
      'SQLite files cannot be connected here. Whoever runs the server can allow a folder of them with ROWGATE_SQLITE_SOURCES.',
    );
  }
  const folder = realPath(allowed);
  const path = folder === undefined || given.includes('\0') ? undefined : realPath(resolve(folder, given));
  const kept = own.map((each) => realPath(each) ?? resolve(each));
  const open =
    folder !== undefined &&
    path !== undefined &&
    inside(folder, path) &&
    !kept.some((each) => inside(each, path)) &&
    statSync(path).isFile();
  if (!open || path === undefined) {
    throw refuse('There is no such file in the folder of SQLite files (ROWGATE_SQLITE_SOURCES).');
  }
  return path;
}
