import {
  type ChannelBetween,
  type ChannelCargo,
  fill,
  type Instant,
  type LegalChannel,
  type Text,
  terms,
} from '@gongjo/contract';
import { type Book, holds } from './book.ts';

/**
 * The legal channels that can carry something between two countries at a time, the usable ones first. One that a country
 * does not take part in is answered too, with its date: laws change, and whoever reads it may know better.
 */
export function channelsBetween(
  book: Pick<Book, 'channels'>,
  asked: {
    readonly from: string;
    readonly to: string;
    readonly carries?: ChannelCargo | undefined;
    readonly at: Instant;
  },
): ChannelBetween[] {
  const { from, to, carries, at } = asked;
  const date = at.slice(0, 10);
  const answers = [...book.channels.values()]
    .filter((channel) => holds(channel, date) && (carries === undefined || channel.carries.includes(carries)))
    .filter((channel) => channel.anyCountry || [from, to].some((country) => partyOf(channel, country)))
    .map((channel) => judge(channel, from, to, date));
  const rank = { yes: 0, uncertain: 1, no: 2 } as const;
  return answers.sort((a, b) => rank[a.usable] - rank[b.usable]);
}

const partyOf = ({ parties }: LegalChannel, country: string) => parties.find((it) => it.country === country);

function judge(channel: LegalChannel, from: string, to: string, date: string): ChannelBetween {
  const sides = [...new Set([from, to])].map((country) => side(channel, country, date));
  const usable = sides.some((it) => it.usable === 'no')
    ? 'no'
    : sides.some((it) => it.usable === 'uncertain')
      ? 'uncertain'
      : 'yes';
  const why = sides.flatMap((it) => it.why ?? []);
  if (why.length === 0) why.push(channel.anyCountry ? terms.channelWhy.open : terms.channelWhy.parties);
  return { channel, usable, why };
}

function side(channel: LegalChannel, country: string, date: string): { usable: ChannelBetween['usable']; why?: Text } {
  const party = partyOf(channel, country);
  if (!party) {
    if (channel.anyCountry) return { usable: channel.certainty === 'unverified' ? 'uncertain' : 'yes' };
    return { usable: 'no', why: said('unnamed', country, '') };
  }
  if (party.standing === 'not-party' || (party.since !== undefined && party.since > date))
    return { usable: 'no', why: said('not-party', country, party.asOf) };
  if (party.standing === 'unknown' || party.certainty === 'unverified')
    return { usable: 'uncertain', why: said('unknown', country, party.asOf) };
  return { usable: 'yes' };
}

function said(code: 'unnamed' | 'not-party' | 'unknown', country: string, date: string): Text {
  const { en, ko } = terms.channelWhy[code];
  return { en: fill(en, { country, date }), ko: fill(ko, { country, date }) };
}
