import { type Problem, type Reason, type Refused, zText } from '@gongjo/contract';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { acknowledgedThere } from '../cases/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Db, type Records, sha256Hex } from '../platform/index.ts';
import { NODES_MAX } from '../stix/index.ts';
import { zAcknowledged } from './acknowledge.ts';
import { admitExamined, refusedOf, refuseWithoutPolicy } from './admit.ts';
import { noteHoldParcelRefused, takeHoldParcel } from './adopt-hold-desk.ts';
import { takeConsentAnswer, takeConsentRequest, zConsentAnswer, zConsentRequest } from './consent.ts';
import { addDelivery, boundQuarantine, findDelivery } from './delivery.store.ts';
import { type Examined, examine, isRecord, objectsIn, parseJson, type Source } from './examine.ts';
import { zHoldParcel } from './hold-parcel.ts';
import { sharedObject } from './object.store.ts';
import type { Party, SharingContext } from './party.ts';
import type { Done } from './recall.store.ts';
import { takeRecall } from './recall.ts';

/** Twice what a desk of ours sends at once. A partner that has more sends it in parts, and others have their turn between. */
const objectsPerDeliveryMax = 1000;

/** A delivery is about one incident, or a few; each of these is followed from now on. */
const incidentsPerDeliveryMax = 100;

/** A bundle whose sender and signature have been checked. `envelope` is the text that was signed. */
export interface Incoming {
  readonly partner: Party;
  readonly id: string;
  readonly envelope: string;
  readonly signature: string;
}

export interface Received {
  /** The signed receipt. */
  readonly receipt: string;
  /** What is here now by it. */
  readonly objectCount: number;
  readonly refused: readonly Refused[];
  /** It was here already. */
  readonly repeated: boolean;
}

/** What this desk says it holds now; signed, it is the receipt that both sides keep. */
export interface ReceiptFacts {
  readonly delivery: string;
  readonly from: string;
  readonly by: string;
  readonly receivedAt: string;
  readonly envelopeSha256: string;
  readonly objects: readonly {
    readonly id: string;
    readonly modified: string | null;
    readonly tlp: string | null;
    readonly sha256: string;
  }[];
  /** What of it is not here, and why. */
  readonly refused?: readonly Refused[] | undefined;
  /** Of a recall: what was done about each object. */
  readonly recalled?:
    | readonly { readonly id: string; readonly modified: string | null; readonly done: Done }[]
    | undefined;
}

/** What deliveries of kinds do that are not the module's own, such as `key`; in the transaction that keeps the receipt. */
export type KindHandlers = Readonly<Record<string, (tx: Db, partner: Party, content: unknown) => Promise<void>>>;

/**
 * Takes a delivery, once: the same one again gets the same receipt. A delivery that cannot be read fails as a whole: it is
 * kept in quarantine with its reason, changes nothing else, and the problem is thrown. Otherwise each object is admitted or refused on its own,
 * and the receipt says which.
 */
export async function receive(
  records: Records,
  context: SharingContext,
  incoming: Incoming,
  signReceipt: (facts: ReceiptFacts) => Promise<string>,
  handlers: KindHandlers = {},
): Promise<Received> {
  try {
    const before = await receivedBefore(records, incoming);
    if (before) return before;
    refuseWithoutPolicy(context);
    const opened = await open(records, context, incoming, handlers);
    try {
      return await records.transaction(
        async (tx) =>
          (await receivedBefore(tx, incoming)) ?? take(tx, context, incoming, opened, signReceipt, handlers),
      );
    } catch (thrown) {
      const { content } = opened;
      // What is not about the file refuses this delivery; the next one may bring it.
      if (content.kind === 'hold-file' && thrown instanceof GongjoError && isOfFile(thrown))
        await records.transaction((tx) => noteHoldParcelRefused(tx, context, incoming.partner, content, thrown));
      throw thrown;
    }
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    if (thrown.code !== 'delivery-conflict') await quarantine(records, context, incoming, thrown.problem);
    throw thrown;
  }
}

/** `hold-file-…`, and `hold-files-full`. */
const isOfFile = ({ code }: GongjoError) => code.startsWith('hold-file');

/** Keeps, as evidence, a bundle that was not admitted. The sender is an authenticated partner; nobody else gets this far. */
export async function quarantine(
  records: Records,
  { clock }: SharingContext,
  incoming: Incoming,
  problem: Problem,
): Promise<void> {
  await records.transaction(async (tx) => {
    const id = `${incoming.id}:${sha256Hex(`${incoming.envelope}\n${incoming.signature}`)}`;
    if (await findDelivery(tx, incoming.partner.id, 'in', id)) return;
    await addDelivery(tx, clock, {
      id,
      direction: 'in',
      partner: incoming.partner.id,
      incident: null,
      state: 'quarantined',
      envelope: incoming.envelope,
      signature: incoming.signature,
      problem,
      reasons: [],
      objects: [],
    });
    await boundQuarantine(tx, incoming.partner.id);
    await recordAudit(tx, clock, {
      actor: `desk:${incoming.partner.id}`,
      action: 'sharing.quarantined',
      subject: incoming.id,
      details: { problem: problem.code },
    });
  });
}

/** The receipt of a delivery that is here already. Throws `delivery-conflict` where it came with other content. */
async function receivedBefore(db: Db, { partner, id, envelope }: Incoming): Promise<Received | null> {
  const before = await findDelivery(db, partner.id, 'in', id);
  if (!before?.receipt) return null;
  if (before.envelopeSha256 !== sha256Hex(envelope)) throw new GongjoError('delivery-conflict', { delivery: id });
  const { receipt, objects, refused } = before;
  return { receipt: receipt.jws, objectCount: objects.length, refused, repeated: true };
}

const zNotice = z.looseObject({ kind: z.string().min(1).max(40) });

const zRecall = z.object({
  kind: z.literal('recall'),
  recall: z.uuid(),
  reason: zText,
  objects: z
    .array(z.object({ id: z.string().max(300), modified: z.string().max(64).nullable() }))
    .min(1)
    .max(objectsPerDeliveryMax),
});

type Content =
  | { readonly kind: 'objects' }
  | z.infer<typeof zRecall>
  | z.infer<typeof zConsentRequest>
  | z.infer<typeof zConsentAnswer>
  | z.infer<typeof zAcknowledged>
  | z.infer<typeof zHoldParcel>
  | { readonly kind: 'other'; readonly name: string; readonly content: unknown };

/** A delivery that has been read; nothing has been kept of it yet. */
interface Opened {
  readonly source: Source;
  readonly content: Content;
  readonly examined: Examined;
}

async function open(
  records: Records,
  context: SharingContext,
  { partner, id, envelope }: Incoming,
  handlers: KindHandlers,
): Promise<Opened> {
  const json = parseJson(envelope);
  const values = objectsIn(json, { objectsMax: objectsPerDeliveryMax, nodesMax: NODES_MAX });
  const content = contentOf(isRecord(json) ? json.gongjo : undefined, handlers);
  if (values.length === 0 && content.kind === 'objects')
    throw new GongjoError('bundle-invalid', { path: '/objects', detail: 'there are none' });
  const incidents = values.filter((it) => isRecord(it) && it.type === 'incident');
  if (incidents.length > incidentsPerDeliveryMax)
    throw new GongjoError('bundle-invalid', {
      path: '/objects',
      detail: `more than ${incidentsPerDeliveryMax} incidents`,
    });
  const recalling = new Set(content.kind === 'recall' ? content.objects.map((it) => it.id) : []);
  const source: Source = { party: partner, via: 'desk', unmarked: 'refuse', delivery: id, recalling };
  return { source, content, examined: await examine(records, context, source, values) };
}

function contentOf(notice: unknown, handlers: KindHandlers): Content {
  if (notice === undefined) return { kind: 'objects' };
  const kind = zNotice.safeParse(notice).data?.kind;
  const known = {
    recall: zRecall,
    'consent-request': zConsentRequest,
    'consent-answer': zConsentAnswer,
    acknowledged: zAcknowledged,
    'hold-file': zHoldParcel,
  } as const;
  if (kind === 'objects') return { kind };
  if (kind !== undefined && Object.hasOwn(known, kind)) {
    const parsed = known[kind as keyof typeof known].safeParse(notice);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new GongjoError('bundle-invalid', {
      path: `/gongjo/${issue?.path.join('/') ?? ''}`,
      detail: issue?.message ?? '',
    });
  }
  if (kind !== undefined && Object.hasOwn(handlers, kind)) return { kind: 'other', name: kind, content: notice };
  throw new GongjoError('bundle-invalid', {
    path: '/gongjo/kind',
    detail: 'not a kind of delivery that is known here',
  });
}

async function take(
  tx: Db,
  context: SharingContext,
  incoming: Incoming,
  { source, content, examined }: Opened,
  signReceipt: (facts: ReceiptFacts) => Promise<string>,
  handlers: KindHandlers,
): Promise<Received> {
  const { clock, desk } = context;
  const { partner, id, envelope, signature } = incoming;
  const { objects: admitted, rejected, incident } = await admitExamined(tx, context, source, examined);
  const recalled =
    content.kind === 'recall' ? await takeRecall(tx, context, { ...partner, delivery: id }, content) : null;
  if (content.kind === 'consent-request') await takeConsentRequest(tx, context, partner, content);
  if (content.kind === 'consent-answer') await takeConsentAnswer(tx, context, partner, content);
  if (content.kind === 'acknowledged') await acknowledgedThere(tx, clock, partner, content);
  if (content.kind === 'hold-file') await takeHoldParcel(tx, context, partner, content);
  if (content.kind === 'other') await handlers[content.name]?.(tx, partner, content.content);

  const envelopeSha256 = sha256Hex(envelope);
  const receivedAt = instant(clock.now());
  const objects = admitted.map(({ sealed }) => sharedObject(sealed));
  const refused = rejected.map(refusedOf);
  const receipt = await signReceipt({
    delivery: id,
    from: partner.id,
    by: desk.desk,
    receivedAt,
    envelopeSha256,
    objects: objects.map(({ id: object, modified, tlp, sha256 }) => ({ id: object, modified, tlp, sha256 })),
    ...(refused.length > 0 ? { refused } : {}),
    ...(recalled ? { recalled } : {}),
  });
  await addDelivery(tx, clock, {
    id,
    direction: 'in',
    partner: partner.id,
    incident,
    state: 'admitted',
    kind: content.kind === 'other' ? content.name : content.kind,
    envelope,
    signature,
    reasons: examined.reasons as Reason[],
    objects,
    refused,
    receipt: { at: receivedAt, by: desk.desk, jws: receipt },
    recall: content.kind === 'recall' ? content.recall : null,
  });
  await recordAudit(tx, clock, {
    actor: `desk:${partner.id}`,
    action: 'sharing.admitted',
    subject: id,
    details: { objects: objects.length, refused: refused.length, envelopeSha256 },
  });
  return { receipt, objectCount: objects.length, refused, repeated: false };
}
