import type { IssuedCode, RegistryLine } from '@clearchart/api';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate, formatMoment } from '../language/format.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed } from '../parts/states.tsx';
import { CareTeamSection } from './care-team-section.tsx';
import { CustodySection } from './custody-section.tsx';
import { IssuedCodeSlip } from './issued-code-slip.tsx';
import { issueClaimCode } from './use-registry.ts';

/** One person at the desk: who it is, the code that hands the record over, and who takes care. */
export function PersonDialog({ line, onClose }: { line: RegistryLine; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const issue = useMutation({
    mutationFn: (): Promise<IssuedCode> => issueClaimCode(line.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['registry'] }),
  });
  const facts = [
    [t('profile.birthDate'), line.birthDate === undefined ? undefined : formatDate(line.birthDate)],
    [t('account.field.gender'), line.gender === undefined ? undefined : t(`gender.${line.gender}`)],
    [t('profile.phone'), line.phone],
    [t('profile.email'), line.email],
    [t('profile.address'), line.address],
    [t('registry.column.registered'), formatMoment(line.registeredAt)],
    [t('registry.id'), line.id],
  ] as const;
  return (
    <Dialog onClose={onClose} title={line.name} size="lg">
      <div className="stack" style={{ ['--gap' as string]: '24px' }}>
        <dl className="pairs">
          {facts.map(([name, value]) =>
            value === undefined || value === '' ? null : (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
        <div>
          <Button component={Link} to={`/book/for/${line.id}`} leftSection={<Icon name="calendar" little />}>
            {t('booking.button')}
          </Button>
        </div>
        <section className="dialog-part stack" aria-label={t('registry.claim')}>
          <h3>{t('registry.claim')}</h3>
          {issue.data !== undefined ? (
            <IssuedCodeSlip issued={issue.data} name={line.name} />
          ) : line.account === 'none' || line.account === 'invited' ? (
            <>
              <p className="small muted">
                {line.account === 'none' ? t('registry.claimDetail') : t('registry.claimAgain')}
              </p>
              {issue.isError ? <Failed error={issue.error} /> : null}
              <div>
                <Button
                  leftSection={<Icon name="key" little />}
                  loading={issue.isPending}
                  onClick={() => issue.mutate()}
                >
                  {t('registry.issueClaim')}
                </Button>
              </div>
            </>
          ) : (
            <p className="small muted">{t(`registry.claimed.${line.account}`)}</p>
          )}
        </section>
        <CustodySection line={line} />
        <CareTeamSection patient={line.id} name={line.name} />
      </div>
    </Dialog>
  );
}
