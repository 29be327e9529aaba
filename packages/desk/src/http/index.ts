export { buildApp } from './app.ts';
export type { HttpContext, PolicyHolder } from './context.ts';
export { type Need, needOf, needs } from './rights.ts';
export { seenBy } from './seen.ts';
export { warningsByCountry } from './warnings.ts';
