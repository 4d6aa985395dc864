export { nodeAead } from './aead.ts';
export { nodeRandom } from './random.ts';
export { selfTest } from './self-test.ts';
export { createSigner, nodeVerifier, publicKeyOf } from './signature.ts';
