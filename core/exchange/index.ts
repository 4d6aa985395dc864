export * from './access-decision.ts';
export * from './access-window.ts';
export * from './care-relationship.ts';
export * from './dispute-access.ts';
export { equalJson } from './equal-json.ts';
export * from './period.ts';
export * from './ports.ts';
export { REGISTRY_VIEWS, type TypeView, type TypeViews } from './registry-view.ts';
