export { type ListStore, listStore } from './list.store.ts';
export { listSchema } from './schema.ts';
