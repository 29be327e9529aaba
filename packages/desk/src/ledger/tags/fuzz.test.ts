import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TagListKind } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import { addressOn } from '../address/index.ts';
import { readList } from './read-list.ts';

/** Another seed is tried with GONGJO_FUZZ_SEED; GONGJO_FUZZ_RUNS makes a longer night of it. */
const seed = Number(process.env.GONGJO_FUZZ_SEED ?? Date.now() % 1_000_000);
const runs = Number(process.env.GONGJO_FUZZ_RUNS ?? 1000);
/** No text of this size may take longer, on a machine with other work to do. */
const longestMs = 60_000;

/** Mulberry32: a small generator whose whole state is the seed. */
function randomOf(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const genesis = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const usdt = '0xdAC17F958D2ee523a2206206994597C13D831ec7';
const seeds: readonly { readonly kind: TagListKind; readonly name: string; readonly text: string }[] = [
  {
    kind: 'tagpack',
    name: 'pack.yaml',
    text: `title: Pack\ncreator: Me\nconfidence: forensic\ncurrency: BTC\nlastmod: 2021-11-12\ntags:\n- address: ${genesis}\n  label: 'one: "two"'\n  category: exchange\n- {address: '${usdt}', currency: ETH, label: x, concepts: [mixing_service], abuse: scam}\n- label: >\n    folded\n    text\n  address: ${genesis}\n`,
  },
  {
    kind: 'tagpack',
    name: 'actors.yaml',
    text: 'title: Actors\nactors:\n- id: upbit\n  label: Upbit\n  jurisdictions:\n  - KR\n  context:\n    refs: [a, b]\n- id: b\n',
  },
  {
    kind: 'ofac',
    name: 'sdn.csv',
    text: `36,"A, B",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n7,"DOE","individual","DPRK3] [CYBER2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1970; Digital Currency Address - XBT ${genesis}; alt. Digital Currency Address - ETH ${usdt}."\r\n\u001a`,
  },
  { kind: 'ofac', name: 'sanctioned_addresses_XBT.txt', text: `${genesis}\n${usdt}\n` },
  {
    kind: 'ofac',
    name: 'list.json',
    text: JSON.stringify({
      addresses: { [genesis]: { entries: [{ entity: 'A', program: 'X', type: 'Address - XBT', uid: '1' }] } },
    }),
  },
  {
    kind: 'csv',
    name: 'list.csv',
    text: `chain,address,label,category,confidence,programmes\nBTC,${genesis},"a ""b""",exchange,50,X;Y\neip155:1,${usdt},c,,,\n`,
  },
];
const pieces = [
  ...[
    '\n',
    '\r',
    '"',
    "'",
    ',',
    ';',
    ':',
    '- ',
    '\t',
    '\u0000',
    '\u001a',
    '\uFEFF',
    '\ud800',
    '&a ',
    '*a ',
    '!!',
    '<<: ',
    '|\n',
    '---\n',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '#',
    '%',
    '? ',
    '__proto__',
    'tags:\n',
    '-0- ',
    'Digital Currency Address - ',
    'é',
    '🐙',
    '0x',
    '1e999',
    ' '.repeat(50),
  ],
];

function mutated(text: string, random: (below: number) => number): string {
  let result = text;
  for (let count = 1 + random(6); count > 0; count -= 1) {
    const at = random(result.length + 1);
    const length = random(12);
    const way = random(5);
    if (way === 0) result = result.slice(0, at) + result.slice(at + length);
    else if (way === 1) result = result.slice(0, at) + (pieces[random(pieces.length)] ?? '') + result.slice(at);
    else if (way === 2)
      result = result.slice(0, at) + result.slice(at, at + 30).repeat(1 + random(20)) + result.slice(at);
    else if (way === 3) result = result.slice(0, at) + String.fromCharCode(random(0x10000)) + result.slice(at + 1);
    else
      result =
        result.slice(0, at) + (pieces[random(pieces.length)] ?? '').repeat(random(2000)) + result.slice(at + length);
  }
  return result;
}

test(`whatever a list holds, it is read, refused by row, or refused as a whole (seed ${seed})`, async () => {
  const random = randomOf(seed);
  let taken = 0;
  for (let run = 0; run < runs; run += 1) {
    const from = seeds[random(seeds.length)];
    assert.ok(from);
    const text = mutated(from.text, random);
    const started = performance.now();
    try {
      const { tags, refused, refusals } = await readList({
        kind: from.kind,
        source: 'fuzz',
        files: [{ name: from.name, text }],
      });
      for (const { item } of tags.values()) {
        assert.equal(addressOn(item.chain, item.address), item.address);
        assert.ok(item.label !== '' && [...item.label].length <= 500);
        taken += 1;
      }
      assert.ok(refusals.length <= refused && refusals.every(({ value, row }) => value.length <= 200 && row >= 1));
    } catch (error) {
      const known = error instanceof GongjoError && ['tag-list-unreadable', 'tag-list-too-large'].includes(error.code);
      if (!known)
        throw new Error(`run ${run} of seed ${seed}: ${JSON.stringify(text.slice(0, 300))}`, { cause: error });
    }
    assert.ok(performance.now() - started < longestMs, `run ${run} of seed ${seed} took too long`);
  }
  assert.ok(taken > runs / 10, `${taken} tags were taken`);
});
