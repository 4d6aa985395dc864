/** Shows at start that this machine's Ed25519 and AES-GCM say what every other node's say; a node that fails it does not start. */
import { fromHex, RFC_8032, type SignatureVerifier, selfTestVerifier, toHex } from '@clearchart/crypto';
import { nodeAead } from './aead.ts';
import { createSigner } from './signature.ts';

/** NIST SP 800-38D, as in "The Galois/Counter Mode of Operation", appendix B, test case 14: zeros under a zero key. */
const AES_GCM = 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919';

/** @throws Error naming what this machine gets wrong. */
export function selfTest(verifier: SignatureVerifier): void {
  selfTestVerifier(verifier);
  for (const [index, { seed, message, signature }] of RFC_8032.entries()) {
    if (toHex(createSigner(fromHex(seed)).sign(fromHex(message))) !== signature)
      throw new Error(`self-test: RFC 8032 test ${index + 1} is signed differently`);
  }
  const zeros = (length: number): Uint8Array => new Uint8Array(length);
  if (toHex(nodeAead.seal(zeros(32), zeros(12), zeros(16), zeros(0))) !== AES_GCM)
    throw new Error('self-test: AES-256-GCM');
}
