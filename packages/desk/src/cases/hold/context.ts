import type { Text } from '@gongjo/contract';
import type { Directory } from '../../directory/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import type { LetterOffice } from '../../letters/index.ts';
import type { Clock, Db, HoldSettings, Random, Records } from '../../platform/index.ts';
import type { Mailer } from '../mail.client.ts';
import type { Reach } from '../notice.ts';
import type { MadeDocument } from './documents.ts';
import type { HoldMessage } from './message.store.ts';

/** What hold requests are made, sent and watched with. */
export interface HoldContext {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: Reach['desk'];
  readonly settings: HoldSettings;
  readonly office: LetterOffice;
  readonly mailer: Mailer;
  /** From which each contact's webhook secret is derived. */
  readonly webhookKey: Uint8Array;
  /** How people reach this desk. */
  readonly url: string;
  /** A detached JWS (RFC 7515 appendix F) of the desk's key over these bytes. */
  readonly signDetached: (bytes: Uint8Array) => Promise<string>;
  /** The way to addressees that run a desk themselves. */
  readonly exchange?: HoldExchange;
}

/** Partners' desks, as far as requests go to them; sharing and pairing know them, which cases cannot see. */
export interface HoldExchange {
  /** The desk as a partner of this one; null where it is none. */
  partner(db: Db, desk: string): Promise<{ readonly id: string; readonly name: Text } | null>;
  /** Puts a request on its way, or looks how far it is; one that need not go any more is only looked at. Throws what keeps it. */
  ask(message: HoldMessage, documents: readonly MadeDocument[]): Promise<'waiting' | 'accepted'>;
  /** Nobody is asked any more to let these notes go: what they asked for has been withdrawn or changed. */
  stop(tx: Db, objects: readonly string[]): Promise<void>;
}
