export { buildApp } from './app.ts';
export type { HttpContext, PolicyHolder } from './context.ts';
export { seenBy } from './seen.ts';
export { httpSchema } from './session.store.ts';
export { warningsByCountry } from './warnings.ts';
