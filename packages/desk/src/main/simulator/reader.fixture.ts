import {
  collectionsOf,
  type PartnerContext,
  respond,
  type TaxiiAccount,
  taxiiRoot,
  taxiiType,
} from '../../partner/index.ts';

/** The one collection of every desk: what may be warned of within its community. */
export const warnings = 'warnings';
/** What two desks of one name belong to, in the sense of TLP:GREEN. */
export const community = 'ring';

/** A small page, so that a theft is read in several and something can happen between. */
const pageObjects = 5;

/** What a program of another agency has read of a desk's collection; it stands elsewhere and outlives the desk's crashes. */
export interface Reader {
  /** The time that the last page ended with: TAXII 2.1 section 3.4, `added_after`. */
  addedAfter: string | null;
  /** Every object as it was read, in order. */
  readonly read: Readonly<Record<string, unknown>>[];
}

const account: TaxiiAccount = {
  name: 'reader',
  createdAt: '2026-01-01T00:00:00.000Z' as TaxiiAccount['createdAt'],
  expiresAt: null,
  rights: [{ collection: warnings, read: true, write: false }],
};

/** Goes on reading from where it was, to the end, as the specification has clients do. */
export async function readOn(context: PartnerContext, reader: Reader): Promise<void> {
  const caller = { kind: 'account', account, bodyBytesMax: 0, leave: () => undefined } as const;
  const collections = collectionsOf(context, caller, () => undefined);
  const since = reader.addedAfter;
  for (let next: string | null = null; ; ) {
    const query = new URLSearchParams({
      limit: String(pageObjects),
      ...(since === null ? {} : { added_after: since }),
      ...(next === null ? {} : { next }),
    });
    const path = `${taxiiRoot}api/collections/${warnings}/objects/`;
    const asked = { method: 'GET', path, query, accept: taxiiType, contentType: '', body: '', signature: null };
    const { status, headers, body } = await respond(asked, collections);
    if (status !== 200) throw new Error(`a reader was answered ${status}: ${body}`);
    const page = JSON.parse(body) as { more?: boolean; next?: string; objects?: Record<string, unknown>[] };
    reader.read.push(...(page.objects ?? []));
    reader.addedAfter = headers['x-taxii-date-added-last'] ?? reader.addedAfter;
    if (page.more !== true) return;
    next = page.next ?? null;
  }
}
