import { createContext, useContext } from 'react';
import type { Person } from './field.ts';

/** What editors need to know besides their cell. */
export interface GridContext {
  readonly locale: string;
  readonly people: readonly Person[];
  /** Keys typed into a cell while its editor was still on its way. */
  readonly typed: { current: string };
}

export const GridContextValue = createContext<GridContext>({
  locale: 'en',
  people: [],
  typed: { current: '' },
});
export const useGridContext = (): GridContext => useContext(GridContextValue);
