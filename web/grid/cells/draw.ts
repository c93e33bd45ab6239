import { type BaseDrawArgs, drawTextCell, measureTextCached, roundedRect } from '@glideapps/glide-data-grid';
import type { Field } from '../field.ts';
import type { CellColors } from '../useGridTheme.ts';
import { bubblesOf, drawBubbles } from './bubbles.ts';
import { type FieldCellData, isLink } from './fieldCell.ts';

/** How each kind of cell is painted. */

export const starSize = 16;
const starGap = 3;

function starPath(ctx: CanvasRenderingContext2D, cx: number, cy: number, radius: number): void {
  ctx.beginPath();
  for (let i = 0; i < 10; i += 1) {
    const angle = (Math.PI / 5) * i - Math.PI / 2;
    const r = i % 2 === 0 ? radius : radius * 0.45;
    ctx.lineTo(cx + r * Math.cos(angle), cy + r * Math.sin(angle));
  }
  ctx.closePath();
}

/** Stars of a rating column: more are shown as a number. */
export const maxStars = (field: Field): number => {
  const max = Number((field.options as { max?: number | null }).max ?? field.column.meta?.max ?? 5);
  return Number.isInteger(max) && max >= 1 && max <= 10 ? max : 5;
};

/** The star under a point of the cell, counted from 1; 0 beside them. */
export function starAt(field: Field, x: number, left: number): number {
  const star = Math.floor((x - left) / (starSize + starGap)) + 1;
  return star >= 1 && star <= maxStars(field) ? star : 0;
}

function drawRating(args: BaseDrawArgs, data: FieldCellData, colors: CellColors, canRate: boolean): void {
  const { ctx, theme, rect, hoverX, hoverAmount } = args;
  const value = Number(data.cell ?? 0);
  if (value > maxStars(data.field)) {
    drawTextCell(args, data.text, 'left');
    return;
  }
  const left = theme.cellHorizontalPadding;
  const hovered = canRate && hoverX !== undefined ? starAt(data.field, hoverX, left) : 0;
  const empty = value === 0 && hoverAmount === 0;
  for (let i = 0; i < maxStars(data.field); i += 1) {
    const cx = rect.x + left + i * (starSize + starGap) + starSize / 2;
    starPath(ctx, cx, rect.y + rect.height / 2, starSize / 2);
    ctx.fillStyle = i < Math.max(value, hovered) ? colors.star : theme.bgBubble;
    ctx.globalAlpha = i < value ? 1 : i < hovered ? 0.6 : empty ? 0.5 : 1;
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

export const boxSize = 18;

function drawCheckbox(args: BaseDrawArgs, data: FieldCellData): void {
  const { ctx, theme, rect, hoverAmount } = args;
  const x = rect.x + rect.width / 2 - boxSize / 2;
  const y = rect.y + rect.height / 2 - boxSize / 2;
  ctx.beginPath();
  roundedRect(ctx, x + 0.5, y + 0.5, boxSize - 1, boxSize - 1, 4);
  if (data.cell === true) {
    ctx.fillStyle = theme.accentColor;
    ctx.fill();
    ctx.beginPath();
    ctx.moveTo(x + 4.5, y + 9.5);
    ctx.lineTo(x + 7.8, y + 12.8);
    ctx.lineTo(x + 13.5, y + 5.8);
    ctx.strokeStyle = theme.accentFg;
    ctx.lineWidth = 2;
    ctx.lineCap = 'round';
    ctx.lineJoin = 'round';
    ctx.stroke();
  } else {
    ctx.strokeStyle = hoverAmount > 0 ? theme.accentColor : theme.textLight;
    ctx.lineWidth = 1;
    ctx.stroke();
  }
}

function drawColour(args: BaseDrawArgs, data: FieldCellData): void {
  const { ctx, theme, rect } = args;
  const size = 16;
  const x = rect.x + theme.cellHorizontalPadding;
  ctx.beginPath();
  roundedRect(ctx, x, rect.y + rect.height / 2 - size / 2, size, size, 4);
  ctx.fillStyle = data.text;
  ctx.fill();
  ctx.strokeStyle = theme.borderColor;
  ctx.lineWidth = 1;
  ctx.stroke();
  const text = { ...args, rect: { ...rect, x: rect.x + size + 6, width: rect.width - size - 6 } };
  drawTextCell(text, data.text, 'left');
}

const bubbled = new Set(['SingleSelect', 'MultiSelect', 'User', 'CreatedBy', 'LastModifiedBy']);

/** @param canRate whether a click on a star would rate */
export function drawField(
  args: BaseDrawArgs,
  data: FieldCellData,
  colors: CellColors,
  canRate: boolean,
): void {
  const { field, cell, text } = data;
  const { name } = field.type;
  if (name === 'Checkbox') drawCheckbox(args, data);
  else if (name === 'Rating') drawRating(args, data, colors, canRate);
  else if (cell === null || cell === undefined || text === '') return;
  else if (name === 'Colour') drawColour(args, data);
  else if (bubbled.has(name)) drawBubbles(args, bubblesOf(data), colors);
  else drawText(args, data);
}

/** Characters of a cell of one line that are looked at: no screen is wider. */
const maxLine = 500;

/** The text with an ellipsis where it is longer than its cell. */
function fitText({ ctx, theme, rect }: BaseDrawArgs, text: string): string {
  const room = rect.width - 2 * theme.cellHorizontalPadding;
  if (text.length * 12 < room) return text; // no letter is wider
  const width = measureTextCached(text, ctx, theme.baseFontFull).width;
  if (width <= room) return text;
  const length = Math.floor((text.length * (room - 10)) / width);
  return `${text.slice(0, Math.max(1, length)).trimEnd()}…`;
}

function drawText(args: BaseDrawArgs, { field, text, wrap }: FieldCellData): void {
  const linked = isLink(field) ? { ...args, theme: { ...args.theme, textDark: args.theme.linkColor } } : args;
  // What is not wrapped is one line: a line break shows as a blank.
  const shown = wrap ? text : fitText(args, text.slice(0, maxLine).replaceAll(/\s*\n\s*/g, ' '));
  drawTextCell(linked, shown, field.isNumeric ? 'right' : 'left', wrap);
}
