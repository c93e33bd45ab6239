import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { ApiError, refreshSession } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { Pages } from './Pages.tsx';
import { useTheme } from './useTheme.ts';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays one; only a lost connection is worth another try.
      retry: (count, error) => !(error instanceof ApiError) && count < 2,
    },
  },
});

// Signed out: nothing of the last person stays in memory.
useSession.subscribe((now, before) => {
  if (before.status === 'signedIn' && now.status === 'signedOut') client.clear();
});

export function App() {
  const theme = useTheme();
  useEffect(() => {
    void refreshSession().catch(() => useSession.getState().signOut());
  }, []);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={client}>
        <Router hook={useHashLocation}>
          <Pages />
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}
