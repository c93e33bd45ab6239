import { Anchor, Badge, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellValue } from '../api/shapes.ts';
import { isLightColor } from '../grid/cells/bubbles.ts';
import { addressOf, isLink } from '../grid/cells/fieldCell.ts';
import { displayText } from '../grid/display.ts';
import { prettyJson } from '../grid/editors/JsonEditor.tsx';
import { choicesIn, type Field } from '../grid/field.ts';
import classes from './record.module.css';

function Choices({ field, cell }: { field: Field; cell: CellValue }) {
  const titles = field.type.name === 'SingleSelect' ? [String(cell)] : choicesIn(cell);
  const colors = new Map(field.column.colOptions?.options?.map(({ title, color }) => [title, color]));
  return (
    <Group gap={4}>
      {titles.map((title) => {
        const color = colors.get(title);
        const text = color === undefined || isLightColor(color) ? 'black' : 'white';
        return (
          <Badge key={title} {...(color === undefined ? {} : { color, c: text })} tt="none" fw={500}>
            {title}
          </Badge>
        );
      })}
    </Group>
  );
}

/** What a reader sees of a field. */
export function FieldValue({ field, cell, locale }: { field: Field; cell: CellValue; locale: string }) {
  const { t } = useTranslation();
  const text = displayText(field, cell, locale);
  if (field.type.name === 'Checkbox') return <>{t(cell === true ? 'record.yes' : 'record.no')}</>;
  if (text === '') return <>–</>;
  if (field.type.name === 'SingleSelect' || field.type.name === 'MultiSelect')
    return <Choices field={field} cell={cell} />;
  if (field.type.name === 'JSON') return <code>{prettyJson(field, cell)}</code>;
  const address = isLink(field) ? addressOf(field, cell) : undefined;
  if (address === undefined) return <>{text}</>;
  return (
    <Anchor size="sm" href={address} target="_blank" rel="noopener noreferrer">
      {text}
    </Anchor>
  );
}

/** A field that is only read. */
export function ReadField({
  field,
  cell,
  label,
  locale,
}: {
  field: Field;
  cell: CellValue;
  label: ReactNode;
  locale: string;
}) {
  return (
    <dl className={classes.list}>
      <dt className={classes.term}>{label}</dt>
      <dd className={classes.read}>
        <FieldValue field={field} cell={cell} locale={locale} />
      </dd>
    </dl>
  );
}
