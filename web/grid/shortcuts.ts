import type { Shortcut } from '../ui/shortcuts.ts';

/** Listed under `?`; the grid listens to them itself. */
export const gridShortcuts: readonly Shortcut[] = [
  { keys: 'PageDown', label: 'grid.shortcuts.pageDown' },
  { keys: 'PageUp', label: 'grid.shortcuts.pageUp' },
  { keys: 'mod+Home', label: 'grid.shortcuts.firstCell' },
  { keys: 'mod+End', label: 'grid.shortcuts.lastCell' },
  { keys: 'shift+ArrowDown', label: 'grid.shortcuts.extend' },
  { keys: 'enter', label: 'grid.shortcuts.edit' },
  { keys: 'escape', label: 'grid.shortcuts.cancel' },
  { keys: 'delete', label: 'grid.shortcuts.clear' },
  { keys: 'space', label: 'grid.shortcuts.expand' },
  { keys: 'alt+r', label: 'grid.shortcuts.addRow' },
  { keys: 'mod+z', label: 'grid.shortcuts.undo' },
  { keys: 'mod+shift+z', label: 'grid.shortcuts.redo' },
  { keys: 'mod+c', label: 'grid.shortcuts.copy' },
  { keys: 'mod+x', label: 'grid.shortcuts.cut' },
  { keys: 'mod+v', label: 'grid.shortcuts.paste' },
  { keys: 'mod+a', label: 'grid.shortcuts.selectAll' },
  { keys: 'mod+d', label: 'grid.shortcuts.fillDown' },
  { keys: 'mod+r', label: 'grid.shortcuts.fillRight' },
  { keys: 'alt+m', label: 'grid.shortcuts.columnMenu' },
  { keys: 'shift+F10', label: 'grid.shortcuts.rowMenu' },
];
