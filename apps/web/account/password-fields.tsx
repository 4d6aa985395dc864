import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { warmUp } from '../session/index.ts';
import { passwordStrength } from './password-strength.ts';
import './account.css';

interface PasswordFieldProps {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** The password of an account that exists. The code that keeps it from the server is loaded on first focus. */
export function CurrentPassword({ value, onChange, error, label }: PasswordFieldProps & { label?: string }) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={label ?? t('account.password')}
      name="password"
      autoComplete="current-password"
      required
      withAsterisk={false}
      value={value}
      error={error}
      visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      onFocus={() => void warmUp()}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A new password with its strength in words and a bar. */
export function NewPassword({ value, onChange, error }: PasswordFieldProps) {
  const { t } = useTranslation();
  const strength = passwordStrength(value);
  return (
    <div>
      <PasswordInput
        label={t('account.newPassword')}
        description={t('account.newPasswordDetail')}
        name="new-password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value}
        error={error}
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
        onFocus={() => void warmUp()}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {value === '' ? null : (
        <p className={`strength ${strength}`} role="status">
          <span className="strength-bar" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {t(`account.strength.${strength}`)}
        </p>
      )}
    </div>
  );
}
