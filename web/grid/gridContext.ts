import { createContext, useContext } from 'react';
import type { Person } from './field.ts';

/** What editors need to know besides their cell. */
export interface GridContext {
  readonly locale: string;
  readonly people: readonly Person[];
}

export const GridContextValue = createContext<GridContext>({ locale: 'en', people: [] });
export const useGridContext = (): GridContext => useContext(GridContextValue);
