/** What a single value could be; a column's type is what all of its values could be. */
export const kinds = {
  integer: 1,
  decimal: 2,
  boolean: 4,
  date: 8,
  datetime: 16,
  time: 32,
  email: 64,
  url: 128,
  text: 256,
  json: 512,
} as const;

const integerPattern = /^-?(?:0|[1-9]\d{0,18})$/;
const decimalPattern = /^-?(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?$/;
/** Most decimals, told without working out their digits. */
const plainDecimal = /^-?(?:0|[1-9]\d{0,20})?\.\d{1,20}$/;
const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const datetimePattern =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.0+)?)?(?:Z|([+-])(\d\d):?(\d\d))?$/;
const timePattern = /^(\d\d):(\d\d)(?::(\d\d))?$/;
const emailPattern = /^[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;
const urlPattern = /^https?:\/\/[^\s/$.?#"<>\\][^\s"<>\\]*$/i;

const largest = 9223372036854775807n;
const smallest = -9223372036854775808n;
/** Digits of a decimal beyond which a text is no number anyone computes with. */
const maxDigits = 60;

export function isInteger(text: string): boolean {
  if (!integerPattern.test(text) || text === '-0') return false;
  if (text.length < 19) return true;
  const value = BigInt(text);
  return value >= smallest && value <= largest;
}

/** '1.5e-3' as '0.0015'; undefined for what is no decimal, or too long to be one. */
export function decimalDigits(text: string): string | undefined {
  if (!decimalPattern.test(text) || !/^-?\.?\d/.test(text)) return undefined;
  const negative = text.startsWith('-');
  const [mantissa = '', exponentText] = (negative ? text.slice(1) : text).split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const exponent = exponentText === undefined ? 0 : Number(exponentText);
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded =
    point <= 0 ? '0'.repeat(1 - point) + digits : digits + '0'.repeat(Math.max(0, point - digits.length));
  const at = point <= 0 ? 1 : point;
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const tail = padded.slice(at).replace(/0+$/, '');
  if (head.length + tail.length > maxDigits) return undefined;
  const plain = tail === '' ? head : `${head}.${tail}`;
  return negative && plain !== '0' ? `-${plain}` : plain;
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDate(text: string): boolean {
  const parts = datePattern.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  if (day <= 28) return true;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 && leap ? 29 : (daysOfMonth[month - 1] ?? 0));
}

const upTo = (text: string | undefined, most: number): boolean => text === undefined || Number(text) <= most;

function isDatetime(text: string): boolean {
  const parts = datetimePattern.exec(text);
  if (parts === null || !isDate(parts[1] ?? '')) return false;
  return (
    upTo(parts[2], 23) && upTo(parts[3], 59) && upTo(parts[4], 59) && upTo(parts[6], 14) && upTo(parts[7], 59)
  );
}

function isTime(text: string): boolean {
  const parts = timePattern.exec(text);
  return parts !== null && upTo(parts[1], 23) && upTo(parts[2], 59) && upTo(parts[3], 59);
}

/** Kind of a text that may stand for a date, a time, an address or a link, never for a number. */
export function classifyWords(text: string): number {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) {
    if (isDate(text)) return kinds.date;
    if (isDatetime(text)) return kinds.datetime;
    if (isTime(text)) return kinds.time;
  }
  if ((first === 104 || first === 72) && urlPattern.test(text)) return kinds.url;
  return text.length <= 254 && text.includes('@') && emailPattern.test(text) ? kinds.email : kinds.text;
}

/** Kind of a text that may stand for anything: a cell of a CSV file, already trimmed, not empty. */
export function classifyText(text: string): number {
  const first = text.charCodeAt(0);
  if ((first >= 48 && first <= 57) || first === 45 || first === 46) {
    if (isInteger(text)) return kinds.integer;
    if (plainDecimal.test(text)) return kinds.decimal;
    if (!/^-?\d+$/.test(text) && decimalDigits(text) !== undefined) return kinds.decimal; // 007 and long ids are text
  }
  if (text.length <= 5 && /^(?:true|false)$/i.test(text)) return kinds.boolean;
  return classifyWords(text);
}

/** A date or instant as ISO 8601 with its zone; one without a zone is UTC. */
export function isoInstant(text: string): string {
  if (text.length === 10) return `${text}T00:00:00Z`;
  const parts = datetimePattern.exec(text);
  if (parts === null) return text;
  const zone = parts[5] === undefined ? 'Z' : `${parts[5]}${parts[6]}:${parts[7]}`;
  return `${parts[1]}T${parts[2]}:${parts[3]}:${parts[4] ?? '00'}${zone}`;
}
