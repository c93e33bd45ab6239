import type { Base } from '../api/shapes.ts';
import { useBaseActions } from '../bases/actions.ts';
import { SidebarBase } from './SidebarBase.tsx';
import { Sortable } from './Sortable.tsx';
import { useGrip } from './useGrip.tsx';

interface MovableBaseProps {
  readonly base: Base;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
}

function MovableBase({ base, onUp, onDown }: MovableBaseProps) {
  const movable = useGrip(base, onUp !== undefined || onDown !== undefined);
  return <SidebarBase base={base} matches={undefined} movable={movable} onUp={onUp} onDown={onDown} />;
}

/** All bases; everybody puts their own list in order. */
export function SidebarBases({ bases }: { bases: readonly Base[] }) {
  const actions = useBaseActions();
  const last = bases.length - 1;
  return (
    <Sortable things={bases} onPlace={(base, order) => actions.placeBase(base.id, order)}>
      {(place) => (
        <ul>
          {bases.map((base, index) => (
            <MovableBase
              key={base.id}
              base={base}
              onUp={index > 0 ? () => place(index, index - 1) : undefined}
              onDown={index < last ? () => place(index, index + 1) : undefined}
            />
          ))}
        </ul>
      )}
    </Sortable>
  );
}
