// Seal what a patient wrote: send it, wait for its block, sign it with the own key, keep the signature. Signing that failed can be
// tried again alone.
import { equalJson } from '@clearchart/exchange';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Written } from '../connection/fhir.ts';
import { useSession } from '../connection/session.ts';
import type { Resource } from '../record/fhir.ts';
import type { Provenance } from '../visit/provenance.ts';
import { StoredOtherwise } from '../visit/send-visit.ts';

export interface SealedWriting {
  readonly resources: readonly Resource[];
  readonly transactionId: string | undefined;
}

export interface SealAndSign {
  readonly sealed: SealedWriting | undefined;
  readonly sealing: boolean;
  readonly sealFault: unknown;
  readonly signed: Written<Provenance> | undefined;
  readonly signing: boolean;
  readonly signFault: unknown;
  seal(): void;
  signAgain(): void;
}

/** `send` writes it and gives back what was stored; `onSealed` runs before it is signed. */
export function useSealAndSign(
  patientId: string,
  send: () => Promise<SealedWriting>,
  onSealed: (sealed: SealedWriting) => void,
): SealAndSign {
  const client = useQueryClient();
  const { session } = useSession();
  const sign = useMutation({
    mutationFn: async (resources: readonly Resource[]) => {
      const { signVersions } = await import('../visit/sign-versions.ts');
      return signVersions(resources, { patientId, person: session?.person ?? '', personName: session?.name ?? '' });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['record', patientId] }),
  });
  const seal = useMutation({
    mutationFn: send,
    onSuccess: (sealed) => {
      onSealed(sealed);
      sign.mutate(sealed.resources);
    },
  });
  return {
    sealed: seal.data,
    sealing: seal.isPending,
    sealFault: seal.error ?? undefined,
    signed: sign.data,
    signing: sign.isPending,
    signFault: sign.error ?? undefined,
    seal: () => seal.mutate(),
    signAgain: () => {
      if (seal.data !== undefined) sign.mutate(seal.data.resources);
    },
  };
}

/** @throws StoredOtherwise unless the node stored what was sent, but for what it adds itself. */
export function storedAsSent<Item extends object>(sent: object, stored: Item | undefined): Item {
  if (stored === undefined || !equalJson(content(sent), content(stored)))
    throw new StoredOtherwise('Not stored as it was sent');
  return stored;
}

function content(resource: object): object {
  const { id: _id, meta: _meta, ...rest } = resource as Record<string, unknown>;
  return rest;
}
