import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Chance } from './chance.fixture.ts';

/**
 * Where everything that the desks do takes its turns. A task runs alone until it stops at a point – before a statement, before
 * and after a commit, at the network – and the stage then chooses, by the seed, whose turn is next. So every interleaving of
 * couriers, requests and people at several desks can come up, and the same seed plays the same one again.
 */
export class Stage {
  /** What happened, for whoever looks into a failure. */
  readonly story: string[] = [];
  private readonly tasks = new Set<Task>();
  private readonly chance: Chance;

  constructor(chance: Chance) {
    this.chance = chance;
  }

  note(line: string): void {
    this.story.push(line);
  }

  /** Tasks that have not come to their end. */
  running(place?: string): Task[] {
    return [...this.tasks].filter((task) => place === undefined || task.place === place);
  }

  /** Where each task stands, for whoever looks into a failure. */
  standing(): string {
    return this.running()
      .map(({ place, name, points }) => `${place}: ${name} (${points.map(({ what }) => what.slice(0, 60)).join('; ')})`)
      .join(', ');
  }

  /** Starts a task and runs it to its first point. */
  async start(place: string, name: string, work: (task: Task) => Promise<void>): Promise<Task> {
    const task = new Task(place, name);
    this.tasks.add(task);
    await task.run(async () => {
      await work(task);
    });
    this.tidy(task);
    return task;
  }

  canStep(): boolean {
    return this.points().length > 0;
  }

  /** Lets one task go on from where it stopped to its next point. False where none can. */
  async step(): Promise<boolean> {
    const points = this.points();
    if (points.length === 0) return false;
    const { task, point } = this.chance.pick(points);
    await task.go(point);
    this.tidy(task);
    return true;
  }

  /** Everything that runs at a place stops where it is, for ever; transactions that are open are rolled back. */
  async kill(place: string): Promise<Task[]> {
    const dying = this.running(place);
    for (const task of dying) {
      this.tasks.delete(task);
      await task.kill();
    }
    return dying;
  }

  private points(): { task: Task; point: Point }[] {
    return [...this.tasks].flatMap((task) =>
      task.points.filter(({ ready }) => ready()).map((point) => ({ task, point })),
    );
  }

  private tidy(task: Task): void {
    if (!task.ended) return;
    // What it began and did not wait for goes on without it.
    if (!task.open && task.points.length === 0) this.tasks.delete(task);
    if (task.failure) throw new Error(`${task.place}: ${task.name} failed`, { cause: task.failure });
  }
}

interface Point {
  readonly what: string;
  readonly ready: () => boolean;
  readonly resume: () => void;
}

/** A turn of a task takes milliseconds; one that takes this long waits for something that will not come. */
const turnMsMax = 20_000;

const always = () => true;
const never = new Promise<never>(() => undefined);

export class Task {
  readonly place: string;
  readonly name: string;
  readonly points: Point[] = [];
  killed = false;
  ended = false;
  failure: unknown = null;
  /** It has a transaction open. */
  open = false;
  /** What has to come to an end before a killed task is gone. */
  private closing: Promise<unknown> = Promise.resolve();
  private rests: () => void = () => undefined;
  private readonly dies: () => void;
  private readonly death: Promise<never>;

  constructor(place: string, name: string) {
    this.place = place;
    this.name = name;
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    this.death = promise;
    this.dies = () => reject(new Killed());
  }

  /** Stops here until the stage gives it a turn, and that not before `ready`. A killed task never goes on. */
  async pause(what: string, ready: () => boolean = always): Promise<void> {
    if (this.killed) return never;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.points.push({ what, ready, resume: resolve });
    this.rests();
    return promise;
  }

  /** What `work` does inside a transaction, rolled back at once when the task is killed. */
  async mortal<T>(work: (orDie: <R>(it: Promise<R>) => Promise<R>) => Promise<T>): Promise<T> {
    const result = work((it) => Promise.race([it, this.death]));
    this.open = true;
    this.closing = result
      .catch(() => undefined)
      .finally(() => {
        this.open = false;
      });
    try {
      return await result;
    } catch (thrown) {
      if (this.killed) return never;
      throw thrown;
    }
  }

  async run(work: () => Promise<void>): Promise<void> {
    await this.turn(() => {
      work().then(
        () => this.end(null),
        (thrown) => this.end(thrown),
      );
    });
  }

  async go(point: Point): Promise<void> {
    this.points.splice(this.points.indexOf(point), 1);
    await this.turn(point.resume);
  }

  async kill(): Promise<void> {
    this.killed = true;
    this.points.length = 0;
    this.dies();
    await this.closing;
  }

  private async turn(begin: () => void): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.rests = resolve;
    const timer = setTimeout(() => reject(new Error(`${this.place}: ${this.name} hangs`)), turnMsMax);
    begin();
    if (this.ended) void this.closing.then(() => setImmediate(resolve));
    await promise.finally(() => clearTimeout(timer));
    if (this.ended && this.open && this.points.length === 0) await nextTurn();
  }

  private end(failure: unknown): void {
    this.ended = true;
    this.failure = failure;
    this.rests();
  }
}

/** What a killed task's open transaction is rolled back with; product code never sees it. */
class Killed extends Error {}
