/** Tuberculosis of the lung, treated for six months and cured. */
import type { Chart } from '../building/chart.ts';
import { laboratory, smoking, study, vitals } from '../building/measuring.ts';
import { noKnownAllergy, problem } from '../building/problems.ts';
import { immunise, prescribe, procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function tuberculosis(chart: Chart): Visit {
  const first = visit(chart, {
    daysAgo: 1120,
    with: 'sunita-joshi',
    kind: 'symptom',
    why: 'Cough for six weeks, night sweats, eight kilograms lost',
  });
  noKnownAllergy(chart, first);
  smoking(chart, first, 'former');
  const disease = problem(chart, first, 'tuberculosis', { sinceDaysAgo: 1165, untilDaysAgo: 925, severity: 'severe' });
  vitals(chart, first, { weight: 52.1, height: 171, temperature: 37.8 });
  laboratory(chart, first, 'liver', { alanineTransferase: 24 });
  laboratory(chart, first, 'inflammation', { reactiveProtein: 62 });
  procedure(chart, first, 'chestXray');
  study(chart, first, 'chestXray', 'Cavity in the right upper lobe.');
  prescribe(chart, first, 'tuberculosisIntensive', {
    doses: [3, 0, 0],
    advice: 'on an empty stomach, for two months',
    days: 60,
    status: 'completed',
    because: disease,
  });

  const second = visit(chart, {
    daysAgo: 1060,
    with: 'sunita-joshi',
    kind: 'followUp',
    why: 'After two months of treatment',
  });
  vitals(chart, second, { weight: 55.4 });
  laboratory(chart, second, 'liver', { alanineTransferase: 58 }, 'Slightly raised by the tablets: repeat.');
  prescribe(chart, second, 'tuberculosisContinuation', {
    doses: [3, 0, 0],
    advice: 'on an empty stomach, for four months',
    days: 120,
    status: 'completed',
    because: disease,
  });

  const cured = visit(chart, { daysAgo: 925, with: 'sunita-joshi', kind: 'followUp', why: 'End of treatment' });
  vitals(chart, cured, { weight: 60.3 });
  laboratory(chart, cured, 'liver', { alanineTransferase: 31 });
  study(chart, cured, 'chestXray', 'Scar in the right upper lobe, no cavity.');

  const latest = visit(chart, {
    daysAgo: 90,
    with: 'sunita-joshi',
    kind: 'checkUp',
    why: 'Yearly check after tuberculosis',
  });
  vitals(chart, latest, { weight: 63.8, oxygen: 98, pressure: [122, 76] });
  immunise(chart, 'influenza', { daysAgo: 90, by: 'sunita-joshi' });
  return first;
}
