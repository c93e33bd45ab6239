import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A zip file written as it is made: no entry is ever whole in memory. */

export interface ZipEntry {
  readonly name: string; // ASCII
  readonly chunks: AsyncIterable<string> | Iterable<string>;
}

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Sizes follow the data; deflate. */
const flags = 0x0008;
const method = 8;
/** 1980-01-01: the format has no way to say nothing. */
const date = 0x0021;
const mostBytes = 0xffff_ffff;

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt16LE(date, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function descriptor({ crc, packed, size }: Omit<Written, 'name' | 'offset'>): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(crc, 4);
  bytes.writeUInt32LE(packed, 8);
  bytes.writeUInt32LE(size, 12);
  return bytes;
}

function directoryEntry({ name, crc, packed, size, offset }: Written): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(flags, 8);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt16LE(date, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packed, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, name]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

/** The chunks deflated; `sums` holds checksum and size when it is done. */
async function* deflate(
  chunks: ZipEntry['chunks'],
  sums: { crc: number; size: number },
): AsyncGenerator<Buffer> {
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      const bytes = Buffer.from(chunk);
      sums.crc = crc32(bytes, sums.crc);
      sums.size += bytes.length;
      yield bytes;
    }
  }
  const source = Readable.from(counted());
  const packer = createDeflateRaw({ level: 6 });
  source.once('error', (error) => packer.destroy(error));
  packer.once('close', () => source.destroy());
  yield* source.pipe(packer) as AsyncIterable<Buffer>;
}

/** Throws when an entry grows beyond what the format can say (4 GB). */
export async function* writeZip(entries: readonly ZipEntry[]): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const header = localHeader(name);
    yield header;
    const sums = { crc: 0, size: 0 };
    let packed = 0;
    for await (const bytes of deflate(entry.chunks, sums)) {
      packed += bytes.length;
      yield bytes;
    }
    if (sums.size > mostBytes) throw new Error('an entry of a zip file is larger than 4 GB');
    const one = { ...sums, packed };
    yield descriptor(one);
    written.push({ ...one, name, offset });
    offset += header.length + packed + 16;
  }
  const directory = Buffer.concat(written.map(directoryEntry));
  yield directory;
  yield endOfDirectory(written.length, directory.length, offset);
}
