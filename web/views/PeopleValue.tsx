import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { type FilterValueProps, itemsOf } from './FilterValue.tsx';

interface Person {
  readonly id: string;
  readonly email: string;
  readonly display_name: string | null;
  readonly roles: string | null;
}

/** Members of the base to choose from; the database keeps their ids. */
export function PeopleValue({ baseId, filter, readOnly, onChange }: FilterValueProps) {
  const { t } = useTranslation();
  const people = useQuery({
    queryKey: ['people', baseId],
    queryFn: async () =>
      (
        await request<{ users: { list: Person[] } }>('GET', `/api/v2/meta/bases/${baseId}/users`, {
          query: { limit: 1000 },
        })
      ).users.list,
    staleTime: 60_000,
  });
  const chosen = itemsOf(filter.value);
  const members = (people.data ?? []).filter((person) => person.roles !== null || chosen.includes(person.id));
  const known = new Set(members.map((person) => person.id));
  return (
    <MultiSelect
      size="xs"
      searchable
      aria-label={t('views.people')}
      placeholder={chosen.length === 0 ? t('views.choosePeople') : ''}
      data={[
        ...members.map((person) => ({ value: person.id, label: person.display_name || person.email })),
        ...chosen.filter((id) => !known.has(id)).map((id) => ({ value: id, label: t('views.formerMember') })),
      ]}
      value={chosen}
      readOnly={readOnly}
      onChange={(value) => onChange({ value })}
    />
  );
}
