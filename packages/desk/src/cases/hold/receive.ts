import { type HoldFile, type HoldFileReceived, holdTerms } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import { takeIntoCustody } from '../custody.store.ts';
import type { HoldContext } from './context.ts';
import { checkedFile } from './file.ts';
import { findHold, type StoredHold } from './hold.store.ts';
import { isTime, momentOf, wrongTime } from './progress.ts';
import { keepReceived, listReceived, readReceived } from './received.store.ts';

/** An addressee answers with few files; a folder of many is sent as one archive. */
const filesMax = 200;

type Keeping = Pick<HoldContext, 'clock' | 'random'> & {
  readonly settings: Pick<HoldContext['settings'], 'fileBytes'>;
};

/** A file as it came, and what is said of it. */
export type Received = Omit<HoldFileReceived, 'base64'> & { readonly content: Uint8Array };

/**
 * Takes a file that came back into custody: kept byte for byte, checked against the hash that its sender has of it. It stays at
 * this desk. Throws `hold-step-forbidden` of a request that was not sent, `hold-time-wrong`, `hold-file-empty`,
 * `hold-file-too-large`, `hold-file-differs`, `hold-file-known`, `hold-files-full`.
 */
export async function receiveHoldFile(
  { records, ...keeping }: Keeping & Pick<HoldContext, 'records'>,
  id: string,
  received: Received,
  by: string,
): Promise<HoldFile> {
  return records.transaction(async (tx) => takeHoldFile(tx, keeping, await findHold(tx, id, true), received, by));
}

/** The same in the caller's transaction, which has locked the request. */
export async function takeHoldFile(
  tx: Db,
  { clock, random, settings }: Keeping,
  hold: StoredHold,
  { content, kind, name, mediaType, sha256: wanted, note, ...said }: Received,
  by: string,
): Promise<HoldFile> {
  const { sentAt, state } = hold.progress;
  if (sentAt === null)
    throw new GongjoError('hold-step-forbidden', { state: holdTerms.state[state], event: holdTerms.fileReceived });
  const now = momentOf({ ...hold.progress, heldAt: null }, clock.now());
  const { receivedAt = now, from = hold.addressee.name.en } = said;
  if (!isTime(receivedAt)) throw wrongTime(receivedAt, 'none');
  if (receivedAt < sentAt) throw wrongTime(receivedAt, 'notBefore', sentAt);
  if (receivedAt > now) throw wrongTime(receivedAt, 'notAfter', now);
  const sha256 = checkedFile({ name, content, sha256: wanted }, settings.fileBytes);
  const kept = await listReceived(tx, hold.id);
  const known = kept.find((it) => it.sha256 === sha256);
  if (known) throw new GongjoError('hold-file-known', { name: known.name, at: known.takenAt });
  if (kept.length >= filesMax) throw new GongjoError('hold-files-full', { limit: filesMax });
  const file: HoldFile = {
    ...{ id: `file--${random.uuid()}`, kind, name, mediaType, bytes: content.length, sha256, from, receivedAt, by },
    ...{ takenAt: now, note: note ?? null },
  };
  await keepReceived(tx, hold.id, file, content);
  await takeIntoCustody(
    tx,
    { clock, random },
    {
      ...{ incident: hold.incident, direction: 'in', name, mediaType, bytes: content, who: by },
      why: [`${hold.id} ${kind} from ${from}, ${receivedAt}`, note].filter(Boolean).join(': '),
    },
  );
  // The record holds no text of a case.
  await recordAudit(tx, clock, {
    actor: by,
    action: 'hold.file-received',
    subject: hold.id,
    details: { file: file.id, kind, from, receivedAt, sha256, bytes: file.bytes },
  });
  return file;
}

/** A file is taken out to be read: customers' data are not looked at unseen. Throws `not-found`, `hold-file-damaged`. */
export async function takeOutHoldFile(
  { records, clock, random }: Pick<HoldContext, 'records' | 'clock' | 'random'>,
  id: string,
  name: string,
  by: string,
): Promise<{ readonly file: HoldFile; readonly content: Uint8Array }> {
  return records.transaction(async (tx) => {
    const { incident } = await findHold(tx, id);
    const found = await readReceived(tx, id, name);
    const { kind, name: fileName, mediaType, sha256 } = found.file;
    await takeIntoCustody(
      tx,
      { clock, random },
      {
        ...{ incident, direction: 'out', name: fileName, mediaType, bytes: found.content, who: by },
        why: `${id} ${kind} read at this desk`,
      },
    );
    await recordAudit(tx, clock, {
      actor: by,
      action: 'hold.file-read',
      subject: id,
      details: { file: found.file.id, kind, sha256 },
    });
    return found;
  });
}
