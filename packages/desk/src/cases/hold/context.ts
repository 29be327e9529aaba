import type { Directory } from '../../directory/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import type { LetterOffice } from '../../letters/index.ts';
import type { Clock, HoldSettings, Random, Records } from '../../platform/index.ts';
import type { Mailer } from '../mail.client.ts';
import type { Reach } from '../notice.ts';

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
}
