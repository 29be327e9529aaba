import { z } from 'zod';
import { zAddress, zChainId, zInstant, zTxId } from './chain.ts';
import { directoryLists } from './directory.ts';
import { nameMatches } from './directory-answers.ts';
import { holdStates } from './hold.ts';
import { zAlert, zTlp } from './incident.ts';
import { zOverlapMatchView } from './overlap.ts';
import { zHeldObject } from './sharing.ts';
import { refusalReasons, zAddressTags, zTag } from './tag.ts';
import { zText } from './text.ts';
import { watchSources } from './watch.ts';

/** One line of the search box. */
export const searchLineMax = 1_000;
/** A mail with its headers and what it quotes; beyond it people have files, and files are lists. */
export const searchTextMax = 256 * 1024;
/** Things that are recognised in one text. */
export const searchThingsMax = 1_000;

export const zSearchText = z.strictObject({ text: z.string().min(1).max(searchTextMax) });

/** Why something is watched, with whatever asked for it. */
export const zWatchedBy = z.object({
  source: z.enum(watchSources),
  /** The watch that somebody ordered, or the incident. */
  id: z.string(),
  name: zText.nullable(),
});
export type WatchedBy = z.infer<typeof zWatchedBy>;

const zNamedIncident = z.object({ id: z.string(), title: zText });
const zNamedHold = z.object({ id: z.string(), number: z.string().nullable(), state: z.enum(holdStates) });

/** An address that the desk knows and that a person could take for another one. */
export const zAlike = z.object({ chain: zChainId, address: zAddress });
export type Alike = z.infer<typeof zAlike>;

/** What the desk knows of an address or a transaction, in short. */
const zKnown = z.object({
  chain: zChainId,
  /** The desk has this chain; of others it knows what lists and partners say. */
  followed: z.boolean(),
  /** Seen in the ledger; null where the desk does not have the chain. */
  inLedger: z.boolean().nullable(),
  /** Anything at all is known of it. */
  known: z.boolean(),
  tags: z.array(zTag),
  watched: z.array(zWatchedBy),
  incidents: z.array(zNamedIncident),
  holds: z.array(zNamedHold),
  alerts: z.int(),
  objects: z.int(),
});

/** Something in the text that was recognised. `text` is how it was written. */
export const zFoundThing = z.discriminatedUnion('as', [
  zKnown.extend({
    as: z.literal('address'),
    text: z.string(),
    address: zAddress,
    /** Known addresses with the same ends: one of them may imitate the other. */
    alike: z.array(zAlike),
  }),
  zKnown.extend({ as: z.literal('transaction'), text: z.string(), txid: zTxId }),
  /** It looks like an address and is none: a digit is wrong, or missing. `coin`: what the chain's coin is called. */
  z.object({
    as: z.literal('fault'),
    text: z.string(),
    chain: zChainId,
    coin: z.string(),
    reason: z.enum(refusalReasons),
    alike: z.array(zAlike),
  }),
]);
export type FoundThing = z.infer<typeof zFoundThing>;
export type FoundAddress = Extract<FoundThing, { as: 'address' }>;

/** What a line or a text is about, of all that the desk has. Each list is bounded; the best first. */
export const zSearchAnswer = z.object({
  things: z.array(zFoundThing),
  /** There were more things in the text than are answered. */
  thingsMore: z.int(),
  /** `reference`: that by which it was found. */
  incidents: z.array(
    zNamedIncident.extend({ tlp: zTlp, openedAt: zInstant, reference: z.string().nullable(), drill: z.boolean() }),
  ),
  cases: z.array(z.object({ id: z.string(), title: zText, tlp: zTlp, openedAt: zInstant })),
  holds: z.array(zNamedHold.extend({ incident: zNamedIncident, addressee: zText })),
  objects: z.array(zHeldObject),
  entries: z.array(
    z.object({
      list: z.enum(directoryLists),
      id: z.string(),
      name: zText,
      as: z.string(),
      match: z.enum([...nameMatches, 'part']),
    }),
  ),
  partners: z.array(z.object({ desk: z.string(), name: zText, country: z.string() })),
});
export type SearchAnswer = z.infer<typeof zSearchAnswer>;

/** All that the desk knows of one address, besides what the ledger says of it. */
export const zKnownAddress = zKnown.extend({
  address: zAddress,
  alike: z.array(zAlike),
  history: zAddressTags,
  alertsListed: z.array(zAlert),
  objectsListed: z.array(zHeldObject),
  overlaps: z.array(zOverlapMatchView),
  /** The same address on other chains of the kind, where the desk has them or knows something of it there. */
  elsewhere: z.array(zChainId),
});
export type KnownAddress = z.infer<typeof zKnownAddress>;

/** All that the desk knows of one transaction, besides what the ledger says of it. */
export const zKnownTransaction = zKnown.extend({
  txid: zTxId,
  alertsListed: z.array(zAlert),
  objectsListed: z.array(zHeldObject),
  overlaps: z.array(zOverlapMatchView),
  elsewhere: z.array(zChainId),
});
export type KnownTransaction = z.infer<typeof zKnownTransaction>;
