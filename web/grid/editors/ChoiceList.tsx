import { Checkbox } from '@mantine/core';
import { isLightColor } from '../cells/bubbles.ts';
import classes from './editors.module.css';

/** Something to choose: an option of a select, or a member. */
export interface ChoiceItem {
  readonly value: string;
  readonly label: string;
  readonly color: string | undefined;
}

/** The choices below the search field; the field keeps the focus and moves the active one. */
export function ChoiceList({
  id,
  items,
  active,
  chosen,
  several,
  onChoose,
}: {
  id: string;
  items: readonly ChoiceItem[];
  active: number;
  chosen: ReadonlySet<string>;
  several: boolean;
  onChoose: (item: ChoiceItem) => void;
}) {
  return (
    <div id={id} role="listbox" aria-multiselectable={several} className={classes.list} tabIndex={-1}>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the search field handles the keys of its list
        <div
          key={item.value}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={chosen.has(item.value)}
          className={classes.option}
          data-active={index === active || undefined}
          ref={index === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(item)}
        >
          {several ? <Checkbox.Indicator size="xs" checked={chosen.has(item.value)} aria-hidden /> : null}
          <span
            className={classes.bubble}
            data-plain={item.color === undefined || undefined}
            style={
              item.color === undefined
                ? undefined
                : {
                    background: item.color,
                    color: isLightColor(item.color)
                      ? 'var(--mantine-color-black)'
                      : 'var(--mantine-color-white)',
                  }
            }
          >
            {item.label}
          </span>
        </div>
      ))}
    </div>
  );
}
