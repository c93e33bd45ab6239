import { type QueryKey, useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyError } from '../ui/notify.ts';

/** A change of what a view keeps: shown at once, taken back when the server refuses. */
export interface ViewChange<T = unknown> {
  readonly queryKey: QueryKey;
  /** The cached answer as it will be; without it the change shows when the server has answered. */
  readonly update?: (before: T) => T;
  readonly send: () => Promise<unknown>;
  /** Told of a refusal, who then shows it; without it a notification does. */
  readonly onRefused?: (error: unknown) => void;
}

const changesKey = ['viewChange'] as const;
const changeKey = (viewId: string) => [...changesKey, viewId] as const;

/** Sends changes of a view, one after the other in the order they were made. */
export function useViewChange(viewId: string | undefined): {
  change: <T>(change: ViewChange<T>) => Promise<void>;
} {
  const client = useQueryClient();
  const mutationKey = changeKey(viewId ?? '');
  const { mutateAsync } = useMutation({
    mutationKey,
    scope: { id: mutationKey.join(' ') },
    mutationFn: (change: ViewChange<unknown>) => change.send(),
    onMutate: async ({ queryKey, update }: ViewChange<unknown>) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      if (before !== undefined && update !== undefined) client.setQueryData(queryKey, update(before));
      return { before };
    },
    onError: (error, { queryKey, onRefused = notifyError }, kept) => {
      if (kept?.before !== undefined) client.setQueryData(queryKey, kept.before);
      onRefused(error);
    },
    // The last of several decides what is true, so that no answer in between flickers.
    onSettled: (_data, _error, { queryKey }) =>
      client.isMutating({ mutationKey }) <= 1 ? client.invalidateQueries({ queryKey }) : undefined,
  });
  return {
    change: async (change) => {
      // a refusal has been shown and taken back above
      await mutateAsync(change as ViewChange<unknown>).catch(() => undefined);
    },
  };
}

/** Whether changes of any view are still on their way to the server. */
export const useIsChanging = (): boolean => useIsMutating({ mutationKey: changesKey }) > 0;
