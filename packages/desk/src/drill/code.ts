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
  const id = `${startS.toString(36)}-${seed.toString(36)}`;
  const chains = {
    accounts: `${drillChainPrefixes.accounts}${id}` as ChainId,
    outputs: `${drillChainPrefixes.outputs}${id}` as ChainId,
  };
  return { id, code, seed, addresses, countries, chains, pace, startMs: startS * 1000 };
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
  const fits =
    facts.addresses >= least &&
    facts.addresses <= most &&
    facts.seed < 2 ** 31 &&
    (facts.pace === null || (facts.pace >= 1 && facts.pace <= drillPaceMax)) &&
    facts.countries.length <= countriesMax &&
    facts.startMs < 2 ** 42;
  if (!fits) throw new GongjoError('drill-code-wrong', { code: text.slice(0, 100) });
  return drillPlan(facts);
}
