import type { CustodyRecord } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { instant } from '../kernel/index.ts';
import { type Clock, type Db, type Random, sha256Hex } from '../platform/index.ts';

/** A document, or its digest where it stays elsewhere. */
export type NewCustody = Pick<CustodyRecord, 'direction' | 'name' | 'mediaType' | 'who' | 'why'> & {
  readonly incident?: string | null;
  readonly caseId?: string | null;
  /** A partner's hold request, with which it is seen. */
  readonly asked?: { readonly desk: string; readonly id: string };
} & ({ readonly bytes: Uint8Array } | { readonly sha256: string; readonly size?: number });

interface Row extends Omit<CustodyRecord, 'at' | 'mediaType' | 'bytes' | 'caseId'> {
  at: Date;
  case_id: string | null;
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
  const { incident = null, caseId = null, asked, direction, mediaType, who, why } = taken;
  const record: CustodyRecord = {
    ...{ id: random.uuid(), incident, caseId, direction, mediaType, who, at: instant(clock.now()) },
    name: taken.name.slice(0, nameCharsMax),
    why: why.slice(0, whyCharsMax),
    bytes: 'sha256' in taken ? (taken.size ?? null) : taken.bytes.length,
    sha256: 'sha256' in taken ? taken.sha256 : sha256Hex(taken.bytes),
  };
  await tx.query(
    `insert into custody (id, incident, case_id, direction, name, media_type, bytes, sha256, who, why, at, asker, hold)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[record.id, incident, caseId, direction, record.name, mediaType, record.bytes, record.sha256],
      ...[who, record.why, record.at, asked?.desk ?? null, asked?.id ?? null],
    ],
  );
  await recordAudit(tx, clock, {
    actor: who,
    action: direction === 'in' ? 'custody.taken' : 'custody.given',
    subject: incident ?? caseId ?? record.sha256,
    details: { id: record.id, sha256: record.sha256, bytes: record.bytes, mediaType },
  });
  return record;
}

const nameCharsMax = 500;
const whyCharsMax = 1000;

/** What one list or one package shows; an incident has tens. */
const custodyListedMax = 2000;

export interface CustodyList {
  readonly records: CustodyRecord[];
  /** How many older ones there are besides. */
  readonly omitted: number;
}

/**
 * The chain of custody of the documents of an incident or a joint case, or of one document wherever it was; in order, the
 * newest where there are too many.
 */
export async function custodyOf(
  db: Db,
  of: {
    readonly incident?: string | undefined;
    readonly case?: string | undefined;
    readonly sha256?: string | undefined;
  } = {},
): Promise<CustodyList> {
  const rows = await db.query<Row & { total: number }>(
    `select id, incident, case_id, direction, name, media_type, bytes, sha256, who, why, at,
       (count(*) over ())::integer as total
     from custody
     where ($1::text is null or incident = $1) and ($2::text is null or case_id = $2) and ($3::text is null or sha256 = $3)
     order by seq desc limit $4`,
    [of.incident ?? null, of.case ?? null, of.sha256 ?? null, custodyListedMax],
  );
  const records = rows.map(
    ({ id, incident, case_id: caseId, direction, name, media_type: mediaType, bytes, sha256, who, why, at }) => ({
      ...{ id, incident, caseId, direction, name, mediaType, sha256, who, why },
      bytes: bytes === null ? null : Number(bytes),
      at: instant(at.getTime()),
    }),
  );
  return { records: records.reverse(), omitted: (rows[0]?.total ?? 0) - rows.length };
}
