export { PromiseBroken } from './checkers/promise-broken.ts';
export { type Coverage, addCoverage, noCoverage } from './coverage.ts';
export { type RunOptions, type RunReport, simulate } from './run.ts';
