import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../core/errors.ts';
import type { ImportFiles, StoredFile } from '../core/imports/importedFile.ts';
import { openFile } from './openFile.ts';

/** Owner only: an upload may hold anything. */
const folderMode = 0o700;
const fileMode = 0o600;

async function* limited(
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
  count: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    count.bytes += chunk.byteLength;
    if (count.bytes > maxBytes) {
      throw new AppError(
        'PAYLOAD_TOO_LARGE',
        `The file is larger than ${maxBytes} bytes, the limit of this instance (ROWGATE_IMPORT_SIZE). Split it, or import it with the command line.`,
      );
    }
    yield chunk;
  }
}

/** Whose uploads are whose, among those who share the folder or the database. */
export interface UploadOwner {
  /** Of this process; in file names. */
  readonly name: string;
  /** Whether the owner of an upload, who is not this process, still lives. */
  readonly isAlive: (name: string) => Promise<boolean>;
  /** Everyone keeps uploads in this folder: one that is not here is no longer worked on. */
  readonly sharesFolder: boolean;
}

/** Processes of one machine on one folder. */
export const thisProcess: UploadOwner = {
  name: String(process.pid),
  sharesFolder: true,
  async isAlive(name) {
    const pid = Number(name);
    if (!Number.isSafeInteger(pid)) return false;
    try {
      process.kill(pid, 0); // signal 0 only asks
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
};

/** The owner in the id of an upload: what stands before its UUID. */
const ownerOf = (id: string): string => id.slice(0, -37);

function brokenOff(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const aborted = code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'ABORT_ERR';
  return aborted
    ? new AppError('INVALID_REQUEST_BODY', 'The upload broke off before its end. Send it again.')
    : error;
}

/**
 * Uploads as files of a folder of their own.
 * @param folder of the instance; nothing else may use it
 * @param maxBytes most bytes of one upload
 * @param failed hears imports that failed inside; for the log
 * @param owner this process among the others
 */
export function createImportFiles(
  folder: string,
  maxBytes: number,
  failed: (error: unknown) => void,
  owner: UploadOwner = thisProcess,
): ImportFiles {
  /** An upload with this process's name is of an earlier one: this one has just started. */
  async function isInUse(id: string): Promise<boolean> {
    if (ownerOf(id) === owner.name || (owner.sharesFolder && !existsSync(join(folder, id)))) return false;
    return owner.isAlive(ownerOf(id));
  }
  const remove = (file: StoredFile): Promise<void> => rm(file.path, { force: true });
  return {
    async save(bytes, name) {
      await mkdir(folder, { recursive: true, mode: folderMode });
      const id = `${owner.name}-${randomUUID()}`;
      const path = join(folder, id);
      const count = { bytes: 0 };
      try {
        await pipeline(
          Readable.from(limited(bytes, maxBytes, count)),
          createWriteStream(path, { flags: 'wx', mode: fileMode }),
        );
        if (count.bytes === 0)
          throw new AppError('INVALID_REQUEST_BODY', 'The upload is empty. Send the file as the body.');
      } catch (error) {
        await rm(path, { force: true });
        throw brokenOff(error);
      }
      return { id, path, name, bytes: count.bytes };
    },
    failed,
    open: openFile,
    remove,
    isInUse,
    async sweep() {
      await mkdir(folder, { recursive: true, mode: folderMode });
      for (const name of await readdir(folder)) {
        if (!(await isInUse(name))) await rm(join(folder, name), { force: true, recursive: true });
      }
    },
  };
}
