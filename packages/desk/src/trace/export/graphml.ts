import type { Hop, Trace } from '../model.ts';
import { escaped } from './xml.ts';

/**
 * A trace as a directed graph in GraphML 1.0 (http://graphml.graphdrawing.org): addresses are nodes, hops are edges. Where
 * a hop has no sender or receiver, a node without an address stands for it: `source` (new coins, unknown inputs), `fee`,
 * `burned`. Amounts are strings, because no number type of GraphML holds them all.
 */
const keys = [
  ['address', 'node', 'string'],
  ['role', 'node', 'string'],
  ['stops', 'node', 'string'],
  ['label', 'node', 'string'],
  ['hop', 'edge', 'int'],
  ['rule', 'edge', 'string'],
  ['certainty', 'edge', 'string'],
  ['txid', 'edge', 'string'],
  ['height', 'edge', 'int'],
  ['time', 'edge', 'string'],
  ['ord', 'edge', 'int'],
  ['asset', 'edge', 'string'],
  ['units', 'edge', 'string'],
  ['movementUnits', 'edge', 'string'],
] as const;
type Key = (typeof keys)[number][0];

function data(key: Key, value: string | number | bigint | null): string {
  return value === null || value === '' ? '' : `<data key="${key}">${escaped(String(value))}</data>`;
}

type Role = 'address' | 'source' | 'fee' | 'burned';

interface Node {
  readonly role: Role;
  readonly address: string | null;
  readonly stops: Set<string>;
  label: string | null;
}

class Nodes {
  readonly #numbers = new Map<string, number>();
  readonly list: Node[] = [];

  of(address: string | null, absent: Role): number {
    const role = address === null ? absent : 'address';
    const key = `${role} ${address ?? ''}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.list.length;
    this.#numbers.set(key, number);
    this.list.push({ role, address, stops: new Set(), label: null });
    return number;
  }
}

const receiverOf = ({ rule }: Hop): Role => (rule === 'fee' ? 'fee' : 'burned');

export function graphml({ hops, stops }: Pick<Trace, 'hops' | 'stops'>): string {
  const nodes = new Nodes();
  const edges = hops.map((hop) => {
    const source = nodes.of(hop.from, 'source');
    const target = nodes.of(hop.to, receiverOf(hop));
    const about = [
      data('hop', hop.id),
      data('rule', hop.rule),
      data('certainty', hop.certainty),
      data('txid', hop.txid),
      data('height', hop.height),
      data('time', hop.time),
      data('ord', hop.ord),
      data('asset', hop.asset),
      data('units', hop.units),
      data('movementUnits', hop.movementUnits),
    ];
    return `<edge id="h${hop.id}" source="n${source}" target="n${target}">${about.join('')}</edge>`;
  });
  for (const { kind, address, units, asset, tag } of stops) {
    if (address === null) continue;
    const node = nodes.list[nodes.of(address, 'address')];
    node?.stops.add(`${kind} ${units} ${asset}`);
    if (node !== undefined) node.label ??= tag?.label ?? null;
  }
  const drawn = nodes.list.map(({ role, address, stops: ended, label }, number) => {
    const about = [
      data('address', address),
      data('role', role),
      data('stops', [...ended].join('; ')),
      data('label', label),
    ];
    return `<node id="n${number}">${about.join('')}</node>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
      'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    ...keys.map(([key, of, type]) => `<key id="${key}" for="${of}" attr.name="${key}" attr.type="${type}"/>`),
    '<graph id="trace" edgedefault="directed">',
    ...drawn,
    ...edges,
    '</graph>',
    '</graphml>',
    '',
  ].join('\n');
}
