import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { faultOf, type ProfileField, type ProfileForm } from './profile-form.ts';

interface Group {
  /** Key of the group's heading. */
  heading: string;
  fields: readonly { field: ProfileField; autoComplete: string; type?: string; half?: boolean }[];
}

const GROUPS: readonly Group[] = [
  {
    heading: 'profile.reach',
    fields: [
      { field: 'phone', autoComplete: 'tel', type: 'tel', half: true },
      { field: 'email', autoComplete: 'email', type: 'email', half: true },
    ],
  },
  {
    heading: 'profile.home',
    fields: [
      { field: 'line', autoComplete: 'street-address' },
      { field: 'postalCode', autoComplete: 'postal-code', half: true },
      { field: 'city', autoComplete: 'address-level2', half: true },
      { field: 'state', autoComplete: 'address-level1', half: true },
      { field: 'country', autoComplete: 'country', half: true },
    ],
  },
  {
    heading: 'profile.emergency',
    fields: [
      { field: 'contactName', autoComplete: 'off', half: true },
      { field: 'contactPhone', autoComplete: 'off', type: 'tel', half: true },
    ],
  },
];

export function ProfileFields({
  form,
  showFaults,
  onChange,
}: {
  form: ProfileForm;
  showFaults: boolean;
  onChange: (form: ProfileForm) => void;
}) {
  const { t } = useTranslation();
  return GROUPS.map((group) => (
    <fieldset key={group.heading} className="field-group">
      <legend>{t(group.heading)}</legend>
      {group.fields.map(({ field, autoComplete, type, half }) => {
        const fault = showFaults ? faultOf(field, form[field]) : undefined;
        return (
          <TextInput
            key={field}
            className={half ? 'half' : 'whole'}
            name={field}
            label={t(`profile.${field}`)}
            type={type ?? 'text'}
            autoComplete={autoComplete}
            value={form[field]}
            error={fault === undefined ? undefined : t(`profile.fault.${fault}`)}
            onChange={(event) => onChange({ ...form, [field]: event.currentTarget.value })}
          />
        );
      })}
    </fieldset>
  ));
}
