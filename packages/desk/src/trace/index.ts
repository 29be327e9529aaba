export { answer } from './answer.ts';
export { defaultBounds } from './bounds.ts';
export type { Ask, Balance, Bounds, Decoy, Gap, Hop, Question, Rows, Stop, Trace } from './model.ts';
export { type PlaceNow, placesNow } from './places.ts';
export { unspentAddresses } from './report.ts';
export { stopByTags, type TagStop } from './tags.ts';
export { trace } from './trace.ts';
