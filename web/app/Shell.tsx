import { ActionIcon, Drawer, VisuallyHidden } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconMenu2 } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useDialogs } from '../bases/dialogs.ts';
import { DropToImport } from '../imports/DropToImport.tsx';
import { useImporting } from '../imports/importing.ts';
import { Logo } from '../ui/Logo.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { Sidebar } from './Sidebar.tsx';
import classes from './shell.module.css';

const BaseDialogs = lazy(() =>
  import('../bases/BaseDialogs.tsx').then((module) => ({ default: module.BaseDialogs })),
);
const ImportDialog = lazy(() =>
  import('../imports/ImportDialog.tsx').then((module) => ({ default: module.ImportDialog })),
);

/** Dialogs come when they are first asked for, and stay. */
function Dialogs() {
  const asked = useRef({ bases: false, imports: false });
  if (useDialogs(({ dialog }) => dialog !== undefined)) asked.current.bases = true;
  if (useImporting(({ request }) => request !== undefined)) asked.current.imports = true;
  return (
    <ErrorBoundary>
      <Suspense>
        {asked.current.bases ? <BaseDialogs /> : null}
        {asked.current.imports ? <ImportDialog /> : null}
      </Suspense>
    </ErrorBoundary>
  );
}

/** A button and no link: an address of its own would be a page. */
function SkipToContent() {
  const { t } = useTranslation();
  return (
    <button type="button" className="skip-link" onClick={() => document.getElementById('content')?.focus()}>
      {t('common.skip')}
    </button>
  );
}

/** What surrounds every page: the sidebar, or a burger and a drawer where there is no room for it. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const wide = useMediaQuery('(min-width: 900px)', true, { getInitialValueInEffect: false });
  const [opened, drawer] = useDisclosure();
  const [address] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving somewhere closes the drawer
  useEffect(() => drawer.close(), [address]);
  return (
    <div className={classes.page}>
      <SkipToContent />
      {wide ? (
        <aside className={classes.aside}>
          <Sidebar />
        </aside>
      ) : (
        <Drawer.Root opened={opened} onClose={drawer.close} size={300}>
          <Drawer.Overlay />
          <Drawer.Content>
            {/* The name of the dialog; what is in it has a title of its own to look at. */}
            <VisuallyHidden>
              <Drawer.Title>{t('nav.bases')}</Drawer.Title>
            </VisuallyHidden>
            <Drawer.Body p={0} h="100%">
              <Sidebar onClose={drawer.close} />
            </Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
      )}
      <div className={classes.column}>
        {wide ? null : (
          <header className={classes.bar}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('nav.openSidebar')}
              aria-expanded={opened}
              onClick={drawer.open}
            >
              <IconMenu2 size={20} aria-hidden />
            </ActionIcon>
            <Logo size={22} />
          </header>
        )}
        <main id="content" className={classes.content} tabIndex={-1}>
          <ErrorBoundary address={address}>{children}</ErrorBoundary>
        </main>
      </div>
      <Dialogs />
      <DropToImport />
      <Shortcuts />
    </div>
  );
}
