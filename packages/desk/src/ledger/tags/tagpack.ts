import { classify, confidenceOf } from './concepts.ts';
import { type ListFile, type Read, refusal } from './model.ts';
import { rowOf } from './row.ts';
import { isMapping, yamlList } from './yaml-list.ts';

/**
 * GraphSense TagPacks and actor packs (github.com/graphsense/graphsense-tagpack-tool, README_tagpacks.md). What the pack
 * says at its top holds for every tag that does not say otherwise. A tag of a transaction (`tx_hash`) has no address and is
 * refused; `is_cluster_definer` is not used, because entities here are shown with what joined them.
 */
export async function* readTagPack(file: ListFile): AsyncGenerator<Read> {
  const { head, key, items } = yamlList(file.text, ['tags', 'actors']);
  for await (const { line, item } of items()) {
    if (!isMapping(item)) yield refusal(line, 'field-wrong', key.slice(0, -1), String(item));
    else yield key === 'actors' ? actorOf(line, item) : tagOf(line, { ...head, ...item });
  }
}

function tagOf(line: number, fields: Readonly<Record<string, unknown>>): Read {
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const address = text('address') ?? '';
  const confidence = confidenceOf(text('confidence'));
  if (confidence === null) return refusal(line, 'field-wrong', 'confidence', text('confidence') ?? '');
  const { concepts } = fields;
  const creator = text('creator');
  return rowOf(line, {
    chain: text('network') ?? text('currency') ?? '',
    address,
    label: text('label') ?? '',
    actor: text('actor') ?? null,
    confidence,
    ...classify({
      category: text('category'),
      abuse: text('abuse'),
      concepts: Array.isArray(concepts) ? concepts.filter((it): it is string => typeof it === 'string') : [],
    }),
    ...(creator === undefined ? {} : { creator }),
    modified: text('lastmod'),
    uri: text('source'),
  });
}

/** Bounds of an actor's texts; the longest public ones have 80 letters. */
const idCharsMax = 200;
const nameCharsMax = 500;
const countriesMax = 250;

function actorOf(line: number, { id, label, jurisdictions, uri }: Readonly<Record<string, unknown>>): Read {
  if (typeof id !== 'string' || id === '') return refusal(line, 'field-missing', 'id', String(label ?? ''));
  if (id.length > idCharsMax) return refusal(line, 'field-wrong', 'id', id);
  const name = typeof label === 'string' && label !== '' ? label : id;
  if (name.length > nameCharsMax) return refusal(line, 'field-wrong', 'label', name);
  const countries = Array.isArray(jurisdictions)
    ? jurisdictions.filter((it): it is string => typeof it === 'string' && /^[A-Z]{2}$/.test(it)).slice(0, countriesMax)
    : [];
  return { actor: { id, name, countries, uri: typeof uri === 'string' ? uri.slice(0, nameCharsMax) : '' } };
}
