import type { z } from 'zod';
import { gongjoId, type StixId, stixId } from '../id.ts';
import type { StixObject } from '../model/index.ts';
import { type Finding, pointer } from '../shape.ts';
import { unmappedKeys } from './event.ts';
import { isLaxer, type Marks, markingDefinitions, markingRefs, marksOf, readTags, under } from './mark.ts';

export type Path = readonly PropertyKey[];

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What one reading of MISP events has gathered. Objects that several entries make are one, under the strictest marking. */
export class Collection {
  readonly findings: Finding[] = [];
  /** What came along as text, a label or a property of MISP's, without a meaning in STIX. */
  readonly kept: Finding[] = [];
  readonly #objects = new Map<string, StixObject>();
  /** The object that stands for a thing with this UUID when another refers to it. */
  readonly #standing = new Map<string, StixId>();

  get objects(): StixObject[] {
    return [...this.#objects.values()];
  }

  get size(): number {
    return this.#objects.size;
  }

  add(object: StixObject): StixId {
    const earlier = this.#objects.get(object.id);
    if (earlier === undefined) {
      this.#objects.set(object.id, object);
      return object.id;
    }
    const { object_marking_refs: _, ...rest } = earlier;
    const marks = under(marksOf(earlier).marks, marksOf(object).marks);
    this.#objects.set(object.id, { ...rest, ...markingRefs(marks) } as StixObject);
    return object.id;
  }

  stands(uuid: string, id: StixId): void {
    this.#standing.set(uuid.toLowerCase(), id);
  }

  standing(uuid: string): StixId | null {
    return this.#standing.get(uuid.toLowerCase()) ?? null;
  }

  wrong(path: Path, detail: string): void {
    this.findings.push({ path: pointer(path), detail });
  }

  keep(path: Path, detail: string): void {
    this.kept.push({ path: pointer(path), detail });
  }

  /** The entry by its schema, or `null` and why not. What it carries beyond the schema is told. */
  read<T extends z.ZodObject>(schema: T, json: unknown, path: Path, what: string): z.infer<T> | null {
    const parsed = schema.safeParse(json);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      this.wrong([...path, ...(issue?.path ?? [])], `not ${what}: ${issue?.message ?? ''}`);
      return null;
    }
    for (const key of unmappedKeys(parsed.data, schema)) {
      this.wrong(
        [...path, key],
        key === 'data' ? 'the attached file is not carried' : 'not mapped to STIX, and left out',
      );
    }
    return parsed.data;
  }

  /** The entry's own UUID under a STIX type; where it has none that STIX takes, one that always comes out the same. */
  id(type: string, uuid: string, path: Path): StixId {
    const lower = uuid.toLowerCase();
    if (uuidForm.test(lower)) return stixId(type, lower);
    this.wrong([...path, 'uuid'], 'not a UUID that STIX takes; another one stands for it');
    return gongjoId(type, 'misp', uuid);
  }

  /** Reads tags into markings and labels, under the marks of the event around. */
  tagged(tags: readonly { readonly name: string }[], around: Marks, path: Path) {
    const reading = readTags(tags.map(({ name }) => name));
    for (const fault of reading.faults) this.wrong([...path, 'Tag'], fault);
    if (isLaxer(around, reading.marks)) {
      this.wrong(
        [...path, 'Tag'],
        `TLP:${String(reading.marks.tlp[0]).toUpperCase()} is laxer than the event, whose marking holds`,
      );
    }
    const marks = under(around, reading.marks);
    for (const definition of markingDefinitions(marks)) this.add(definition);
    return { marks, tags: reading.tags };
  }
}

/** What all parts of an event share. */
export interface Context {
  readonly collection: Collection;
  /** The report or grouping that stands for the event. */
  readonly event: StixId;
  readonly author: { readonly created_by_ref?: StixId };
  readonly marks: Marks;
  /** Of the event; for parts that carry none. */
  readonly time: string;
}
