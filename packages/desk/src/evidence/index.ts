export { archiveBytesMax } from './archive/manifest.ts';
export { exportCaseUco } from './export.ts';
export { type EvidenceContext, type Made, makeEvidence } from './make.ts';
export { verdictText } from './verdict-text.ts';
export { verifyPackage } from './verify/verify.ts';
