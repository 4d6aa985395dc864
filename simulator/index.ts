export { PromiseBroken } from './checkers.ts';
export { type RunOptions, type RunReport, simulate } from './run.ts';
export type { Variant } from './simulated-node.ts';
