import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A password that can be shown; `kind` tells password managers what to do. */
export function PasswordField({
  kind,
  label,
  error,
  autoFocus = false,
}: {
  kind: 'current-password' | 'new-password';
  label: string;
  error: string | undefined;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      name="password"
      id="password"
      label={label}
      autoComplete={kind}
      maxLength={256}
      error={error}
      data-autofocus={autoFocus || undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword'), tabIndex: 0 }}
    />
  );
}
