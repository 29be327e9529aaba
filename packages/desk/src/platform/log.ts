import { pino } from 'pino';

/** The desk's log: JSON lines on standard error. Secrets never reach it: only named fields are logged. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export function createLog(level: 'silent' | 'info' | 'warn' = 'info'): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}

export const silentLog: Log = createLog('silent');
