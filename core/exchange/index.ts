export * from './access-decision.ts';
export * from './access-window.ts';
export * from './care-relationship.ts';
export { equalJson } from './equal-json.ts';
export * from './period.ts';
export * from './ports.ts';
