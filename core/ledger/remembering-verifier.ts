/** Verifies each signature once: of a file whose blocks all rest on the same changes of members. */
import { type SignatureVerifier, toHex } from '@clearchart/crypto';

/** Grows with the signatures it is asked about: for one bounded file, then thrown away. */
export function rememberingVerifier(verifier: SignatureVerifier): SignatureVerifier {
  const verdicts = new Map<string, boolean>();
  return {
    verify(publicKey, message, signature) {
      const name = [publicKey, message, signature].map(toHex).join('/');
      const known = verdicts.get(name);
      if (known !== undefined) return known;
      const verdict = verifier.verify(publicKey, message, signature);
      verdicts.set(name, verdict);
      return verdict;
    },
  };
}
