import type { CellObject } from '@e965/xlsx';
import { classifyWords, kinds } from './classify.ts';

/** What a cell of a sheet holds, with the kind of its value; text is judged later. */
export type Cell =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: number; readonly value: string | number | boolean };

/** The format words of SheetJS that cells need. */
export interface CellFormats {
  readonly is_date: (format: string) => boolean;
}

const two = (n: number): string => String(n).padStart(2, '0');

function writeTime(seconds: number): string {
  const s = Math.round(seconds);
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

/** Hours beyond a day, as a format such as `[h]:mm` shows them. */
const isSpan = (format: string): boolean => /\[[hms]+\]/i.test(format);
const hasDay = (format: string): boolean => /[dy]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));

/** A day number of a sheet as text: days since 1899-12-30, or 1904-01-01. */
export function readSerial(serial: number, format: string, since1904: boolean): Cell {
  if (isSpan(format)) return { kind: 'text', value: writeTime(serial * 86_400) };
  if (serial < 1 && !hasDay(format)) return { kind: kinds.time, value: writeTime((serial % 1) * 86_400) };
  const shifted = since1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial; // sheets have a 29 February 1900
  const moment = new Date(Math.round((shifted - 25_569) * 86_400) * 1000);
  const text = Number.isNaN(moment.getTime()) ? '' : moment.toISOString();
  if (!/^\d{4}-/.test(text)) return { kind: kinds.decimal, value: serial };
  if (text.endsWith('T00:00:00.000Z')) return { kind: kinds.date, value: text.slice(0, 10) };
  return { kind: kinds.datetime, value: `${text.slice(0, 19)}Z` };
}

/** Sheets compute with fifteen digits; what comes behind is noise of doubles. */
const round = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(15)));

function readNumber(value: number, cell: CellObject, formats: CellFormats, since1904: boolean): Cell {
  const format = String(cell.z ?? '');
  if (value >= 0 && format !== '' && format !== 'General' && formats.is_date(format)) {
    return readSerial(value, format, since1904);
  }
  const rounded = round(value);
  return { kind: Number.isSafeInteger(rounded) ? kinds.integer : kinds.decimal, value: rounded };
}

/** undefined: empty; 'error': a formula that failed. */
export function readCell(
  cell: CellObject | undefined,
  formats: CellFormats,
  since1904: boolean,
): Cell | 'error' | undefined {
  if (cell?.v === undefined || cell.v === null || cell.t === 'z') return undefined;
  if (cell.t === 'e') return 'error';
  if (typeof cell.v === 'boolean') return { kind: kinds.boolean, value: cell.v };
  if (typeof cell.v === 'number') return readNumber(cell.v, cell, formats, since1904);
  if (cell.v instanceof Date) return { kind: kinds.datetime, value: `${cell.v.toISOString().slice(0, 19)}Z` };
  return cell.v === '' ? undefined : { kind: 'text', value: cell.v.toWellFormed().replaceAll('\0', '') };
}

/** The kind of a cell, that of a text by what it looks like. */
export const kindOf = (cell: Cell): number =>
  cell.kind === 'text' ? classifyWords(cell.value.trim()) : cell.kind;
