import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '../ui/fieldErrors.ts';
import { explain } from '../ui/notify.ts';

/** A form around a title: refuses an empty one and shows what the server says beside the field. */
export function useTitleForm(initial: string, send: (title: string) => Promise<void>) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(initial);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    if (title.trim() === '') {
      setError(t('common.required'));
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await send(title.trim());
    } catch (refusal) {
      setError(fieldErrors(refusal).title ?? explain(refusal));
    } finally {
      setBusy(false);
    }
  }

  return {
    title,
    setTitle,
    error,
    busy,
    onSubmit: (event: FormEvent) => {
      event.preventDefault();
      if (!busy) void submit();
    },
  };
}
