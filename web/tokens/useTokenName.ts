import { useTranslation } from 'react-i18next';
import type { ListedToken } from './shapes.ts';

/** What a token is called; one that a program made may have no name. */
export function useTokenName(): (token: ListedToken) => string {
  const { t } = useTranslation();
  return (token) => token.description ?? t('tokens.unnamed');
}
