export { answerAudit } from './answer.ts';
export { type Shown, showRecord } from './show.ts';
export { auditBytesMax, auditRoot, auditStep } from './wire.ts';
