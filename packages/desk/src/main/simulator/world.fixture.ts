import type { Tlp } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import { findPartner, type PartnerContext, sendNext, type WireAnswer } from '../../partner/index.ts';
import { retryRefused } from '../../sharing/index.ts';
import { round, type Theft, theftOf } from './case.fixture.ts';
import { Chance } from './chance.fixture.ts';
import {
  contextFor,
  emptyRecords,
  type PolicyName,
  pairWith,
  partFrom,
  policyTexts,
  type SimDesk,
} from './desk.fixture.ts';
import { type Answer, answerTo, calm, type Packet, packetOf, type Weather } from './link.fixture.ts';
import { answer, passOn, takeBack } from './people.fixture.ts';
import { Stage, type Task } from './stage.fixture.ts';

/** What a desk went by for one partner at some time: what the oracle judges releases by. */
export interface Stance {
  readonly desk: string;
  readonly partner: string;
  readonly policy: PolicyName;
  readonly paired: boolean;
  readonly agreement: string | null;
}

/** A request that is at its receiver's door, and what becomes of it. */
interface Exchange {
  readonly packet: Packet;
  answer: Answer | null;
  broken: boolean;
}

/** How often each thing happens in a seed: some seeds are quiet and long, some are all crashes. */
interface Temper {
  readonly weather: Weather;
  readonly crash: number;
  readonly operate: number;
  readonly operations: number;
  readonly events: number;
}

const temperOf = (chance: Chance): Temper => ({
  weather: {
    requestLost: chance.pick([0, 0.1, 0.3]),
    answerLost: chance.pick([0, 0.1, 0.3]),
    duplicated: chance.pick([0, 0.2, 0.5]),
    delayed: chance.pick([0, 0.1, 0.3]),
  },
  crash: chance.pick([0, 0.4, 1.5]),
  operate: chance.pick([3, 6, 12]),
  operations: chance.between(6, 14),
  events: chance.between(120, 400),
});

/** Three desks that have paired, the network between them, and the people who work at them. */
export class World {
  readonly chance: Chance;
  readonly stage: Stage;
  readonly desks: readonly SimDesk[];
  readonly thefts: Theft[] = [];
  readonly stances: Stance[] = [];
  private readonly temper: Temper;
  private weather: Weather;
  private now = Date.UTC(2026, 0, 1);
  private readonly arriving: Exchange[] = [];
  private readonly serving = new Map<Task, Exchange>();
  private readonly late: Packet[] = [];
  private readonly down = new Set<SimDesk>();
  steps = 0;

  constructor(desks: readonly SimDesk[], seed: number) {
    this.desks = desks;
    this.chance = new Chance(seed);
    this.stage = new Stage(this.chance);
    this.temper = temperOf(this.chance);
    this.weather = this.temper.weather;
  }

  async begin(): Promise<void> {
    for (const desk of this.desks) {
      await emptyRecords(desk);
      desk.policy = 'default';
      desk.skewMs = this.chance.between(-20_000, 20_000);
    }
    for (const desk of this.desks) {
      for (const other of this.others(desk)) {
        const agreement = this.chance.happens(0.8) ? 'MoU' : null;
        await this.toTheEnd(desk, `pair with ${other.card.desk}`, (context) =>
          pairWith(context, other.card, agreement),
        );
      }
      await this.noteStances(desk);
    }
    await this.prologue();
  }

  /** In calm weather, so that there is something to pass on, to answer and to take back when the accidents begin. */
  private async prologue(): Promise<void> {
    const { chance } = this;
    this.weather = calm;
    for (const desk of this.desks) {
      if (!chance.happens(0.7)) continue;
      const theft = this.theftAt(desk);
      await this.toTheEnd(desk, `opens theft ${theft.n} (${theft.tlp})`, (context) => round(context, theft));
    }
    await this.drain();
    for (const desk of this.desks) {
      if (!chance.happens(0.5)) continue;
      const [from, to] = this.inAnyOrder(this.others(desk));
      if (from && to) await this.toTheEnd(desk, ...this.passingOn(from, to));
    }
    this.weather = this.temper.weather;
  }

  private theftAt(desk: SimDesk): Theft {
    const tlp = this.chance.pick<Tlp>(['clear', 'green', 'amber', 'amber', 'amber', 'amber+strict', 'red']);
    const theft = theftOf(desk.card.desk, this.thefts.length + 1, tlp, this.now + desk.skewMs);
    this.thefts.push(theft);
    this.spread(theft);
    return theft;
  }

  private inAnyOrder<T>(list: readonly T[]): T[] {
    const left = [...list];
    return list.flatMap(() => left.splice(this.chance.below(left.length), 1));
  }

  private passingOn(from: SimDesk, to: SimDesk): [name: string, work: (context: PartnerContext) => Promise<void>] {
    return [
      `passes on from ${from.card.desk} to ${to.card.desk}`,
      (context) => passOn(context, this.chance, from.card.desk, to.card.desk).catch(expected),
    ];
  }

  /** Work, accidents and bad weather, until all that the seed holds has been begun. */
  async play(): Promise<void> {
    let { operations } = this.temper;
    for (let left = this.temper.events; left > 0; left -= 1) {
      this.steps += 1;
      const up = this.desks.filter((desk) => !this.down.has(desk));
      const event = this.chance.weighed({
        step: this.stage.canStep() ? 60 : 0,
        arrive: this.arriving.length * 10,
        late: this.late.length,
        courier: up.length > 0 ? 16 : 0,
        operate: up.length > 0 && operations > 0 ? this.temper.operate : 0,
        crash: up.reduce((sum, desk) => sum + this.dangerOf(desk), 0),
        boot: this.down.size * 4,
        tick: 1,
      });
      if (event === 'step') await this.stage.step();
      else if (event === 'arrive') await this.arrive();
      else if (event === 'late') this.arriving.push(exchangeOf(this.takeLate()));
      else if (event === 'courier') await this.courier(this.chance.pick(up));
      else if (event === 'crash') await this.crash(this.desk(this.chance.weighed(this.dangers(up))));
      else if (event === 'boot') this.down.delete(this.chance.pick([...this.down]));
      else if (event === 'tick') this.now += this.chance.between(1, 40_000);
      else {
        operations -= 1;
        await this.operate(this.chance.pick(up));
      }
    }
  }

  /** The network heals, everybody is up and paired, and what waits goes out. Fails where something waits for ever. */
  async heal(): Promise<void> {
    this.stage.note('heals');
    this.weather = calm;
    this.down.clear();
    while (this.late.length > 0) this.arriving.push(exchangeOf(this.takeLate()));
    await this.quiet();
    for (const desk of this.desks) {
      for (const other of this.others(desk)) {
        const known = await findPartner(desk.records, other.card.desk);
        if (known) continue;
        await this.toTheEnd(desk, `pair with ${other.card.desk}`, (context) => pairWith(context, other.card, 'MoU'));
      }
      await this.noteStances(desk);
    }
    for (const theft of this.thefts) {
      const desk = this.desk(theft.desk);
      if (theft.recalled) {
        await this.toTheEnd(desk, `takes back theft ${theft.n} for good`, (context) => takeBack(context, theft.id));
        continue;
      }
      await this.toTheEnd(desk, `last round of theft ${theft.n}`, (context) => round(context, theft));
    }
    await this.drain();
    // What people are still asked, most of them answer now; what follows from that goes out as well.
    for (const desk of this.desks)
      for (let answers = 3; answers > 0; answers -= 1)
        await this.toTheEnd(desk, 'answers a request', (context) => answer(context, this.chance).catch(expected));
    await this.drain();
  }

  private async drain(): Promise<void> {
    for (let left = drainsMax; ; left -= 1) {
      if (left === 0) throw new Error('something waits for ever');
      let more = false;
      for (const desk of this.desks)
        for (const other of this.others(desk))
          await this.toTheEnd(desk, `courier to ${other.card.desk}`, async (context) => {
            const partner = await findPartner(context.records, other.card.desk);
            if (partner && (await sendNext(context, partner, running)).state !== 'idle') more = true;
          });
      if (!more) return;
    }
  }

  desk(id: string): SimDesk {
    const found = this.desks.find(({ card }) => card.desk === id);
    if (!found) throw new Error(`no desk is called ${id}`);
    return found;
  }

  others(desk: SimDesk): SimDesk[] {
    return this.desks.filter((other) => other !== desk);
  }

  /** Begins something at a desk and lets it take its turns among everything else. */
  private async spawn(desk: SimDesk, name: string, work: (context: PartnerContext) => Promise<void>): Promise<Task> {
    this.stage.note(`${desk.card.desk}: ${name}`);
    return this.stage.start(desk.card.desk, name, (task) => work(this.contextOf(desk, task)));
  }

  private async toTheEnd(desk: SimDesk, name: string, work: (context: PartnerContext) => Promise<void>): Promise<void> {
    await this.spawn(desk, name, work);
    await this.quiet();
  }

  private async quiet(): Promise<void> {
    while (this.stage.running().length > 0 || this.arriving.length > 0) {
      if (this.arriving.length > 0) await this.arrive();
      else if (!(await this.stage.step())) throw new Error('tasks wait for each other');
    }
  }

  private contextOf(desk: SimDesk, task: Task): PartnerContext {
    return contextFor(desk, task, {
      now: () => this.now,
      uuid: () => this.chance.uuid(),
      wire: (request) => this.send(task, packetOf(desk.card.desk, request)),
    });
  }

  private async send(task: Task, packet: Packet): Promise<WireAnswer> {
    await task.pause('send');
    const { requestLost, answerLost, duplicated, delayed } = this.weather;
    const { chance, stage } = this;
    if (chance.happens(duplicated)) this.late.push(packet);
    if (chance.happens(delayed)) this.late.push(packet);
    else if (!chance.happens(requestLost)) {
      const exchange = exchangeOf(packet);
      this.arriving.push(exchange);
      await task.pause('answer', () => exchange.broken || exchange.answer !== null);
      const { answer } = exchange;
      if (answer && !chance.happens(answerLost)) return { status: answer.status, retryAfterS: null, text: answer.body };
    }
    stage.note(`${packet.from}: no answer from ${packet.to}`);
    throw new Error('the line is dead');
  }

  private takeLate(): Packet {
    const [packet] = this.late.splice(this.chance.below(this.late.length), 1);
    if (!packet) throw new Error('nothing is late');
    return packet;
  }

  private async arrive(): Promise<void> {
    const [exchange] = this.arriving.splice(this.chance.below(this.arriving.length), 1);
    if (!exchange) return;
    const desk = this.desk(exchange.packet.to);
    if (this.down.has(desk)) {
      exchange.broken = true;
      return;
    }
    const name = `request of ${exchange.packet.from}`;
    const task = await this.spawn(desk, name, async (context) => {
      exchange.answer = await answerTo(context, exchange.packet);
      this.stage.note(`${desk.card.desk}: answers ${exchange.packet.from} ${exchange.answer.status}`);
    });
    if (!task.ended) this.serving.set(task, exchange);
  }

  /** A courier of the desk looks whether something waits; there is one for each partner, and it does one thing at a time. */
  private async courier(desk: SimDesk): Promise<void> {
    const other = this.chance.pick(await this.worthwhile(desk));
    const name = `courier to ${other.card.desk}`;
    if (this.stage.running(desk.card.desk).some((task) => task.name === name)) return;
    await this.spawn(desk, name, async (context) => {
      const partner = await findPartner(context.records, other.card.desk);
      if (partner) await sendNext(context, partner, running);
    });
  }

  /** Partners for whom something waits, as far as one can look now; a courier that finds nothing shows nothing. */
  private async worthwhile(desk: SimDesk): Promise<SimDesk[]> {
    const others = this.others(desk);
    if (desk.turn.holder !== null) return others;
    const rows = await desk.records.query<{ partner: string }>(
      `select distinct partner from deliveries where direction = 'out' and state = 'waiting'`,
    );
    const wanted = others.filter(({ card }) => rows.some(({ partner }) => partner === card.desk));
    return wanted.length > 0 ? wanted : others;
  }

  /** Accidents prefer the moments around a commit: those are where something can be lost or done twice. */
  private dangerOf(desk: SimDesk): number {
    const critical = this.stage
      .running(desk.card.desk)
      .flatMap(({ points }) => points.filter(({ what }) => what === 'commit' || what === 'committed'));
    return this.temper.crash * (1 + 6 * critical.length);
  }

  private dangers(desks: readonly SimDesk[]): Record<string, number> {
    return Object.fromEntries(desks.map((desk) => [desk.card.desk, this.dangerOf(desk)]));
  }

  private async crash(desk: SimDesk): Promise<void> {
    this.stage.note(`${desk.card.desk}: crashes`);
    for (const task of await this.stage.kill(desk.card.desk)) {
      const exchange = this.serving.get(task);
      if (exchange) exchange.broken = true;
    }
    this.down.add(desk);
    await this.noteStances(desk);
  }

  private async operate(desk: SimDesk): Promise<void> {
    const { chance } = this;
    const other = chance.pick(this.others(desk));
    const own = this.thefts.filter((theft) => theft.desk === desk.card.desk);
    const what = chance.weighed({
      open: own.length < 3 ? 4 : 0,
      grow: own.length > 0 ? 4 : 0,
      agree: 1,
      part: 0.5,
      policy: 0.7,
      retry: 0.5,
      rename: own.length > 0 ? 2 : 0,
      passOn: 5,
      answer: 6,
      takeBack: own.length > 0 ? 2.5 : 0,
    });
    if (what === 'open') {
      const theft = this.theftAt(desk);
      await this.spawn(desk, `opens theft ${theft.n} (${theft.tlp})`, (context) => round(context, theft));
    } else if (what === 'grow') {
      const theft = chance.pick(own);
      this.spread(theft);
      await this.spawn(desk, `round of theft ${theft.n}`, (context) => round(context, theft));
    } else if (what === 'policy') {
      desk.policy = chance.pick(Object.keys(policyTexts) as PolicyName[]);
      this.stage.note(`${desk.card.desk}: policy ${desk.policy}`);
      await this.crash(desk);
    } else if (what === 'rename') {
      const theft = chance.pick(own);
      theft.renamed += 1;
      await this.spawn(desk, `renames theft ${theft.n}`, (context) => round(context, theft));
    } else if (what === 'passOn') {
      const [from, to] = this.inAnyOrder(this.others(desk));
      if (from && to) await this.spawn(desk, ...this.passingOn(from, to));
    } else if (what === 'answer') {
      await this.spawn(desk, 'answers a request', (context) => answer(context, chance).catch(expected));
    } else if (what === 'takeBack') {
      const theft = chance.pick(own);
      theft.recalled = true;
      await this.spawn(desk, `takes back theft ${theft.n}`, (context) => takeBack(context, theft.id));
    } else if (what === 'retry') {
      await this.spawn(desk, `retries ${other.card.desk}`, async ({ records }) => {
        await records.transaction((tx) => retryRefused(tx, other.card.desk));
      });
    } else {
      const agreement = what === 'agree' && chance.happens(0.6) ? 'MoU' : null;
      const name =
        what === 'part' ? `parts from ${other.card.desk}` : `agreement with ${other.card.desk}: ${agreement}`;
      await this.toTheEnd(desk, name, (context) =>
        (what === 'part' ? partFrom(context, other.card) : pairWith(context, other.card, agreement)).catch(expected),
      );
      await this.noteStances(desk);
    }
  }

  private spread({ addresses, recalled }: Theft): void {
    if (recalled) return;
    for (let more = this.chance.between(0, 2); more > 0; more -= 1) addresses.push(this.chance.between(1, 9));
  }

  private async noteStances(desk: SimDesk): Promise<void> {
    for (const other of this.others(desk)) {
      const partner = await findPartner(desk.records, other.card.desk);
      this.stances.push({
        desk: desk.card.desk,
        partner: other.card.desk,
        policy: desk.policy,
        paired: partner !== null,
        agreement: partner?.agreement ?? null,
      });
    }
  }
}

/** Everything that can wait is sent in a few rounds of all couriers. */
const drainsMax = 60;

const running = new AbortController().signal;

const exchangeOf = (packet: Packet): Exchange => ({ packet, answer: null, broken: false });

/** A problem that the operator is told; anything else is a fault of the desk. */
function expected(thrown: unknown): void {
  if (!(thrown instanceof GongjoError)) throw thrown;
}
