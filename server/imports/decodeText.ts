import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '../core/errors.ts';

const chunkBytes = 256 * 1024;

/** The first bytes of a file. */
export async function readStart(path: string, bytes: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Share of zero bytes at even and odd places: how UTF-16 without a mark shows itself. */
function guessUtf16(start: Buffer): string | undefined {
  if (start.length < 4) return undefined;
  const zeros = [0, 0];
  for (let at = 0; at < start.length; at += 1) if (start[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const half = start.length / 2;
  if ((zeros[1] ?? 0) > half * 0.6 && (zeros[0] ?? 0) < half * 0.1) return 'utf-16le';
  if ((zeros[0] ?? 0) > half * 0.6 && (zeros[1] ?? 0) < half * 0.1) return 'utf-16be';
  return undefined;
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
      decoder.decode(chunk as Buffer, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * The encoding of a text file: its byte order mark, UTF-16 by its zero bytes,
 * UTF-8 when every byte of the file is valid, otherwise windows-1252.
 */
export async function detectEncoding(path: string): Promise<string> {
  const start = await readStart(path, 4096);
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8';
  return guessUtf16(start) ?? ((await isUtf8(path)) ? 'utf-8' : 'windows-1252');
}

/** The encoding's canonical name. Throws UNPROCESSABLE for an unknown one. */
export function requireEncoding(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch (error) {
    throw new AppError(
      'UNPROCESSABLE',
      `Encoding '${name.slice(0, 40)}' is unknown. Give a name such as utf-8, utf-16le or windows-1252.`,
      undefined,
      error,
    );
  }
}

/** The file's text in pieces, without a byte order mark. Broken bytes become U+FFFD. */
export async function* decodeText(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    const text = decoder.decode(chunk as Buffer, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
