import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError } from '../ui/notify.ts';
import { type Commands, createCommands, RefusedCells, Unfit } from './commands.ts';
import type { Field } from './field.ts';
import type { GridModel } from './model.ts';

export interface RunCommands {
  readonly commands: Commands;
  /** Runs a command; a refusal is shown with its reason, and the cells it is about. */
  readonly run: (work: () => Promise<unknown>) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}

type Flash = (cells: readonly { readonly key: string; readonly field: Field }[]) => void;

/** Commands of a table with their words, and what a person sees when one is refused. */
export function useCommands(
  model: GridModel,
  locale: string,
  tableFields: readonly Field[],
  flash: Flash,
): RunCommands {
  const { t } = useTranslation();
  const now = useRef({ t, locale, tableFields, flash });
  now.current = { t, locale, tableFields, flash };
  return useMemo(() => {
    const commands = createCommands(
      {
        model,
        locale: () => now.current.locale,
        name: (step, count) => now.current.t(`grid.step.${step}`, { count }),
        required: () => now.current.t('grid.mustBeFilled'),
      },
      () => now.current.tableFields,
    );
    async function run(work: () => Promise<unknown>): Promise<void> {
      try {
        await work();
      } catch (error) {
        if (error instanceof RefusedCells) {
          now.current.flash(error.cells);
          notifyError(error.reason, now.current.t('grid.notSaved'));
        } else if (error instanceof Unfit) {
          const { title } = error.field;
          const reason = now.current.t('grid.refused', { title, reason: error.message });
          notifyError(new Error(reason), now.current.t('grid.notSaved'));
        } else notifyError(error);
      }
    }
    return {
      commands,
      run,
      undo: () => run(() => model.history.undo()),
      redo: () => run(() => model.history.redo()),
    };
  }, [model]);
}
