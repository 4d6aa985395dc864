import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DemoPerson } from '../connection/demo.ts';
import { useSession } from '../connection/session.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed } from '../parts/states.tsx';
import { homeOf } from '../shell/navigation.ts';

/** One click signs in as one of the demo's invented people. */
export function DemoPeople({ people }: { people: readonly DemoPerson[] }) {
  const { t, i18n } = useTranslation();
  const { signIn } = useSession();
  const navigate = useNavigate();
  const enter = useMutation({
    mutationFn: async (person: DemoPerson) => {
      await signIn(person.email, person.password);
      await navigate({ to: homeOf(person.role) });
    },
  });
  return (
    <section className="landing-section" id="people">
      <h2>{t('landing.shoes')}</h2>
      <p>{t('landing.shoesLead')}</p>
      <ul className="people">
        {people.map((person) => (
          <li key={person.email}>
            <button type="button" className="person" disabled={enter.isPending} onClick={() => enter.mutate(person)}>
              <Avatar name={person.name} large />
              <span className="person-words">
                <b>{person.name}</b>
                <span className="small muted">{t(`role.${person.role}`)}</span>
              </span>
              <span className="go">
                <Icon name={enter.isPending && enter.variables === person ? 'clock' : 'arrow'} little />
              </span>
              <span className="person-about">
                {i18n.language === 'en' && person.about !== undefined
                  ? person.about
                  : t(`landing.about.${person.role}`)}
              </span>
            </button>
          </li>
        ))}
        <li>
          <Link className="person" to="/verify">
            <span className="avatar large plain">
              <Icon name="eye" />
            </span>
            <span className="person-words">
              <b>{t('landing.visitor')}</b>
              <span className="small muted">{t('landing.visitorRole')}</span>
            </span>
            <span className="go">
              <Icon name="arrow" little />
            </span>
            <span className="person-about">{t('landing.about.visitor')}</span>
          </Link>
        </li>
      </ul>
      {enter.isError ? (
        <div className="card" style={{ marginTop: 16 }}>
          <Failed error={enter.error} />
        </div>
      ) : null}
    </section>
  );
}
