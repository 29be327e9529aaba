import type {
  ChainId,
  ChainStatus,
  DeskStatus,
  Drill,
  JoinDrill,
  NewDrill,
  RecordDrill,
  TaxiiFeedView,
} from '@gongjo/contract';
import type { FastifyRequest } from 'fastify';
import type { HoldContext, NotifyContext } from '../cases/index.ts';
import type { BitcoinReading, FilesReading, NodeReading } from '../chain/index.ts';
import type { Directory, OpenDirectory } from '../directory/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Gate, OverlapContext, PartnerContext, Shown } from '../partner/index.ts';
import type { OidcSignIn, SessionLimits } from '../people/index.ts';
import type { Clock, Db, Feed, Log, Random, Records } from '../platform/index.ts';
import type { PolicySet } from '../policy/index.ts';
import type { Party } from '../sharing/index.ts';
import type { Screening } from '../watch/index.ts';

/** The policy set in force. It may change while the desk runs, so it is asked for each time. */
export interface PolicyHolder {
  readonly current: PolicySet;
  readonly text: string;
  /** The set that a text makes. Throws `policy-faulty`. */
  check(text: string): PolicySet;
  /** Has a set in force from now on, and after a restart. Throws `policy-faulty`, and then the old one stays. */
  set(
    records: Records,
    clock: Clock,
    asked: { readonly text: string; readonly by: string; readonly reason: string | null },
  ): Promise<PolicySet>;
}

/** What routes call. Whoever composes the desk fills it. */
export interface HttpContext {
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly feed: Feed;
  readonly records: Records;
  /** What whoever asks may read of the records. */
  readonly seen: (request: FastifyRequest) => Db;
  readonly ledger: Ledger;
  readonly directory: Directory;
  readonly directoryFiles: OpenDirectory;
  readonly partnerContext: PartnerContext;
  /** Before all doors for partners. */
  readonly gate: Gate;
  readonly overlap: {
    readonly context: OverlapContext;
    /** There may be something to compare. */
    wake(): void;
  };
  readonly witnessing: {
    /** Shows the audit record to a partner, or to all, until it is told to end. */
    show(desk: string | null, end?: AbortSignal): Promise<{ readonly desk: string; readonly shown: Shown }[]>;
  };
  readonly policies: PolicyHolder;
  /** Who works here. */
  readonly people: {
    /** Which role may do what. */
    readonly policies: PolicySet;
    readonly limits: SessionLimits;
    /** The agency's own sign-in, where it has one. */
    readonly oidc: OidcSignIn | null;
  };
  /** Everyone that something may be released to. */
  readonly recipients: (db: Db) => Promise<Party[]>;
  readonly notify: NotifyContext;
  readonly holds: {
    readonly context: HoldContext;
    /** Something waits to be sent. */
    wake(): void;
    /** A request was changed: partners are told what policy allows. */
    changed(hold: string): Promise<void>;
  };
  /** From which each contact's webhook secret is derived. */
  readonly webhookKey: Uint8Array;
  readonly chains: {
    status(): Promise<ChainStatus[]>;
    ingest(asked: NodeReading): Promise<unknown>;
    ingestBitcoin(asked: BitcoinReading): Promise<unknown>;
    ingestFiles(asked: FilesReading): Promise<{ readonly progress: unknown }>;
  };
  readonly drills: {
    /** Begins an exercise, or takes part in a partner's. */
    begin(asked: NewDrill | JoinDrill, by: string): Promise<Drill>;
    record(asked: RecordDrill): Promise<{ folder: string; blocks: number; movements: number }>;
    list(): Promise<Drill[]>;
    /** With its score; without an identifier the newest. */
    find(id: string | undefined): Promise<Drill>;
    end(id: string | undefined, by: string): Promise<Drill>;
  };
  readonly feeds: {
    list(): Promise<TaxiiFeedView[]>;
    run(name: string): Promise<TaxiiFeedView>;
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
    /** There may be something for the collections of the TAXII server. */
    collections(): Promise<void>;
  };
}
