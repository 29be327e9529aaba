export { type AuditEvent, auditSchema, recordAudit, verifyAudit } from './audit.store.ts';
