import type { Reading } from '../platform/index.ts';

/** The record says who did what with which identifiers, and what it says of a case no more: who may ask for it decides its route. */
export const auditReading: Reading = {
  tables: {
    audit_entries: 'open',
    audit_checkpoints: 'open',
    audit_witnesses: 'open',
    witnessed_checkpoints: 'open',
    audit_contradictions: 'open',
  },
};
