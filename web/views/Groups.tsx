import { Box, Button, Center, Loader, ScrollArea, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadError } from '../ui/LoadError.tsx';
import { GroupHeader } from './GroupHeader.tsx';
import { useOpenGroups } from './groups.ts';
import { useGroups } from './useGroups.ts';
import { useView, type ViewState } from './useView.ts';

interface GroupsProps {
  readonly tableId: string;
  readonly viewId: string | undefined;
  /** The grid: it shows the open group, since useView gives it `groupWhere`. */
  readonly children: ReactNode;
}

function GroupedRows({ state, children }: { state: ViewState; children: ReactNode }) {
  const { t } = useTranslation();
  const groups = useGroups(state);
  const open = useOpenGroups((store) => store.open);
  const viewId = state.view?.id ?? '';
  const opened = state.groupWhere;
  // a group that is gone, or another grouping, leaves none open
  useEffect(() => {
    if (groups.data === undefined || opened === undefined) return;
    if (!groups.data.groups.some((group) => group.where === opened)) open(viewId, undefined);
  }, [groups.data, opened, open, viewId]);

  if (groups.isError) return <LoadError error={groups.error} onRetry={() => void groups.refetch()} />;
  if (groups.data === undefined) {
    return (
      <Center h={120}>
        <Loader size="sm" />
      </Center>
    );
  }
  return (
    <ScrollArea h="100%" type="auto">
      <Stack gap={0} p="xs">
        <Text size="xs" c="dimmed" pb="xs" role="status">
          {t('views.groupCount', { count: groups.data.total })}
        </Text>
        {groups.data.groups.map((group) => {
          const isOpen = group.where === opened;
          return (
            <Box key={group.key}>
              <GroupHeader
                terms={state.groupBy}
                group={group}
                opened={isOpen}
                onToggle={() => open(viewId, isOpen ? undefined : group.where)}
              />
              {isOpen ? (
                <Box
                  component="section"
                  h="min(60dvh, 640px)"
                  pb="sm"
                  style={{ display: 'flex', flexDirection: 'column' }}
                >
                  {children}
                </Box>
              ) : null}
            </Box>
          );
        })}
        {groups.hasNextPage ? (
          <Button
            mt="xs"
            variant="default"
            size="xs"
            loading={groups.isFetchingNextPage}
            onClick={() => void groups.fetchNextPage()}
          >
            {t('views.moreGroups')}
          </Button>
        ) : null}
      </Stack>
    </ScrollArea>
  );
}

/** The grid as it is, or, where the view groups its rows, under the heads of the groups. */
export function Groups({ tableId, viewId, children }: GroupsProps) {
  const state = useView(tableId, viewId);
  if (state.groupBy.length === 0) return children;
  return <GroupedRows state={state}>{children}</GroupedRows>;
}
