export { type Definitions, startDefinitions } from './definitions/definitions.ts';
export type * from './ports.ts';
