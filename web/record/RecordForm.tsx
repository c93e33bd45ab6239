import { Stack } from '@mantine/core';
import type { Row } from '../api/shapes.ts';
import type { Edited } from '../grid/cells/fieldCell.ts';
import { canonicalOf, type Field, fieldOf } from '../grid/field.ts';
import { FieldInput } from './FieldInput.tsx';
import { orderedFields } from './orderedFields.ts';
import type { RecordDrawerProps } from './RecordDrawer.tsx';

/** All fields of a record, each stored as soon as it is left. */
export function RecordForm(props: RecordDrawerProps & { record: Row }) {
  const { table, state, model, commands, record, mayEdit } = props;
  const fields = orderedFields(table, state).map(fieldOf);
  function save(field: Field, edited: Edited): Promise<void> {
    const key = model.writes.keyOf(record);
    return commands.edit({ key, field, before: canonicalOf(field, record[field.title]) }, edited);
  }
  return (
    <Stack gap="md" pb="xl">
      {fields.map((field) => (
        <FieldInput
          key={field.column.id}
          field={field}
          cell={record[field.title] ?? null}
          people={model.context.people}
          readOnly={!mayEdit || !field.editable}
          onSave={(edited) => save(field, edited)}
        />
      ))}
    </Stack>
  );
}
