import type { StixObject } from '../model/index.ts';
import { type Finding, pointer } from '../shape.ts';
import { galaxyOf } from './galaxy.ts';
import { type Marks, marksOf, sameMarks, tagsOf, under, unmarked } from './mark.ts';

export type MispEntry = Readonly<Record<string, unknown>>;

/** A MISP event while it is written: what stands in it already, and which STIX objects it says by now. */
export class Sheet {
  readonly byId: ReadonlyMap<string, StixObject>;
  readonly objects: readonly StixObject[];
  readonly attributes: MispEntry[] = [];
  readonly mispObjects: MispEntry[] = [];
  readonly reports: MispEntry[] = [];
  readonly used = new Set<string>();
  /** When the event was last changed; for parts that carry no time. */
  readonly time: string | null;
  readonly #marks: Marks;
  readonly #others: readonly string[];
  readonly #relationships = new Map<string, StixObject[]>();

  constructor(objects: readonly StixObject[], container: StixObject | null) {
    this.objects = objects;
    this.time = typeof container?.modified === 'string' ? container.modified : latest(objects);
    this.byId = new Map(objects.map((it) => [it.id, it]));
    const { marks, others } = container === null ? strictest(objects) : marksOf(container);
    this.#marks = marks;
    this.#others = others;
    for (const it of objects) {
      // Definitions of markings are said by the tags of what they mark.
      if (it.type === 'marking-definition') this.used.add(it.id);
      if (it.type !== 'relationship') continue;
      const source = String(it.source_ref);
      const list = this.#relationships.get(source);
      if (list === undefined) this.#relationships.set(source, [it]);
      else list.push(it);
    }
  }

  uuid(id: string): string {
    return id.slice(-UUID_CHARS);
  }

  relationshipsOf(source: string): readonly StixObject[] {
    return this.#relationships.get(source) ?? [];
  }

  /** The tags of the event itself. */
  eventTags(names: readonly string[]): { name: string }[] {
    return named([...names, ...tagsOf(this.#marks), ...this.#others.map((ref) => this.#statement(ref))]);
  }

  /** The tags of a part: its own, and its marking where it is another than the event's. */
  tags(names: readonly string[], object: StixObject): { name: string }[] {
    const { marks, others } = marksOf(object);
    const strange = others.filter((ref) => !this.#others.includes(ref));
    const own = sameMarks(marks, this.#marks) ? [] : tagsOf(marks);
    return named([...names, ...own, ...strange.map((ref) => this.#statement(ref))]);
  }

  /**
   * Whether the object may stand where MISP puts no tags, under those of the event or of this part of it: reports, galaxies
   * and organisations have none of their own.
   */
  fits(object: StixObject, part: StixObject | null = null): boolean {
    const around = part === null ? { marks: this.#marks, others: this.#others } : marksOf(part);
    const { marks, others } = marksOf(object);
    return sameMarks(under(around.marks, marks), around.marks) && others.every((ref) => around.others.includes(ref));
  }

  /** A marking that MISP has no tag for is a tag by its own words, so that it is not lost. */
  #statement(ref: string): string {
    const definition = this.byId.get(ref)?.definition;
    const statement =
      typeof definition === 'object' && definition !== null
        ? (definition as { statement?: unknown }).statement
        : undefined;
    const name = this.byId.get(ref)?.name;
    return typeof statement === 'string' ? statement : typeof name === 'string' ? name : ref;
  }

  #reason(object: StixObject): string {
    if (!untagged.has(object.type) || this.fits(object)) return `${object.type} is not mapped to MISP, and left out`;
    return `marked more strictly than the event, and MISP has no tags for ${object.type}; left out`;
  }

  /** What no part of the event says. */
  left(): Finding[] {
    return this.objects.flatMap((object, i) =>
      this.used.has(object.id) ? [] : [{ path: pointer(['objects', i]), detail: this.#reason(object) }],
    );
  }
}

/** Objects without a report around them: an event under the strictest of their markings. */
function strictest(objects: readonly StixObject[]): { readonly marks: Marks; readonly others: readonly string[] } {
  const all = objects.filter(({ type }) => type !== 'marking-definition').map(marksOf);
  return {
    marks: all.reduce((sum, { marks }) => under(sum, marks), unmarked),
    others: [...new Set(all.flatMap(({ others }) => others))],
  };
}

function latest(objects: readonly StixObject[]): string | null {
  const times = objects.flatMap(({ modified }) => (typeof modified === 'string' ? [modified] : []));
  return times.sort().at(-1) ?? null;
}

/** What MISP gives no tags of its own. */
const untagged: ReadonlySet<string> = new Set(['note', 'identity', ...galaxyOf.keys()]);

const UUID_CHARS = 36;

const named = (names: readonly string[]): { name: string }[] => [...new Set(names)].map((name) => ({ name }));
