// Whether keys speak for a person, by the chain that this browser follows. What shows it of another hospital's pseudonym came with the
// code: the hospital of this page is asked about its own person alone, and so learns nothing of the other.
import type { Pseudonym } from '@clearchart/ledger';
import { useQuery } from '@tanstack/react-query';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import type { Session } from '../connection/session.ts';
import { checkLinkCode, type HeldLink, type LinkChecks, type LinkCode, type LinkFault } from '../session/index.ts';
import { linkFaultOf } from './link-fault-words.ts';

const LOOK_AGAIN_MS = 3_000;

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
    async ownPlace(pseudonym) {
      const proved = await provedState(keyOf(pseudonym), ports);
      const followed = proved.ok ? await ports.follow(proved.height) : undefined;
      if (!proved.ok || followed?.ok !== true) return undefined;
      const person = proved.value as { organization?: unknown; publicKey?: unknown } | null;
      const [organizationId, publicKey] = [person?.organization, person?.publicKey];
      if (typeof organizationId !== 'string' || typeof publicKey !== 'string') return undefined;
      return { chainId: followed.chain.chainId, side: { organizationId, pseudonym, publicKey } };
    },
    async speaksFor({ organizationId, pseudonym, publicKey }, carried) {
      const proof = ledgerStateProofSchema.pick({ stateProof: true, header: true }).safeParse(carried);
      if (!proof.success) return 'no';
      const stateProof = () => Promise.resolve(proof.data);
      const proved = await provedState(keyOf(pseudonym), { ...ports, stateProof });
      if (!proved.ok) return LIES.has(proved.reason) ? 'no' : undefined;
      const person = proved.value as { organization?: unknown; publicKey?: unknown; retired?: unknown } | null;
      if (person?.organization !== organizationId || person.retired === 1) return 'no';
      return person.publicKey === publicKey ? 'yes' : 'key-changed';
    },
  };
}

/** What speaks against a code, before the password is asked for; null when nothing does. */
export function useLinkCodeFault(code: LinkCode, { keyBound, pseudonym }: Session) {
  return useQuery({
    queryKey: ['link-code-check', code],
    meta: ONLY_IN_BROWSER,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    // The block that the code stands on is on its way.
    refetchInterval: ({ state }) => (state.data === 'not-here-yet' ? LOOK_AGAIN_MS : false),
    queryFn: async (): Promise<LinkFault | null> => {
      if (!keyBound || pseudonym === undefined) return 'no-key';
      const checks = await linkChecks();
      const own = await checks.ownPlace(pseudonym);
      if (own === undefined) return 'not-here-yet';
      try {
        await checkLinkCode(checks, code, own);
        return null;
      } catch (fault) {
        const refused = linkFaultOf(fault);
        if (refused === undefined) throw fault;
        return refused;
      }
    },
  });
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
