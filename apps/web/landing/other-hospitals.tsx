import type { DemoHospital } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';

/** The other hospitals of the demo, each on its own page; one that is not up yet is no link. */
export function OtherHospitals({ hospitals }: { hospitals: readonly DemoHospital[] }) {
  const { t } = useTranslation();
  if (hospitals.length === 0) return null;
  return (
    <section className="landing-section" id="hospitals">
      <h2>{t('landing.hospitals')}</h2>
      <p>{t('landing.hospitalsLead')}</p>
      <ul className="people hospitals">
        {hospitals.map((hospital) => (
          <li key={hospital.name}>
            <Hospital hospital={hospital} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Hospital({ hospital: { name, town, state, url, people } }: { hospital: DemoHospital }) {
  const { t } = useTranslation();
  const words = (
    <>
      <span className="person-words">
        <b>{name}</b>
        <span className="small muted">{town}</span>
      </span>
      <span className="go">
        <Icon name={state === 'up' ? 'arrow' : 'clock'} little />
      </span>
      <span className="person-about">
        {state === 'up' ? people.map((one) => one.name).join(', ') : t(`landing.hospitalState.${state}`)}
      </span>
    </>
  );
  return state === 'up' && url !== undefined ? (
    <a className="person" href={url}>
      {words}
    </a>
  ) : (
    <div className="person" aria-busy={state === 'starting'}>
      {words}
    </div>
  );
}
