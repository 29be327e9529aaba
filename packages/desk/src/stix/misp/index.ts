export { fromMisp, type MispReading } from './from.ts';
export { type MispWriting, toMisp } from './to.ts';
