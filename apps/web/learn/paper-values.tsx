import { sha256, toHex } from '@clearchart/crypto';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Icon } from '../parts/icon.tsx';
import { browserSha256 } from './browser-sha-256.ts';
import { PAPER_VALUES } from './paper-values.ts';

interface Outcome {
  ours: string;
  browsers: string | undefined;
}

/** The paper's three values, worked out here and by the browser. */
export function PaperValues() {
  const { t } = useTranslation();
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  useEffect(() => {
    let current = true;
    void (async () => {
      const found: Outcome[] = [];
      for (const value of PAPER_VALUES) {
        const bytes = value.input();
        found.push({ ours: toHex(sha256(bytes)), browsers: await browserSha256(bytes) });
      }
      if (current) setOutcomes(found);
    })();
    return () => {
      current = false;
    };
  }, []);
  return (
    <section className="card" aria-labelledby="paper-values">
      <h2 id="paper-values">{t('learn.paper')}</h2>
      <p className="small muted" style={{ marginBottom: 14 }}>
        {t('learn.paperLead')}
      </p>
      <ul className="rows">
        {PAPER_VALUES.map((value, at) => {
          const outcome = outcomes[at];
          const good =
            outcome !== undefined &&
            outcome.ours === value.expected &&
            (outcome.browsers === undefined || outcome.browsers === value.expected);
          return (
            <li key={value.name} className="paper-value">
              <code>{value.name}</code>
              <Fingerprint value={value.expected} whole />
              {outcome === undefined ? null : (
                <span className={good ? 'tag ok' : 'tag bad'}>
                  <Icon name={good ? 'check' : 'alert'} />
                  {good ? t('learn.agree') : t('learn.different')}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
