import { recordAudit } from '../audit/index.ts';
import { instant } from '../kernel/index.ts';
import { type Clock, type Db, type Random, sha256Hex } from '../platform/index.ts';

/** One step in the chain of custody of one document. */
export interface CustodyRecord {
  readonly id: string;
  readonly incident: string | null;
  readonly direction: 'in' | 'out';
  readonly name: string;
  readonly mediaType: string;
  /** Null where only its digest was known here. */
  readonly bytes: number | null;
  readonly sha256: string;
  readonly who: string;
  readonly why: string;
  readonly at: string;
}

/** A document, or its digest where it stays elsewhere. */
export type NewCustody = Pick<CustodyRecord, 'direction' | 'name' | 'mediaType' | 'who' | 'why'> & {
  readonly incident?: string | null;
} & ({ readonly bytes: Uint8Array } | { readonly sha256: string; readonly size?: number });

interface Row extends Omit<CustodyRecord, 'at' | 'mediaType' | 'bytes'> {
  at: Date;
  media_type: string;
  bytes: string | number | null;
}

/**
 * Records that a document came in or went out, in the caller's transaction, and says so in the audit record, which no later
 * hand can change. The document itself is kept by whoever calls. Names are cut to what a page shows.
 */
export async function takeIntoCustody(
  tx: Db,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  taken: NewCustody,
): Promise<CustodyRecord> {
  const { incident = null, direction, mediaType, who, why } = taken;
  const record: CustodyRecord = {
    ...{ id: random.uuid(), incident, direction, mediaType, who, at: instant(clock.now()) },
    name: taken.name.slice(0, nameCharsMax),
    why: why.slice(0, whyCharsMax),
    bytes: 'sha256' in taken ? (taken.size ?? null) : taken.bytes.length,
    sha256: 'sha256' in taken ? taken.sha256 : sha256Hex(taken.bytes),
  };
  await tx.query(
    `insert into custody (id, incident, direction, name, media_type, bytes, sha256, who, why, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[record.id, incident, direction, record.name, mediaType, record.bytes, record.sha256],
      ...[who, record.why, record.at],
    ],
  );
  await recordAudit(tx, clock, {
    actor: who,
    action: direction === 'in' ? 'custody.taken' : 'custody.given',
    subject: incident ?? record.sha256,
    details: { id: record.id, sha256: record.sha256, bytes: record.bytes, mediaType },
  });
  return record;
}

const nameCharsMax = 500;
const whyCharsMax = 1000;

/** What one list or one package shows; an incident has tens. */
const custodyListedMax = 2000;

/** The chain of custody of an incident's documents, or of one document wherever it was; in order. */
export async function custodyOf(
  db: Db,
  of: { readonly incident?: string | undefined; readonly sha256?: string | undefined } = {},
): Promise<CustodyRecord[]> {
  const rows = await db.query<Row>(
    `select id, incident, direction, name, media_type, bytes, sha256, who, why, at from custody
     where ($1::text is null or incident = $1) and ($2::text is null or sha256 = $2) order by seq limit $3`,
    [of.incident ?? null, of.sha256 ?? null, custodyListedMax],
  );
  return rows.map(({ media_type: mediaType, at, bytes, ...rest }) => ({
    ...rest,
    mediaType,
    bytes: bytes === null ? null : Number(bytes),
    at: instant(at.getTime()),
  }));
}
