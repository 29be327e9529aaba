import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Address,
  type ChainId,
  type Tag,
  type TagAbuse,
  type TagCategory,
  tagAbuses,
  tagCategories,
} from '@gongjo/contract';
import { stopByTags, swapRole } from './tags.ts';

const tag = (category: TagCategory, abuse?: TagAbuse, confidence = 50): Tag => ({
  chain: 'eip155:1' as ChainId,
  address: `0x${'1'.repeat(40)}` as Address,
  label: category,
  category,
  actor: null,
  source: 'test',
  confidence,
  ...(abuse === undefined ? {} : { abuse }),
});

test('every kind of service ends a trace, every kind of holder is followed', () => {
  const ends = Object.fromEntries(
    tagCategories.map((category) => [category, stopByTags([tag(category)])?.kind ?? null]),
  );
  assert.deepEqual(ends, {
    exchange: 'service',
    mixer: 'mixer',
    dex: 'service',
    bridge: 'bridge',
    theft: null,
    service: 'service',
    coinjoin: 'coinjoin',
    defi: 'service',
    wallet: 'service',
    payment: 'service',
    gambling: 'service',
    market: 'service',
    miner: null,
    organization: null,
    person: null,
    scam: null,
    ransomware: null,
    extortion: null,
    terrorism: null,
    sanctioned: null,
    frozen: null,
    other: null,
  });
});

test('a tag that names a wrongdoer ends no trace; a sanctioned service is a service', () => {
  for (const abuse of tagAbuses)
    assert.equal(stopByTags([tag('exchange', abuse)])?.kind ?? null, abuse === 'sanction' ? 'service' : null, abuse);
});

test('among tags that contradict each other the surest that ends a trace decides', () => {
  const tags = [tag('exchange', undefined, 40), tag('theft', 'theft', 99), tag('mixer', undefined, 60)];
  assert.equal(stopByTags(tags)?.kind, 'mixer');
});

test('a decentralised exchange trades although it is tagged as a service, not although it is a mixer', () => {
  assert.equal(swapRole([tag('dex'), tag('defi')]), 'dex');
  assert.equal(swapRole([tag('dex'), tag('mixer')]), 'stop');
  assert.equal(swapRole([tag('wallet')]), 'stop');
  assert.equal(swapRole([tag('sanctioned', 'sanction')]), 'unknown');
});
