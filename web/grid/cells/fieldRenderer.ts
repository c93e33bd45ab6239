import type { CustomRenderer } from '@glideapps/glide-data-grid';
import type { CellColors } from '../useGridTheme.ts';
import { boxSize, drawField, starAt } from './draw.ts';
import { addressOf, type FieldCell, isLink } from './fieldCell.ts';

const openSize = 22;

/** Opens the address of a link cell beside this page; the other page learns nothing of ours. */
export function openLink(cell: FieldCell): void {
  const address = addressOf(cell.data.field, cell.data.cell);
  if (address !== undefined) window.open(address, '_blank', 'noopener,noreferrer');
}

function drawOpen(args: Parameters<typeof drawField>[0]): void {
  const { ctx, theme, rect, cellFillColor, hoverAmount } = args;
  const x = rect.x + rect.width - openSize - 4;
  const y = rect.y + rect.height / 2 - openSize / 2;
  ctx.globalAlpha = hoverAmount;
  ctx.fillStyle = cellFillColor;
  ctx.fillRect(x - 4, rect.y + 1, openSize + 7, rect.height - 2);
  ctx.strokeStyle = theme.linkColor;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.moveTo(x + 10, y + 7);
  ctx.lineTo(x + 6, y + 7);
  ctx.lineTo(x + 6, y + 16);
  ctx.lineTo(x + 15, y + 16);
  ctx.lineTo(x + 15, y + 12);
  ctx.moveTo(x + 10, y + 12);
  ctx.lineTo(x + 17, y + 5);
  ctx.moveTo(x + 12.5, y + 5);
  ctx.lineTo(x + 17, y + 5);
  ctx.lineTo(x + 17, y + 9.5);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** The one renderer of all column types. */
export function fieldRenderer(colors: CellColors): CustomRenderer<FieldCell> {
  return {
    kind: 'custom' as FieldCell['kind'],
    isMatch: (cell): cell is FieldCell => (cell.data as { kind?: unknown }).kind === 'field',
    needsHover: ({ data }) => ['Rating', 'Checkbox'].includes(data.field.type.name) || isLink(data.field),
    needsHoverPosition: true,
    draw: (args, cell) => {
      drawField(args, cell.data, colors, cell.readonly !== true);
      if (args.hoverAmount > 0 && isLink(cell.data.field) && cell.data.text !== '') drawOpen(args);
    },
    measure: (ctx, { data }, theme) =>
      ctx.measureText(data.text.slice(0, 200)).width + theme.cellHorizontalPadding * 2 + 16,
    onClick: (args) => {
      const { cell, posX, posY, bounds, theme } = args;
      const { field } = cell.data;
      if (isLink(field) && (posX > bounds.width - openSize - 8 || args.ctrlKey || args.metaKey)) {
        openLink(cell);
        args.preventDefault();
        return undefined;
      }
      if (cell.readonly === true) return undefined;
      if (field.type.name === 'Rating') {
        const star = starAt(field, posX, theme.cellHorizontalPadding);
        if (star === 0) return undefined;
        args.preventDefault();
        return { ...cell, data: { ...cell.data, edited: { input: star === cell.data.cell ? null : star } } };
      }
      if (field.type.name === 'Checkbox') {
        const reach = boxSize / 2 + 4;
        const isOnBox =
          Math.abs(posX - bounds.width / 2) <= reach && Math.abs(posY - bounds.height / 2) <= reach;
        if (!isOnBox) return undefined;
        args.preventDefault();
        return { ...cell, data: { ...cell.data, edited: { input: cell.data.cell !== true } } };
      }
      return undefined;
    },
  };
}
