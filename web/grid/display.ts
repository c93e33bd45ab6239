import type { CellValue } from '../api/shapes.ts';
import { type Field, type Person, peopleIn } from './field.ts';
import { separatorsOf } from './localInput.ts';

/** Cells as people read them, by their language. */

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = numberFormats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, options);
  numberFormats.set(key, format);
  return format;
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = dateFormats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, format);
  return format;
}

/** Digits beyond a double are kept by formatting their text. */
const digitsOf = (cell: CellValue): Intl.StringNumericLiteral => String(cell) as Intl.StringNumericLiteral;

function precisionOf(field: Field, otherwise: number): Intl.NumberFormatOptions {
  const precision = Number(field.column.meta?.precision ?? Number.NaN);
  return Number.isInteger(precision) && precision >= 0 && precision <= 20
    ? { minimumFractionDigits: precision, maximumFractionDigits: precision }
    : { maximumFractionDigits: otherwise };
}

function currencyText(field: Field, cell: CellValue, locale: string): string {
  const meta = field.column.meta ?? {};
  const code = String(meta.currency_code ?? meta.code ?? 'USD').toUpperCase();
  const currency = /^[A-Z]{3}$/.test(code) ? code : 'USD';
  const { precision } = meta;
  const digits = precision === undefined || precision === null ? {} : precisionOf(field, 2);
  return numberFormat(locale, { style: 'currency', currency, ...digits }).format(digitsOf(cell));
}

/** 12.5 is 12.5 %, with the sign where the language puts it. */
const percentText = (field: Field, cell: CellValue, locale: string): string =>
  numberFormat(locale, { style: 'unit', unit: 'percent', ...precisionOf(field, 6) }).format(digitsOf(cell));

/** Seconds as 'h:mm:ss', or 'h:mm' where the column keeps no seconds. */
export function durationText(cell: CellValue, format: unknown): string {
  const seconds = BigInt(String(cell));
  const size = seconds < 0n ? -seconds : seconds;
  const two = (n: bigint): string => String(n).padStart(2, '0');
  const rest = size % 60n;
  const hours = `${seconds < 0n ? '-' : ''}${size / 3600n}:${two((size / 60n) % 60n)}`;
  return Number(format ?? 0) === 0 && rest === 0n ? hours : `${hours}:${two(rest)}`;
}

const instantOf = (cell: CellValue): Date => new Date(String(cell).replace(' ', 'T'));

/** A date in the form a column asks for, e.g. 'DD/MM/YYYY'; undefined without one. */
function datePattern(field: Field, year: string, month: string, day: string): string | undefined {
  const pattern = field.column.meta?.date_format;
  if (typeof pattern !== 'string' || !/^[YMD\s./-]+$/.test(pattern)) return undefined;
  return pattern.replace('YYYY', year).replace('MM', month).replace('DD', day);
}

function dayText(field: Field, cell: CellValue, locale: string): string {
  const [year = '', month = '', day = ''] = String(cell).slice(0, 10).split('-');
  const asked = datePattern(field, year, month, day);
  if (asked !== undefined) return asked;
  const moment = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return String(cell);
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: 'UTC' } as const;
  return dateFormat(locale, options).format(moment);
}

function instantText(field: Field, cell: CellValue, locale: string): string {
  const moment = instantOf(cell);
  if (Number.isNaN(moment.getTime())) return String(cell);
  const [day, time] = localParts(moment);
  const asked = datePattern(field, day.slice(0, 4), day.slice(5, 7), day.slice(8, 10));
  if (asked !== undefined) return `${asked} ${time.slice(0, 5)}`;
  const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return dateFormat(locale, { ...date, hour: '2-digit', minute: '2-digit' }).format(moment);
}

/** An instant on the reader's own clock: 'YYYY-MM-DD' and 'HH:mm:ss'. */
export function localParts(moment: Date): readonly [string, string] {
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${String(moment.getFullYear()).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return [day, `${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`];
}

export const personName = (person: Person): string => person.display_name ?? person.email ?? person.id;

/** What a cell says to a reader. */
export function displayText(field: Field, cell: CellValue, locale: string): string {
  if (cell === null || cell === undefined) return '';
  switch (field.type.name) {
    case 'ID':
    case 'AutoNumber':
    case 'Year':
    case 'Rating':
      return String(cell);
    case 'Number':
      return numberFormat(locale, { maximumFractionDigits: 0 }).format(digitsOf(cell));
    case 'Decimal':
    case 'Order':
      return numberFormat(locale, precisionOf(field, 20)).format(digitsOf(cell));
    case 'Currency':
      return currencyText(field, cell, locale);
    case 'Percent':
      return percentText(field, cell, locale);
    case 'Duration':
      return durationText(cell, field.column.meta?.duration);
    case 'Date':
      return dayText(field, cell, locale);
    case 'DateTime':
    case 'CreatedTime':
    case 'LastModifiedTime':
      return instantText(field, cell, locale);
    case 'Time':
      return String(cell).endsWith(':00') ? String(cell).slice(0, 5) : String(cell);
    case 'User':
    case 'CreatedBy':
    case 'LastModifiedBy':
      return peopleIn(cell).map(personName).join(', ');
    case 'MultiSelect':
      return String(cell).replaceAll(',', ', ');
    case 'JSON':
      return JSON.stringify(cell);
    default:
      return String(cell);
  }
}

/** A date as the reader's language writes it, whatever form the column asks for; with its time where it has one. */
export function typedDate(field: Field, cell: CellValue, locale: string): string {
  if (typeof cell !== 'string') return '';
  const [day, time] = field.type.storage === 'datetime' ? localParts(instantOf(cell)) : [cell.slice(0, 10)];
  const moment = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return cell;
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: 'UTC' } as const;
  const written = dateFormat(locale, options).format(moment);
  return time === undefined ? written : `${written} ${time}`;
}

/** A cell as text that the same reader can type or paste again; what editors start with and copies hold. */
export function plainText(field: Field, cell: CellValue, locale: string): string {
  if (cell === null || cell === undefined) return '';
  if (field.type.name === 'Duration') return durationText(cell, 1);
  if (field.isNumeric) return String(cell).replace('.', separatorsOf(locale).decimal);
  if (field.type.storage === 'datetime') {
    const moment = instantOf(cell);
    return Number.isNaN(moment.getTime()) ? String(cell) : localParts(moment).join(' ');
  }
  if (field.type.json === 'people' || field.type.json === 'person') {
    return peopleIn(cell)
      .map((person) => person.email ?? person.id)
      .join(', ');
  }
  return field.type.json === 'json' ? JSON.stringify(cell) : String(cell);
}
