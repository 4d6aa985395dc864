/**
 * Shows at start that a verifier says what every other node's says. Ed25519 differs between releases and libraries: a verifier that
 * takes one signature more than the others could split the hospitals.
 */
import { fromHex } from './bytes.ts';
import { DISPUTED_SIGNATURES } from './disputed-signatures.ts';
import { checkPublicKey } from './public-key.ts';
import type { SignatureVerifier } from './signature.ts';

/** RFC 8032 §7.1, tests 1 to 3. */
export const RFC_8032 = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
] as const;

/** Whether a signature would count: the key may be registered and the signature verifies. All three in hexadecimal digits. */
export function wouldCount(
  verifier: SignatureVerifier,
  publicKey: string,
  message: string,
  signature: string,
): boolean {
  const key = fromHex(publicKey);
  return checkPublicKey(key) === undefined && verifier.verify(key, fromHex(message), fromHex(signature));
}

/** @throws Error naming the first signature on which the verifier is wrong. */
export function selfTestVerifier(verifier: SignatureVerifier): void {
  for (const [index, { publicKey, message, signature }] of RFC_8032.entries()) {
    if (!wouldCount(verifier, publicKey, message, signature))
      throw new Error(`self-test: RFC 8032 test ${index + 1} is refused`);
    const changed = `${message}00`;
    if (wouldCount(verifier, publicKey, changed, signature))
      throw new Error(`self-test: RFC 8032 test ${index + 1} is accepted for another message`);
  }
  for (const [index, { publicKey, message, signature }] of DISPUTED_SIGNATURES.entries()) {
    if (wouldCount(verifier, publicKey, message, signature))
      throw new Error(`self-test: disputed signature ${index} is accepted`);
  }
}
