import { Badge, Checkbox, NativeSelect, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import type { Column, Table as TableOfBase } from '../api/shapes.ts';
import classes from './imports.module.css';
import type { PreviewColumn, PreviewTable } from './shapes.ts';

type Chosen = Readonly<Record<string, string>>;

/** What a column of a file can become; the server knows the same ones. */
const choosableTypes = [
  'SingleLineText',
  'LongText',
  'Number',
  'Decimal',
  'Currency',
  'Percent',
  'Checkbox',
  'Date',
  'DateTime',
  'Time',
  'Year',
  'Email',
  'URL',
  'PhoneNumber',
  'JSON',
];

interface SampleRowsProps {
  readonly table: PreviewTable;
  readonly into: string | undefined;
  readonly chosen: Chosen;
  /** Titles of columns that are left out. */
  readonly skipped: readonly string[];
  readonly onSkip: (titles: readonly string[]) => void;
  readonly onChoose: (chosen: Chosen) => void;
}

function show(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function TypeChoice({
  column,
  value,
  onChange,
}: {
  column: PreviewColumn;
  value: string | undefined;
  onChange: (type: string) => void;
}) {
  const { t } = useTranslation();
  const known = choosableTypes.includes(column.uidt) ? choosableTypes : [column.uidt, ...choosableTypes];
  return (
    <NativeSelect
      size="xs"
      mt={4}
      styles={{ input: { fontWeight: 400 } }}
      aria-label={t('imports.typeOf', { column: column.title })}
      value={value ?? column.uidt}
      disabled={column.pk}
      data={known.map((type) => ({ value: type, label: t(`bases.types.${type}`) }))}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** Says whether the table has a field for the column. */
function Match({ column, fields }: { column: PreviewColumn; fields: readonly Column[] }) {
  const { t } = useTranslation();
  const title = column.title.toLowerCase();
  const field = fields.find((one) => (!one.system || one.pk) && one.title.toLowerCase() === title);
  return (
    <Badge mt={4} variant="light" color={field === undefined ? 'gray' : 'accent'} tt="none">
      {field === undefined ? t('imports.leftOut') : t('imports.goesTo', { field: field.title })}
    </Badge>
  );
}

/** The first rows of a table of the file, under the types that its columns will have. */
export function SampleRows({ table, into, chosen, skipped, onSkip, onChoose }: SampleRowsProps) {
  const { t } = useTranslation();
  const fields = useQuery({
    queryKey: keys.table(into ?? ''),
    queryFn: () => request<TableOfBase>('GET', `/api/v2/meta/tables/${into}`),
    enabled: into !== undefined,
  }).data?.columns;

  function choose(column: PreviewColumn, type: string): void {
    const { [column.title]: _before, ...others } = chosen;
    onChoose(type === column.uidt ? others : { ...others, [column.title]: type });
  }

  const isSkipped = (column: PreviewColumn): boolean => skipped.includes(column.title);
  /** A key stays, and so does the last column. */
  const mustStay = (column: PreviewColumn): boolean =>
    column.pk || (!isSkipped(column) && skipped.length === table.columns.length - 1);

  function bring(column: PreviewColumn, wanted: boolean): void {
    const others = skipped.filter((title) => title !== column.title);
    onSkip(wanted ? others : [...others, column.title]);
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className={classes.sample} aria-label={table.title} tabIndex={0}>
      <Table horizontalSpacing="sm" withColumnBorders>
        <Table.Thead>
          <Table.Tr>
            {table.columns.map((column) => (
              <Table.Th key={column.title} scope="col">
                <Checkbox
                  size="xs"
                  label={
                    <Text span size="sm" fw={600}>
                      {column.title}
                    </Text>
                  }
                  aria-label={t('imports.bring', { column: column.title })}
                  checked={!isSkipped(column)}
                  disabled={mustStay(column)}
                  onChange={({ currentTarget }) => bring(column, currentTarget.checked)}
                />
                {isSkipped(column) ? (
                  <Badge mt={4} variant="light" color="gray" tt="none">
                    {t('imports.leftOut')}
                  </Badge>
                ) : into === undefined ? (
                  <TypeChoice
                    column={column}
                    value={chosen[column.title]}
                    onChange={(type) => choose(column, type)}
                  />
                ) : (
                  <div>{fields === undefined ? null : <Match column={column} fields={fields} />}</div>
                )}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a sample never change places
            <Table.Tr key={place}>
              {table.columns.map((column, index) => (
                <Table.Td key={column.title} {...(isSkipped(column) ? { c: 'dimmed' } : {})}>
                  {show(row[index])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
