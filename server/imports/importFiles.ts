import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
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

/** Whether the process that named the upload still lives and is not this one, which has just started. */
function belongsToAnother(name: string): boolean {
  const pid = Number(/^(\d+)-/.exec(name)?.[1]);
  if (!Number.isSafeInteger(pid) || pid === process.pid) return false;
  try {
    process.kill(pid, 0); // signal 0 only asks
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

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
 */
export function createImportFiles(
  folder: string,
  maxBytes: number,
  failed: (error: unknown) => void,
): ImportFiles {
  const remove = (file: StoredFile): Promise<void> => rm(file.path, { force: true });
  return {
    async save(bytes, name) {
      await mkdir(folder, { recursive: true, mode: folderMode });
      const id = `${process.pid}-${randomUUID()}`;
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
    async sweep() {
      await mkdir(folder, { recursive: true, mode: folderMode });
      const inUse = new Set<string>();
      for (const name of await readdir(folder)) {
        if (belongsToAnother(name)) inUse.add(name);
        else await rm(join(folder, name), { force: true, recursive: true });
      }
      return inUse;
    },
  };
}
