import type { Value } from '../../columnTypes/query.ts';
import type { Row } from '../api/shapes.ts';
import { type CellChange, changeOf } from './edits.ts';
import { type Field, type Person, sentOf } from './field.ts';
import { parseText } from './localInput.ts';
import type { Cells } from './tsv.ts';
import type { Body, Writes } from './writes.ts';

/** What pasting would do, worked out before anything is sent. */

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a pasted block goes: it repeats over a selection that is a multiple of it. */
export function pasteArea(cells: Cells, selection: Area): Area {
  const height = cells.length;
  const width = Math.max(1, ...cells.map((row) => row.length));
  const repeats = selection.width % width === 0 && selection.height % height === 0;
  return repeats ? selection : { x: selection.x, y: selection.y, width, height };
}

export interface RefusedCell {
  /** Counted from 0, in the grid. */
  readonly row: number;
  readonly field: Field;
  readonly text: string;
  readonly reason: string;
}

export interface PastePlan {
  readonly changes: readonly CellChange[];
  readonly additions: readonly Body[];
  readonly refused: readonly RefusedCell[];
  /** Columns that people do not fill: their cells are left out. */
  readonly skipped: readonly Field[];
}

export interface PasteSetting {
  readonly writes: Writes;
  readonly fields: readonly Field[];
  readonly people: readonly Person[];
  readonly locale: string;
  /** Phrase for an emptied cell that must hold something. */
  readonly required: string;
}

/** @param rows the rows of the area that exist; what goes beyond them becomes additions */
export function planPaste(cells: Cells, area: Area, rows: readonly Row[], setting: PasteSetting): PastePlan {
  const changes: CellChange[] = [];
  const additions: Body[] = [];
  const refused: RefusedCell[] = [];
  const skipped = new Set<Field>();
  const columns = setting.fields.slice(area.x, area.x + area.width);
  const read = (field: Field, text: string, row: number): Value | undefined => {
    const parsed = parseText(field, text, setting.people, setting.locale);
    const missing = 'value' in parsed && parsed.value === null && field.column.rqd;
    if ('value' in parsed && !missing) return parsed.value;
    refused.push({ row, field, text, reason: 'reason' in parsed ? parsed.reason : setting.required });
    return undefined;
  };
  const width = Math.max(1, ...cells.map((row) => row.length));
  for (let y = 0; y < area.height; y += 1) {
    const source = cells[y % cells.length] ?? [];
    const row = rows[y];
    const body: Record<string, unknown> = {};
    for (const [x, field] of columns.entries()) {
      const text = source[x % width]; // a row may be shorter than the others
      if (text === undefined) continue;
      if (!field.editable) {
        skipped.add(field);
        continue;
      }
      const value = read(field, text, area.y + y);
      if (value === undefined) continue;
      if (row === undefined) {
        if (value !== null) body[field.title] = sentOf(value);
      } else {
        const change = changeOf(setting.writes, row, field, value);
        if (change !== undefined) changes.push(change);
      }
    }
    if (row === undefined) additions.push(body);
  }
  return { changes, additions, refused, skipped: [...skipped] };
}
