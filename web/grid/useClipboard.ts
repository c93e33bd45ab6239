import type { GridSelection } from '@glideapps/glide-data-grid';
import { notifications } from '@mantine/notifications';
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Row } from '../api/shapes.ts';
import { notifyDone, notifyError } from '../ui/notify.ts';
import { isTyping } from '../ui/shortcuts.ts';
import { plainText } from './display.ts';
import type { Field } from './field.ts';
import type { GridModel } from './model.ts';
import type { Area } from './pastePlan.ts';
import { countRows, selectedAreas } from './selection.ts';
import { type Cells, readHtml, readTsv, writeHtml, writeTsv } from './tsv.ts';

interface ClipboardSetting {
  readonly model: GridModel;
  readonly fields: readonly Field[];
  readonly locale: string;
  readonly selection: GridSelection;
  readonly container: RefObject<HTMLElement | null>;
  readonly mayEdit: boolean;
  readonly onPaste: (cells: Cells, selection: Area) => void;
  readonly onClear: () => void;
  readonly onReadOnly: () => void;
}

/** More cells are an export, not a copy. */
const maxCells = 500_000;

function textsOf(rows: readonly Row[], fields: readonly Field[], locale: string): string[][] {
  return rows.map((row) => fields.map((field) => plainText(field, row[field.title], locale)));
}

/** The rows of the areas, if all of them are in memory. */
function loadedRows(model: GridModel, areas: readonly Area[]): Row[] | undefined {
  const rows: Row[] = [];
  for (const area of areas) {
    for (let index = area.y; index < area.y + area.height; index += 1) {
      const row = model.blocks.rowAt(index);
      if (row === undefined) return undefined;
      rows.push(row);
    }
  }
  return rows;
}

async function writeLater(cells: Cells): Promise<void> {
  const item = (type: string, text: string): Blob => new Blob([text], { type });
  await navigator.clipboard.write([
    new ClipboardItem({
      'text/plain': item('text/plain', writeTsv(cells)),
      'text/html': item('text/html', writeHtml(cells)),
    }),
  ]);
}

const readData = (data: DataTransfer): Cells | undefined => {
  const text = data.getData('text/plain');
  if (text !== '') return readTsv(text);
  return readHtml(data.getData('text/html'));
};

/** Copy, cut and paste between the grid and spreadsheets, by the browser's own events: no permission is asked. */
export function useClipboard(setting: ClipboardSetting): void {
  const { t } = useTranslation();
  const last = useRef(setting);
  last.current = setting;

  useEffect(() => {
    const isOurs = (event: ClipboardEvent): boolean =>
      !event.defaultPrevented &&
      !isTyping(document.activeElement) &&
      last.current.container.current?.contains(document.activeElement) === true;

    function copy(event: ClipboardEvent): boolean {
      const { model, selection, fields, locale } = last.current;
      const areas = selectedAreas(selection, fields.length);
      const [area] = areas;
      if (area === undefined || event.clipboardData === null) return false;
      event.preventDefault();
      const columns = fields.slice(area.x, area.x + area.width);
      const same = areas.filter((each) => each.x === area.x && each.width === area.width);
      const count = countRows(same) * columns.length;
      if (count > maxCells) {
        notifications.show({
          color: 'red',
          message: t('grid.copyTooMuch', { count: maxCells }),
          role: 'alert',
        });
        return false;
      }
      const rows = loadedRows(model, same);
      if (rows !== undefined) {
        const cells = textsOf(rows, columns, locale);
        event.clipboardData.setData('text/plain', writeTsv(cells));
        event.clipboardData.setData('text/html', writeHtml(cells));
        return true;
      }
      void copyFar(same, columns);
      return false;
    }

    /** Rows out of view are read first; a page without TLS cannot put them on the clipboard afterwards. */
    async function copyFar(areas: readonly Area[], columns: readonly Field[]): Promise<void> {
      const { model, locale } = last.current;
      try {
        const rows: Row[] = [];
        for (const area of areas) rows.push(...(await model.blocks.load(area.y, area.y + area.height)));
        if (navigator.clipboard === undefined) {
          notifications.show({ message: t('grid.copyAgain'), role: 'status' });
          return;
        }
        await writeLater(textsOf(rows, columns, locale));
        notifyDone(t('grid.copied', { count: rows.length }));
      } catch (error) {
        notifyError(error);
      }
    }

    function onCopy(event: ClipboardEvent): void {
      if (isOurs(event)) copy(event);
    }
    function onCut(event: ClipboardEvent): void {
      if (!isOurs(event)) return;
      if (!last.current.mayEdit) last.current.onReadOnly();
      else if (copy(event)) last.current.onClear();
    }
    function onPaste(event: ClipboardEvent): void {
      if (!isOurs(event) || event.clipboardData === null) return;
      const { selection, fields, mayEdit } = last.current;
      const [area] = selectedAreas(selection, fields.length);
      const cells = readData(event.clipboardData);
      if (area === undefined || cells === undefined) return;
      event.preventDefault();
      if (mayEdit) last.current.onPaste(cells, area);
      else last.current.onReadOnly();
    }
    const listeners = { copy: onCopy, cut: onCut, paste: onPaste };
    for (const [name, listen] of Object.entries(listeners))
      document.addEventListener(name, listen as EventListener);
    return () => {
      for (const [name, listen] of Object.entries(listeners))
        document.removeEventListener(name, listen as EventListener);
    };
  }, [t]);
}
