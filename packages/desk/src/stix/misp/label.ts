/**
 * Facts of MISP that STIX has no property for, as labels `misp:type="btc"` – the form that MISP's own converter documents
 * (misp-stix) – and MISP's tags, which are labels as they are.
 */

export function mispLabel(key: string, value: string): string {
  return `misp:${key}="${value}"`;
}

const form = /^misp:([a-z_-]+)="(.*)"$/s;

export interface Labels {
  readonly facts: ReadonlyMap<string, string>;
  readonly tags: readonly string[];
}

/** The facts under these keys, each the first of its key, and what else is a tag. */
export function readLabels(labels: unknown, keys: readonly string[]): Labels {
  const facts = new Map<string, string>();
  const tags: string[] = [];
  for (const label of Array.isArray(labels) ? labels.map(String) : []) {
    const [, key, value] = form.exec(label) ?? [];
    if (key !== undefined && value !== undefined && keys.includes(key) && !facts.has(key)) facts.set(key, value);
    else tags.push(label);
  }
  return { facts, tags };
}

/** STIX has no empty lists. */
export function labelled(labels: readonly string[]): { readonly labels?: string[] } {
  return labels.length === 0 ? {} : { labels: [...new Set(labels)] };
}
