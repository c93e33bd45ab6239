import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '../ui/fieldErrors.ts';
import { explainRefusal } from './explainRefusal.ts';

type Values = Readonly<Record<string, string>>;

export interface AuthForm {
  readonly busy: boolean;
  /** What speaks of the whole form. */
  readonly problem: string | undefined;
  /** By the name of the field. */
  readonly errors: Values;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

function valuesOf(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

/**
 * A form as password managers know it: its fields are read when it is
 * submitted, and what is refused stands beside the field.
 */
export function useAuthForm(required: readonly string[], send: (values: Values) => Promise<void>): AuthForm {
  const { t } = useTranslation();
  const [state, setState] = useState<Pick<AuthForm, 'problem' | 'errors'>>({
    problem: undefined,
    errors: {},
  });
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);

  function refuse(form: HTMLFormElement, errors: Values, problem?: string): void {
    setState({ problem, errors });
    const first = Object.keys(errors)[0] ?? required[0];
    const field = first === undefined ? null : form.elements.namedItem(first);
    if (field instanceof HTMLInputElement) field.focus();
  }

  async function submit(form: HTMLFormElement): Promise<void> {
    const values = valuesOf(form);
    const missing = required.filter((name) => (values[name] ?? '').trim() === '');
    if (missing.length > 0) {
      refuse(form, Object.fromEntries(missing.map((name) => [name, t('common.required')])));
      return;
    }
    setBusy(true);
    setState({ problem: undefined, errors: {} });
    try {
      await send(values);
    } catch (error) {
      const errors = fieldErrors(error);
      refuse(form, errors, Object.keys(errors).length > 0 ? undefined : explainRefusal(error));
    } finally {
      setBusy(false);
    }
  }

  return {
    ...state,
    busy,
    onSubmit: (event) => {
      event.preventDefault();
      if (sending.current) return;
      sending.current = true;
      void submit(event.currentTarget).finally(() => {
        sending.current = false;
      });
    },
  };
}
