// What a page was drawn with, as the node's API answered: the app that takes it over must begin with the same.
import { type DehydratedState, hydrate, type QueryClient } from '@tanstack/react-query';
import { parse, stringify } from 'devalue';
import { adoptSession } from '../connection/session.ts';

export interface Seed {
  /** The language it was drawn in. */
  readonly language: string;
  readonly queries: DehydratedState;
}

const SEED_ELEMENT = 'drawn-page-seed';

/** Answers as the app keeps them hold more than JSON does: the bytes of a signature. @throws for what has no text, a function or a class */
export function textOfSeed(seed: Seed): string {
  return stringify(seed);
}

export function sow(client: QueryClient, { queries }: Seed): void {
  hydrate(client, queries);
  adoptSession(client);
}

/** @throws for text that `textOfSeed` did not make */
export function seedOfText(text: string): Seed {
  return parse(text) as Seed;
}

/** Takes out of this document what it was drawn with, so that it does not outlast the reader; undefined when it came empty. */
export function takeSeed(): Seed | undefined {
  const element = document.getElementById(SEED_ELEMENT);
  element?.remove();
  return element?.textContent ? seedOfText(element.textContent) : undefined;
}
