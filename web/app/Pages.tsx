import { Center, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useSession } from '../api/session.ts';
import { AuthPages } from '../auth/AuthPages.tsx';
import { NotFound } from '../ui/NotFound.tsx';
import { useAfter } from '../ui/useAfter.ts';
import { Shell } from './Shell.tsx';
import { SignedInAlready } from './SignedInAlready.tsx';

const Account = lazy(() => import('../account/Account.tsx').then((module) => ({ default: module.Account })));
const Team = lazy(() => import('../team/Team.tsx').then((module) => ({ default: module.Team })));
const Home = lazy(() => import('../bases/Home.tsx').then((module) => ({ default: module.Home })));
const BasePage = lazy(() => import('../bases/BasePage.tsx').then((module) => ({ default: module.BasePage })));
const TablePage = lazy(() =>
  import('../grid/TablePage.tsx').then((module) => ({ default: module.TablePage })),
);

/** A sign of waiting, but only when it lasts. */
function Waiting() {
  const late = useAfter(true);
  return <Center h="100%">{late ? <Loader size="sm" /> : null}</Center>;
}

/** What a person sees once signed in, by address. */
function SignedInPages() {
  return (
    <Shell>
      <Suspense fallback={<Waiting />}>
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
            {({ token }) => (token ? <SignedInAlready /> : <Redirect to="/" replace />)}
          </Route>
          <Route path="/forgot">
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
  const [address] = useLocation();
  if (status === 'unknown') return <Waiting />; // the cookie is being exchanged
  // A reset link works whoever is signed in on this device.
  return status === 'signedIn' && !address.startsWith('/reset/') ? <SignedInPages /> : <AuthPages />;
}
