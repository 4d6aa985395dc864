export { request } from '../session/index.ts';
