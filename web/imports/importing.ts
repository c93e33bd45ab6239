import { create } from 'zustand';
import { focusOpener, rememberOpener } from '../ui/opener.ts';

export interface ImportRequest {
  /** Where the rows shall go, if that is known. */
  readonly baseId?: string | undefined;
  readonly tableId?: string | undefined;
  readonly file?: File | undefined;
}

interface Importing {
  /** Set while the dialog is on the screen. */
  readonly request: ImportRequest | undefined;
}

export const useImporting = create<Importing>(() => ({ request: undefined }));

/** Opens the import dialog. */
export function openImport(request: ImportRequest = {}): void {
  rememberOpener();
  useImporting.setState({ request });
}

export function closeImport(): void {
  useImporting.setState({ request: undefined });
  focusOpener();
}
