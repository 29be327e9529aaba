import type { ChainId, ChainStatus, DeskStatus } from '@gongjo/contract';
import type { BitcoinReading, FilesReading, NodeReading } from '../chain/index.ts';
import type { Directory, OpenDirectory } from '../directory/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { PartnerContext } from '../partner/index.ts';
import type { Clock, Feed, Log, Random, Records } from '../platform/index.ts';
import type { Screening } from '../watch/index.ts';

/** What routes call. Whoever composes the desk fills it. */
export interface HttpContext {
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly feed: Feed;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly directory: Directory;
  readonly directoryFiles: OpenDirectory;
  readonly partnerContext: PartnerContext;
  readonly chains: {
    status(): Promise<ChainStatus[]>;
    ingest(asked: NodeReading): Promise<unknown>;
    ingestBitcoin(asked: BitcoinReading): Promise<unknown>;
    ingestFiles(asked: FilesReading): Promise<{ readonly progress: unknown }>;
  };
  /** The certificate that the desk serves HTTPS with itself. */
  readonly certificate: () => DeskStatus['certificate'];
  readonly screening: Screening;
  readonly folder: string;
  /** The data folder belongs to a desk, not only to a ledger. */
  readonly hasDesk: boolean;
  readonly wake: {
    round(chain: ChainId): void;
    rounds(): Promise<void>;
    couriers(): Promise<void>;
  };
}
