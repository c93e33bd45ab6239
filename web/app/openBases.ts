import { create } from 'zustand';

interface OpenBases {
  /** Bases whose tables the sidebar shows. */
  readonly open: ReadonlySet<string>;
}

/** Lives as long as the page. */
export const useOpenBases = create<OpenBases>(() => ({ open: new Set() }));

export function setBaseOpen(id: string, open: boolean): void {
  useOpenBases.setState((state) => {
    if (state.open.has(id) === open) return state;
    const next = new Set(state.open);
    if (open) next.add(id);
    else next.delete(id);
    return { open: next };
  });
}
