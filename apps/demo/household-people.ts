/** The members of the households as the generator writes people: who cares for them, when they come, who their relatives are. */
import type { Calendar } from './calendar.ts';
import { type CourseName, follow } from './histories/courses.ts';
import { type Household, HOUSEHOLDS, type Member, type Place } from './households.ts';
import type { Person, Relative } from './people.ts';
import { relationTo } from './relations.ts';
import { slotsOf } from './slots.ts';
import type { StaffKey } from './house.ts';

/** Two doctors of each specialty take turns; Arjun Nair's list stays as short as the guided tour says. */
const DOCTORS: Readonly<Record<CourseName, readonly StaffKey[]>> = {
  well: ['vikram-bhide', 'sunita-joshi'],
  pressure: ['leela-iyer', 'sunita-joshi'],
  sugar: ['sunita-joshi', 'vikram-bhide'],
  cholesterol: ['leela-iyer'],
  thyroid: ['vikram-bhide', 'sunita-joshi'],
  iron: ['rekha-pawar', 'neha-kamat'],
  asthma: ['vikram-bhide'],
  knee: ['harish-gokhale', 'mary-dsouza'],
  back: ['mary-dsouza', 'harish-gokhale'],
  skin: ['pooja-shetty', 'imran-pathan'],
  mood: ['aditi-sathe', 'george-kurien'],
  migraine: ['vikram-bhide'],
  reflux: ['vikram-bhide', 'sunita-joshi'],
  growing: ['sana-qureshi', 'thomas-mathew'],
};

const FEMALE: ReadonlySet<Place> = new Set(['mother', 'daughter', 'grandmother']);

/** By key, in a fixed order; `taken` are the appointments that others have already, `count` those to be given out. */
export function householdPeople(
  calendar: Calendar,
  taken: readonly { with: StaffKey; inDays: number; clock: string }[],
  count: number,
): [key: string, person: Person][] {
  const everybody = HOUSEHOLDS.flatMap((household) => household.members.map((member) => ({ household, member })));
  const slots = slotsOf(calendar, taken);
  return everybody.map(({ household, member }, index) => {
    const [given, nativeGiven, place, age, course] = member;
    const doctors = DOCTORS[course];
    const by = doctors[index % doctors.length] as StaffKey;
    const seen = slots.before(by, 1 + (index % 7));
    const ahead =
      Math.floor((count * (index + 1)) / everybody.length) - Math.floor((count * index) / everybody.length) - 1;
    const why = WORDS[course];
    const coming = Array.from({ length: ahead }, (_, at) => slots.after(by, (index % 12) + at * 9));
    const relatives = relativesOf(household, member);
    const male = !FEMALE.has(place);
    const [lead] = relatives;
    if (lead === undefined) throw new Error('a household has one member only');
    const person: Person = {
      given,
      family: household.family[0],
      nativeName: [nativeGiven, household.family[1]],
      gender: male ? 'male' : 'female',
      age,
      birthday: `${String((index % 12) + 1).padStart(2, '0')}-${String(((index * 7) % 28) + 1).padStart(2, '0')}`,
      locality: household.locality,
      postalCode: household.postalCode,
      languages: household.languages,
      contact: { name: lead.name, relation: lead.relation },
      about: '',
      careTeam: [by],
      appointments: [
        { inDays: -seen.daysAgo, clock: seen.clock, with: by, why, kept: true },
        ...coming.map((slot) => ({ inDays: -slot.daysAgo, clock: slot.clock, with: by, why })),
      ],
      relatives,
      history: (chart) => follow(chart, { course, by, lastSeenDaysAgo: seen.daysAgo, clock: seen.clock, male }),
    };
    return [`${given}-${household.family[0]}`.toLowerCase(), person];
  });
}

const WORDS: Readonly<Record<CourseName, string>> = {
  well: 'Check-up',
  pressure: 'Blood pressure',
  sugar: 'Diabetes',
  cholesterol: 'Cholesterol',
  thyroid: 'Thyroid',
  iron: 'Tiredness',
  asthma: 'Breathing',
  knee: 'Knee pain',
  back: 'Back pain',
  skin: 'Skin',
  mood: 'Sleep and worry',
  migraine: 'Headaches',
  reflux: 'Heartburn',
  growing: 'Growth check',
};

/** What a child is told of the parents’ and grandparents’ illnesses. */
const HERITABLE: Readonly<Partial<Record<CourseName, Relative['illness']>>> = {
  pressure: 'hypertension',
  sugar: 'type2Diabetes',
  cholesterol: 'highCholesterol',
  thyroid: 'hypothyroidism',
  asthma: 'asthma',
};

function relativesOf({ family, members }: Household, self: Member): Relative[] {
  return members
    .filter((other) => other !== self)
    .map(([given, , place, , course]) => {
      const { relation, ancestor } = relationTo(self[2], place);
      const illness = ancestor ? HERITABLE[course] : undefined;
      return { name: `${given} ${family[0]}`, relation, ...(illness === undefined ? {} : { illness }) };
    });
}
