export type { Identity, IncidentObject, Indicator, Note } from './domain.ts';
export type { Bundle, ExtensionDefinition, LanguageContent, MarkingDefinition } from './meta.ts';
export { bankAccountExtension, type Transaction, transactionExtension, type Wallet, walletExtension } from './money.ts';
export { type StixObject, zStixObject } from './object.ts';
export type { Relationship, Sighting } from './relation.ts';
export { hasVersions, isObservable, schemaOf } from './schemas.ts';
export { observableTypes, standardObservables } from './types.ts';
export { zTimestamp } from './values.ts';
