/**
 * A stand-in for the desk's command line. It speaks as a desk does and knows nothing: enough to see that the demo starts
 * desks, pairs them, opens the incident and ends them. Every call leaves a line in `calls.jsonl` beside the data folder.
 * With GONGJO_FIXTURE=broken a desk does not start; with GONGJO_FIXTURE=dying it ends when the incident is opened.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { problem, zDeskCard } from '@gongjo/contract';
import { parse } from 'yaml';

const args = process.argv.slice(2);
const folder = dirname(option('--data'));
const incidentFile = join(folder, 'incident');
appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify(args)}\n`);

switch (args.slice(0, args[0] === 'up' ? 1 : 2).join(' ')) {
  case 'up':
    up();
    break;
  case 'partner card':
    answer({ ...card(), fingerprint: `print of ${basename(folder)}` });
    break;
  case 'partner add':
    answer(zDeskCard.parse(JSON.parse(readFileSync(args[2] ?? '', 'utf8'))));
    break;
  case 'incident open':
    writeFileSync(incidentFile, '');
    answer({});
    break;
  case 'incident list':
    answer({ incidents: [] });
    break;
  default:
    fail(problem('usage-wrong', { detail: args.join(' ') }));
}

function up(): void {
  if (process.env.GONGJO_FIXTURE === 'broken') fail(problem('web-not-built'));
  const { desk, listen, url } = settings();
  process.stderr.write('log line\n');
  createServer().listen(listen.port, listen.host, () => {
    answer({ event: 'starting' });
    answer({ event: 'ready', desk: desk.id, url, signInUrl: `${url}/sign-in#secret` });
  });
  process.once('SIGTERM', () => process.exit(0));
  if (process.env.GONGJO_FIXTURE !== 'dying') return;
  setInterval(() => existsSync(incidentFile) && process.exit(3), 20);
}

function card() {
  const { desk, url } = settings();
  return { ...desk, desk: desk.id, id: undefined, url, key: { kty: 'OKP', crv: 'Ed25519', x: 'x'.repeat(43) } };
}

function settings() {
  return parse(readFileSync(join(folder, 'desk.yaml'), 'utf8'));
}

function answer(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function fail(said: unknown): never {
  process.stderr.write(`${JSON.stringify({ problem: said })}\n`);
  process.exit(1);
}

function option(name: string): string {
  const value = args[args.indexOf(name) + 1];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
}
