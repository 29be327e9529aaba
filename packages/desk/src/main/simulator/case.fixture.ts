import { type Address, type ChainId, type DeskCard, type Tlp, type TxId, zChainId } from '@gongjo/contract';
import { addIncident } from '../../cases/index.ts';
import { instant } from '../../kernel/index.ts';
import { listPartners, type PartnerContext, partyOf } from '../../partner/index.ts';
import { release } from '../../sharing/index.ts';
import {
  deskIdentity,
  deskIdentityId,
  incidentObject,
  indicatorForWallet,
  relationship,
  type StixObject,
  stixId,
  walletObject,
} from '../../stix/index.ts';

/** A theft as it goes on in the world, whether or not the desk that looks at it is up. */
export interface Theft {
  readonly desk: string;
  readonly n: number;
  readonly id: ReturnType<typeof stixId>;
  readonly tlp: Tlp;
  readonly openedAt: number;
  /** How often it was given another name: each makes new versions. */
  renamed: number;
  /** The desk's people have taken it back. */
  recalled: boolean;
  /** What stolen value has reached so far. */
  readonly addresses: number[];
}

export const chain: ChainId = zChainId.parse('eip155:31337');
export const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
const txid = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as TxId;

/** What is said of each address, where policy lets it be said. */
export const words = 'Stolen value has reached it.';

export function theftOf(desk: string, n: number, tlp: Tlp, openedAt: number): Theft {
  const series = desk.charCodeAt(0).toString(16).padStart(12, '0');
  const id = stixId('incident', `${n.toString(16).padStart(8, '0')}-0000-4000-8000-${series}`);
  return { desk, n, id, tlp, openedAt, renamed: 0, recalled: false, addresses: [] };
}

/** What a round of the desk does about one of its incidents: opens it if need be, and decides for every partner what may go. */
export async function round(context: PartnerContext, theft: Theft): Promise<void> {
  const { records, clock, desk } = context;
  const title = titleOf(theft);
  const objects = objectsOf(desk, theft);
  const partners = (await listPartners(records)).map(partyOf);
  await records.transaction(async (tx) => {
    await addIncident(tx, clock, theft.id, {
      chain,
      txids: [txid(theft.n)],
      kind: 'theft',
      title,
      victim: null,
      tlp: theft.tlp,
      origin: null,
    });
    await release(tx, context, { incident: theft.id, objects, to: partners, purpose: 'investigation' });
  });
}

function titleOf({ n, renamed }: Theft) {
  const name = renamed === 0 ? `Theft ${n}` : `Theft ${n}, name ${renamed}`;
  return { en: name, ko: name };
}

export function objectsOf(card: DeskCard, theft: Theft): StixObject[] {
  const { id, n, tlp, openedAt, addresses } = theft;
  const now = instant(openedAt);
  const stamp = { now, author: deskIdentityId(card.desk), tlp };
  const title = titleOf(theft);
  return [
    deskIdentity(card, { now, tlp: 'clear' }),
    incidentObject({ id, title, chain, kind: 'theft', txids: [txid(n)], occurredAt: null, stolen: [] }, stamp),
    ...addresses.flatMap((a) => {
      const about = { incident: id, address: address(a), chain, validFrom: now, description: words };
      const indicator = indicatorForWallet(about, stamp);
      return [walletObject(address(a), chain, tlp), indicator, relationship('related-to', indicator.id, id, stamp)];
    }),
  ];
}
