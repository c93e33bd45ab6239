import i18next from 'i18next';
import { useSession } from '../api/session.ts';
import { copyText } from '../ui/copyText.ts';
import { notifyDone, notifyError } from '../ui/notify.ts';

/** Puts the JWT of this session on the clipboard. */
export async function copyAuthToken(): Promise<void> {
  const { jwt } = useSession.getState();
  if (jwt === null) return;
  try {
    await copyText(jwt);
    notifyDone(i18next.t('nav.authTokenCopied'));
  } catch (error) {
    notifyError(error);
  }
}
