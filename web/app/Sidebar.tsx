import {
  ActionIcon,
  CloseButton,
  Group,
  Kbd,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import {
  type KeyboardEvent,
  lazy,
  Suspense,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { tablesQuery, useBases } from '../api/queries.ts';
import type { Base } from '../api/shapes.ts';
import { openDialog } from '../bases/dialogs.ts';
import { useMayCreateBases } from '../bases/useMayCreateBases.ts';
import { LoadError } from '../ui/LoadError.tsx';
import { Logo } from '../ui/Logo.tsx';
import { isApple, type Shortcut, useShortcuts } from '../ui/shortcuts.ts';
import { useAfter } from '../ui/useAfter.ts';
import { SidebarBase } from './SidebarBase.tsx';
import classes from './shell.module.css';
import { UserMenu } from './UserMenu.tsx';

// With what it takes to drag: not needed for the sign-in. It comes while the bases are asked for.
const loadBases = () => import('./SidebarBases.tsx').then((module) => ({ default: module.SidebarBases }));
const SidebarBases = lazy(loadBases);

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Which bases have something of the wanted name; undefined while nothing is wanted. */
function useFound(bases: readonly Base[], wanted: string) {
  const text = fold(wanted.trim());
  const answers = useQueries({ queries: text === '' ? [] : bases.map((base) => tablesQuery(base.id)) });
  if (text === '') return undefined;
  const matches = (title: string): boolean => fold(title).includes(text);
  const found = bases.filter(
    (base, index) => matches(base.title) || answers[index]?.data?.some((table) => matches(table.title)),
  );
  return { bases: found, matches };
}

function BaseList({ wanted }: { wanted: string }) {
  const { t } = useTranslation();
  const bases = useBases();
  const late = useAfter(bases.isPending);
  useEffect(() => {
    // A failure is shown where the list would be.
    loadBases().catch(() => undefined);
  }, []);
  const found = useFound(bases.data ?? [], wanted);
  if (bases.isError) return <LoadError error={bases.error} onRetry={() => void bases.refetch()} />;
  if (bases.isPending)
    return late ? (
      <Stack gap="xs" p="xs">
        <Skeleton h={20} />
        <Skeleton h={20} w="80%" />
        <Skeleton h={20} w="60%" />
      </Stack>
    ) : null;
  const shown = found?.bases ?? bases.data;
  if (shown.length === 0)
    return (
      <Text size="sm" c="dimmed" p="xs" role="status">
        {t(found === undefined ? 'app.noBases' : 'app.nothingFound')}
      </Text>
    );
  if (found === undefined)
    return (
      <Suspense>
        <SidebarBases bases={shown} />
      </Suspense>
    );
  return (
    <ul>
      {shown.map((base) => (
        <SidebarBase key={base.id} base={base} matches={found.matches} />
      ))}
    </ul>
  );
}

/** Bases with their tables, the search among them, and the user's menu. */
export function Sidebar({ onClose }: { onClose?: () => void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const mayCreate = useMayCreateBases();
  const field = useRef<HTMLInputElement>(null);
  const found = useRef<HTMLDivElement>(null);
  const shortcuts = useMemo<Shortcut[]>(
    () => [{ keys: 'mod+k', label: 'app.searchKey', run: () => field.current?.focus() }],
    [],
  );
  useShortcuts('app.everywhere', shortcuts);
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && search !== '') {
      event.stopPropagation();
      setSearch('');
    }
    if (event.key === 'Enter' && search.trim() !== '') {
      const links = [...(found.current?.querySelectorAll('a') ?? [])];
      links.find((link) => fold(link.textContent).includes(fold(search.trim())))?.click();
    }
  }
  return (
    <nav className={classes.sidebar} aria-label={t('nav.sidebar')}>
      <Group justify="space-between" wrap="nowrap" px="sm" h={52} flex="none">
        <Link href="/" className={classes.link} aria-label={t('app.start')}>
          <Logo />
        </Link>
        {onClose === undefined ? null : <CloseButton aria-label={t('nav.closeSidebar')} onClick={onClose} />}
      </Group>
      <TextInput
        ref={field}
        mx="xs"
        mb="xs"
        size="xs"
        type="search"
        aria-label={t('app.search')}
        placeholder={t('common.search')}
        value={search}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          search === '' && onClose === undefined ? (
            <Kbd size="xs" aria-hidden>
              {isApple ? '⌘K' : 'Ctrl K'}
            </Kbd>
          ) : null
        }
        rightSectionWidth={56}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Group justify="space-between" px="sm" pb={2} mih={28}>
        <Text component="h2" size="xs" fw={600} c="dimmed">
          {t('nav.bases')}
        </Text>
        {mayCreate ? (
          <Tooltip label={t('bases.createBase')} openDelay={400}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('bases.createBase')}
              onClick={() => openDialog({ kind: 'createBase' })}
            >
              <IconPlus size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ) : null}
      </Group>
      <div className={classes.list} ref={found}>
        <BaseList wanted={wanted} />
      </div>
      <div className={classes.foot}>
        <UserMenu />
      </div>
    </nav>
  );
}
