import { inflateRawSync } from 'node:zlib';
import { AppError } from '../core/errors.ts';

/**
 * What a zip file would grow to, found out before anything of it is kept: the
 * directory says sizes, and every entry is unpacked once against its word.
 */

const maxEntries = 5000;

const damaged = (cause?: unknown): AppError =>
  new AppError(
    'UNPROCESSABLE',
    'The Excel file is damaged: its zip container cannot be read. Save it again as .xlsx.',
    undefined,
    cause,
  );

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

function findDirectory(file: Buffer): { count: number; offset: number } {
  const at = file.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (at === -1 || at + 22 > file.length) throw damaged();
  return { count: file.readUInt16LE(at + 10), offset: file.readUInt32LE(at + 16) };
}

function readEntries(file: Buffer): Entry[] {
  const { count, offset } = findDirectory(file);
  if (count > maxEntries) throw damaged();
  const entries: Entry[] = [];
  let at = offset;
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) throw damaged();
    entries.push({
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    });
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

function packedBytes(file: Buffer, { offset, packed }: Entry): Buffer {
  if (offset + 30 > file.length || file.readUInt32LE(offset) !== 0x04034b50) throw damaged();
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  if (start + packed > file.length) throw damaged();
  return file.subarray(start, start + packed);
}

function unpackedSize(file: Buffer, entry: Entry): number {
  const bytes = packedBytes(file, entry);
  if (entry.method === 0) return bytes.length;
  if (entry.method !== 8) throw damaged();
  try {
    return inflateRawSync(bytes, { maxOutputLength: entry.size + 1 }).length;
  } catch (error) {
    throw damaged(error);
  }
}

/** Throws UNPROCESSABLE for what is no zip file, lies about its sizes, or unpacks to more than `most` bytes. */
export function checkZip(file: Buffer, most: number): void {
  const entries = readEntries(file);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > most) {
    throw new AppError(
      'UNPROCESSABLE',
      `The Excel file unpacks to ${Math.ceil(total / 2 ** 20)} MB; at most ${most / 2 ** 20} MB can be read. Save its sheets as CSV and import those.`,
    );
  }
  for (const entry of entries) if (unpackedSize(file, entry) !== entry.size) throw damaged();
}
