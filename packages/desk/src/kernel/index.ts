export { amountText, decimalAmount } from './amount.ts';
export { detailOf, GongjoError, invariant } from './errors.ts';
export { fingerprintOfId } from './fingerprint.ts';
export { hexOf } from './hex.ts';
export { canonicalJson, type Json, type Wire, wireJson } from './json.ts';
export { comparePositions, type Position } from './position.ts';
export { epochMs, instant } from './time.ts';
