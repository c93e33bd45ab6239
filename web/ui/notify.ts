import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { ApiError } from '../api/client.ts';

/** What an error tells a person: the server's own words, or that it cannot be reached. */
export function explain(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof TypeError) return i18next.t('common.offline');
  return error instanceof Error ? error.message : String(error);
}

const closeButton = () => ({ 'aria-label': i18next.t('common.close') });

/** Shows a refusal or failure, read out by screen readers. */
export function notifyError(error: unknown, title: string = i18next.t('common.failed')): void {
  notifications.show({
    color: 'red',
    title,
    message: explain(error),
    autoClose: 10_000,
    role: 'alert',
    closeButtonProps: closeButton(),
  });
}

/** Shows that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, autoClose: 4_000, role: 'status', closeButtonProps: closeButton() });
}
