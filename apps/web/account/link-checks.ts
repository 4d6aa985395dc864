// Whether keys speak for a person, by the chain that this browser follows. What shows it of another hospital's pseudonym came with the
// code: the hospital of this page is asked about its own person alone, and so learns nothing of the other.
import type { Pseudonym } from '@clearchart/ledger';
import { useQuery } from '@tanstack/react-query';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import type { HeldLink, LinkChecks } from '../session/index.ts';

/** Reasons of a proof that no longer chain would make good. */
const LIES: ReadonlySet<string> = new Set(['malformed', 'wrong-state', 'does-not-extend']);

/** Fetched late: most visits of the account link nothing. */
export async function linkChecks(): Promise<LinkChecks> {
  const [{ recordCheckPorts: ports }, { provedState }, { personKey }, { ledgerStateProofSchema }] = await Promise.all([
    import('../proof/sources.ts'),
    import('../proof/check-record.ts'),
    import('@clearchart/ledger'),
    import('@clearchart/api'),
  ]);
  const keyOf = (pseudonym: string) => personKey(pseudonym as Pseudonym);
  return {
    verifier: ports.verifier,
    async proofOf(pseudonym) {
      const { stateProof, header } = await ports.stateProof(keyOf(pseudonym));
      return { stateProof, header };
    },
    async speaksFor({ organizationId, pseudonym, publicKey }, carried) {
      const proof = ledgerStateProofSchema.pick({ stateProof: true, header: true }).safeParse(carried);
      if (!proof.success) return false;
      const stateProof = () => Promise.resolve(proof.data);
      const proved = await provedState(keyOf(pseudonym), { ...ports, stateProof });
      if (!proved.ok) return LIES.has(proved.reason) ? false : undefined;
      const person = proved.value as { organization?: unknown; publicKey?: unknown; retired?: unknown } | null;
      return person?.organization === organizationId && person.publicKey === publicKey && person.retired !== 1;
    },
  };
}

/** Both signatures; what the ledger says was checked when the link was kept. */
export function useLinkSigned({ link }: HeldLink) {
  return useQuery({
    queryKey: ['person-link', link.signature],
    meta: ONLY_IN_BROWSER,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<boolean> => {
      const [{ browserVerifier }, { isSignedLink }] = await Promise.all([
        import('../proof/browser-verifier.ts'),
        import('@clearchart/crypto'),
      ]);
      return isSignedLink(browserVerifier, link);
    },
  });
}
