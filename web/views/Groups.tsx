import { Box, Button, ScrollArea, Skeleton, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadError } from '../ui/LoadError.tsx';
import { useAfter } from '../ui/useAfter.ts';
import { GroupHeader } from './GroupHeader.tsx';
import { isWithin, openGroupKey, type RowGroup, useOpenGroups } from './groups.ts';
import { useGroups } from './useGroups.ts';
import { useView, type ViewState } from './useView.ts';

interface GroupsProps {
  readonly tableId: string;
  readonly viewId: string | undefined;
  /** The grid: it shows the open group, since useView gives it `groupWhere`. */
  readonly children: ReactNode;
}

interface LevelProps {
  readonly state: ViewState;
  /** Which of the fields that rows are grouped by, from 0. */
  readonly level: number;
  /** The group that these are parts of. */
  readonly parent: RowGroup | undefined;
  readonly children: ReactNode;
}

function Waiting() {
  const { t } = useTranslation();
  if (!useAfter(true)) return null;
  return (
    <Stack gap={10} p="xs" role="status" aria-label={t('common.loading')}>
      <Skeleton height={22} />
      <Skeleton height={22} width="70%" />
    </Stack>
  );
}

/** Groups of one field; inside each the groups of the next field, inside the last ones the rows. */
function Level({ state, level, parent, children }: LevelProps) {
  const { t } = useTranslation();
  const groups = useGroups(state, level, parent);
  const open = useOpenGroups((store) => store.open);
  const [branches, setBranches] = useState<Readonly<Record<string, boolean>>>({});
  const key = openGroupKey(state.view?.id, state.groupBy);
  const opened = state.groupWhere;
  const isLeaf = level === state.groupBy.length - 1;
  const term = state.groupBy[level];

  // a group that is gone leaves none open
  const known = groups.data?.groups;
  useEffect(() => {
    if (known === undefined || opened === undefined || (parent !== undefined && !isWithin(opened, parent)))
      return;
    if (!known.some((group) => group.where === opened || isWithin(opened, group))) open(key, undefined);
  }, [known, opened, parent, open, key]);

  if (groups.isError) return <LoadError error={groups.error} onRetry={() => void groups.refetch()} />;
  if (groups.data === undefined || term === undefined) return <Waiting />;

  const isOpen = (group: RowGroup): boolean =>
    isLeaf
      ? group.where === opened
      : (branches[group.key] ?? (opened !== undefined && isWithin(opened, group)));

  function toggle(group: RowGroup): void {
    const next = !isOpen(group);
    if (isLeaf) open(key, next ? group.where : undefined);
    else {
      setBranches({ ...branches, [group.key]: next });
      if (!next && opened !== undefined && isWithin(opened, group)) open(key, undefined);
    }
  }

  return (
    <>
      {parent === undefined ? (
        <Text size="xs" c="dimmed" pb="xs" role="status">
          {t('views.groupCount', { count: groups.data.total })}
        </Text>
      ) : null}
      {groups.data.groups.map((group) => (
        <Box key={group.key}>
          <GroupHeader
            term={term}
            level={level}
            group={group}
            opened={isOpen(group)}
            onToggle={() => toggle(group)}
          />
          {!isOpen(group) ? null : isLeaf ? (
            <Box
              component="section"
              h="min(60dvh, 640px)"
              pb="sm"
              style={{ display: 'flex', flexDirection: 'column' }}
            >
              {children}
            </Box>
          ) : (
            <Level state={state} level={level + 1} parent={group}>
              {children}
            </Level>
          )}
        </Box>
      ))}
      {groups.hasNextPage ? (
        <Button
          mt="xs"
          ms={level * 20}
          variant="default"
          size="xs"
          loading={groups.isFetchingNextPage}
          onClick={() => void groups.fetchNextPage()}
        >
          {t('views.moreGroups')}
        </Button>
      ) : null}
    </>
  );
}

/** The grid as it is, or, where the view groups its rows, under the heads of the groups. */
export function Groups({ tableId, viewId, children }: GroupsProps) {
  const state = useView(tableId, viewId);
  if (state.groupBy.length === 0) return children;
  return (
    <ScrollArea h="100%" type="auto">
      <Stack gap={0} p="xs">
        <Level key={openGroupKey(state.view?.id, state.groupBy)} state={state} level={0} parent={undefined}>
          {children}
        </Level>
      </Stack>
    </ScrollArea>
  );
}
