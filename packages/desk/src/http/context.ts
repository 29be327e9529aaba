import type { ChainId, ChainStatus } from '@gongjo/contract';
import type { BitcoinNetwork } from '../chain/index.ts';
import type { Directory } from '../directory/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { PartnerContext } from '../partner/index.ts';
import type { Clock, Feed, Log, Random, Records } from '../platform/index.ts';

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
  readonly partnerContext: PartnerContext;
  readonly chains: {
    status(): Promise<ChainStatus[]>;
    ingest(asked: Ingesting): Promise<unknown>;
    ingestBitcoin(asked: IngestingBitcoin): Promise<unknown>;
    ingestFiles(asked: IngestingFiles): Promise<{ readonly progress: unknown }>;
  };
  readonly folder: string;
  /** The data folder belongs to a desk, not only to a ledger. */
  readonly hasDesk: boolean;
  readonly wake: {
    round(chain: ChainId): void;
    rounds(): Promise<void>;
    couriers(): Promise<void>;
  };
}

interface Ingesting {
  readonly rpc: string;
  readonly from: number;
  readonly to?: number | undefined;
  readonly follow: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: object) => void;
  readonly onState: (state: object) => void;
}

interface IngestingBitcoin extends Omit<Ingesting, 'rpc'> {
  readonly source: { readonly blocks: string } | { readonly rpc: string };
  readonly network: BitcoinNetwork | undefined;
  readonly onIndexed: (files: number, of: number) => void;
}

interface IngestingFiles {
  readonly paths: readonly string[];
  readonly chain: ChainId;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: object) => void;
  readonly onFile: (file: object) => void;
  readonly onSurvey: (survey: object) => void;
}
