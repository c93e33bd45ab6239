import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '../ui/notify.ts';
import type { Commands } from './commands.ts';
import type { Field } from './field.ts';
import type { GridModel } from './model.ts';
import { type Area, type PastePlan, pasteArea, planPaste } from './pastePlan.ts';
import type { Cells } from './tsv.ts';

/** More is an import, not a paste. */
const maxPasted = 200_000;

interface PasteSetting {
  readonly model: GridModel;
  readonly commands: Commands;
  readonly fields: readonly Field[];
  readonly locale: string;
  readonly total: number;
  /** Runs a command and shows what went wrong. */
  readonly run: (work: () => Promise<unknown>) => Promise<void>;
  readonly onPasted: (area: Area) => void;
}

export interface OpenPaste {
  readonly plan: PastePlan;
  readonly area: Area;
}

/** Pastes a block of cells: all of it or nothing, after asking where rows must be added. */
export function usePaste(setting: PasteSetting) {
  const { t } = useTranslation();
  const { model, commands, fields, locale, total, run, onPasted } = setting;
  const [asking, setAsking] = useState<OpenPaste | null>(null);
  const [refusedPaste, setRefused] = useState<PastePlan | null>(null);

  async function apply({ plan, area }: OpenPaste, additions: boolean): Promise<void> {
    setAsking(null);
    await run(async () => {
      await commands.change('paste', plan.changes, additions ? plan.additions : []);
      onPasted(area);
      const skipped = plan.skipped.map((field) => field.title).join(', ');
      if (skipped !== '') notifyDone(t('grid.pasteSkipped', { fields: skipped }));
    });
  }

  async function paste(cells: Cells, selection: Area): Promise<void> {
    await run(async () => {
      const wanted = pasteArea(cells, selection);
      if (wanted.width * wanted.height > maxPasted)
        throw new Error(t('grid.pasteTooMuch', { count: maxPasted }));
      const area = { ...wanted, width: Math.min(wanted.width, fields.length - wanted.x) };
      const rows = await model.blocks.load(area.y, Math.min(area.y + area.height, total));
      const required = t('grid.mustBeFilled');
      const { people } = model.context;
      const plan = planPaste(cells, area, rows, { writes: model.writes, fields, people, locale, required });
      if (plan.refused.length > 0) setRefused(plan);
      else if (plan.additions.length > 0) setAsking({ plan, area });
      else await apply({ plan, area }, false);
    });
  }
  function close(): void {
    setAsking(null);
    setRefused(null);
  }
  return { paste, apply, asking, refusedPaste, close };
}
