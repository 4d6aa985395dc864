/** In which capacity a signer signs: the signature covers it. */
export const ROLES = ['new-key', 'organization', 'person'] as const;
export type SignatureRole = (typeof ROLES)[number];
