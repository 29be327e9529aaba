export { keptTags } from './kept.ts';
export type { ListFile, TagList } from './model.ts';
export { listCharsMax } from './model.ts';
export { tagSchema } from './schema.ts';
export { type AddressOn, type TagStore, tagStore } from './tag.store.ts';
