export * from './chain.ts';
export * from './desk.ts';
export * from './incident.ts';
export * from './problems.ts';
export * from './tag.ts';
export * from './terms.ts';
export * from './text.ts';
export * from './trace.ts';
