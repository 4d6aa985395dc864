/** Common illnesses as they go over years: the same few visits, with blood pressure, weight and results on their way from first to last. */
import type { Chart } from '../building/chart.ts';
import { finding, laboratory, type Results, smoking, vitals } from '../building/measuring.ts';
import { noKnownAllergy, problem } from '../building/problems.ts';
import { immunise, prescribe } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';
import type { CONDITIONS } from '../codes.ts';
import type { FINDINGS, PANELS } from '../measurements.ts';
import type { MEDICINES } from '../medicines.ts';
import type { StaffKey } from '../house.ts';

type Way = readonly [from: number, to: number];

interface Course {
  readonly condition?: keyof typeof CONDITIONS;
  readonly why: string;
  readonly medicine?: keyof typeof MEDICINES;
  readonly advice?: string;
  readonly pressure?: readonly [upper: Way, lower: Way];
  readonly oxygen?: Way;
  readonly finding?: readonly [name: keyof typeof FINDINGS, way: Way];
  readonly panel?: keyof typeof PANELS;
  /** With the decimals that a laboratory prints. */
  readonly results?: Readonly<Partial<Record<keyof Results, readonly [from: number, to: number, decimals: number]>>>;
}

const COURSES = {
  well: {
    why: 'Yearly check-up',
    pressure: [
      [122, 124],
      [78, 80],
    ],
    panel: 'lipids',
    results: { cholesterol: [178, 186, 0], ldl: [92, 97, 0] },
  },
  pressure: {
    condition: 'hypertension',
    why: 'Blood pressure',
    medicine: 'telmisartan',
    advice: 'before breakfast',
    pressure: [
      [162, 132],
      [100, 82],
    ],
    panel: 'basic',
    results: { creatinine: [0.9, 1, 1], potassium: [4.1, 4.4, 1] },
  },
  sugar: {
    condition: 'type2Diabetes',
    why: 'Diabetes',
    medicine: 'metformin',
    advice: 'after food',
    pressure: [
      [138, 130],
      [88, 80],
    ],
    panel: 'diabetes',
    results: { hba1c: [8.8, 6.9, 1], fastingGlucose: [182, 118, 0] },
  },
  cholesterol: {
    condition: 'highCholesterol',
    why: 'Cholesterol',
    medicine: 'atorvastatin',
    advice: 'at night',
    pressure: [
      [134, 128],
      [84, 80],
    ],
    panel: 'lipids',
    results: { cholesterol: [256, 182, 0], ldl: [172, 96, 0], triglycerides: [214, 148, 0] },
  },
  thyroid: {
    condition: 'hypothyroidism',
    why: 'Thyroid',
    medicine: 'levothyroxine',
    advice: 'on an empty stomach',
    pressure: [
      [118, 120],
      [76, 78],
    ],
    panel: 'thyroid',
    results: { tsh: [9.4, 2.4, 1] },
  },
  iron: {
    condition: 'ironDeficiency',
    why: 'Tired, pale',
    medicine: 'ferrousSulfate',
    advice: 'with lemon water, not with tea',
    pressure: [
      [108, 114],
      [68, 72],
    ],
    panel: 'bloodCount',
    results: { hemoglobin: [9.2, 12.7, 1], ferritin: [6, 48, 0] },
  },
  asthma: {
    condition: 'asthma',
    why: 'Breathing',
    medicine: 'budesonide',
    advice: 'rinse the mouth afterwards',
    oxygen: [94, 97],
    finding: ['peakFlow', [290, 390]],
  },
  knee: { condition: 'kneeArthritis', why: 'Knee pain', medicine: 'paracetamol', advice: 'for pain, after food' },
  back: { condition: 'lowBackPain', why: 'Back pain', medicine: 'ibuprofen', advice: 'for pain, after food' },
  skin: { condition: 'eczema', why: 'Itching skin', medicine: 'cetirizine', advice: 'at night, makes sleepy' },
  mood: {
    condition: 'anxiety',
    why: 'Worry and poor sleep',
    medicine: 'escitalopram',
    advice: 'in the morning, effect after two to four weeks',
    finding: ['depressionScore', [13, 5]],
  },
  migraine: {
    condition: 'migraine',
    why: 'Headaches',
    medicine: 'propranolol',
    advice: 'daily, also without pain',
    pressure: [
      [124, 112],
      [80, 72],
    ],
  },
  reflux: {
    condition: 'reflux',
    why: 'Heartburn',
    medicine: 'omeprazole',
    advice: 'half an hour before breakfast',
    panel: 'bloodCount',
    results: { hemoglobin: [13.8, 14.2, 1] },
  },
  growing: { why: 'Growth check' },
} as const satisfies Readonly<Record<string, Course>>;

export type CourseName = keyof typeof COURSES;

export interface Followed {
  readonly course: CourseName;
  readonly by: StaffKey;
  readonly lastSeenDaysAgo: number;
  /** HH:MM of the last visit. */
  readonly clock: string;
  readonly male: boolean;
}

const VISITS = 5;
const DAYS_BEFORE_BIRTHDAY = 200;

export function follow(chart: Chart, { course: name, by, lastSeenDaysAgo: last, clock, male }: Followed): Visit {
  const course: Course = COURSES[name];
  const { chance, ageDays } = chart;
  const grown = ageDays > 18 * 365;
  const span = Math.min(chance.between(1_100, 2_100), ageDays - DAYS_BEFORE_BIRTHDAY - last);
  const height = grown ? chance.around(male ? 169 : 156, 6) : 0;
  const weight = chance.around(male ? 72 : 61, 9, 1);
  const visits = Array.from({ length: VISITS }, (_, step) => {
    const done = step / (VISITS - 1);
    const latest = step === VISITS - 1;
    const daysAgo = last + Math.round(span * (1 - done));
    const kind = name === 'growing' ? 'wellChild' : name === 'well' ? 'checkUp' : step === 0 ? 'symptom' : 'followUp';
    const at = visit(chart, { daysAgo, with: by, kind, why: course.why, ...(latest ? { clock } : {}) });
    const on = ([from, to]: Way, spread: number, decimals = 0): number =>
      chance.around(from + (to - from) * done, spread, decimals);
    vitals(chart, at, {
      ...(course.pressure === undefined
        ? {}
        : { pressure: [on(course.pressure[0], 3), on(course.pressure[1], 2)] as const }),
      ...(course.oxygen === undefined ? {} : { oxygen: on(course.oxygen, 1) }),
      ...(grown ? { weight: chance.around(weight, 1.5, 1), pulse: chance.around(76, 8) } : grownTo(ageDays - daysAgo)),
      ...(grown && step === 0 ? { height } : {}),
    });
    if (course.finding !== undefined) finding(chart, at, course.finding[0], on(course.finding[1], 1));
    if (course.panel !== undefined && course.results !== undefined) {
      const measured = Object.entries(course.results).map(([test, [from, to, decimals]]) => [
        test,
        on([from, to], Math.abs(to - from) / 20, decimals),
      ]);
      laboratory(chart, at, course.panel, Object.fromEntries(measured) as Results);
    }
    return at;
  });
  const [first, ...later] = visits as [Visit, ...Visit[]];
  noKnownAllergy(chart, first);
  if (grown) smoking(chart, first, male && chance.between(1, 4) === 1 ? 'former' : 'never');
  treat(chart, course, first, later.at(-1) ?? first);
  immunise(chart, 'influenza', { daysAgo: last, by });
  return first;
}

function treat(chart: Chart, { condition, medicine, advice = '' }: Course, first: Visit, latest: Visit): void {
  if (condition === undefined) return;
  const because = problem(chart, first, condition, { sinceDaysAgo: first.daysAgo, severity: 'moderate' });
  if (medicine === undefined) return;
  const plan = { doses: [1, 0, 0], advice, because } as const;
  prescribe(chart, first, medicine, { ...plan, days: 30, status: 'completed' });
  prescribe(chart, latest, medicine, { ...plan, days: 30, status: 'active', repeats: 2 });
}

/** Weight in kg and height in cm at an age, about the middle of the growth curves. */
function grownTo(days: number): { weight: number; height: number } {
  const years = days / 365;
  return {
    weight: Number((years < 1 ? 3.4 + years * 6 : 7.4 + years * 2.5).toFixed(1)),
    height: Math.round(years < 2 ? 52 + years * 17 : 74 + years * 6),
  };
}
