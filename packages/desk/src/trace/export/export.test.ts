import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { build, follow, read, tagOf } from '../utxo/drawn-outputs.fixture.ts';
import { hopsCsv, stopsCsv } from './csv.ts';
import { graphml } from './graphml.ts';

const drawn = `
  1 c: new -> victim 100
  2 t: c:0 -> thief 100
  3 u: t:0 -> bank 60, thief 38`;
const labelled = (label: string) =>
  follow(build(read(drawn), [tagOf('bank', 'exchange', { label, actor: 'acme' })]), {});

/** The grammar of RFC 4180, section 2: records of fields. */
function parse(text: string): string[][] {
  const records: string[][] = [[]];
  for (let at = 0; at < text.length; ) {
    let field = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        assert.notEqual(end, -1, 'a quote is closed');
        field += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        field += '"';
        at += 1;
      }
    } else {
      const [plain = ''] = /^[^",\r\n]*/.exec(text.slice(at)) ?? [];
      field = plain;
      at += plain.length;
    }
    records.at(-1)?.push(field);
    if (text[at] === ',') at += 1;
    else {
      assert.equal(text.slice(at, at + 2), '\r\n', 'a record ends in CRLF');
      at += 2;
      if (at < text.length) records.push([]);
    }
  }
  return records;
}

describe('CSV, RFC 4180', () => {
  it('has a line a hop', () => {
    const [header, ...lines] = parse(hopsCsv(labelled('Bank')));
    assert.equal(header?.length, 13);
    assert.deepEqual(
      lines.map(([id, rule, certainty, txid, , , ord, from, to, , units, whole]) =>
        [id, rule, certainty, txid, ord, from, to, units, whole].join(' '),
      ),
      [
        '0 lead exact t 0 victim thief 100 100',
        '1 fifo exact u 0 thief bank 60 60',
        '2 fifo exact u 1 thief thief 38 38',
        '3 fee exact u 2 thief  2 2',
      ],
    );
  });

  it('has a line a stop and holding', () => {
    const [, ...lines] = parse(stopsCsv(labelled('Bank')));
    assert.deepEqual(
      lines.map(([kind, address, , units, , label, category, actor, , txid, ord]) =>
        [kind, address, units, label, category, actor, txid, ord].join(' '),
      ),
      ['unspent thief 38    u 1', 'service bank 60 Bank exchange acme u 0', 'fee  2     '],
    );
  });

  it('any label comes back as it was, but for an apostrophe before what a spreadsheet would compute', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ',', '"', '\r', '\n', '=', '@', '-', '+', '\t', 'é', ' ') }),
        (label) => {
          const records = parse(stopsCsv(labelled(label)));
          const told = records.find(([kind]) => kind === 'service')?.[5];
          assert.equal(told, /^[=+\-@\t\r]/.test(label) ? `'${label}` : label);
          for (const record of records) assert.equal(record.length, 11);
        },
      ),
    ));
});

/** Reads the elements that `graphml` writes; throws where they do not nest. */
function elements(xml: string): { name: string; attributes: Map<string, string>; text: string }[] {
  const found: { name: string; attributes: Map<string, string>; text: string }[] = [];
  const open: typeof found = [];
  const plain = (text: string) => {
    assert.doesNotMatch(text, /[<]|&(?!(amp|lt|gt|quot|#9|#10|#13);)/);
    const characters = { lt: '<', gt: '>', quot: '"', '#9': '\t', '#10': '\n', '#13': '\r', amp: '&' };
    return text.replace(/&([^;]+);/g, (_, name: keyof typeof characters) => characters[name]);
  };
  const body = xml.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '');
  for (const [, close, name = '', rest = '', empty, text = ''] of body.matchAll(
    /<(\/?)([a-z]+)((?:\s+[\w:.]+="[^"<]*")*)\s*(\/?)>([^<]*)/g,
  )) {
    if (close === '/') {
      assert.equal(open.pop()?.name, name);
      continue;
    }
    const attributes = new Map(
      [...rest.matchAll(/([\w:.]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, plain(value)]),
    );
    const element = { name, attributes, text: name === 'data' ? plain(text) : '' };
    found.push(element);
    if (empty !== '/') open.push(element);
  }
  assert.deepEqual(open, []);
  return found;
}

describe('GraphML 1.0', () => {
  it('every hop is an edge between nodes that are there, with keys that are declared', () => {
    const trace = labelled('Bank');
    const all = elements(graphml(trace));
    const ids = all.filter(({ name }) => name === 'node').map(({ attributes }) => attributes.get('id'));
    const edges = all.filter(({ name }) => name === 'edge').map(({ attributes }) => attributes);
    assert.deepEqual(ids, ['n0', 'n1', 'n2', 'n3']);
    assert.deepEqual(
      edges.map((edge) => `${edge.get('source')} -> ${edge.get('target')}`),
      ['n0 -> n1', 'n1 -> n2', 'n1 -> n1', 'n1 -> n3'],
    );
    const declared = new Set(all.filter(({ name }) => name === 'key').map(({ attributes }) => attributes.get('id')));
    for (const { name, attributes } of all) if (name === 'data') assert.ok(declared.has(attributes.get('key')));
    assert.ok(all.some(({ text }) => text === `service 60 ${trace.hops[0]?.asset}`));
    assert.ok(all.some(({ text }) => text === 'fee'));
  });

  it('any label comes back as it was, but for what XML cannot hold', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (label) => {
        const labels = elements(graphml(labelled(label))).filter(({ attributes }) => attributes.get('key') === 'label');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant
        const held = label.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
        assert.deepEqual(
          labels.map(({ text }) => text),
          label === '' ? [] : [held],
        );
      }),
    ));
});
