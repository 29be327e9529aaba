export { buildApp } from './app.ts';
export type { HttpContext } from './context.ts';
export { httpSchema } from './session.store.ts';
