/** Code of the author's signature (FHIR R4 signature-type). */
export const AUTHOR_SIGNATURE = {
  system: 'urn:iso-astm:E1762-95:2013',
  code: '1.2.840.10065.1.12.1.1',
  display: 'Author\u2019s Signature',
};
