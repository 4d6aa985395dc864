/** Changes of members on a test chain, as its members would make them. */
import type { Signer } from '@clearchart/crypto';
import { type MembershipApplication, organizationIdOf, signApplication, signTransaction } from '../index.ts';
import { keyNamed, publicKeyOf, type TestChain, type TestHospital } from '../test-chain.fixture.ts';

export const candidate: TestHospital = {
  organization: organizationIdOf(keyNamed('candidate').publicKey),
  signer: keyNamed('candidate'),
};

export function applicationTo(chain: TestChain, name = 'Hill Clinic'): MembershipApplication {
  return signApplication(chain.chainId, { name, address: 'https://hill.example' }, candidate.signer);
}

export function admission(chain: TestChain, by: TestHospital, application = applicationTo(chain)) {
  return chain.signAs(by, 'admit-organization', { organization: by.organization, application });
}

export function retirement(chain: TestChain, by: TestHospital, member: TestHospital) {
  return chain.signAs(by, 'retire-organization', { organization: by.organization, member: member.organization });
}

export function activation(chain: TestChain, by: TestHospital) {
  return chain.signAs(by, 'activate-members', { organization: by.organization });
}

export function rotation(chain: TestChain, { organization, signer }: TestHospital, to: Signer) {
  const draft = chain.draft('rotate-organization-key', { organization, publicKey: publicKeyOf(to) });
  return signTransaction(draft, [
    { signer: organization, role: 'organization', key: signer },
    { signer: organization, role: 'new-key', key: to },
  ]);
}
