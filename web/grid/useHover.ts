import type { GridMouseEventArgs, Rectangle } from '@glideapps/glide-data-grid';
import { useCallback, useState } from 'react';

export interface HoveredRow {
  readonly row: number;
  readonly bounds: Rectangle;
}

/** The row under the pointer, as far as its first column shows. */
export function useHover() {
  const [hovered, setHovered] = useState<HoveredRow | null>(null);
  const onItemHovered = useCallback((event: GridMouseEventArgs) => {
    if (event.kind !== 'cell' || event.isTouch) {
      setHovered(null);
      return;
    }
    const [column, row] = event.location;
    if (column > 0) {
      setHovered((now) => (now?.row === row ? now : null));
      return;
    }
    setHovered((now) =>
      now?.row === row && now.bounds.y === event.bounds.y && column === -1
        ? now
        : column === 0
          ? { row, bounds: event.bounds }
          : null,
    );
  }, []);
  const clear = useCallback(() => setHovered(null), []);
  return { hovered, onItemHovered, clear };
}
export type Hover = ReturnType<typeof useHover>;
