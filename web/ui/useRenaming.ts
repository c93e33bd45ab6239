import { type RefObject, useEffect, useRef, useState } from 'react';

interface Renaming<T extends HTMLElement> {
  readonly renaming: boolean;
  readonly start: () => void;
  readonly end: () => void;
  /** Goes on what has the focus again afterwards. */
  readonly target: RefObject<T | null>;
}

/** Renaming a thing where it stands: a field takes the place of its title for a while. */
export function useRenaming<T extends HTMLElement>(): Renaming<T> {
  const [renaming, setRenaming] = useState(false);
  const target = useRef<T>(null);
  const was = useRef(false);
  useEffect(() => {
    const free = document.activeElement === null || document.activeElement === document.body;
    if (was.current && !renaming && free) target.current?.focus();
    was.current = renaming;
  }, [renaming]);
  return { renaming, start: () => setRenaming(true), end: () => setRenaming(false), target };
}
