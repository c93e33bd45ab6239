import { type CustomCell, GridCellKind } from '@glideapps/glide-data-grid';
import type { CellValue } from '../../api/shapes.ts';
import { displayText } from '../display.ts';
import type { Field } from '../field.ts';

/** What an editor hands over: a text to be read by the reader's language, or a value. */
export type Edited = { readonly text: string } | { readonly input: unknown };

export interface FieldCellData {
  readonly kind: 'field';
  readonly field: Field;
  readonly cell: CellValue;
  /** Whose cell it is: rows may have moved by the time an edit ends. */
  readonly rowKey: string;
  readonly text: string;
  readonly wrap: boolean;
  readonly edited?: Edited;
}

export type FieldCell = CustomCell<FieldCellData>;

const linkTypes = new Set(['Email', 'URL', 'PhoneNumber']);

export const isLink = (field: Field): boolean => linkTypes.has(field.type.name);

/** Types whose cells a click changes, without an editor. */
const clickTypes = new Set(['Checkbox']);

export interface CellSetting {
  readonly locale: string;
  readonly wrap: boolean;
  readonly mayEdit: boolean;
}

/** A cell as the grid draws, reads out and edits it. */
export function fieldCell(field: Field, cell: CellValue, rowKey: string, setting: CellSetting): FieldCell {
  const text = displayText(field, cell, setting.locale);
  // What cannot be changed opens only where there is more to read.
  const readonly = !setting.mayEdit || !field.editable;
  return {
    kind: GridCellKind.Custom,
    allowOverlay: !clickTypes.has(field.type.name) && (!readonly || text.length > 16 || text.includes('\n')),
    readonly,
    copyData: field.type.name === 'Checkbox' ? String(cell === true) : text,
    contentAlign: field.isNumeric ? 'right' : 'left',
    ...(clickTypes.has(field.type.name) || field.type.name === 'Rating' ? { cursor: 'pointer' } : {}),
    data: { kind: 'field', field, cell, rowKey, text, wrap: setting.wrap },
  };
}

/** Where a link leads; undefined for what is none. Never a script. */
export function addressOf(field: Field, cell: CellValue): string | undefined {
  const text = typeof cell === 'string' ? cell.trim() : '';
  if (text === '') return undefined;
  if (field.type.name === 'Email') return `mailto:${encodeURIComponent(text).replaceAll('%40', '@')}`;
  if (field.type.name === 'PhoneNumber') return `tel:${text.replaceAll(/[^\d+]/g, '')}`;
  if (/\s/.test(text)) return undefined;
  const url = URL.parse(
    /^[a-z][a-z\d+.-]*:/i.test(text) && !/^[^/]*\.[^/]*:\d/.test(text) ? text : `https://${text}`,
  );
  return url !== null && ['http:', 'https:', 'ftp:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
}
