/** Fifty-two more made-up people in fifteen households, so that desk, calendar and registry look like a hospital's. */
import type { CourseName } from './histories/courses.ts';

export type Place = 'father' | 'mother' | 'son' | 'daughter' | 'grandfather' | 'grandmother';

export type Member = readonly [given: string, nativeGiven: string, place: Place, age: number, course: CourseName];

export interface Household {
  readonly family: readonly [latin: string, native: string];
  readonly locality: string;
  readonly postalCode: string;
  readonly languages: readonly string[];
  readonly members: readonly Member[];
}

const home = (
  family: Household['family'],
  locality: string,
  postalCode: string,
  languages: readonly string[],
  members: readonly Member[],
): Household => ({ family, locality, postalCode, languages, members });

export const HOUSEHOLDS: readonly Household[] = [
  home(
    ['Kale', 'काळे'],
    'Kothrud',
    '411038',
    ['mr', 'hi'],
    [
      ['Ganesh', 'गणेश', 'father', 47, 'pressure'],
      ['Vaishali', 'वैशाली', 'mother', 43, 'thyroid'],
      ['Omkar', 'ओंकार', 'son', 14, 'growing'],
      ['Kusum', 'कुसुम', 'grandmother', 73, 'knee'],
    ],
  ),
  home(
    ['Pathak', 'पाठक'],
    'Aundh',
    '411007',
    ['mr', 'en'],
    [
      ['Nitin', 'नितीन', 'father', 39, 'well'],
      ['Shruti', 'श्रुती', 'mother', 36, 'iron'],
      ['Tara', 'तारा', 'daughter', 7, 'growing'],
      ['Advait', 'अद्वैत', 'son', 5, 'growing'],
    ],
  ),
  home(
    ['Shinde', 'शिंदे'],
    'Hadapsar',
    '411028',
    ['mr'],
    [
      ['Balasaheb', 'बाळासाहेब', 'grandfather', 78, 'sugar'],
      ['Prakash', 'प्रकाश', 'father', 51, 'sugar'],
      ['Surekha', 'सुरेखा', 'mother', 48, 'knee'],
      ['Rohit', 'रोहित', 'son', 23, 'skin'],
    ],
  ),
  home(
    ['Ansari', 'अन्सारी'],
    'Kondhwa',
    '411048',
    ['ur', 'hi'],
    [
      ['Farooq', 'फारूक', 'father', 56, 'cholesterol'],
      ['Nasreen', 'नसरीन', 'mother', 52, 'pressure'],
      ['Zoya', 'झोया', 'daughter', 21, 'migraine'],
    ],
  ),
  home(
    ['Pillai', 'पिल्लई'],
    'Viman Nagar',
    '411014',
    ['ml', 'en'],
    [
      ['Suresh', 'सुरेश', 'father', 44, 'back'],
      ['Bindu', 'बिंदू', 'mother', 41, 'mood'],
      ['Devika', 'देविका', 'daughter', 11, 'growing'],
    ],
  ),
  home(
    ['Chavan', 'चव्हाण'],
    'Bibwewadi',
    '411037',
    ['mr', 'hi'],
    [
      ['Dattatray', 'दत्तात्रय', 'grandfather', 81, 'pressure'],
      ['Indubai', 'इंदूबाई', 'grandmother', 76, 'sugar'],
      ['Mahesh', 'महेश', 'father', 49, 'reflux'],
      ['Jyoti', 'ज्योती', 'mother', 45, 'iron'],
    ],
  ),
  home(
    ['Sharma', 'शर्मा'],
    'Kharadi',
    '411014',
    ['hi', 'en'],
    [
      ['Vivek', 'विवेक', 'father', 33, 'back'],
      ['Ritu', 'रितू', 'mother', 31, 'migraine'],
      ['Aarav', 'आरव', 'son', 3, 'growing'],
    ],
  ),
  home(
    ['Joseph', 'जोसेफ'],
    'Camp',
    '411001',
    ['en', 'ml'],
    [
      ['Alphonsa', 'अल्फोन्सा', 'grandmother', 69, 'asthma'],
      ['Anil', 'अनिल', 'father', 46, 'cholesterol'],
      ['Sheena', 'शीना', 'mother', 42, 'thyroid'],
      ['Noel', 'नोएल', 'son', 16, 'skin'],
    ],
  ),
  home(
    ['Gupta', 'गुप्ता'],
    'Wakad',
    '411057',
    ['hi', 'en'],
    [
      ['Rajesh', 'राजेश', 'father', 58, 'sugar'],
      ['Kiran', 'किरण', 'mother', 55, 'pressure'],
      ['Neha', 'नेहा', 'daughter', 27, 'mood'],
    ],
  ),
  home(
    ['More', 'मोरे'],
    'Yerawada',
    '411006',
    ['mr'],
    [
      ['Tukaram', 'तुकाराम', 'father', 62, 'asthma'],
      ['Shobha', 'शोभा', 'mother', 59, 'knee'],
      ['Sachin', 'सचिन', 'son', 34, 'well'],
    ],
  ),
  home(
    ['Reddy', 'रेड्डी'],
    'Baner',
    '411045',
    ['te', 'en'],
    [
      ['Venkat', 'वेंकट', 'father', 37, 'reflux'],
      ['Swathi', 'स्वाती', 'mother', 34, 'thyroid'],
      ['Ishaan', 'ईशान', 'son', 9, 'growing'],
      ['Meghana', 'मेघना', 'daughter', 6, 'growing'],
    ],
  ),
  home(
    ['Bhagat', 'भगत'],
    'Shivajinagar',
    '411005',
    ['mr', 'hi'],
    [
      ['Vasant', 'वसंत', 'grandfather', 72, 'cholesterol'],
      ['Hemant', 'हेमंत', 'father', 45, 'pressure'],
      ['Manisha', 'मनीषा', 'mother', 40, 'skin'],
    ],
  ),
  home(
    ['Kaur', 'कौर'],
    'Khadki',
    '411003',
    ['pa', 'hi'],
    [
      ['Gurpreet', 'गुरप्रीत', 'mother', 50, 'sugar'],
      ['Simran', 'सिमरन', 'daughter', 24, 'iron'],
      ['Harjot', 'हरजोत', 'son', 19, 'well'],
    ],
  ),
  home(
    ['Sayyed', 'सय्यद'],
    'Kondhwa',
    '411048',
    ['ur', 'mr'],
    [
      ['Imtiaz', 'इम्तियाज', 'father', 41, 'migraine'],
      ['Rukhsana', 'रुखसाना', 'mother', 38, 'asthma'],
      ['Ayaan', 'अयान', 'son', 12, 'growing'],
      ['Hina', 'हिना', 'daughter', 8, 'growing'],
    ],
  ),
  home(
    ['Dixit', 'दीक्षित'],
    'Sadashiv Peth',
    '411030',
    ['mr', 'en'],
    [
      ['Shrikant', 'श्रीकांत', 'father', 66, 'pressure'],
      ['Sulabha', 'सुलभा', 'mother', 63, 'sugar'],
      ['Chinmay', 'चिन्मय', 'son', 32, 'mood'],
    ],
  ),
];
