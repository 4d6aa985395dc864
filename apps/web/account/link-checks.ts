// Whether keys sign and speak for a person at another hospital, by the chain that this browser follows.
import type { LinkedSide, PersonLink } from '@clearchart/crypto';
import { useQuery } from '@tanstack/react-query';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import type { LinkChecks } from '../session/index.ts';

/** Fetched late: most visits of the account link nothing. */
export async function linkChecks(): Promise<LinkChecks> {
  const [{ recordCheckPorts }, { provedState }, { personKey }] = await Promise.all([
    import('../proof/sources.ts'),
    import('../proof/check-record.ts'),
    import('@clearchart/ledger'),
  ]);
  return {
    verifier: recordCheckPorts.verifier,
    async speaksFor({ organizationId, pseudonym, publicKey }) {
      const proved = await provedState(personKey(pseudonym as Parameters<typeof personKey>[0]), recordCheckPorts);
      if (!proved.ok) throw new Error(`The state of the ledger is not proved: ${proved.reason}`);
      const person = proved.value as { organization?: unknown; publicKey?: unknown; retired?: unknown } | null;
      return person?.organization === organizationId && person.publicKey === publicKey && person.retired !== 1;
    },
  };
}

/** Both signatures, and both keys on the ledger as they stand now. */
export function useLinkCheck(link: PersonLink) {
  return useQuery({
    queryKey: ['person-link', link.signature],
    meta: ONLY_IN_BROWSER,
    queryFn: async (): Promise<boolean> => {
      const [checks, { isSignedLink }] = await Promise.all([linkChecks(), import('@clearchart/crypto')]);
      const sides: LinkedSide[] = [link.offer.from, link.to];
      const speak = await Promise.all(sides.map((side) => checks.speaksFor(side)));
      return isSignedLink(checks.verifier, link) && speak.every(Boolean);
    },
  });
}
