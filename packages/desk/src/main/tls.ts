import { X509Certificate } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { DeskStatus } from '@gongjo/contract';
import { detailOf, GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Log, Settings } from '../platform/index.ts';

/**
 * Desks and today's browsers speak TLS 1.3 (RFC 8446), and NIST SP 800-52r2 asks for it; what cannot goes through a proxy of
 * the agency's own choice.
 */
const minVersion = 'TLSv1.3';

/** A certificate is told of this long before it ends: time for an agency's own authority to make another. */
const warnMs = 30 * 86_400_000;

/** The files are looked at this often; `SIGHUP` has them read at once. */
const lookEveryMs = 10_000;

type TlsFiles = NonNullable<Settings['listen']['tls']>;

export interface Certificates {
  readonly pair: { readonly cert: string; readonly key: string; readonly minVersion: typeof minVersion };
  status(): DeskStatus['certificate'];
  /** Serves what the files hold from now on, whenever they change; a pair that does not fit leaves the one before. */
  follow(server: Server): void;
  stop(): void;
}

/** Reads certificate and key. Throws `settings-invalid` where they are none or do not belong together. */
export function openCertificates(files: TlsFiles, clock: Clock, log: Log): Certificates {
  let pair = readPair(files);
  let expiresAtMs = endOf(pair.cert);
  let reload: (() => void) | null = null;
  const status = () => {
    const expiresAt = instant(expiresAtMs);
    const isNear = clock.now() + warnMs >= expiresAtMs;
    const near = new GongjoError('certificate-expires', { file: files.cert, until: expiresAt.slice(0, 10) });
    return { expiresAt, problem: isNear ? near.problem : null };
  };
  const warn = () => {
    const { problem } = status();
    if (problem) log.warn({ code: problem.code, detail: problem.text.en }, 'the certificate ends soon');
  };
  warn();
  return {
    get pair() {
      return pair;
    },
    status,
    follow: (server) => {
      reload = () => {
        try {
          const read = readPair(files);
          if (read.cert === pair.cert && read.key === pair.key) return;
          server.setSecureContext(read);
          pair = read;
          expiresAtMs = endOf(read.cert);
          log.info({ file: files.cert, expiresAt: instant(expiresAtMs) }, 'a new certificate is served');
          warn();
        } catch (thrown) {
          log.error({ file: files.cert, detail: detailOf(thrown) }, 'the new certificate cannot be used');
        }
      };
      for (const file of [files.cert, files.key]) watchFile(file, { interval: lookEveryMs, persistent: false }, reload);
      process.on('SIGHUP', reload);
    },
    stop: () => {
      if (!reload) return;
      for (const file of [files.cert, files.key]) unwatchFile(file, reload);
      process.off('SIGHUP', reload);
    },
  };
}

/** The certificates of private authorities (PEM) that partners' certificates may come from. */
export function readTrust(files: readonly string[]): string[] {
  return files.map((file) => {
    const pem = readPem(file, 'trust');
    checked(file, 'trust', () => new X509Certificate(pem));
    return pem;
  });
}

function readPair(files: TlsFiles): Certificates['pair'] {
  const cert = readPem(files.cert, 'listen.tls.cert');
  const pair: Certificates['pair'] = { cert, key: readPem(files.key, 'listen.tls.key'), minVersion };
  checked(files.cert, 'listen.tls', () => createSecureContext(pair));
  return pair;
}

function endOf(cert: string): number {
  return new X509Certificate(cert).validToDate.getTime();
}

function readPem(file: string, path: string): string {
  return checked(file, path, () => readFileSync(file, 'utf8'));
}

function checked<T>(file: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw new GongjoError('settings-invalid', { path, detail: detailOf(thrown), source: file }, thrown);
  }
}
