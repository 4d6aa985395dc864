// The seal at its largest: one arc for each hospital, its name along it. The rosette inside fills only once this browser has
// checked the newest block itself.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLedgerStatus } from '../connection/ledger.ts';
import { formatNumber } from '../language/format.ts';
import { Seal } from '../parts/seal.tsx';
import { useInBrowser } from '../parts/use-in-browser.ts';
import { ARCS_AT_MOST, memberArcs, ROSETTE, TICK } from '../parts/seal-shape.ts';
import { RosetteLines } from '../parts/rosette.tsx';
import { useNewestBlockCheck } from '../proof/use-newest-block-check.ts';

/** The ring is drawn ten times the size of the small seal and centred on (0, 0). */
const SCALE = 11.92;

export function Emblem() {
  const { t } = useTranslation();
  const { data: status } = useLedgerStatus();
  const check = useNewestBlockCheck(status);
  const inBrowser = useInBrowser();
  const members = status?.members ?? [];
  const count = Math.max(1, members.length);
  return (
    <div className={members.length > 1 ? 'emblem several' : 'emblem'}>
      <svg viewBox="-150 -150 300 300" role="img" aria-label={t('landing.emblem', { count })}>
        <g className="emblem-lines">
          <RosetteLines turns={20} />
        </g>
        <circle r="66" fill="var(--canvas)" />
        <g transform={`scale(${SCALE}) translate(-12 -12)`} fill="none" stroke="var(--brand)" strokeWidth={9 / SCALE}>
          {memberArcs(count).map((path) => (
            <path key={path} d={path} className="seal-arc" pathLength={100} />
          ))}
        </g>
        {members.length <= ARCS_AT_MOST
          ? members.map((member, at) => <NameOnArc key={member.organization} name={member.name} at={at} of={count} />)
          : null}
        <g transform="scale(5) translate(-12 -12)">
          <path d={ROSETTE} className={check.state === 'verified' ? 'emblem-filled' : 'emblem-open'} />
          <path
            d={TICK}
            fill="none"
            stroke={check.state === 'verified' ? 'var(--canvas)' : 'var(--brand)'}
            strokeWidth="2.4"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </g>
      </svg>
      {status === undefined || status.finalHeight === 0 ? null : (
        <div className="slip">
          <p className="small muted">{t('landing.newestBlock')}</p>
          <p>
            <b>{formatNumber(status.finalHeight)}</b>{' '}
            {members.length > 1 ? null : <span className="small muted">{members[0]?.name}</span>}
          </p>
          {/* Nothing checks it before the app is there. */}
          {inBrowser ? (
            <Seal state={check.state}>{check.words}</Seal>
          ) : (
            <Seal state="unchecked">{t('seal.unchecked')}</Seal>
          )}
        </div>
      )}
    </div>
  );
}

/** A hospital's name along the outside of its arc; in the lower half it runs the other way round, so that it stands upright. */
function NameOnArc({ name, at, of }: { name: string; at: number; of: number }) {
  const id = useId();
  const middle = ((at + 0.5) / of) * 360;
  const below = of > 1 && middle > 90 && middle < 270;
  const radius = below ? 141 : 131;
  const reach = Math.min(170, 360 / of / 2 - 2);
  const place = (degrees: number) => {
    const angle = (((of === 1 ? 0 : middle) + degrees - 90) * Math.PI) / 180;
    return `${radius * Math.cos(angle)} ${radius * Math.sin(angle)}`;
  };
  const path = below
    ? `M${place(reach)}A${radius} ${radius} 0 0 0 ${place(-reach)}`
    : `M${place(-reach)}A${radius} ${radius} 0 ${reach > 90 ? 1 : 0} 1 ${place(reach)}`;
  return (
    <g aria-hidden="true">
      <path id={id} d={path} fill="none" />
      <text textAnchor="middle" className="emblem-name">
        <textPath href={`#${id}`} startOffset="50%">
          {name}
        </textPath>
      </text>
    </g>
  );
}
