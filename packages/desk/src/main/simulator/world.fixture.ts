import type { Quotas, Tlp } from '@gongjo/contract';
import {
  findPartner,
  listCollections,
  type PartnerContext,
  sendNext,
  settleKeys,
  type WireAnswer,
} from '../../partner/index.ts';
import { fill } from '../collections.ts';
import { round, type Theft, theftOf } from './case.fixture.ts';
import { Chance } from './chance.fixture.ts';
import {
  contextFor,
  gateOf,
  openCollection,
  type PolicyName,
  pairWith,
  renew,
  type SimDesk,
  type Surroundings,
} from './desk.fixture.ts';
import { answering, begin, keyChange, marking, opening, passing, reading } from './errands.fixture.ts';
import { decideCasesAgain, holdsCases, type Joint, joining, noJoint, openingCase, writing } from './joint.fixture.ts';
import { type Answer, answerTo, calm, type Packet, packetOf, type Weather, wireAnswerOf } from './link.fixture.ts';
import { takeBack } from './people.fixture.ts';
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
  /** At any time, and at each commit that is about to be or just was. */
  readonly crash: { readonly ever: number; readonly atCommit: number };
  readonly operate: number;
  readonly operations: number;
  readonly events: number;
  /** Most of what may be passed on is, before the accidents begin. */
  readonly relays: boolean;
  readonly marks: number;
  readonly policy: number;
  /** How likely a desk begins with a policy under which less goes, and in the end comes back to the one that all know. */
  readonly reserve: number;
  /** Keys change; then nobody parts, for who pairs anew does it with the keys of that moment. */
  readonly rotate: number;
  readonly read: number;
  readonly quotas: Quotas | null;
  /** How often people work on joint cases. */
  readonly cases: number;
}

/** An hour's worth of a partner that hardly anything is taken from. */
const fewQuotas: Quotas = {
  requestsPerHour: 20,
  deliveriesPerHour: 1,
  objectsPerHour: 1000,
  bytesPerHour: 1024 ** 2,
  concurrent: 1,
  bodyBytes: 1024 ** 2,
};

const temperOf = (chance: Chance): Temper => ({
  weather: {
    requestLost: chance.pick([0, 0.1, 0.3]),
    answerLost: chance.pick([0, 0.1, 0.3]),
    duplicated: chance.pick([0, 0.2, 0.5]),
    delayed: chance.pick([0, 0.1, 0.3]),
  },
  crash: chance.pick([
    { ever: 0, atCommit: 0 },
    { ever: 0.4, atCommit: 2.4 },
    { ever: 1.5, atCommit: 9 },
    { ever: 0.2, atCommit: 120 },
  ]),
  operate: chance.pick([3, 6, 12]),
  operations: chance.between(6, 14),
  events: chance.between(120, 400),
  relays: chance.happens(0.4),
  marks: chance.pick([0, 0, 8]),
  policy: chance.pick([0.7, 0.7, 6]),
  reserve: chance.pick([0, 0, 0.7]),
  rotate: chance.pick([0, 0, 6]),
  read: chance.pick([0, 2, 6]),
  quotas: chance.happens(0.3) ? fewQuotas : null,
  cases: 0,
});

/** People work on cases besides all that they do else: more happens, and sooner. */
const withCases = (temper: Temper): Temper => ({
  ...temper,
  ...{ cases: 20, operate: 14, operations: temper.operations * 5, events: temper.events + 300 },
});

/** Three desks that have paired, the network between them, and the people who work at them. */
export class World {
  readonly chance: Chance;
  readonly stage: Stage;
  readonly desks: readonly SimDesk[];
  readonly thefts: Theft[] = [];
  readonly stances: Stance[] = [];
  readonly joint: Joint = noJoint();
  readonly temper: Temper;
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
    const temper = temperOf(this.chance);
    this.temper = holdsCases(seed) ? withCases(temper) : temper;
    this.weather = this.temper.weather;
  }

  async begin(): Promise<void> {
    for (const desk of this.desks) {
      await renew(desk);
      desk.quotas = this.temper.quotas;
      if (this.chance.happens(this.temper.reserve)) desk.policy = this.chance.pick<PolicyName>(['terse', 'narrow']);
      desk.skewMs = this.chance.between(-20_000, 20_000);
      await this.boot(desk);
      await openCollection(contextFor(desk, null, this.surroundings(desk, null)));
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
    const { relays } = this.temper;
    this.weather = calm;
    for (const desk of this.desks) if (chance.happens(0.7)) await this.toTheEnd(desk, ...opening(this, desk));
    await this.drain();
    for (const desk of this.desks) if (relays || chance.happens(0.5)) await this.toTheEnd(desk, ...passing(this, desk));
    if (relays) {
      await this.drain();
      for (const desk of this.desks) await this.toTheEnd(desk, ...answering(this));
      await this.drain();
    }
    for (const desk of this.desks)
      if (this.temper.read > 0) {
        await this.fillAt(desk);
        await this.quiet();
        await this.toTheEnd(desk, ...reading(desk));
      }
    for (const desk of this.desks)
      if (this.temper.marks > 0 && chance.happens(0.5)) await this.toTheEnd(desk, ...marking(this));
    if (this.temper.cases > 0) await this.openCases();
    this.weather = this.temper.weather;
  }

  /** A case that all three are in, with something in it, so that the accidents meet people who work on it. */
  private async openCases(): Promise<void> {
    const [first] = this.inAnyOrder(this.desks);
    if (!first) return;
    await this.toTheEnd(first, ...openingCase(this, first));
    await this.drain();
    for (const desk of this.others(first)) await this.toTheEnd(desk, ...joining(this));
    await this.drain();
    for (const desk of this.desks) await this.toTheEnd(desk, ...writing(this));
    await this.drain();
  }

  theftAt(desk: SimDesk): Theft {
    const tlp = this.chance.pick<Tlp>(['clear', 'green', 'amber', 'amber', 'amber', 'amber+strict', 'red']);
    const theft = theftOf(desk.card.desk, this.thefts.length + 1, tlp, this.now + desk.skewMs);
    this.thefts.push(theft);
    this.spread(theft);
    return theft;
  }

  inAnyOrder<T>(list: readonly T[]): T[] {
    const left = [...list];
    return list.flatMap(() => left.splice(this.chance.below(left.length), 1));
  }

  /** Work, accidents and bad weather, until all that the seed holds has been begun. */
  async play(): Promise<void> {
    let { operations } = this.temper;
    for (let left = this.temper.events; left > 0; left -= 1) {
      this.steps += 1;
      // No two things happen at one moment, so that of two one can tell which was first.
      this.now += 1;
      const up = this.desks.filter((desk) => !this.down.has(desk));
      const event = this.chance.weighed({
        step: this.stage.canStep() ? 60 : 0,
        arrive: this.arriving.length * 10,
        late: this.late.length,
        courier: up.length > 0 ? 16 : 0,
        fill: up.length > 0 ? this.temper.read : 0,
        read: up.length > 0 ? this.temper.read : 0,
        operate: up.length > 0 && operations > 0 ? this.temper.operate : 0,
        crash: up.reduce((sum, desk) => sum + this.dangerOf(desk), 0),
        boot: this.down.size * 10,
        tick: 1,
      });
      if (event === 'step') await this.stage.step();
      else if (event === 'arrive') await this.arrive();
      else if (event === 'late') this.arriving.push(exchangeOf(this.takeLate()));
      else if (event === 'courier') await this.courier(this.chance.pick(up));
      else if (event === 'crash') await this.crash(this.desk(this.chance.weighed(this.dangers(up))));
      else if (event === 'boot') await this.boot(this.chance.pick([...this.down]));
      else if (event === 'fill') await this.fillAt(this.chance.pick(up));
      else if (event === 'read') await this.readAt(this.chance.pick(up));
      else if (event === 'tick') this.now += this.chance.between(1, 40_000);
      else {
        operations -= 1;
        await begin(this, this.chance.pick(up));
      }
    }
  }

  /** The network heals, everybody is up and paired, and what waits goes out. Fails where something waits for ever. */
  async heal(): Promise<void> {
    this.stage.note('heals');
    this.weather = calm;
    for (const desk of [...this.down]) await this.boot(desk);
    while (this.late.length > 0) this.arriving.push(exchangeOf(this.takeLate()));
    await this.quiet();
    for (const desk of this.desks) {
      if (this.chance.happens(this.temper.reserve)) desk.policy = 'default';
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
      for (let answers = 3; answers > 0; answers -= 1) await this.toTheEnd(desk, ...answering(this));
    await this.drain();
    for (const desk of this.desks)
      if (this.temper.cases > 0)
        await this.toTheEnd(desk, 'decides its cases again', (context) => decideCasesAgain(context, this.joint));
    await this.drain();
    for (const desk of this.desks) {
      await this.fillAt(desk);
      await this.quiet();
      await this.toTheEnd(desk, ...reading(desk));
    }
  }

  /** The worker that fills the desk's collection looks what is new; there is one. */
  private async fillAt(desk: SimDesk): Promise<void> {
    await this.alone(desk, 'fills its collection', async (context) => {
      for (const collection of await listCollections(context.records)) while ((await fill(context, collection)).more);
    });
  }

  private async readAt(desk: SimDesk): Promise<void> {
    await this.alone(desk, ...reading(desk));
  }

  private async alone(desk: SimDesk, name: string, work: (context: PartnerContext) => Promise<void>): Promise<void> {
    if (this.stage.running(desk.card.desk).some((task) => task.name === name)) return;
    await this.spawn(desk, name, work);
  }

  /** Starts a desk that is down; before anything else it sees which of its keys its records name. */
  private async boot(desk: SimDesk): Promise<void> {
    await settleKeys(contextFor(desk, null, this.surroundings(desk, null)));
    this.down.delete(desk);
  }

  private async drain(): Promise<void> {
    for (let left = drainsMax; ; left -= 1) {
      if (left === 0) throw new Error('something waits for ever');
      let more = false;
      for (const desk of this.desks)
        for (const other of await this.wanted(desk))
          await this.toTheEnd(desk, `courier to ${other.card.desk}`, async (context) => {
            const partner = await findPartner(context.records, other.card.desk);
            if (!partner) return;
            const sent = await sendNext(context, partner, running);
            if (sent.state !== 'idle') more = true;
            // A second more, for clocks differ and hours begin when they do.
            if (sent.retryAfterMs !== undefined) this.now += sent.retryAfterMs + 1000;
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
  async spawn(desk: SimDesk, name: string, work: (context: PartnerContext) => Promise<void>): Promise<Task> {
    this.stage.note(`${desk.card.desk}: ${name}`);
    return this.stage.start(desk.card.desk, name, (task) => work(this.contextOf(desk, task)));
  }

  async toTheEnd(desk: SimDesk, name: string, work: (context: PartnerContext) => Promise<void>): Promise<void> {
    await this.spawn(desk, name, work);
    await this.quiet();
  }

  private async quiet(): Promise<void> {
    while (this.stage.running().length > 0 || this.arriving.length > 0) {
      this.now += 1;
      if (this.arriving.length > 0) await this.arrive();
      else if (!(await this.stage.step())) throw new Error(`these wait for each other: ${this.stage.standing()}`);
    }
  }

  private contextOf(desk: SimDesk, task: Task): PartnerContext {
    return contextFor(desk, task, this.surroundings(desk, task));
  }

  private surroundings(desk: SimDesk, task: Task | null): Surroundings {
    return {
      now: () => this.now,
      uuid: () => this.chance.uuid(),
      wire: async (request) => {
        if (!task) throw new Error('a desk that starts sends nothing');
        return this.send(task, packetOf(desk.card.desk, request));
      },
    };
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
      if (answer && !chance.happens(answerLost)) return wireAnswerOf(answer);
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
      exchange.answer = await answerTo(context, exchange.packet, gateOf(desk, context));
      this.stage.note(`${desk.card.desk}: answers ${exchange.packet.from} ${toldBy(exchange.answer)}`);
    });
    if (!task.ended) this.serving.set(task, exchange);
  }

  /** A courier of the desk looks whether something waits; there is one for each partner, and it does one thing at a time. */
  private async courier(desk: SimDesk): Promise<void> {
    const wanted = desk.turn.holder === null ? await this.wanted(desk) : this.others(desk);
    if (wanted.length === 0) return;
    const other = this.chance.pick(wanted);
    await this.alone(desk, `courier to ${other.card.desk}`, async (context) => {
      const partner = await findPartner(context.records, other.card.desk);
      if (partner) await sendNext(context, partner, running);
    });
  }

  /** Partners for whom something waits: a courier that finds nothing shows nothing. Nobody at the desk may have a transaction open. */
  private async wanted(desk: SimDesk): Promise<SimDesk[]> {
    const rows = await desk.records.query<{ partner: string }>(
      `select distinct partner from deliveries where direction = 'out' and state = 'waiting'`,
    );
    return this.others(desk).filter(({ card }) => rows.some(({ partner }) => partner === card.desk));
  }

  /** Accidents prefer the moments around a commit: those are where something can be lost or done twice. */
  private dangerOf(desk: SimDesk): number {
    const critical = this.stage
      .running(desk.card.desk)
      .flatMap(({ points }) => points.filter(({ what }) => what === 'commit' || what === 'committed'));
    // A desk that changes its key changes it in two places, one after the other.
    const keys = this.stage.running(desk.card.desk).filter(({ name }) => name === keyChange);
    const between = keys.filter(({ points }) => points.some(({ what }) => what === 'committed'));
    const { ever, atCommit } = this.temper.crash;
    return ever + atCommit * critical.length + 30 * between.length;
  }

  private dangers(desks: readonly SimDesk[]): Record<string, number> {
    return Object.fromEntries(desks.map((desk) => [desk.card.desk, this.dangerOf(desk)]));
  }

  async crash(desk: SimDesk): Promise<void> {
    this.stage.note(`${desk.card.desk}: crashes`);
    for (const task of await this.stage.kill(desk.card.desk)) {
      const exchange = this.serving.get(task);
      if (exchange) exchange.broken = true;
    }
    desk.gate = null;
    this.down.add(desk);
    await this.noteStances(desk);
  }

  spread({ addresses, recalled }: Theft): void {
    if (recalled) return;
    for (let more = this.chance.between(0, 2); more > 0; more -= 1) addresses.push(this.chance.between(1, 9));
  }

  async noteStances(desk: SimDesk): Promise<void> {
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
const drainsMax = 200;

const running = new AbortController().signal;

const exchangeOf = (packet: Packet): Exchange => ({ packet, answer: null, broken: false });

/** An answer, for whoever looks into a failure. */
function toldBy({ status, body }: Answer): string {
  return status < 300 ? String(status) : `${status} ${(JSON.parse(body) as { error_code?: string }).error_code}`;
}
