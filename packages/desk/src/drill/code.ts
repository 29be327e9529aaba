import { type ChainId, drillAddresses, drillChainPrefixes, drillPaceMax } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import type { HeistPlan } from './heist/model.ts';

/** An exercise as all desks that take part in it know it. */
export interface DrillPlan extends HeistPlan {
  readonly id: string;
  readonly code: string;
  readonly startMs: number;
  /** Times as fast as it would be; null: as fast as the desks keep up. */
  readonly pace: number | null;
  /** The folder with the blocks of a recorded one, which is this desk's own business, and the digest of what is in it. */
  readonly recording: { readonly folder: string; readonly sha256: string } | null;
}

export type DrillFacts = Pick<DrillPlan, 'seed' | 'addresses' | 'countries' | 'pace'> & {
  /** Rounded down to the second. */
  readonly startMs: number;
};

/** The chains of an exercise, that of accounts first. */
export function chainsOf({ chains: { accounts, outputs } }: Pick<HeistPlan, 'chains'>): ChainId[] {
  return [accounts, outputs];
}

/** More are no exercise of desks but a conference. */
const countriesMax = 12;
const pattern = /^drill-(\d{1,10})-(\d{1,6})-([0-9a-z]{1,8})-(\d{1,4}|once)-([A-Z]{2}(?:\.[A-Z]{2})*)$/;

/**
 * The plan, with the code that says all of it: one desk's operator reads it to another's, and both desks play the same heist
 * at the same time. Nothing in it is secret, and nobody's desk plays what its own operator has not typed.
 */
export function drillPlan({ seed, addresses, countries, pace, startMs }: DrillFacts): DrillPlan {
  const startS = Math.floor(startMs / 1000);
  const code = ['drill', seed, addresses, startS.toString(36), pace ?? 'once', countries.join('.')].join('-');
  const { id, chains } = named(startS, seed.toString(36));
  return { id, code, seed, addresses, countries, chains, pace, startMs: startS * 1000, recording: null };
}

function named(startS: number, what: string) {
  const id = `${startS.toString(36)}-${what}`;
  const chains = {
    accounts: `${drillChainPrefixes.accounts}${id}` as ChainId,
    outputs: `${drillChainPrefixes.outputs}${id}` as ChainId,
  };
  return { id, chains };
}

/** As `drillPlan`, of a recorded incident: who takes part must have the same recording. */
export function recordedPlan(
  { folder, sha256 }: NonNullable<DrillPlan['recording']>,
  { countries, pace, startMs }: Pick<DrillFacts, 'countries' | 'pace' | 'startMs'>,
): DrillPlan {
  const startS = Math.floor(startMs / 1000);
  const print = sha256.slice(0, printChars);
  const code = ['drill', 'recorded', print, startS.toString(36), pace ?? 'once'].join('-');
  const { id, chains } = named(startS, print);
  const plan = { id, code, seed: 0, addresses: 0, countries, chains, pace, startMs: startS * 1000 };
  return { ...plan, recording: { folder, sha256 } };
}

const printChars = 10;
const recordedPattern = /^drill-recorded-([0-9a-f]{10})-([0-9a-z]{1,8})-(\d{1,4}|once)$/;

/** What the code of a recorded exercise says; null where it is the code of a generated one. Throws `drill-code-wrong`. */
export function readRecordedCode(text: string): { print: string; pace: number | null; startMs: number } | null {
  const [, print, start = '', pace] = recordedPattern.exec(text.trim()) ?? [];
  if (print === undefined) return null;
  const facts = { print, pace: pace === 'once' ? null : Number(pace), startMs: Number.parseInt(start, 36) * 1000 };
  if (fits(facts)) return facts;
  throw new GongjoError('drill-code-wrong', { code: text.slice(0, 100) });
}

function fits({ pace, startMs }: Pick<DrillFacts, 'pace' | 'startMs'>): boolean {
  return (pace === null || (pace >= 1 && pace <= drillPaceMax)) && startMs < 2 ** 42;
}

/** Throws `drill-code-wrong`. */
export function readCode(text: string): DrillPlan {
  const [, seed, addresses, start, pace, countries] = pattern.exec(text.trim()) ?? [];
  const facts = {
    seed: Number(seed),
    addresses: Number(addresses),
    startMs: Number.parseInt(start ?? '', 36) * 1000,
    pace: pace === 'once' ? null : Number(pace),
    countries: [...new Set(countries?.split('.'))],
  };
  const { least, most } = drillAddresses;
  const isOne =
    facts.addresses >= least &&
    facts.addresses <= most &&
    facts.seed < 2 ** 31 &&
    facts.countries.length <= countriesMax &&
    fits(facts);
  if (!isOne) throw new GongjoError('drill-code-wrong', { code: text.slice(0, 100) });
  return drillPlan(facts);
}
