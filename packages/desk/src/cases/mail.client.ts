import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { isLoopback, type MailSettings } from '../platform/index.ts';

/** A server that takes longer is taken for down; the mail is tried again. */
const connectMs = 10_000;
const answerMs = 20_000;

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same mail sent again has the same, so that a reader's program shows it once. */
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly content: Buffer;
    readonly contentType: string;
  }[];
  /** Whom answers go to, where not to the desk's own address. */
  readonly replyTo?: string;
}

export interface Mailer {
  /** Resolves when the server has taken it. Throws `mail-not-set-up`, `mail-unreachable` or `mail-refused`. */
  send(mail: Mail): Promise<void>;
}

/** Sends through the agency's own mail server (RFC 5321), over TLS from the start or by STARTTLS (RFC 3207). */
export function createMailer(settings: MailSettings | undefined): Mailer {
  if (!settings)
    return {
      send: async () => {
        throw new GongjoError('mail-not-set-up');
      },
    };
  const { host, port, secure, user, passwordFile, caFile, from } = settings;
  return {
    send: async ({ to, attachments = [], ...mail }) => {
      try {
        // Read anew: a password or a certificate that is changed works from the next mail on.
        const transport = createTransport({
          host,
          port,
          secure,
          // A server on this machine needs no TLS; every other does.
          requireTLS: !secure && !isLoopback(host),
          ...(user !== undefined && {
            auth: { user, pass: passwordFile === undefined ? '' : readFileSync(passwordFile, 'utf8').trimEnd() },
          }),
          tls: { minVersion: 'TLSv1.2', ...(caFile !== undefined && { ca: readFileSync(caFile) }) },
          connectionTimeout: connectMs,
          greetingTimeout: connectMs,
          socketTimeout: answerMs,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        try {
          await transport.sendMail({
            ...mail,
            from,
            to: { name: '', address: to },
            headers: { ...mail.headers },
            attachments: [...attachments],
          });
        } finally {
          transport.close();
        }
      } catch (thrown) {
        const values = { host, detail: detailOf(thrown) };
        if (wasRefused(thrown)) throw new GongjoError('mail-refused', values, thrown);
        throw new GongjoError('mail-unreachable', values, thrown);
      }
    },
  };
}

/** The server said no, as opposed to: nobody said anything. */
function wasRefused(thrown: unknown): boolean {
  const { responseCode, code } = thrown as { responseCode?: number; code?: string };
  return (responseCode !== undefined && responseCode >= 400) || code === 'EAUTH' || code === 'EENVELOPE';
}
