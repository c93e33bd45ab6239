/** Cells as spreadsheets put them on the clipboard: tabs, line ends, quotes where needed. */

export type Cells = readonly (readonly string[])[];

const needsQuotes = /[\t\n\r"]/;
const quote = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows of cells as tab separated text. */
export const writeTsv = (rows: Cells): string => rows.map((row) => row.map(quote).join('\t')).join('\n');

/** A quoted cell from its opening quote: its text, and where it ends. Undefined when the quote never closes. */
function readQuoted(text: string, start: number): { cell: string; end: number } | undefined {
  let cell = '';
  for (let at = start + 1; at < text.length; ) {
    const close = text.indexOf('"', at);
    if (close === -1) return undefined;
    cell += text.slice(at, close);
    if (text[close + 1] !== '"') return { cell, end: close + 1 };
    cell += '"';
    at = close + 2;
  }
  return undefined;
}

const isEnd = (text: string, at: number): boolean =>
  at >= text.length || text[at] === '\t' || text[at] === '\n' || text[at] === '\r';

/** Tab separated text as rows of cells; one line end at the very end means nothing. */
export function readTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = text[at] === '"' ? readQuoted(text, at) : undefined;
    if (quoted !== undefined && isEnd(text, quoted.end)) {
      row.push(quoted.cell);
      at = quoted.end;
    } else {
      let end = at;
      while (!isEnd(text, end)) end += 1;
      row.push(text.slice(at, end));
      at = end;
    }
    if (text[at] === '\t') {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    if (text[at] === '\r' && text[at + 1] === '\n') at += 2;
    else if (at < text.length) at += 1;
    else return rows;
    if (at >= text.length) return rows;
  }
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign).replaceAll(/\r?\n/g, '<br>');

/** Rows of cells as the table that spreadsheets and documents take. */
export function writeHtml(rows: Cells): string {
  const lines = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`);
  return `<table>${lines.join('')}</table>`;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function unescapeHtml(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The text of a cell's markup: line breaks stay, every other run of blanks is one. */
function textOfMarkup(markup: string): string {
  const text = markup
    .replaceAll(/[\s]+/g, ' ')
    .replaceAll(/<br\b[^>]*>|<\/p>\s*(?=<p)/gi, '\n')
    .replaceAll(/<[^>]*>/g, '');
  return unescapeHtml(text).trim();
}

/** The first table of some HTML as rows of cells; undefined when there is none. It is read as text, never shown. */
export function readHtml(html: string): string[][] | undefined {
  const table = /<table\b[^>]*>([\s\S]*?)<\/table>/i.exec(html)?.[1];
  if (table === undefined) return undefined;
  const rows = [...table.matchAll(/<tr\b[^>]*>([\s\S]*?)(?=<\/tr>|<tr\b|$)/gi)].map(([, row = '']) =>
    [...row.matchAll(/<t[dh]\b[^>]*>([\s\S]*?)(?=<\/t[dh]>|<t[dh]\b|$)/gi)].map(([, cell = '']) =>
      textOfMarkup(cell),
    ),
  );
  return rows.some((row) => row.length > 0) ? rows : undefined;
}
