import type { StixObject } from '../model/index.ts';
import { type Finding, pointer } from '../shape.ts';
import { type Marks, marksOf, sameMarks, tagsOf, unmarked } from './mark.ts';

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
    const { marks, others } = container === null ? { marks: unmarked, others: [] } : marksOf(container);
    this.#marks = marks;
    this.#others = others;
    for (const it of objects) {
      // Definitions of markings are said by the tags of what they mark.
      if (it.type === 'marking-definition') this.used.add(it.id);
      if (it.type !== 'relationship') continue;
      const source = String(it.source_ref);
      this.#relationships.set(source, [...(this.#relationships.get(source) ?? []), it]);
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

  /** What no part of the event says. */
  left(): Finding[] {
    return this.objects.flatMap((object, i) =>
      this.used.has(object.id)
        ? []
        : [{ path: pointer(['objects', i]), detail: `${object.type} is not mapped to MISP, and left out` }],
    );
  }
}

function latest(objects: readonly StixObject[]): string | null {
  const times = objects.flatMap(({ modified }) => (typeof modified === 'string' ? [modified] : []));
  return times.sort().at(-1) ?? null;
}

const UUID_CHARS = 36;

const named = (names: readonly string[]): { name: string }[] => [...new Set(names)].map((name) => ({ name }));
