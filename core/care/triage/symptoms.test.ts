import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePhrase } from './phrases.ts';
import { type SymptomId, symptomById, symptoms, symptomsInText, symptomsOf, warningSigns } from './symptoms.ts';
import { BODY_AREAS } from './symptom.ts';

/** For every symptom and sign what somebody might write, without looking at the rows. */
const WRITTEN: Readonly<Record<SymptomId, string>> = {
  fever: 'I have had a high temperature for two days',
  tiredness: 'always tired',
  'weight-loss': 'I have lost a lot of weight',
  thirst: 'very thirsty all day',
  'feeding-problem': 'my baby is not feeding',
  headache: 'my head hurts',
  dizziness: 'feeling dizzy',
  fainting: 'I passed out at work',
  'sore-throat': 'throat is sore',
  'runny-nose': 'I have a cold',
  earache: 'pain in my left ear',
  'red-eye': 'both eyes are red',
  'blurred-vision': 'my vision is blurry',
  'chest-pain': 'a pain in my chest',
  'chest-tightness': 'my chest feels tight',
  breathlessness: 'I am short of breath',
  palpitations: 'my heart is racing',
  cough: 'dry cough',
  wheeze: 'wheezing at night',
  'abdominal-pain': 'tummy ache',
  heartburn: 'acidity after meals',
  vomiting: 'I threw up twice',
  diarrhoea: 'loose motions since yesterday',
  constipation: 'constipated for a week',
  jaundice: 'his eyes look yellow',
  'appetite-loss': 'no appetite',
  'back-pain': 'my lower back aches',
  'neck-pain': 'pain in the neck',
  'joint-pain': 'finger joints are swollen',
  'knee-pain': 'my right knee hurts',
  'shoulder-pain': 'frozen shoulder',
  'leg-pain': 'cramps in the leg and leg pain',
  'leg-swelling': 'my ankles swell and feet are swollen',
  injury: 'I fell down the stairs',
  numbness: 'pins and needles in my hand',
  rash: 'red spots on my arm',
  itching: 'it itches everywhere',
  acne: 'pimples on my face',
  'hair-loss': 'my hair is falling',
  'mole-change': 'a mole that looks different',
  wound: 'a boil on my thigh',
  'painful-urination': 'burning when passing urine',
  'frequent-urination': 'I urinate often and pass urine frequently, frequent urination',
  'period-problem': 'my periods are irregular',
  'period-pain': 'painful periods',
  'pelvic-pain': 'pain in my lower abdomen',
  'vaginal-discharge': 'white discharge',
  pregnancy: 'I am 20 weeks pregnant',
  'breast-lump': 'a lump in my breast',
  'low-mood': 'I feel very low',
  anxiety: 'panic attacks',
  'poor-sleep': "I can't sleep",
  'memory-loss': 'she is forgetful',
  'substance-use': 'my drinking is a problem',
  'pain-at-rest': 'the pain does not go away',
  'radiating-pain': 'pain spreading to my left arm',
  'cold-sweat': 'I am sweating',
  'blue-lips': 'his lips are turning blue',
  'cannot-speak-sentence': 'too breathless to speak',
  'coughing-blood': 'I am coughing up blood',
  'face-droop': 'one side of her face is drooping',
  'one-sided-weakness': 'my right arm is weak',
  'slurred-speech': 'slurred speech',
  'sudden-worst-headache': 'the worst headache of my life',
  'stiff-neck': 'my neck is stiff',
  'light-hurts': 'light hurts my eyes',
  'non-blanching-rash': "a rash that doesn't fade",
  'sudden-vision-loss': 'sudden loss of vision in one eye',
  seizure: 'he had a fit',
  confusion: 'my father is confused',
  'head-injury': 'he hit his head',
  'face-or-tongue-swelling': 'my tongue is swelling',
  drooling: 'cannot swallow',
  'vomiting-blood': 'vomiting blood',
  'black-or-bloody-stool': 'black stools',
  'severe-abdominal-pain': 'unbearable stomach pain',
  'no-urine': 'I cannot pass urine',
  'sunken-eyes': "can't keep any water down",
  'saddle-numbness': 'numb between my legs',
  'bladder-bowel-loss': 'lost control of my bladder',
  'both-legs-weak': 'both legs are weak',
  'one-leg-swollen': 'my left calf is swollen',
  'hot-swollen-joint': 'knee is hot and swollen',
  'deformed-limb': 'the bone is sticking out',
  'severe-bleeding': 'the bleeding will not stop',
  'vaginal-bleeding': 'bleeding from the vagina',
  'baby-moves-less': 'my baby is moving less',
  'waters-broke': 'my waters broke',
  'testicular-pain': 'a painful testicle, my testicle hurts',
  'suicidal-thoughts': "I don't want to live any more",
  'hearing-voices': 'I hear voices',
  poisoning: 'she took an overdose',
  'snake-bite': 'bitten by a snake',
  'animal-bite': 'a dog bit me',
  burn: 'I burned my hand',
  newborn: 'our three weeks old baby',
  'high-sugar-signs': 'my sugar is very high',
  'immune-weak': 'on chemotherapy',
};

/** The same in Hindi, as many people here would write it. */
const IN_HINDI: readonly (readonly [string, SymptomId])[] = [
  ['दो दिन से बुखार है', 'fever'],
  ['do din se bukhar hai', 'fever'],
  ['सिर में बहुत दर्द है', 'headache'],
  ['चक्कर आ रहे हैं', 'dizziness'],
  ['सीने में दर्द है', 'chest-pain'],
  ['chhati mein dard', 'chest-pain'],
  ['सांस लेने में तकलीफ', 'breathlessness'],
  ['साँस फूल रही है', 'breathlessness'],
  ['पसीना आ रहा है', 'cold-sweat'],
  ['खांसी में खून आता है', 'coughing-blood'],
  ['मुंह टेढ़ा हो गया है', 'face-droop'],
  ['बोलने में दिक्कत', 'slurred-speech'],
  ['हाथ उठ नहीं रहा', 'one-sided-weakness'],
  ['अचानक तेज सिरदर्द', 'sudden-worst-headache'],
  ['गर्दन अकड़ गई है', 'stiff-neck'],
  ['मिर्गी का दौरा', 'seizure'],
  ['खून की उल्टी हुई', 'vomiting-blood'],
  ['पेट में दर्द', 'abdominal-pain'],
  ['दस्त लग गए', 'diarrhoea'],
  ['पेशाब नहीं आ रहा', 'no-urine'],
  ['पेशाब में जलन', 'painful-urination'],
  ['कमर दर्द', 'back-pain'],
  ['घुटनों में दर्द', 'knee-pain'],
  ['खुजली', 'itching'],
  ['मैं गर्भवती हूँ', 'pregnancy'],
  ['बच्चे की हलचल कम है', 'baby-moves-less'],
  ['माहवारी देर से', 'period-problem'],
  ['मर जाना चाहता हूँ', 'suicidal-thoughts'],
  ['जीना नहीं चाहती', 'suicidal-thoughts'],
  ['नींद नहीं आती', 'poor-sleep'],
  ['साँप ने काट लिया', 'snake-bite'],
  ['कुत्ते ने काटा', 'animal-bite'],
  ['जहर खा लिया', 'poisoning'],
];

for (const [id, text] of Object.entries(WRITTEN)) {
  test(`"${text}" says ${id}`, () => assert.ok(symptomsInText(text).has(id as SymptomId)));
}

for (const [text, id] of IN_HINDI) {
  test(`"${text}" says ${id}`, () => assert.ok(symptomsInText(text).has(id)));
}

test('every chip stands in one body area, has words in both languages and somebody who looks after it', () => {
  assert.deepEqual(BODY_AREAS.flatMap((area) => symptomsOf(area)).length, symptoms.length);
  for (const { en, hi, seenBy, id } of symptoms) {
    assert.ok(en !== '' && hi !== '', id);
    assert.ok(Object.keys(seenBy).length > 0, id);
  }
});

test('no id and no SNOMED CT code stands for two symptoms', () => {
  const rows = [...symptoms, ...warningSigns];
  const codes = rows.flatMap(({ snomed }) => snomed ?? []);
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
  assert.equal(new Set(codes).size, codes.length);
  assert.equal(symptomById('fever')?.id, 'fever');
  assert.equal(symptomById('no such'), undefined);
});

test('a phrase that could never match is refused', () => {
  for (const text of ['', 'chest ~', 'chest||pain']) assert.throws(() => compilePhrase(text), /not a phrase/);
});
