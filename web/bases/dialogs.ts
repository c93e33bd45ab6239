import { create } from 'zustand';
import type { Base, TableSummary } from '../api/shapes.ts';
import { focusOpener, rememberOpener } from '../ui/opener.ts';

/** The question on the screen, if any; asked from menus that are gone when it is answered. */
export type Dialog =
  | { readonly kind: 'createBase' }
  | { readonly kind: 'createTable'; readonly baseId: string }
  /** Without a base: a new one. */
  | { readonly kind: 'connect'; readonly baseId?: string | undefined }
  | { readonly kind: 'deleteBase'; readonly base: Base }
  | { readonly kind: 'deleteTable'; readonly table: TableSummary }
  | { readonly kind: 'baseLook'; readonly base: Base }
  | { readonly kind: 'tableLook'; readonly table: TableSummary }
  | { readonly kind: 'renameBase'; readonly base: Base }
  | { readonly kind: 'renameTable'; readonly table: TableSummary };

interface Dialogs {
  readonly dialog: Dialog | undefined;
}

export const useDialogs = create<Dialogs>(() => ({ dialog: undefined }));

export function openDialog(dialog: Dialog): void {
  rememberOpener();
  useDialogs.setState({ dialog });
}

export function closeDialog(): void {
  useDialogs.setState({ dialog: undefined });
  focusOpener();
}
