import { gongjoExtension } from '../extension.ts';
import type { StixId } from '../id.ts';
import type { StixObject } from '../model/index.ts';
import type { Comparison } from '../pattern/model.ts';
import { printPattern } from '../pattern/print.ts';
import type { Context, Path } from './collection.ts';
import { type MispAttribute, zMispAttribute } from './event.ts';
import { addGalaxies, addRelationship, relate } from './galaxy.ts';
import { labelled, mispLabel } from './label.ts';
import { type Marks, markingRefs } from './mark.ts';
import { bitcoin, comparison, isPlaceable, observables, place } from './observable.ts';
import { stixTime, utcTime } from './time.ts';

/**
 * One attribute of an event. Whatever STIX has an observable for is observed data, and with `to_ids` an indicator based on
 * it as well; everything else is a note with the value as its content. All carry the attribute's UUID.
 */
export function addAttribute(json: unknown, context: Context, path: Path): void {
  const { collection } = context;
  const attribute = collection.read(zMispAttribute, json, path, 'an attribute');
  if (attribute === null) return;
  const { marks, tags } = collection.tagged(attribute.Tag, context.marks, path);
  const galaxies = addGalaxies(attribute.Galaxy, context, marks, path);
  const time = stixTime(attribute.timestamp) ?? context.time;
  const labels = attributeLabels(attribute, [...tags, ...galaxies.tags]);
  const placed = place(attribute.type, attribute.value);
  const common = { spec_version: '2.1', ...context.author, created: time, ...revoked(attribute), ...labelled(labels) };
  if (placed === null) {
    for (const id of addNote(attribute, { ...common, ...markingRefs(marks) }, context, time, path)) {
      for (const cluster of galaxies.ids) relate(id, cluster, context, time, marks);
    }
    return;
  }
  const { object, ids } = addObserved(
    {
      uuid: attribute.uuid,
      found: observables(placed),
      times: seen(attribute, context, time, path),
      time,
      marks,
      labels,
    },
    context,
    path,
    { ...revoked(attribute), ...comment(attribute.to_ids ? null : attribute.comment) },
  );
  const carriers = [object];
  if (attribute.to_ids) {
    carriers.push(
      addIndicator(
        {
          uuid: attribute.uuid,
          pattern: { kind: 'and', parts: placed.map(comparison) },
          chainless: attribute.type !== 'btc',
          description: attribute.comment ?? null,
          observed: object,
          validFrom: ids.first,
          time,
          marks,
          labels,
          revoked: attribute.deleted,
        },
        context,
        path,
      ),
    );
  }
  for (const cluster of galaxies.ids) for (const id of carriers) relate(id, cluster, context, time, marks);
}

const revoked = ({ deleted }: { readonly deleted: boolean }) => (deleted ? { revoked: true } : {});
export const comment = (text: string | null | undefined) => (text ? { x_misp_comment: text } : {});

function attributeLabels(attribute: MispAttribute, tags: readonly string[]): string[] {
  return [
    mispLabel('type', attribute.type),
    ...(attribute.category ? [mispLabel('category', attribute.category)] : []),
    ...(attribute.to_ids ? [mispLabel('to_ids', 'True')] : []),
    ...tags,
  ];
}

function addNote(
  attribute: MispAttribute,
  common: Readonly<Record<string, unknown>>,
  context: Context,
  time: string,
  path: Path,
): StixId[] {
  const { collection } = context;
  if (attribute.value.trim() === '') {
    collection.wrong([...path, 'value'], 'an empty value, left out');
    return [];
  }
  if (isPlaceable(attribute.type))
    collection.wrong([...path, 'value'], `not a value of ${attribute.type}; kept as a note`);
  else collection.keep(path, `the type ${attribute.type}, as a note`);
  if (attribute.to_ids) collection.wrong([...path, 'to_ids'], 'nothing to detect can be said of this in STIX');
  const [first, last] = [utcTime(attribute.first_seen), utcTime(attribute.last_seen)];
  const id = collection.add({
    ...common,
    type: 'note',
    id: collection.id('note', attribute.uuid, path),
    modified: time,
    content: attribute.value,
    object_refs: [context.event],
    ...comment(attribute.comment),
    ...(first === null ? {} : { x_misp_first_seen: first }),
    ...(last === null ? {} : { x_misp_last_seen: last }),
  } as StixObject);
  collection.stands(attribute.uuid, id);
  return [id];
}

export interface Seen {
  readonly first: string;
  readonly last: string;
}

/** When it was seen; MISP may leave either out, STIX's observed data may not. */
export function seen(
  entry: { readonly first_seen?: string | null | undefined; readonly last_seen?: string | null | undefined },
  { collection }: Context,
  time: string,
  path: Path,
): Seen {
  const read = (key: 'first_seen' | 'last_seen'): string | null => {
    const text = entry[key];
    const utc = utcTime(text);
    if (text && utc === null) collection.wrong([...path, key], 'not a time, left out');
    return utc;
  };
  const [first, last] = [read('first_seen'), read('last_seen')];
  if (first !== null && last !== null && Date.parse(last) < Date.parse(first)) {
    collection.wrong([...path, 'last_seen'], 'before first_seen, left out');
    return { first, last: first };
  }
  return { first: first ?? last ?? time, last: last ?? first ?? time };
}

export interface Observed {
  readonly uuid: string;
  readonly found: readonly StixObject[];
  readonly times: Seen;
  readonly time: string;
  readonly marks: Marks;
  readonly labels: readonly string[];
}

export function addObserved(input: Observed, context: Context, path: Path, more: Readonly<Record<string, unknown>>) {
  const { collection } = context;
  const refs = input.found.map((it) => collection.add({ ...it, ...markingRefs(input.marks) } as StixObject));
  const object = collection.add({
    type: 'observed-data',
    spec_version: '2.1',
    id: collection.id('observed-data', input.uuid, path),
    ...context.author,
    created: input.time,
    modified: input.time,
    first_observed: input.times.first,
    last_observed: input.times.last,
    number_observed: 1,
    object_refs: refs,
    ...more,
    ...labelled(input.labels),
    ...markingRefs(input.marks),
  } as StixObject);
  collection.stands(input.uuid, object);
  return { object, ids: input.times };
}

export interface IndicatorParts {
  readonly uuid: string;
  readonly pattern: { readonly kind: 'and' | 'or'; readonly parts: readonly Comparison[] };
  /** MISP's type does not say on which chain. */
  readonly chainless: boolean;
  readonly description: string | null;
  readonly observed: StixId;
  readonly validFrom: string;
  readonly time: string;
  readonly marks: Marks;
  readonly labels: readonly string[];
  readonly revoked: boolean;
}

export function addIndicator(input: IndicatorParts, context: Context, path: Path): StixId {
  const { collection } = context;
  const [only, second] = input.pattern.parts;
  const of = only !== undefined && second === undefined ? only : input.pattern;
  const id = collection.add({
    type: 'indicator',
    spec_version: '2.1',
    id: collection.id('indicator', input.uuid, path),
    ...context.author,
    created: input.time,
    modified: input.time,
    ...(input.revoked ? { revoked: true } : {}),
    ...(input.description ? { description: input.description } : {}),
    pattern: printPattern({ kind: 'observation', of }),
    pattern_type: 'stix',
    pattern_version: '2.1',
    valid_from: input.validFrom,
    ...labelled(input.labels),
    ...markingRefs(input.marks),
    ...(input.chainless
      ? {}
      : { extensions: { [gongjoExtension]: { extension_type: 'property-extension', chain: bitcoin } } }),
  } as StixObject);
  addRelationship('based-on', id, input.observed, context, input.time, input.marks);
  return id;
}
