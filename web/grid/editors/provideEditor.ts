import type { GridCell, ProvideEditorCallback, ProvideEditorComponent } from '@glideapps/glide-data-grid';
import type { FieldCell } from '../cells/fieldCell.ts';
import { ChoiceEditor } from './ChoiceEditor.tsx';
import { ColourEditor } from './ColourEditor.tsx';
import { DateEditor } from './DateEditor.tsx';
import { JsonEditor } from './JsonEditor.tsx';
import { LongTextEditor } from './LongTextEditor.tsx';
import { TextEditor } from './TextEditor.tsx';
import type { EditorProps } from './useDraft.ts';

type Editor = (props: EditorProps) => React.ReactNode;

const editors: Readonly<Record<string, Editor>> = {
  LongText: LongTextEditor,
  JSON: JsonEditor,
  Date: DateEditor,
  DateTime: DateEditor,
  SingleSelect: ChoiceEditor,
  MultiSelect: ChoiceEditor,
  User: ChoiceEditor,
  Colour: ColourEditor,
};

const isFieldCell = (cell: GridCell): boolean =>
  cell.kind === 'custom' && (cell.data as { kind?: unknown }).kind === 'field';

/** The editor of a cell by its column type; what cannot be changed is opened to be read. */
export const provideEditor: ProvideEditorCallback<GridCell> = (cell) => {
  if (!isFieldCell(cell)) return undefined;
  const { data, readonly } = cell as unknown as FieldCell;
  const name = data.field.type.name;
  const readable = name === 'JSON' ? JsonEditor : LongTextEditor;
  const editor = readonly === true ? readable : (editors[name] ?? TextEditor);
  return {
    editor: editor as unknown as ProvideEditorComponent<GridCell>,
    disablePadding: true,
    styleOverride: { overflow: 'visible' },
  };
};
