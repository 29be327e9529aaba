import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: string;
  readonly raw: string;
}

export interface MailServer {
  readonly port: number;
  readonly mails: ReceivedMail[];
  stop(): Promise<void>;
}

/** A certificate for this machine is made by OpenSSL. */
export const needsOpenssl = {
  skip: spawnSync('openssl', ['version']).status !== 0 && 'there is no openssl to make a certificate with',
};

/** A key and a certificate for localhost, good for a day. */
export function makeCertificate(folder: string): { readonly key: string; readonly cert: string } {
  const [key, cert] = [path.join(folder, 'mail.key'), path.join(folder, 'mail.crt')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '1',
      '-subj',
      '/CN=localhost',
    ].concat(['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']),
    { stdio: 'ignore' },
  );
  return { key, cert };
}

export async function startMailServer(
  { key, cert }: { readonly key: string; readonly cert: string },
  mode: 'tls' | 'starttls',
  port = 0,
): Promise<MailServer> {
  const program = path.join(import.meta.dirname, 'smtp-server.fixture.ts');
  const child: ChildProcess = spawn(process.execPath, [program, String(port), key, cert, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const mails: ReceivedMail[] = [];
  const listening = Promise.withResolvers<number>();
  child.once('exit', () => listening.reject(new Error('the mail server ended')));
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { listening?: number; mail?: ReceivedMail };
      if (said.listening !== undefined) listening.resolve(said.listening);
      if (said.mail) mails.push(said.mail);
    });
  return {
    port: await listening.promise,
    mails,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** One attachment of a mail, decoded; null where there is none of this name. */
export function attachmentOf(raw: string, name: string): Buffer | null {
  const boundary = /boundary="?([^"\r\n;]+)/.exec(raw)?.[1] ?? '';
  const part = raw
    .split(`--${boundary}`)
    .find((it) => it.includes(`filename=${name}`) || it.includes(`filename="${name}"`));
  const body = part
    ?.split(/\r?\n\r?\n/)
    .slice(1)
    .join('');
  return body === undefined ? null : Buffer.from(body.replace(/\s/g, ''), 'base64');
}
