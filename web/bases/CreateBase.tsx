import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useBaseActions } from './actions.ts';
import { TitleForm } from './TitleForm.tsx';
import { useTitleForm } from './useTitleForm.ts';

export function CreateBase({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { createBase } = useBaseActions();
  const form = useTitleForm('', async (title) => {
    const base = await createBase(title);
    onClose();
    navigate(`/base/${base.id}`);
  });
  return (
    <TitleForm
      heading={t('bases.createBase')}
      label={t('bases.baseTitle')}
      action={t('common.create')}
      maxLength={50}
      form={form}
      onClose={onClose}
    />
  );
}
