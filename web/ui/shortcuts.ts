import { useEffect } from 'react';
import { create } from 'zustand';

/** Something a key does. Without `run` it is only listed: the room listens itself. */
export interface Shortcut {
  /** e.g. `mod+k`, `shift+enter`, `?`, `F2`; `mod` is ⌘ on Apple machines and Ctrl elsewhere. */
  readonly keys: string;
  /** Key of the words that say what it does. */
  readonly label: string;
  readonly run?: (event: KeyboardEvent) => void;
}

export interface ShortcutGroup {
  /** Key of the words over the group. */
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

interface Registry {
  readonly groups: readonly ShortcutGroup[];
}

/** What can be done by key on the screen at hand; the dialog behind `?` lists it. */
export const useShortcutRegistry = create<Registry>(() => ({ groups: [] }));

export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.toLowerCase().split('+');
  const key = parts.pop() ?? '';
  const mod = isApple ? event.metaKey : event.ctrlKey;
  if (event.key.toLowerCase() !== key || mod !== parts.includes('mod') || event.altKey) return false;
  // A character such as ? may itself need Shift.
  return key.length === 1 && !parts.includes('mod') ? true : event.shiftKey === parts.includes('shift');
}

/** Whether keys are typed into something: plain ones then belong to it. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]');
}

/**
 * Lists a group of shortcuts while the component is on the screen, and runs
 * those that have a `run`. `shortcuts` must be the same array as long as nothing
 * changed (a constant or useMemo).
 */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    const group: ShortcutGroup = { title, shortcuts };
    useShortcutRegistry.setState(({ groups }) => ({ groups: [...groups, group] }));
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const found = shortcuts.find(({ keys, run }) => run !== undefined && matches(event, keys));
      if (found === undefined || (isTyping(event.target) && !found.keys.includes('mod+'))) return;
      event.preventDefault();
      found.run?.(event);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      useShortcutRegistry.setState(({ groups }) => ({ groups: groups.filter((other) => other !== group) }));
    };
  }, [title, shortcuts]);
}
