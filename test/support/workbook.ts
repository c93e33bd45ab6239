import { deflateRawSync } from 'node:zlib';
import * as excel from '@e965/xlsx';

/** Workbooks made and read by a program that is not ours. */

type Cell =
  | string
  | number
  | boolean
  | Date
  | null
  | { readonly f: string; readonly v?: unknown; readonly t?: string };

export function makeWorkbook(sheets: Record<string, readonly (readonly Cell[])[]>): Buffer {
  const book = excel.utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = excel.utils.aoa_to_sheet(rows as unknown[][], { UTC: true, cellDates: false });
    excel.utils.book_append_sheet(book, sheet, name);
  }
  return excel.write(book, { type: 'buffer', bookType: 'xlsx', compression: true });
}

/** Cells of the only sheet, as type and value; no formula among them. */
export function readWorkbook(bytes: Buffer): {
  name: string;
  cells: { t: string; v: unknown; w?: string }[][];
} {
  const book = excel.read(bytes, { dense: true, cellNF: true });
  const name = book.SheetNames[0] ?? '';
  const rows = (book.Sheets[name]?.['!data'] ?? []) as { t: string; v: unknown; w?: string; f?: string }[][];
  for (const row of rows) for (const cell of row) if (cell?.f !== undefined) throw new Error('a formula');
  return {
    name,
    cells: rows.map((row) =>
      Array.from(row, (cell) => ({
        t: cell?.t ?? 'z',
        v: cell?.v,
        ...(cell?.w === undefined ? {} : { w: cell.w }),
      })),
    ),
  };
}

/** A zip file of one entry that says a size of its own. */
export function makeZip(name: string, data: Buffer, saidSize: number): Buffer {
  const packed = deflateRawSync(data);
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(saidSize, 22);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const entry = Buffer.alloc(46 + name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(saidSize, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, entry, end]);
}
