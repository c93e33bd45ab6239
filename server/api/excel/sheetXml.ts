import type { ExportCell } from '../../core/records/exportCells.ts';

/** Rows of cells as the XML of a worksheet. Every text is a typed text: nothing can become a formula. */

/** What a cell can hold; a longer text makes Excel call the file damaged. */
const maxCharacters = 32_767;

/** Styles by their place in styles.xml. */
export const styles = { date: 1, datetime: 2, time: 3, title: 4 } as const;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML cannot hold is written as Excel does, `_x0007_`; so is what already looks like that. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (character) => entities[character] ?? '')
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what XML cannot hold
      /[\x00-\x08\x0b-\x1f\ufffe\uffff]/g,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}

const shorten = (text: string): string =>
  text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters - 1)}…`;

/** Letters of a column: A … Z, AA … */
export function columnLetters(index: number): string {
  let letters = '';
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  }
  return letters;
}

const dayMilliseconds = 86_400_000;
/** Days from 1899-12-30, where sheets begin to count, to 1970-01-01. */
const epochDays = 25_569;
/** 1900-03-01: before it sheets count a day that never was. */
const firstSafeDay = 61;

/** The day number of a moment; undefined when a sheet cannot say it. */
function serialOf(kind: 'date' | 'datetime' | 'time', text: string): number | undefined {
  if (kind === 'time') {
    const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
    return (hours * 3600 + minutes * 60 + seconds) / 86_400;
  }
  const iso = kind === 'date' ? `${text}T00:00:00Z` : text.replace(' ', 'T');
  const serial = Date.parse(iso) / dayMilliseconds + epochDays;
  return serial >= firstSafeDay ? serial : undefined;
}

const textCell = (place: string, text: string, style = ''): string =>
  `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escapeXml(shorten(text))}</t></is></c>`;

function writeCell(place: string, cell: ExportCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'string') return cell === '' ? '' : textCell(place, cell);
  const serial = serialOf(cell.kind, cell.text);
  if (serial === undefined) return textCell(place, cell.text);
  return `<c r="${place}" s="${styles[cell.kind]}"><v>${serial}</v></c>`;
}

const open =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>';

/** A sheet with a row of titles that stays in view, a batch of rows at a time. */
export async function* writeSheet(
  titles: readonly string[],
  batches: AsyncIterable<readonly (readonly ExportCell[])[]>,
): AsyncGenerator<string> {
  const letters = titles.map((_, column) => columnLetters(column));
  const head = titles.map((title, i) => textCell(`${letters[i]}1`, title, ` s="${styles.title}"`)).join('');
  yield `${open}<row r="1">${head}</row>`;
  let row = 1;
  for await (const batch of batches) {
    let text = '';
    for (const cells of batch) {
      row += 1;
      text += `<row r="${row}">`;
      for (const [i, cell] of cells.entries()) text += writeCell(`${letters[i]}${row}`, cell);
      text += '</row>';
    }
    yield text;
  }
  yield '</sheetData></worksheet>';
}
