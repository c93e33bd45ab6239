import { Center, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useSession } from '../api/session.ts';
import { AuthPages } from '../auth/AuthPages.tsx';
import { NotFound } from '../ui/NotFound.tsx';
import { Shell } from './Shell.tsx';

const Account = lazy(() => import('../account/Account.tsx').then((module) => ({ default: module.Account })));
const Team = lazy(() => import('../team/Team.tsx').then((module) => ({ default: module.Team })));
const Home = lazy(() => import('../bases/Home.tsx').then((module) => ({ default: module.Home })));
const BasePage = lazy(() => import('../bases/BasePage.tsx').then((module) => ({ default: module.BasePage })));
const TablePage = lazy(() =>
  import('../grid/TablePage.tsx').then((module) => ({ default: module.TablePage })),
);

const waiting = (
  <Center h="100%">
    <Loader size="sm" />
  </Center>
);

/** What a person sees once signed in, by address. */
function SignedInPages() {
  return (
    <Shell>
      <Suspense fallback={waiting}>
        <Switch>
          <Route path="/">
            <Home />
          </Route>
          <Route path="/account/:tab?">{({ tab }) => <Account tab={tab ?? 'profile'} />}</Route>
          <Route path="/base/:baseId/settings/:tab?">
            {({ baseId, tab }) => <Team key={baseId} baseId={baseId} tab={tab ?? 'members'} />}
          </Route>
          <Route path="/base/:baseId/table/:tableId/:viewId?">
            {({ baseId, tableId, viewId }) => (
              <TablePage key={tableId} baseId={baseId} tableId={tableId} viewId={viewId} />
            )}
          </Route>
          <Route path="/base/:baseId">{({ baseId }) => <BasePage key={baseId} baseId={baseId} />}</Route>
          <Route path="/signin">
            <Redirect to="/" replace />
          </Route>
          <Route path="/signup/:token?">
            <Redirect to="/" replace />
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </Shell>
  );
}

export function Pages() {
  const status = useSession((session) => session.status);
  if (status === 'unknown') return waiting;
  return status === 'signedIn' ? <SignedInPages /> : <AuthPages />;
}
