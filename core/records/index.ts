export * from './canonical-json.ts';
export * from './categories.ts';
export { type JsonPatchFault, type JsonPatchOperation, applyJsonPatch, parseJsonPatch } from './fhir/json-patch.ts';
export * from './fhir/references.ts';
export * from './parse-json.ts';
export * from './person-signature.ts';
export * from './record.ts';
export * from './sealed-record.ts';
