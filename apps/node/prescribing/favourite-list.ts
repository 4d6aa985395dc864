/** Favourites as FHIR has them: a List of the practitioner's, in the order that he or she gave it, of contained ActivityDefinitions. */
import { type Favourite, favouriteSchema } from '@clearchart/api';
import { medicineById, medicineConcept } from '@clearchart/care';

const UCUM = 'http://unitsofmeasure.org';
const LIST_ORDER = 'http://terminology.hl7.org/CodeSystem/list-order';
/** Whose list it is: a practitioner has one. */
export const FAVOURITES_OF = 'urn:clearchart:favourite-prescriptions-of';
/** A product of the formulary, and a strength of it. */
const FORMULARY = 'urn:clearchart:formulary';

interface ContainedFavourite {
  readonly id?: string;
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
  readonly dosage?: readonly {
    readonly text?: string;
    readonly timing?: { readonly repeat?: { readonly boundsDuration?: { readonly value?: number } } };
  }[];
}

export interface FavouritesResource {
  readonly id?: string;
  readonly contained?: readonly ContainedFavourite[];
  readonly entry?: readonly { readonly item?: { readonly reference?: string } }[];
}

/** Whether the formulary has this medicine in this strength. */
export function isInFormulary({ medicine, strength }: Favourite): boolean {
  return medicineById(medicine)?.strengths.includes(strength) === true;
}

/** `practitioner`: FHIR id. Every favourite is in the formulary. */
export function listOfFavourites(practitioner: string, favourites: readonly Favourite[]): object {
  const contained = favourites.map(activityOf);
  return {
    resourceType: 'List',
    identifier: [{ system: FAVOURITES_OF, value: practitioner }],
    status: 'current',
    mode: 'working',
    title: 'Favourite prescriptions',
    source: { reference: `Practitioner/${practitioner}` },
    orderedBy: { coding: [{ system: LIST_ORDER, code: 'user' }] },
    ...(contained.length === 0
      ? { emptyReason: { text: 'All were removed' } }
      : { contained, entry: contained.map(({ id }) => ({ item: { reference: `#${id}` } })) }),
  };
}

function activityOf(favourite: Favourite, at: number) {
  const { medicine: id, strength, pattern, days } = favourite;
  const medicine = medicineById(id);
  if (medicine === undefined) throw new RangeError('a favourite is in the formulary');
  return {
    resourceType: 'ActivityDefinition',
    id: `favourite-${at + 1}`,
    identifier: [{ system: FORMULARY, value: `${id}|${strength}` }],
    status: 'active',
    kind: 'MedicationRequest',
    productCodeableConcept: medicineConcept(medicine, strength),
    dosage: [
      {
        text: pattern,
        timing: { repeat: { boundsDuration: { value: days, unit: 'days', system: UCUM, code: 'd' } } },
      },
    ],
  };
}

/** What the formulary no longer has, and what another program wrote otherwise, is left out. */
export function favouritesOf({ contained = [], entry = [] }: FavouritesResource): Favourite[] {
  const byId = new Map(contained.map((one) => [`#${one.id}`, one]));
  return entry.flatMap(({ item }) => {
    const { identifier = [], dosage = [] } = byId.get(item?.reference ?? '') ?? {};
    const [medicine, strength] = identifier.find(({ system }) => system === FORMULARY)?.value?.split('|') ?? [];
    const [{ text: pattern, timing } = {}] = dosage;
    const read = favouriteSchema.safeParse({
      medicine,
      strength,
      pattern,
      days: timing?.repeat?.boundsDuration?.value,
    });
    return read.success && isInFormulary(read.data) ? [read.data] : [];
  });
}
