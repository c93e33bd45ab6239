import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A password that can be shown; `kind` tells password managers what to do. */
export function PasswordField({
  kind,
  label,
  error,
}: {
  kind: 'current-password' | 'new-password';
  label: string;
  error: string | undefined;
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
      aria-invalid={error === undefined ? undefined : true}
      visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword'), tabIndex: 0 }}
    />
  );
}
