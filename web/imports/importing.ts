import { create } from 'zustand';

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
export const openImport = (request: ImportRequest = {}): void => useImporting.setState({ request });
export const closeImport = (): void => useImporting.setState({ request: undefined });
