/** A hospital says where its node is reached; the newest word counts. */
import { isAddress } from '../address.ts';
import type { OrganizationId } from '../identifiers.ts';
import { addressKey } from '../member-state.ts';
import { hex, object } from '../shape.ts';
import type { TransactionRule } from './rule.ts';
import { allSigners, organizationSigner } from './signers.ts';

export interface AnnounceAddress {
  readonly organization: OrganizationId;
  /** An origin: scheme, host, and port when there is one. */
  readonly address: string;
}

export const announceAddress: TransactionRule<AnnounceAddress> = {
  shape: object({ organization: hex(32), address: isAddress }),
  signers: ({ organization }, state) => allSigners(organizationSigner(organization, state)),
  apply({ organization, address }, state) {
    state.write(addressKey(organization), { address });
    return undefined;
  },
};
