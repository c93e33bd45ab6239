import { Stack } from '@mantine/core';
import type { Base } from '../api/shapes.ts';
import { BaseForm } from './BaseForm.tsx';
import { DeleteBase } from './DeleteBase.tsx';
import { DuplicateBase } from './DuplicateBase.tsx';
import { NeedsRole } from './NeedsRole.tsx';
import { useHasRole } from './roles.ts';

/** Name and colour of a base, a copy of it, and its end. */
export function BaseSettings({ base }: { base: Base }) {
  const mayChange = useHasRole(base.id, 'creator');
  const mayDelete = useHasRole(base.id, 'owner');
  return (
    <Stack gap={48}>
      {mayChange === false ? <NeedsRole baseId={base.id} needed="creator" /> : null}
      <BaseForm
        key={JSON.stringify([base.title, base.color, base.meta])}
        base={base}
        enabled={mayChange === true}
      />
      <DuplicateBase base={base} enabled={mayChange === true} />
      <DeleteBase base={base} enabled={mayDelete === true} />
    </Stack>
  );
}
