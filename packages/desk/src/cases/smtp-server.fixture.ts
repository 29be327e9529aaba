import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

/**
 * A real mail server as a process of its own, by the authors of another implementation than the product's client uses at this
 * end. Arguments: port, file of the key, file of the certificate, `tls` or `starttls`. Prints one JSON line for what happens.
 * It knows one user, `desk` with the password `right`, and refuses the recipient refused@example.org.
 */
const [port = '0', keyFile = '', certFile = '', mode = 'tls'] = process.argv.slice(2);
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

const server = new SMTPServer({
  secure: mode === 'tls',
  key: readFileSync(keyFile),
  cert: readFileSync(certFile),
  authMethods: ['PLAIN', 'LOGIN'],
  onAuth: ({ username, password }, session, done) => {
    if (!session.secure) return done(new Error('not over an open line'));
    if (username === 'desk' && password === 'right') return done(null, { user: username });
    return done(new Error('wrong password'));
  },
  onRcptTo: ({ address }, _session, done) => {
    if (address !== 'refused@example.org') return done();
    return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
  },
  onData: (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const { envelope, secure, user } = session;
      const to = envelope.rcptTo.map(({ address }) => address);
      say({ mail: { to, secure, user, raw: Buffer.concat(chunks).toString('utf8') } });
      done();
    });
  },
});
server.on('error', (error) => say({ error: String(error) }));
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.server.address();
  say({ listening: typeof address === 'object' ? address?.port : null });
});
