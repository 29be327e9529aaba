import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ChainId } from '@gongjo/contract';
import { addressOn } from '../../packages/desk/src/ledger/index.ts';
import {
  type Entry,
  type EpochKeys,
  type Identifier,
  identifierOf,
  listBytes,
  openGroup,
  type Published,
  publish,
  sharedValues,
  sortedValues,
  startAsk,
  takeAsk,
  tell,
  toldOf,
  valueFrom,
  voprfOver,
} from '../../packages/desk/src/overlap/index.ts';
import { createCalculator } from '../../packages/desk/src/partner/overlap/calculator.ts';
import { type Figure, percentile, rate, timed } from './figure.ts';

const entryCount = Number(process.env.GONGJO_BENCH_ENTRIES ?? 1_000_000);
const listCount = 10_000_000;
const questionCount = 1_000;
const knownCount = 100;
const changedShare = 0.01;
/** What goes back in a session, as most agreements say. */
const reverseCount = 64;
/** It makes some two thousand entries a second; its time grows with their number and with nothing else. */
const alternativeCount = 10_000;
const silenceTurns = 300;
const alternative = '@openmined/psi.js@2.0.6';

interface Psi {
  readonly dataStructure: { readonly Raw: number };
  readonly server: { createWithNewKey(revealIntersection: boolean): PsiServer };
}
interface PsiServer {
  createSetupMessage(falsePositives: number, questions: number, entries: string[], structure: number): unknown;
}

/** Private comparison: a list built, a session against ten million entries, the next version of a list; beside another library. */
export async function benchOverlap(): Promise<Figure[]> {
  const calculator = createCalculator();
  try {
    const [mine, theirs] = await Promise.all([
      calculator.run('keys', new Uint8Array(randomBytes(32)), 1),
      calculator.run('keys', new Uint8Array(randomBytes(32)), 1),
    ]);

    const identifiers = Array.from({ length: entryCount }, (_, n) => wallet(n));
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const built = await timed(async () => {
      const values = await calculator.values(theirs.secretKey, identifiers);
      return calculator.run('publish', theirs, sortedValues(values), null);
    });
    delay.disable();
    const psi = await otherLibrary();
    const texts = Array.from({ length: alternativeCount }, (_, n) => wallet(n).text);
    const other = await timed(async () =>
      psi.server.createWithNewKey(true).createSetupMessage(1e-9, questionCount, texts, psi.dataStructure.Raw),
    );
    const ratio = (entryCount / built.ms / (alternativeCount / other.ms)).toFixed(1);

    // Ten million values as a partner has them: some are of what is asked, the rest is as random as evaluations are.
    const known = await calculator.values(
      theirs.secretKey,
      Array.from({ length: knownCount }, (_, n) => wallet(n)),
    );
    const random = new BigUint64Array(randomBytes(8 * (listCount - knownCount)).buffer.slice(0));
    const large: Published = publish(theirs, sortedValues([...known].concat([...random])), null);
    const shared = { ...large.list, values: sharedValues(large.list.values) };
    const entries = Array.from({ length: questionCount }, (_, n) => entryOf(wallet(n)));
    const session = await timed(() => compare(calculator, { mine, theirs, list: shared, entries }));

    const kept = large.entries.subarray(Math.round(listCount * changedShare));
    const came = new BigUint64Array(randomBytes(8 * Math.round(listCount * changedShare)).buffer.slice(0));
    const next = publish(theirs, sortedValues([...kept].concat([...came])), large);
    const before = listBytes(large.list);
    const difference = await timed(() => calculator.run('difference', before, next.list));
    const applied = await timed(() => calculator.run('apply', shared, difference.value));
    if (applied.value.list === null) throw new Error('the difference does not apply');
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
    return [
      {
        what: `overlap: a list of ${entryCount.toLocaleString('en')} entries built, all cores`,
        figure: `${(built.ms / 1000).toFixed(1)} s`,
        against: `${rate(entryCount, built.ms, 'entries')}: ${ratio} × ${alternative} (${rate(alternativeCount, other.ms, 'entries')}, one core: it has no threads); budget: ≤ 90 s, ≥ 4 ×`,
      },
      {
        what: "overlap: meanwhile, the desk's own thread waits: p99 / most",
        figure: `${(delay.percentile(99) / 1e6).toFixed(0)} / ${(delay.max / 1e6).toFixed(0)} ms`,
      },
      {
        what: `overlap: ${questionCount} questions against ${listCount.toLocaleString('en')} entries, both sides computed here`,
        figure: `${(session.ms / 1000).toFixed(2)} s`,
        against: `${megabytes(session.value.bytes)} on the wire, ${session.value.found} in common; budget: ≤ 2 s, ≤ 1 MB`,
      },
      await silence(mine, theirs),
      {
        what: `overlap: the next version, 1 % of ${listCount.toLocaleString('en')} changed: difference / taken over`,
        figure: `${(difference.ms / 1000).toFixed(2)} / ${(applied.ms / 1000).toFixed(2)} s`,
        against: `${megabytes(difference.value.length)} instead of ${megabytes(before.length)}`,
      },
      {
        what: 'overlap: memory of the process at its peak',
        figure: `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
      },
    ];
  } finally {
    await calculator.close();
  }
}

/** A whole session; what goes over the line is counted as the text that is signed. */
async function compare(
  calculator: ReturnType<typeof createCalculator>,
  {
    mine,
    theirs,
    list,
    entries,
  }: { mine: EpochKeys; theirs: EpochKeys; list: Published['list']; entries: readonly Entry[] },
): Promise<{ readonly bytes: number; readonly found: number }> {
  const facts = { session: randomUUID(), theirs, own: mine, entries, purpose: 'bench', legalBasis: null };
  const asking = await calculator.run('ask', facts);
  const answering = await calculator.run('answer', asking.ask, {
    ...{ own: theirs, list: list.header, theirs: mine, reverseCount, waiting: [] },
  });
  if (answering.fault !== null) throw new Error(answering.fault);
  const compared = await calculator.run('compare', asking, answering.answer, { list, own: mine, reverseCount });
  if (compared.fault !== null) throw new Error(compared.fault);
  const { fault: _, ...rest } = answering;
  const finished = await calculator.run('finish', { fault: null, ...rest }, compared.reply, mine);
  if (finished.fault !== null) throw new Error(finished.fault);
  const { message } = tell(facts.session, compared.found);
  const owned = new Map(compared.found.map((known) => [valueFrom(known.output), known.entry]));
  const claims = await calculator.run('claims', theirs, message, owned);
  const messages = [asking.ask, answering.answer, compared.reply, message, toldOf(facts.session, claims)];
  return {
    bytes: messages.reduce((sum, one) => sum + JSON.stringify(one).length, 0),
    found: compared.found.length,
  };
}

/**
 * How long an answerer computes before its answer goes, with silent entries that were asked about and without any, turn about:
 * what the asker could tell apart with a stopwatch.
 */
async function silence(mine: EpochKeys, theirs: EpochKeys): Promise<Figure> {
  const context = {
    voprf: voprfOver(await openGroup()),
    random: (count: number) => new Uint8Array(randomBytes(count)),
  };
  const entries = Array.from({ length: 64 }, (_, n) => entryOf(wallet(n)));
  const facts = { session: randomUUID(), theirs, own: mine, entries, purpose: 'bench', legalBasis: null };
  const { ask } = startAsk(context, facts);
  const { header } = publish(theirs, [1n], null).list;
  const silent = entries.map((it) => ({ ...it, disclosure: 'silent' as const }));
  const took: Record<'with' | 'without', number[]> = { with: [], without: [] };
  for (let turn = 0; turn < 2 * silenceTurns; turn += 1) {
    const which = turn % 2 === 0 ? 'with' : 'without';
    const waiting = which === 'with' ? silent : [];
    const startedMs = performance.now();
    const { fault } = takeAsk(context, ask, { own: theirs, list: header, theirs: mine, reverseCount, waiting });
    took[which].push(performance.now() - startedMs);
    if (fault !== null) throw new Error(fault);
  }
  const [some, none] = [took.with, took.without].map((ms) => ms.sort((a, b) => a - b));
  const at = (ms: readonly number[] = [], share: number) => percentile(ms, share).toFixed(2);
  return {
    what: `overlap: an answer with ${silent.length} silent entries asked about and with none, ${silenceTurns} each: p50`,
    figure: `${at(some, 0.5)} / ${at(none, 0.5)} ms`,
    against: `quarter: ${at(some, 0.25)} / ${at(none, 0.25)} ms; three quarters: ${at(some, 0.75)} / ${at(none, 0.75)} ms`,
  };
}

function wallet(n: number): Identifier {
  const text = `0x${n.toString(16).padStart(40, '0')}`;
  const found = identifierOf(
    { kind: 'address', text, within: 'eip155:1' },
    { address: (chain, address) => addressOn(chain as ChainId, address), transaction: () => null },
  );
  if (found === null) throw new Error(text);
  return found;
}

const entryOf = (identifier: Identifier): Entry => ({
  ...{ id: identifier.text, identifier, disclosure: 'open', contact: 'Kim, cyber unit 2', reference: '2026-1181' },
});

/** Installed beside the project: its install script asks a registry of its own, which `npm ci` must not wait for. */
async function otherLibrary(): Promise<Psi> {
  const folder = path.join(process.env.GONGJO_BENCH_CACHE ?? os.tmpdir(), 'gongjo-bench-psi');
  if (!existsSync(path.join(folder, 'node_modules'))) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--ignore-scripts', '--no-save', '--prefix', folder, alternative]);
  }
  const load = createRequire(path.join(folder, 'package.json'))('@openmined/psi.js') as () => Promise<Psi>;
  return load();
}
