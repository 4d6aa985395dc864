// Red flags of heart, lungs, head, fever and water loss.
import type { RedFlagRow } from './red-flag-row.ts';

const CHEST = ['chest-pain', 'chest-tightness'] as const;
const SUDDEN_WEAKNESS = ['face-droop', 'one-sided-weakness', 'slurred-speech'] as const;

export const UPPER_RED_FLAG_ROWS = [
  {
    id: 'heart-attack',
    advice: 'emergency',
    all: [CHEST, ['cold-sweat', 'radiating-pain', 'breathlessness', 'fainting', 'pain-at-rest', 'vomiting']],
    source: 'NICE CG95 (recent-onset chest pain), 1.2; AHA/ACC chest pain guideline 2021',
  },
  { id: 'chest-pain', advice: 'today', all: [CHEST], from: 30, source: 'NICE CG95 (recent-onset chest pain), 1.2.1' },
  {
    id: 'stroke',
    advice: 'emergency',
    all: [SUDDEN_WEAKNESS],
    source: 'NICE NG128 (stroke and TIA), 1.1: FAST; AHA/ASA 2019',
  },
  {
    id: 'anaphylaxis',
    advice: 'emergency',
    all: [['face-or-tongue-swelling']],
    source: 'NICE CG134 (anaphylaxis); Resuscitation Council UK 2021',
  },
  {
    id: 'anaphylaxis-skin',
    advice: 'emergency',
    all: [
      ['rash', 'itching'],
      ['breathlessness', 'wheeze', 'fainting'],
    ],
    source: 'NICE CG134 (anaphylaxis); World Allergy Organization 2020',
  },
  {
    id: 'severe-breathlessness',
    advice: 'emergency',
    all: [['blue-lips', 'cannot-speak-sentence']],
    source: 'BTS/SIGN 158 (asthma): life-threatening features; WHO ETAT',
  },
  { id: 'breathlessness', advice: 'today', all: [['breathlessness']], source: 'NICE CKS Breathlessness' },
  {
    id: 'lung-clot',
    advice: 'emergency',
    all: [
      ['breathlessness', 'chest-pain', 'coughing-blood'],
      ['one-leg-swollen', 'coughing-blood'],
      ['breathlessness', 'chest-pain', 'one-leg-swollen'],
    ],
    source: 'NICE NG158 (venous thromboembolism), 1.1',
  },
  { id: 'leg-clot', advice: 'today', all: [['one-leg-swollen']], source: 'NICE NG158 (venous thromboembolism), 1.1.1' },
  {
    id: 'coughing-blood',
    advice: 'today',
    all: [['coughing-blood']],
    source: 'NICE NG12 (suspected cancer), 1.1; WHO tuberculosis guidelines',
  },
  {
    id: 'fainting-heart',
    advice: 'emergency',
    all: [['fainting'], ['palpitations', 'chest-pain', 'chest-tightness', 'breathlessness']],
    source: 'NICE CG109 (transient loss of consciousness), 1.1.4',
  },
  { id: 'fainting', advice: 'today', all: [['fainting']], source: 'NICE CG109 (transient loss of consciousness)' },
  {
    id: 'thunderclap-headache',
    advice: 'emergency',
    all: [['sudden-worst-headache']],
    source: 'NICE NG228 (subarachnoid haemorrhage), 1.1; NICE CG150 (headaches)',
  },
  {
    id: 'meningism',
    advice: 'emergency',
    all: [
      ['fever', 'headache', 'vomiting', 'light-hurts'],
      ['stiff-neck', 'non-blanching-rash', 'confusion'],
    ],
    source: 'NICE NG240 (bacterial meningitis), 1.1',
  },
  {
    id: 'non-blanching-rash',
    advice: 'emergency',
    all: [['non-blanching-rash']],
    source: 'NICE NG240 (meningococcal disease), 1.1',
  },
  {
    id: 'headache-fever',
    advice: 'today',
    all: [['headache'], ['fever', 'blurred-vision', 'seizure']],
    source: 'NICE CG150 (headaches), 1.1.1',
  },
  {
    id: 'sudden-vision-loss',
    advice: 'emergency',
    all: [['sudden-vision-loss']],
    source: 'NICE NG127 (suspected neurological conditions); Royal College of Ophthalmologists',
  },
  { id: 'seizure', advice: 'emergency', all: [['seizure']], source: 'NICE NG217 (epilepsies), 1.1; WHO ETAT' },
  { id: 'confusion', advice: 'emergency', all: [['confusion']], source: 'NICE NG253 (suspected sepsis); WHO ETAT' },
  {
    id: 'head-injury',
    advice: 'emergency',
    all: [['head-injury'], ['vomiting', 'confusion', 'seizure', 'fainting', 'headache', 'blurred-vision']],
    source: 'NICE NG232 (head injury), 1.2',
  },
  { id: 'head-injury-alone', advice: 'today', all: [['head-injury']], source: 'NICE NG232 (head injury), 1.2' },
  {
    id: 'airway',
    advice: 'emergency',
    all: [['drooling'], ['fever', 'sore-throat', 'breathlessness']],
    source: 'NICE CKS Sore throat: epiglottitis, deep neck infection',
  },
  {
    id: 'infant-fever',
    advice: 'emergency',
    all: [['fever']],
    below: 0.25,
    source: 'NICE NG143 (fever in under 5s): under 3 months, high risk',
  },
  {
    id: 'infant-fever-written',
    advice: 'emergency',
    all: [['fever'], ['newborn']],
    source: 'NICE NG143 (fever in under 5s): under 3 months, high risk',
  },
  {
    id: 'young-child-fever',
    advice: 'today',
    all: [['fever']],
    from: 0.25,
    below: 0.5,
    source: 'NICE NG143 (fever in under 5s): 3 to 6 months, intermediate risk',
  },
  {
    id: 'infant-feeding',
    advice: 'today',
    all: [['feeding-problem']],
    below: 1,
    source: 'WHO IMCI: danger signs; NICE NG143',
  },
  {
    id: 'dehydration',
    advice: 'emergency',
    all: [
      ['diarrhoea', 'vomiting', 'fever'],
      ['sunken-eyes', 'no-urine', 'confusion'],
    ],
    source: 'WHO The treatment of diarrhoea, 2005; NICE CG84, 1.2',
  },
  {
    id: 'infant-diarrhoea',
    advice: 'today',
    all: [['diarrhoea'], ['vomiting', 'fever']],
    below: 1,
    source: 'NICE CG84 (diarrhoea and vomiting in under 5s), 1.2',
  },
] as const satisfies readonly RedFlagRow[];
