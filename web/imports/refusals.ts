import type { TableReport } from './shapes.ts';

/** A cell that no spreadsheet takes for a formula. */
function cell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The refused rows of a report as CSV; the server tells the first hundred of each table. */
export function writeRefusals(tables: readonly Pick<TableReport, 'title' | 'refusedRows'>[]): string {
  const lines = tables.flatMap((table) =>
    table.refusedRows.map((row) =>
      [table.title, String(row.row), row.column ?? '', row.value ?? '', row.reason].map(cell).join(','),
    ),
  );
  return `${['table,row,column,value,reason', ...lines].join('\r\n')}\r\n`;
}
