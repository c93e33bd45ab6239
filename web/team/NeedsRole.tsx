import { Alert } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type BaseRole, useOwnRole } from './roles.ts';

/** Says why something cannot be changed here: the role of the signed-in person, and which one could. */
export function NeedsRole({ baseId, needed, id }: { baseId: string; needed: BaseRole; id?: string }) {
  const { t } = useTranslation();
  const role = useOwnRole(baseId);
  if (role === undefined) return null;
  return (
    <Alert color="gray" icon={<IconLock size={18} aria-hidden />} {...(id === undefined ? {} : { id })}>
      {t(`team.needs.${needed === 'owner' ? 'owner' : 'creator'}`, { role: t(`team.roles.${role}`) })}
    </Alert>
  );
}
