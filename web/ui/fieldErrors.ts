import i18next from 'i18next';
import { ApiError } from '../api/client.ts';

interface Broken {
  readonly instancePath?: string;
  readonly keyword?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

const known: Record<string, string> = {
  minLength: 'common.tooShort',
  maxLength: 'common.tooLong',
  format: 'common.wrongFormat',
  required: 'common.required',
};

function wordsOf(broken: Broken): string {
  const key = broken.params?.limit === 1 && broken.keyword === 'minLength' ? 'common.required' : undefined;
  const words = key ?? known[broken.keyword ?? ''];
  return words === undefined
    ? (broken.message ?? '')
    : i18next.t(words, { limit: Number(broken.params?.limit ?? 0) });
}

/** What a refusal says of single fields, by the name of the field; empty when it speaks of the whole. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const found: Record<string, string> = {};
  const list = Array.isArray(error.body.errors) ? (error.body.errors as Broken[]) : [];
  for (const broken of list) {
    const missing = broken.params?.requiredProperties;
    const name = Array.isArray(missing) ? String(missing[0]) : (broken.instancePath ?? '').split('/')[1];
    if (name !== undefined && name !== '') found[name] ??= wordsOf(broken);
  }
  const field = error.body.fieldName;
  if (typeof field === 'string') found[field] ??= error.message;
  return found;
}
