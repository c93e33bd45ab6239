import { useTranslation } from 'react-i18next';
import { useBaseActions } from './actions.ts';
import type { Dialog } from './dialogs.ts';
import { TitleForm } from './TitleForm.tsx';
import { useTitleForm } from './useTitleForm.ts';

interface RenameDialogProps {
  readonly dialog: Extract<Dialog, { kind: 'renameBase' | 'renameTable' }>;
  readonly onClose: () => void;
}

export function RenameDialog({ dialog, onClose }: RenameDialogProps) {
  const { t } = useTranslation();
  const actions = useBaseActions();
  const thing = dialog.kind === 'renameBase' ? dialog.base : dialog.table;
  const form = useTitleForm(thing.title, async (title) => {
    await (dialog.kind === 'renameBase'
      ? actions.changeBase(dialog.base.id, { title })
      : actions.changeTable(dialog.table, { title }));
    onClose();
  });
  return (
    <TitleForm
      heading={t('common.rename')}
      label={t('bases.newTitle')}
      action={t('common.save')}
      maxLength={dialog.kind === 'renameBase' ? 50 : 255}
      form={form}
      onClose={onClose}
    />
  );
}
