import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeskCard, zDeskId } from '@gongjo/contract';
import { signDelivery, signToken } from '../packages/desk/src/partner/seal.ts';
import { inboxPath, taxiiType } from '../packages/desk/src/partner/taxii/index.ts';
import { fingerprintOf, openKeys, systemClock } from '../packages/desk/src/platform/index.ts';

/** How a request differs from the one that a partner's desk sends. */
export interface Deviation {
  readonly token?: null;
  readonly signature?: (signature: string) => string | null;
  /** Applied after signing. */
  readonly body?: (body: string) => string;
  readonly contentType?: string;
  readonly path?: string;
}

/** A desk that exists only as a key pair: it signs as a desk does, and sends what a desk never would. */
export async function stranger(who: {
  readonly folder: string;
  readonly desk: string;
  readonly to: string;
  readonly url: string;
}) {
  const keys = await openKeys(who.folder);
  const [desk, to] = [zDeskId.parse(who.desk), zDeskId.parse(who.to)];
  const name = { en: 'Stranger', ko: '낯선 기관' };
  const card: DeskCard = {
    ...{ desk, name, country: 'JP', timeZone: 'Asia/Tokyo', url: 'http://127.0.0.1:9', key: keys.publicKey },
  };
  const cardFile = join(who.folder, 'card.json');
  await writeFile(cardFile, JSON.stringify(card));
  return {
    cardFile,
    fingerprint: await fingerprintOf(keys.publicKey),

    /** An object that a desk takes: an identity, TLP:GREEN. */
    marked: () => ({
      type: 'identity',
      spec_version: '2.1',
      id: `identity--${randomUUID()}`,
      created: '2025-11-27T00:00:00.000Z',
      modified: '2025-11-27T00:00:00.000Z',
      name: 'Nobody',
      object_marking_refs: ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'],
    }),

    send: async (objects: readonly object[], but: Deviation = {}) => {
      const envelope = JSON.stringify({ objects });
      const signed = await signDelivery(keys, desk, to, randomUUID(), envelope);
      const signature = but.signature ? but.signature(signed) : signed;
      const token = but.token === null ? null : await signToken(keys, systemClock, desk, to);
      const response = await fetch(new URL(but.path ?? inboxPath, who.url), {
        method: 'POST',
        headers: {
          accept: taxiiType,
          'content-type': but.contentType ?? taxiiType,
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(signature !== null && { 'gongjo-signature': signature }),
        },
        body: but.body ? but.body(envelope) : envelope,
      });
      const body = (await response.json()) as { error_code?: string };
      return { status: response.status, code: body.error_code ?? null, body };
    },
  };
}
