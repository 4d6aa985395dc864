/** Each practitioner's favourite prescriptions, kept with the hospital so that they are there on every device. */
import { type Favourite, type FavouriteChange, type FavouriteList, MOST_FAVOURITES } from '@clearchart/api';
import { favouriteName } from '@clearchart/care';
import { contentOf, type ClinicalSession, Refusal } from '../clinical/index.ts';
import { ApiError } from '../http/errors.ts';
import {
  FAVOURITES_OF,
  favouritesOf,
  isInFormulary,
  listOfFavourites,
  type FavouritesResource,
} from './favourite-list.ts';

interface Kept {
  readonly id: string;
  readonly versionId: string;
  readonly favourites: Favourite[];
}

/** `session`: with the hospital's own right; over FHIR a practitioner neither sees nor writes such a List. */
export class Favourites {
  readonly #session: ClinicalSession;

  constructor(session: ClinicalSession) {
    this.#session = session;
  }

  /** `practitioner`: FHIR id. */
  of(practitioner: string): FavouriteList {
    const kept = this.#kept(practitioner);
    return { versionId: kept?.versionId ?? null, favourites: kept?.favourites ?? [] };
  }

  /** @throws ApiError `changed-meanwhile`, `bad-request` for a medicine that the formulary does not have, or what is there twice */
  async save(practitioner: string, { versionId, favourites }: FavouriteChange): Promise<FavouriteList> {
    const isOnce = new Set(favourites.map(favouriteName)).size === favourites.length;
    if (!isOnce || !favourites.every(isInFormulary))
      throw new ApiError('bad-request', { detail: 'look at favourites' });
    const kept = this.#kept(practitioner);
    if ((kept?.versionId ?? null) !== versionId) throw new ApiError('changed-meanwhile');
    const list = listOfFavourites(practitioner, favourites);
    try {
      if (kept === undefined) {
        const { written } = await this.#session.create('List', list, criteriaOf(practitioner));
        if (!written) throw new ApiError('changed-meanwhile');
      } else await this.#session.update('List', { id: kept.id }, { ...list, id: kept.id }, Number(versionId));
    } catch (fault) {
      if (fault instanceof Refusal && fault.status === 412) throw new ApiError('changed-meanwhile');
      throw fault;
    }
    return this.of(practitioner);
  }

  #kept(practitioner: string): Kept | undefined {
    const [found] = this.#session.find('List', criteriaOf(practitioner), 1);
    if (found === undefined) return undefined;
    const resource = contentOf<FavouritesResource>(found);
    const favourites = favouritesOf(resource).slice(0, MOST_FAVOURITES);
    return { id: found.id, versionId: String(found.version), favourites };
  }
}

/** A List about a patient is none of these, whatever it calls itself. */
function criteriaOf(practitioner: string): string {
  const identifier = encodeURIComponent(`${FAVOURITES_OF}|${practitioner}`);
  return `identifier=${identifier}&source=Practitioner/${practitioner}&subject:missing=true`;
}
