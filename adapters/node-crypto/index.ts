export * from './aead.ts';
export * from './random.ts';
export * from './signature.ts';
