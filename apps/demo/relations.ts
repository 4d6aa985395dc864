/** How members of a household are related (HL7 v3 RoleCode). */
import type { Place } from './households.ts';

export const RELATIONS = {
  MTH: 'mother',
  FTH: 'father',
  HUSB: 'husband',
  WIFE: 'wife',
  SON: 'son',
  DAU: 'daughter',
  BRO: 'brother',
  SIS: 'sister',
  GRFTH: 'grandfather',
  GRMTH: 'grandmother',
  FTHINLAW: 'father-in-law',
  MTHINLAW: 'mother-in-law',
  DAUINLAW: 'daughter-in-law',
  GRNDSON: 'grandson',
  GRNDDAU: 'granddaughter',
} as const;

export type Relation = keyof typeof RELATIONS;

const OF_CHILD: Readonly<Record<Place, Relation>> = {
  father: 'FTH',
  mother: 'MTH',
  son: 'BRO',
  daughter: 'SIS',
  grandfather: 'GRFTH',
  grandmother: 'GRMTH',
};
const OF_PARENT: Readonly<Record<Place, Relation>> = {
  father: 'HUSB',
  mother: 'WIFE',
  son: 'SON',
  daughter: 'DAU',
  grandfather: 'FTH',
  grandmother: 'MTH',
};
const OF_GRANDPARENT: Readonly<Record<Place, Relation>> = {
  father: 'SON',
  mother: 'DAUINLAW',
  son: 'GRNDSON',
  daughter: 'GRNDDAU',
  grandfather: 'HUSB',
  grandmother: 'WIFE',
};

/** What `other` is to `self`; the grandparents are the father's parents. */
export function relationTo(self: Place, other: Place): { relation: Relation; ancestor: boolean } {
  const relation = tableOf(self)[other];
  return { relation, ancestor: ['FTH', 'MTH', 'GRFTH', 'GRMTH'].includes(relation) };
}

function tableOf(self: Place): Readonly<Record<Place, Relation>> {
  if (self === 'son' || self === 'daughter') return OF_CHILD;
  if (self === 'father') return OF_PARENT;
  if (self === 'mother') return { ...OF_PARENT, grandfather: 'FTHINLAW', grandmother: 'MTHINLAW' };
  return OF_GRANDPARENT;
}
