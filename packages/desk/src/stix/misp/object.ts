import type { StixId } from '../id.ts';
import type { StixObject } from '../model/index.ts';
import type { Comparison } from '../pattern/model.ts';
import { addIndicator, addObserved, comment, seen } from './attribute.ts';
import type { Context, Path } from './collection.ts';
import { type MispAttribute, type MispObject, type MispReference, zMispAttribute, zMispObject } from './event.ts';
import { addGalaxies, relate } from './galaxy.ts';
import { labelled, mispLabel } from './label.ts';
import { type Marks, markingRefs, under, unmarked } from './mark.ts';
import { comparison, observable, observables, type Place, type Placed, place } from './observable.ts';
import { stixTime, utcTime } from './time.ts';

/**
 * An object of an event: several attributes that belong together (MISP object templates `coin-address`, `btc-wallet`,
 * `btc-transaction`, `cryptocurrency-transaction`, `bank-account`, and any other by the types of its attributes). It is
 * observed data over its observables; all its attributes stand in `x_misp_attributes`, as in MISP's own converter. Those
 * with `to_ids` make one indicator, any of whose values matches. Amounts in MISP are floating-point text and stay text.
 */
export function addObject(json: unknown, context: Context, path: Path): void {
  const { collection } = context;
  const object = collection.read(zMispObject, json, path, 'an object');
  if (object === null) return;
  const members = readMembers(object, context, path);
  const marks = members.reduce((all, it) => under(all, it.marks), context.marks);
  const time = stixTime(object.timestamp) ?? context.time;
  const labels = objectLabels(
    object,
    members.some(({ attribute }) => attribute.to_ids),
  );
  const attributes = members.map(({ entry }) => entry);
  const more = {
    ...(object.deleted ? { revoked: true } : {}),
    ...comment(object.comment),
    ...(attributes.length === 0 ? {} : { x_misp_attributes: attributes }),
  };
  const placed = members.flatMap((it) =>
    placeMember(object.name, it.attribute).map((at) => ({ ...at, to_ids: it.attribute.to_ids })),
  );
  const found = objectObservables(object.name, placed, members);
  const carriers: StixId[] = [];
  if (found.length === 0) {
    carriers.push(addObjectNote(object, members, { labels, marks, time, more }, context, path));
  } else {
    const times = seen(object, context, time, path);
    const { object: observed } = addObserved(
      { uuid: object.uuid, found, times, time, marks, labels },
      context,
      path,
      more,
    );
    carriers.push(observed);
    const detected: Comparison[] = placed.filter((it) => it.to_ids).map(comparison);
    if (detected.length > 0) {
      const indicator = addIndicator(
        {
          uuid: object.uuid,
          pattern: { kind: 'or', parts: detected },
          chainless: !isBitcoin(object.name, members),
          description: null,
          observed,
          validFrom: times.first,
          time,
          marks,
          labels,
          revoked: object.deleted,
        },
        context,
        path,
      );
      carriers.push(indicator);
    }
  }
  for (const cluster of members.flatMap(({ clusters }) => clusters)) {
    for (const id of carriers) relate(id, cluster, context, time, marks);
  }
}

interface Member {
  readonly attribute: MispAttribute;
  readonly marks: Marks;
  readonly clusters: readonly StixId[];
  /** As it stands in `x_misp_attributes`. */
  readonly entry: Readonly<Record<string, unknown>>;
}

function readMembers(object: MispObject, context: Context, path: Path): Member[] {
  const { collection } = context;
  return object.Attribute.flatMap((json, i): Member[] => {
    const at = [...path, 'Attribute', i];
    const attribute = collection.read(zMispAttribute, json, at, 'an attribute');
    if (attribute === null) return [];
    const { marks } = collection.tagged(attribute.Tag, unmarked, at);
    const galaxies = addGalaxies(attribute.Galaxy, context, under(context.marks, marks), at);
    return [{ attribute, marks, clusters: galaxies.ids, entry: entryOf(attribute, galaxies.tags) }];
  });
}

function entryOf(attribute: MispAttribute, galaxyTags: readonly string[]): Readonly<Record<string, unknown>> {
  const tags = [...new Set([...attribute.Tag.map(({ name }) => name), ...galaxyTags])];
  const entry = {
    uuid: attribute.uuid,
    object_relation: attribute.object_relation,
    type: attribute.type,
    value: attribute.value,
    category: attribute.category,
    to_ids: attribute.to_ids ? true : null,
    comment: attribute.comment,
    timestamp: attribute.timestamp,
    first_seen: attribute.first_seen,
    last_seen: attribute.last_seen,
    deleted: attribute.deleted ? true : null,
    tags: tags.length === 0 ? null : tags,
  };
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
}

function objectLabels(object: MispObject, toIds: boolean): string[] {
  return [
    mispLabel('name', object.name),
    ...(object['meta-category'] ? [mispLabel('meta-category', object['meta-category'])] : []),
    ...(object.template_uuid ? [mispLabel('template-uuid', object.template_uuid)] : []),
    ...(object.template_version ? [mispLabel('template-version', object.template_version)] : []),
    ...(toIds ? [mispLabel('to_ids', 'True')] : []),
  ];
}

const transactionTemplates: ReadonlySet<string> = new Set(['btc-transaction', 'cryptocurrency-transaction']);
const walletRelations: ReadonlySet<string> = new Set(['address', 'address-xmr', 'address-crypto', 'wallet-address']);
const somewhere = (type: string, path: string): Place => ({ type, path: [path], form: /\S/ });

/** Where a member stands: by its relation in the templates that are known, by its type otherwise. */
function placeMember(template: string, { type, value, object_relation, deleted }: MispAttribute): readonly Placed[] {
  if (deleted || value.trim() === '') return [];
  if (transactionTemplates.has(template) && object_relation === 'transaction-number') {
    return [{ place: somewhere('cryptocurrency-transaction', 'value'), value }];
  }
  if (template === 'coin-address' && walletRelations.has(object_relation ?? '')) {
    return [{ place: somewhere('cryptocurrency-wallet', 'value'), value }];
  }
  return place(type, value) ?? [];
}

function relation(members: readonly Member[], name: string): string | null {
  const found = members.find(({ attribute }) => attribute.object_relation === name && attribute.value.trim() !== '');
  return found === undefined ? null : found.attribute.value.trim();
}

function symbolOf(template: string, members: readonly Member[]): string | null {
  return template.startsWith('btc-') ? 'BTC' : relation(members, 'symbol');
}

/** A symbol other than Bitcoin's says that an address of type `btc` is not one: MISP has no type for other coins. */
function isBitcoin(template: string, members: readonly Member[]): boolean {
  const symbol = symbolOf(template, members);
  const typed = members.filter(({ attribute }) => walletRelations.has(attribute.object_relation ?? ''));
  if (symbol !== null) return symbol.toUpperCase() === 'BTC';
  return template === 'coin-address' && typed.length > 0 && typed.every(({ attribute }) => attribute.type === 'btc');
}

function objectObservables(template: string, placed: readonly Placed[], members: readonly Member[]): StixObject[] {
  if (template === 'bank-account') return bankAccount(placed, members);
  if (template === 'file') return observables(placed);
  const symbol = symbolOf(template, members);
  return placed.map(({ place: { type, path }, value }): StixObject => {
    if (type !== 'cryptocurrency-transaction')
      return observables([{ place: { type, path, form: /\S/ }, value }])[0] ?? observable(type, { value });
    const time = utcTime(relation(members, 'time'));
    return observable(type, {
      symbol: symbol ?? UNKNOWN_SYMBOL,
      value,
      ...(time === null ? {} : { execution_time: time }),
    });
  });
}

/** The published schema demands a symbol; MISP's template does not. */
const UNKNOWN_SYMBOL = 'UNKNOWN';

function bankAccount(placed: readonly Placed[], members: readonly Member[]): StixObject[] {
  const values = new Map(
    placed.filter((it) => it.place.type === 'bank-account').map((it) => [it.place.path[0] ?? '', it.value]),
  );
  if (values.size === 0) return [];
  const more = { bic: relation(members, 'swift'), currency: relation(members, 'currency-code') };
  const given = Object.entries(more).filter(([, value]) => value !== null);
  return [observable('bank-account', { ...Object.fromEntries(values), ...Object.fromEntries(given) })];
}

interface NoteParts {
  readonly labels: readonly string[];
  readonly marks: Marks;
  readonly time: string;
  readonly more: Readonly<Record<string, unknown>>;
}

/** An object without an observable, such as a bank transfer: its attributes as lines of a note. */
function addObjectNote(
  object: MispObject,
  members: readonly Member[],
  parts: NoteParts,
  context: Context,
  path: Path,
): StixId {
  const { collection } = context;
  const lines = members.map(({ attribute }) => `${attribute.object_relation ?? attribute.type}: ${attribute.value}`);
  collection.keep(path, `the object ${object.name}, as a note`);
  const id = collection.add({
    type: 'note',
    spec_version: '2.1',
    id: collection.id('note', object.uuid, path),
    ...context.author,
    created: parts.time,
    modified: parts.time,
    content: [object.name, ...lines].join('\n'),
    object_refs: [context.event],
    ...parts.more,
    ...labelled(parts.labels),
    ...markingRefs(parts.marks),
  } as StixObject);
  collection.stands(object.uuid, id);
  return id;
}

/** After all objects are there: "this object is related to that one". */
export function addReferences(object: MispObject, context: Context, path: Path): void {
  const { collection } = context;
  const source = collection.standing(object.uuid);
  for (const [i, reference] of object.ObjectReference.entries()) {
    const target = collection.standing(reference.referenced_uuid);
    const at = [...path, 'ObjectReference', i];
    if (source === null || target === null) collection.wrong(at, 'refers to what no STIX object stands for, left out');
    else addReference(reference, source, target, object, context, at);
  }
}

function addReference(
  reference: MispReference,
  source: StixId,
  target: StixId,
  object: MispObject,
  context: Context,
  at: Path,
): void {
  const { collection } = context;
  const time = stixTime(reference.timestamp) ?? stixTime(object.timestamp) ?? context.time;
  const word = (reference.relationship_type ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  collection.add({
    type: 'relationship',
    spec_version: '2.1',
    id: collection.id('relationship', reference.uuid, at),
    ...context.author,
    created: time,
    modified: time,
    ...(reference.deleted ? { revoked: true } : {}),
    relationship_type: word === '' ? 'related-to' : word.slice(0, RELATIONSHIP_CHARS_MAX),
    ...(reference.comment ? { description: reference.comment } : {}),
    source_ref: source,
    target_ref: target,
    ...labelled([mispLabel('data-layer', 'ObjectReference')]),
    ...markingRefs(context.marks),
  } as StixObject);
}

/** STIX 2.1 section 5.1 bounds the word as it bounds names of types. */
const RELATIONSHIP_CHARS_MAX = 250;
