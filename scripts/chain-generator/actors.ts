import { mix, type Random } from './random.ts';
import { shapes } from './shapes.ts';

const { exchanges, pools, merchants } = shapes;
/** Peeling chains that run side by side. */
export const peelers = 64;

/** Owners are numbers: services first, then people. */
export const owner = {
  hot: (exchange: number) => exchange,
  deposits: (exchange: number) => exchanges + exchange,
  pool: (pool: number) => 2 * exchanges + pool,
  merchant: (merchant: number) => 2 * exchanges + pools + merchant,
  peeler: (peeler: number) => 2 * exchanges + pools + merchants + peeler,
  /** Coins that wait for the next Whirlpool mix. */
  mix: 2 * exchanges + pools + merchants + peelers,
  people: 2 * exchanges + pools + merchants + peelers + 1,
} as const;

export interface Actors {
  readonly people: number;
  readonly addresses: number;
  /** Index into `scriptTypes` of each address. */
  readonly types: Uint8Array;
  /** @param type index into `scriptTypes`; else the owner's own, mostly */
  newAddress(of: number, type?: number): number;
  /** Where the owner wants to be paid now: people often, services always at the address used last. */
  address(of: number): number;
  /** The address used last. */
  lastAddress(of: number): number;
  /** An owner: sometimes a new person, else one of the people there are, by popularity. */
  person(): number;
  exchange(): number;
  /** The person's own deposit address at the exchange that the person uses. */
  deposit(of: number): { readonly address: number; readonly owner: number };
}

const none = 0xffff_ffff;

export function openActors(seed: number, random: Random, peopleMax: number, addressesMax: number): Actors {
  const types = new Uint8Array(addressesMax);
  const last = new Uint32Array(owner.people + peopleMax).fill(none);
  const depositAddress = new Uint32Array(peopleMax).fill(none);
  const depositExchange = new Uint8Array(peopleMax);
  let people = 0;
  let addresses = 0;

  const newAddress = (of: number, type?: number) => {
    if (addresses >= addressesMax) throw new RangeError(`more than ${addressesMax} addresses`);
    const draw = random.chance(shapes.otherTypeShare) ? random.unit() : (mix(of ^ Math.imul(seed, 31)) >>> 0) / 2 ** 32;
    types[addresses] = type ?? typeAt(draw);
    last[of] = addresses;
    addresses += 1;
    return addresses - 1;
  };
  const lastAddress = (of: number) => (last[of] === none ? newAddress(of) : last[of]!);
  const popular = (of: number) => Math.floor(of * random.unit() ** shapes.popularity);
  const exchange = () => popular(exchanges);

  return {
    get people() {
      return people;
    },
    get addresses() {
      return addresses;
    },
    types,
    newAddress,
    lastAddress,
    address: (of) => (of < owner.people || random.chance(shapes.reuseShare) ? lastAddress(of) : newAddress(of)),
    person: () => {
      if (people < peopleMax && (people < 8 || random.chance(shapes.newPersonShare))) people += 1;
      else return owner.people + popular(people);
      return owner.people + people - 1;
    },
    exchange,
    deposit: (of) => {
      const person = of - owner.people;
      if (depositAddress[person] === none) {
        const chosen = exchange();
        depositExchange[person] = chosen;
        depositAddress[person] = newAddress(owner.deposits(chosen));
      }
      return { address: depositAddress[person]!, owner: owner.deposits(depositExchange[person]!) };
    },
  };
}

/** Where each type's share ends; the last type takes what is left. */
const shareEnds = shapes.walletTypes.map((_, i) =>
  shapes.walletTypes.slice(0, i + 1).reduce((sum, [, it]) => sum + it, 0),
);

function typeAt(share: number): number {
  const last = shareEnds.length - 1;
  for (let type = 0; type < last; type += 1) if (share < shareEnds[type]!) return type;
  return last;
}
