/** A first pregnancy in its seventh month, with iron deficiency found and treated. */
import type { Chart } from '../building/chart.ts';
import { finding, laboratory, study, vitals } from '../building/measuring.ts';
import { noKnownAllergy, problem } from '../building/problems.ts';
import { immunise, prescribe, procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function pregnancy(chart: Chart): Visit {
  const before = visit(chart, {
    daysAgo: 1130,
    with: 'sunita-joshi',
    kind: 'checkUp',
    why: 'Health check for a new job',
  });
  noKnownAllergy(chart, before);
  vitals(chart, before, { pressure: [112, 72], weight: 54, height: 161 });

  const booking = visit(chart, { daysAgo: 118, with: 'neha-kamat', kind: 'prenatal', why: 'First antenatal visit' });
  const expecting = problem(chart, booking, 'pregnancy', { sinceDaysAgo: 190 });
  const anaemia = problem(chart, booking, 'ironDeficiency', { sinceDaysAgo: 118, severity: 'mild' });
  finding(chart, booking, 'gestation', 10);
  vitals(chart, booking, { pressure: [108, 68], weight: 55.2 });
  laboratory(chart, booking, 'bloodCount', { hemoglobin: 9.8, meanCellVolume: 74, ferritin: 9 }, 'Iron deficiency.');
  prescribe(chart, booking, 'folicAcid', {
    doses: [1, 0, 0],
    advice: 'after food',
    days: 60,
    status: 'completed',
    because: expecting,
  });
  prescribe(chart, booking, 'ferrousSulfate', {
    doses: [1, 0, 1],
    advice: 'with water, not with tea or milk',
    days: 90,
    status: 'active',
    because: anaemia,
    repeats: 1,
  });

  const scan = visit(chart, { daysAgo: 62, with: 'neha-kamat', kind: 'prenatal', why: 'Anatomy scan' });
  finding(chart, scan, 'gestation', 18);
  procedure(chart, scan, 'obstetricUltrasound');
  study(chart, scan, 'obstetricUltrasound', 'One child, heartbeat 146 a minute, growth as expected, placenta high.');
  immunise(chart, 'tetanus', { daysAgo: 62, by: 'neha-kamat', dose: 1 });

  const latest = visit(chart, { daysAgo: 6, with: 'neha-kamat', kind: 'prenatal', why: 'Antenatal visit' });
  finding(chart, latest, 'gestation', 26);
  vitals(chart, latest, { pressure: [114, 70], weight: 61.4 });
  laboratory(chart, latest, 'bloodCount', { hemoglobin: 11.2, ferritin: 22 }, 'Better with iron.');
  laboratory(chart, latest, 'glucoseLoad', { glucoseAfterLoad: 124 }, 'No diabetes of pregnancy.');
  immunise(chart, 'tetanus', { daysAgo: 6, by: 'neha-kamat', dose: 2 });
  return before;
}
