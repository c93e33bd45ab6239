import { create } from 'zustand';

export type PanelName = 'fields' | 'filter' | 'sort' | 'group' | 'rowHeight' | 'api';

/** Which panel of the toolbar is open: at most one, and other places may open it. */
interface Panels {
  readonly open: PanelName | null;
  show: (name: PanelName | null) => void;
}

export const usePanel = create<Panels>((set) => ({
  open: null,
  show: (open) => set({ open }),
}));
