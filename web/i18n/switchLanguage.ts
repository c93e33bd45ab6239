import { notifyError } from '../ui/notify.ts';
import { setLanguage } from './index.ts';

/** Changes the language; when its words cannot be fetched the old one stays, and that is said. */
export function switchLanguage(tag: string): void {
  setLanguage(tag).catch((error: unknown) => notifyError(error));
}
