import type { Aead } from '@clearchart/crypto';
import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';

const TAG_BYTES = 16;

/** Key objects: a cipher made from the bytes of a key takes two to three times as long. */
export const nodeAead: Aead = {
  seal(key, nonce, plaintext, associatedData) {
    const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(associatedData);
    return new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
  },
  open(key, nonce, sealed, associatedData) {
    if (sealed.length < TAG_BYTES) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(associatedData);
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    try {
      return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]));
    } catch {
      return undefined;
    }
  },
};
