import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SPECIALTIES, specialtyByCode } from '../specialties.ts';
import { type RedFlagId, redFlagRows } from './red-flags.ts';
import type { Sex } from './symptom.ts';
import { type SymptomId, symptomById, symptoms, warningSigns } from './symptoms.ts';
import { suggest, type TriageInput } from './triage.ts';

const ADULT = { symptoms: [], text: '', age: 40, sex: 'female' } satisfies TriageInput;
const flags = (input: Partial<TriageInput>) =>
  suggest({ ...ADULT, ...input }).redFlags.map(({ id, advice }) => (advice === 'emergency' ? `${id}!` : id));

/** Text, the red flags it must raise (`!` means now), and whose: age, sex, pregnancy where they matter. Sources stand in the rows. */
const RAISES: readonly (readonly [string, `${RedFlagId}${'' | '!'}`, Partial<TriageInput>?])[] = [
  ['chest pain with sweating', 'heart-attack!'],
  ['tightness in my chest and I am short of breath', 'heart-attack!'],
  ['chest pain when walking upstairs', 'chest-pain'],
  ['face drooping on one side', 'stroke!'],
  ['slurred speech since this morning', 'stroke!'],
  ['my tongue is swelling', 'anaphylaxis!'],
  ['hives and I am wheezing', 'anaphylaxis-skin!'],
  ['blue lips', 'severe-breathlessness!'],
  ['calf is swollen and I am breathless', 'lung-clot!'],
  ['coughing up blood', 'coughing-blood'],
  ['palpitations and then I fainted', 'fainting-heart!'],
  ['sudden severe headache', 'thunderclap-headache!'],
  ['fever and a stiff neck', 'meningism!'],
  ["a purple rash that doesn't fade", 'non-blanching-rash!'],
  ['lost vision in one eye', 'sudden-vision-loss!'],
  ['he hit his head and keeps vomiting', 'head-injury!'],
  ['fever', 'infant-fever!', { age: 0.1 }],
  ['fever', 'young-child-fever', { age: 0.4 }],
  ['watery stools and sunken eyes', 'dehydration!', { age: 3 }],
  ['vomiting blood', 'gi-bleeding!'],
  ['black stools and dizzy', 'gi-bleeding-collapse!'],
  ['unbearable stomach pain', 'acute-abdomen!'],
  ['my testicle hurts', 'testicular-pain!', { age: 15, sex: 'male' }],
  ['back pain, numb between my legs', 'cauda-equina!'],
  ['knee is hot and swollen', 'septic-joint'],
  ['burning when passing urine and fever', 'kidney-infection'],
  ['some spotting', 'pregnancy-bleeding!', { pregnant: true }],
  ['I am pregnant and bleeding', 'pregnancy-bleeding!'],
  ['headache', 'pre-eclampsia!', { pregnant: true }],
  ['lower abdominal pain and vaginal bleeding', 'ectopic-pregnancy!', { age: 25 }],
  ['my baby is moving less', 'baby-moves-less', { pregnant: true }],
  ["I don't want to live", 'suicidal-thoughts!'],
  ['I want to kill myself', 'suicidal-thoughts!'],
  ['she hears voices', 'psychosis'],
  ['took an overdose', 'poisoning!'],
  ['bitten by a snake', 'snake-bite!'],
  ['very thirsty and losing weight', 'child-diabetes', { age: 9 }],
  ['fever, on chemotherapy', 'neutropenic-sepsis!'],
  ['सीने में दर्द और पसीना', 'heart-attack!'],
  ['seene mein dard aur paseena', 'heart-attack!'],
  ['मुंह टेढ़ा हो गया', 'stroke!'],
  ['बुखार और गर्दन में अकड़न', 'meningism!'],
  ['आत्महत्या के विचार', 'suicidal-thoughts!'],
  ['जीना नहीं चाहता', 'suicidal-thoughts!'],
  ['गर्भवती हूँ और खून आ रहा है', 'pregnancy-bleeding!'],
  ['दस्त और बहुत कम पेशाब', 'dehydration!'],
  ['बच्चे को बुखार', 'infant-fever!', { age: 0.2 }],
  // In doubt it flags: what is denied is another thing, another time, or not plainly denied.
  ['no cough but chest pain', 'chest-pain'],
  ['no fever, chest pain', 'chest-pain'],
  ['no fever and chest pain', 'chest-pain'],
  ['not only chest pain but also sweating', 'heart-attack!'],
  ['no chest pain until today', 'chest-pain'],
  ['never had chest pain this bad', 'chest-pain'],
  ['chest pain does not stop', 'chest-pain'],
  ['no medicine helps my chest pain', 'chest-pain'],
  ['chest pain yesterday, no chest pain now', 'chest-pain'],
  ['बुखार नहीं, सीने में दर्द', 'chest-pain'],
  ['सीने में दर्द नहीं रुक रहा', 'chest-pain'],
];

for (const [text, flag, whose = {}] of RAISES) {
  test(`"${text}" raises ${flag}`, () => assert.ok(flags({ text, ...whose }).includes(flag)));
}

/** Nothing here may raise a flag: denied, of another age, sex or state, or everyday. */
const QUIET: readonly (readonly [string, Partial<TriageInput>?])[] = [
  ['no chest pain'],
  ['no fever or chest pain'],
  ['I do not have chest pain'],
  ["I don't have any chest pain"],
  ['without chest pain'],
  ['denies chest pain or breathlessness'],
  ['not suicidal'],
  ['सीने में दर्द नहीं'],
  ['सीने में दर्द नहीं है'],
  ['seene mein dard nahi hai'],
  ['सांस लेने में तकलीफ नहीं है'],
  ['ना बुखार ना खांसी'],
  ['fever', { age: 3 }],
  ['headache'],
  ['runny nose and a dry cough'],
  ['very thirsty and losing weight'],
  ['pimples'],
  ['painful knee'],
  ['chest pain', { age: 20 }],
  [''],
];

for (const [text, whose = {}] of QUIET) {
  test(`"${text}" ${JSON.stringify(whose)} raises nothing`, () => assert.deepEqual(flags({ text, ...whose }), []));
}

const GOES_TO: readonly (readonly [string, string, Partial<TriageInput>?])[] = [
  ['palpitations', 'cardiology'],
  ['itchy rash', 'dermatology'],
  ['itchy rash', 'paediatrics', { age: 5 }],
  ['knee pain', 'orthopaedics'],
  ['missed period', 'gynaecology-obstetrics'],
  ['back pain', 'gynaecology-obstetrics', { pregnant: true }],
  ['anxious and low mood', 'psychiatry'],
  ['fever and cough', 'general-medicine'],
  ['', 'general-medicine'],
  ['', 'paediatrics', { age: 2 }],
];

for (const [text, specialty, whose = {}] of GOES_TO) {
  test(`"${text}" ${JSON.stringify(whose)} goes to ${specialty} first`, () =>
    assert.equal(suggest({ ...ADULT, text, ...whose }).specialties[0]?.specialty, specialty));
}

test('a red flag says which symptoms raised it and by which guidance; emergencies stand first', () => {
  const { redFlags } = suggest({ ...ADULT, symptoms: ['chest-pain', 'breathlessness', 'fainting'] });
  assert.deepEqual(
    redFlags.map(({ advice }) => advice),
    redFlags.map(({ advice }) => advice).toSorted(),
  );
  const attack = redFlags.find(({ id }) => id === 'heart-attack');
  assert.deepEqual(attack?.why, ['chest-pain', 'breathlessness', 'fainting']);
  assert.match(attack.source, /NICE CG95/);
});

test('who has said no sex is not left out of what concerns one sex', () => {
  for (const sex of ['unknown', 'other', 'female'] satisfies Sex[])
    assert.ok(flags({ symptoms: ['abdominal-pain', 'fainting'], sex }).includes('ectopic-pregnancy!'));
  assert.ok(!flags({ symptoms: ['abdominal-pain', 'fainting'], sex: 'male' }).includes('ectopic-pregnancy!'));
});

test('what would make an emergency of a symptom is asked about', () => {
  assert.ok(suggest({ ...ADULT, symptoms: ['chest-pain'] }).askAbout.includes('cold-sweat'));
  assert.deepEqual(suggest({ ...ADULT, symptoms: ['acne'] }).askAbout, []);
});

test('an age or a symptom that does not exist is a fault, never "no red flag"', () => {
  for (const age of [-1, 151, Number.NaN]) assert.throws(() => suggest({ ...ADULT, age }), RangeError);
  assert.throws(() => suggest({ ...ADULT, symptoms: ['no-such' as SymptomId] }), RangeError);
});

test('every red flag has its source and symptoms that exist, stands once, and its own symptoms raise it', () => {
  assert.equal(new Set(redFlagRows.map(({ id }) => id)).size, redFlagRows.length);
  for (const row of redFlagRows) {
    assert.ok(row.source.length > 5, row.id);
    for (const id of row.all.flat()) assert.ok(symptomById(id), `${row.id}: ${id}`);
    const raised = suggest({
      symptoms: row.all.flat(),
      text: '',
      age: row.from ?? (row.below ?? 41) - 0.01,
      sex: row.sex ?? 'unknown',
      pregnant: row.pregnant,
    });
    assert.ok(
      raised.redFlags.some(({ id }) => id === row.id),
      row.id,
    );
  }
});

test('the specialties are seven, and every one is somebody’s first choice', () => {
  assert.equal(SPECIALTIES.length, 7);
  const first = new Set(symptoms.flatMap(({ seenBy }) => Object.keys(seenBy)));
  for (const { id, code } of SPECIALTIES) {
    assert.ok(first.has(id), id);
    assert.equal(specialtyByCode(code), id);
  }
  assert.equal(specialtyByCode('1'), undefined);
});

const anySymptom = fc.constantFrom<SymptomId>(...symptoms.map(({ id }) => id), ...warningSigns.map(({ id }) => id));
const anybody = fc.record({
  age: fc.double({ min: 0, max: 150, noNaN: true }),
  sex: fc.constantFrom<Sex>('female', 'male', 'other', 'unknown'),
  pregnant: fc.constantFrom(true, false, undefined),
});

test('one symptom more never takes a red flag away, and the order of symptoms does not matter', () => {
  fc.assert(
    fc.property(anybody, fc.uniqueArray(anySymptom, { maxLength: 6 }), anySymptom, (who, some, more) => {
      const before = flags({ ...who, symptoms: some });
      const after = flags({ ...who, symptoms: [more, ...some.toReversed()] });
      assert.deepEqual(
        before.filter((flag) => !after.includes(flag)),
        [],
      );
    }),
  );
});

test('any text and anybody gets at least one specialty, each once, and no fault', () => {
  fc.assert(
    fc.property(anybody, fc.string({ unit: 'grapheme', maxLength: 200 }), (who, text) => {
      const ids = suggest({ ...who, symptoms: [], text }).specialties.map(({ specialty }) => specialty);
      assert.ok(ids.length > 0);
      assert.equal(new Set(ids).size, ids.length);
    }),
  );
});
