import type { DeskCard } from '@gongjo/contract';
import type { ReadablePage, ReadableQuery, VersionMatch } from '../../sharing/index.ts';

/** A signed bundle of 500 objects is about 1 MB; a larger body is not read. */
export const taxiiBodyBytesMax = 8 * 1024 * 1024;

export interface TaxiiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string;
  readonly contentType: string;
  readonly body: string;
  readonly signature: string | null;
}

/** `body` is JSON text: the stored objects are put into it as they are. */
export interface TaxiiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What one caller may see. What it may not see is not there. */
export interface Collections {
  readonly desk: DeskCard;
  /** In an order that stays. */
  list(): Promise<readonly Collection[]>;
  /** By identifier or alias. */
  find(name: string): Promise<Collection | null>;
  /** Of a request of this caller. */
  status(id: string): Promise<Status | null>;
}

export interface Collection {
  readonly id: string;
  readonly alias: string | null;
  readonly title: string;
  readonly description: string;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** `bodies` says whether the objects themselves are wanted, or only what the manifest tells. */
  page(query: ReadableQuery, bodies: boolean): Promise<ReadablePage>;
  /** Any version of it. */
  holds(object: string): Promise<boolean>;
  /** Throws a problem of the catalogue where nothing of the envelope can be taken. */
  add(envelope: string, signature: string | null): Promise<Status>;
  /** Takes versions of an object out of this collection; how many there were. */
  remove(object: string, versions: VersionMatch): Promise<number>;
}

/** Section 4.3.1. */
export interface Status {
  readonly id: string;
  readonly requestedAt: string;
  readonly successes: readonly StatusDetail[];
  readonly failures: readonly StatusDetail[];
  readonly pendings: readonly StatusDetail[];
  /** The signed receipt of a partner's delivery. */
  readonly receipt?: string;
}

export interface StatusDetail {
  readonly id: string;
  readonly version: string;
  readonly message?: string;
}
