// The vault's cipher over @noble/ciphers: WebCrypto's is asynchronous and absent on plain http.
import type { Aead, Random } from '@clearchart/crypto';
import { gcm } from '@noble/ciphers/aes.js';

export const browserAead: Aead = {
  seal: (key, nonce, plaintext, associatedData) => gcm(key, nonce, associatedData).encrypt(plaintext),
  open(key, nonce, sealed, associatedData) {
    try {
      return gcm(key, nonce, associatedData).decrypt(sealed);
    } catch {
      return undefined;
    }
  },
};

export const browserRandom: Random = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };
