import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBases } from '../api/queries.ts';
import { Sources } from '../sources/Sources.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { NotFound } from '../ui/NotFound.tsx';
import { TabbedPage } from '../ui/TabbedPage.tsx';
import { BaseSettings } from './BaseSettings.tsx';
import { BaseTokens } from './BaseTokens.tsx';
import { Members } from './Members.tsx';

/** Who may do what in a base, which programs open it, and what it is called. */
export function Team({ baseId, tab }: { baseId: string; tab: string }) {
  const { t } = useTranslation();
  const bases = useBases();
  return (
    <Loaded query={bases} lines={6}>
      {(list) => {
        const base = list.find(({ id }) => id === baseId);
        if (base === undefined) return <NotFound />;
        return (
          <TabbedPage
            title={t('team.title')}
            subtitle={base.title}
            active={tab}
            address={`/base/${baseId}/settings`}
            aside={
              <Button
                component="a"
                href={`/api/v2/meta/bases/${baseId}/swagger`}
                target="_blank"
                rel="noreferrer"
                variant="default"
                rightSection={<IconExternalLink size={16} aria-hidden />}
              >
                {t('team.docs')}
              </Button>
            }
            tabs={[
              { value: 'members', label: t('team.members.tab'), content: () => <Members baseId={baseId} /> },
              { value: 'tokens', label: t('team.tokens.tab'), content: () => <BaseTokens baseId={baseId} /> },
              { value: 'sources', label: t('sources.tab'), content: () => <Sources baseId={baseId} /> },
              { value: 'base', label: t('team.base.tab'), content: () => <BaseSettings base={base} /> },
            ]}
          />
        );
      }}
    </Loaded>
  );
}
