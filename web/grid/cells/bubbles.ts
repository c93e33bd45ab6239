import {
  type BaseDrawArgs,
  getLuminance,
  getMiddleCenterBias,
  measureTextCached,
  roundedRect,
} from '@glideapps/glide-data-grid';
import { personName } from '../display.ts';
import { choicesIn, type Field, peopleIn } from '../field.ts';
import type { CellColors } from '../useGridTheme.ts';
import type { FieldCellData } from './fieldCell.ts';

/** Choices and people as coloured bubbles. */

interface Bubble {
  readonly text: string;
  readonly color: string | undefined;
}

const bubbleColors = new WeakMap<Field, ReadonlyMap<string, string>>();

function colorsOf(field: Field): ReadonlyMap<string, string> {
  const known = bubbleColors.get(field);
  if (known !== undefined) return known;
  const options = field.column.colOptions?.options ?? [];
  const colors = new Map(options.flatMap(({ title, color }) => (color ? [[title, color] as const] : [])));
  bubbleColors.set(field, colors);
  return colors;
}

export function bubblesOf({ field, cell }: FieldCellData): readonly Bubble[] {
  if (field.type.json === 'people' || field.type.json === 'person')
    return peopleIn(cell).map((person) => ({ text: personName(person), color: undefined }));
  const titles = field.type.name === 'SingleSelect' ? [String(cell)] : choicesIn(cell);
  return titles.map((text) => ({ text, color: colorsOf(field).get(text) }));
}

/** Whether dark text reads better on the colour. */
export const isLightColor = (color: string): boolean => getLuminance(color) > 0.2;

const gap = 4;
const padding = 8;

export function drawBubbles(args: BaseDrawArgs, bubbles: readonly Bubble[], colors: CellColors): void {
  const { ctx, theme, rect } = args;
  const height = theme.bubbleHeight;
  const right = rect.x + rect.width - theme.cellHorizontalPadding;
  const lines = Math.max(1, Math.floor((rect.height - 6) / (height + gap)));
  let x = rect.x + theme.cellHorizontalPadding;
  let line = 0;
  let y = lines === 1 ? rect.y + (rect.height - height) / 2 : rect.y + 6;
  for (const { text, color } of bubbles) {
    const width = measureTextCached(text, ctx, theme.baseFontFull).width + padding * 2;
    if (x + width > right && x > rect.x + theme.cellHorizontalPadding) {
      line += 1;
      if (line >= lines) return;
      x = rect.x + theme.cellHorizontalPadding;
      y += height + gap;
    }
    ctx.beginPath();
    roundedRect(ctx, x, y, Math.min(width, Math.max(20, right - x)), height, height / 2);
    ctx.fillStyle = color ?? theme.bgBubble;
    ctx.fill();
    ctx.save();
    ctx.clip();
    ctx.fillStyle =
      color === undefined ? theme.textBubble : isLightColor(color) ? colors.onLight : colors.onDark;
    ctx.fillText(text, x + padding, y + height / 2 + getMiddleCenterBias(ctx, theme));
    ctx.restore();
    x += width + gap;
  }
}
