import { Badge, Button, FocusTrap, Popover, Text } from '@mantine/core';
import { type ComponentType, type ReactNode, useEffect, useRef } from 'react';
import { type PanelName, usePanel } from './usePanel.ts';

interface PanelProps {
  readonly name: PanelName;
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
  /** How many of these the view has; none is not shown. */
  readonly count?: number;
  readonly width?: number;
  readonly children: ReactNode;
}

/** Lists inside a panel open in a portal of their own: a click there is no click outside. */
const isInside = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[data-portal], [data-panel-button]') !== null;

/** A button of the toolbar and what it opens. */
export function Panel({ name, label, icon: Icon, count = 0, width = 320, children }: PanelProps) {
  const opened = usePanel((panels) => panels.open === name);
  const show = usePanel((panels) => panels.show);
  const button = useRef<HTMLButtonElement>(null);
  const dropdown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!opened) return;
    const close = (event: PointerEvent) => {
      if (!isInside(event.target)) show(null);
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, [opened, show]);
  // A line that takes itself out takes the focus with it: it stays in the panel, so that Escape closes it.
  useEffect(() => {
    if (opened && document.activeElement === document.body) dropdown.current?.focus();
  });
  return (
    <Popover
      opened={opened}
      onChange={(next) => {
        show(next ? name : null);
        // Escape; who clicks elsewhere wants the focus there
        if (!next) button.current?.focus();
      }}
      closeOnClickOutside={false}
      trapFocus
      returnFocus={false}
      position="bottom-start"
      shadow="md"
      width={`min(${width}px, calc(100vw - 1rem))`}
    >
      <Popover.Target>
        <Button
          ref={button}
          data-panel-button
          size="xs"
          variant={count > 0 ? 'light' : 'subtle'}
          color={count > 0 ? 'accent' : 'gray'}
          px="xs"
          leftSection={<Icon size={16} aria-hidden />}
          aria-label={label}
          onClick={() => show(opened ? null : name)}
          rightSection={
            count > 0 ? (
              <Badge size="sm" circle variant="filled" aria-hidden>
                {count}
              </Badge>
            ) : undefined
          }
          styles={{ section: { marginInline: 0 }, label: { marginInline: '6px 4px' } }}
        >
          <Text span size="sm" visibleFrom="sm">
            {label}
          </Text>
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        ref={dropdown}
        p="sm"
        mah="min(70dvh, 640px)"
        style={{ overflowY: 'auto' }}
        aria-label={label}
      >
        {/* not on the first list of fields, which would open under the reader's eyes */}
        <FocusTrap.InitialFocus />
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
