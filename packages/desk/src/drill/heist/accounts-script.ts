import type { Address, TxId } from '@gongjo/contract';
import type { Accounts } from './accounts.ts';
import { placeTag } from './cast.ts';
import { accountBlocks } from './timing.ts';

/** What the victim's hot wallet loses: some 60 m dollars. */
const loot = 24_000n * 10n ** 18n;
const theftBlock = 2;
/** Thousandths of the loot. */
const shares = { layering: 400n, peeling: 150n, structuring: 100n, swapping: 120n, mixing: 60n, bridging: 100n };
/** Each holder pays so many others: more than a person does, fewer than a service. */
const fan = 5;
/** From here on nothing new begins, so that what is under way comes to an end. */
const lastBlock = accountBlocks - 2;

/** Value that went over the bridge, for the other chain to pay out. */
export interface Bridged {
  readonly block: number;
  readonly units: bigint;
}

export interface AccountsStory {
  readonly theft: TxId;
  readonly bridged: readonly Bridged[];
  readonly pool: Address;
  /** Of an earlier case. */
  readonly sleeper: Address;
}

/** The thief's part on the chain of accounts, until so many addresses were used. */
export function playAccounts(made: Accounts, addresses: number): AccountsStory {
  const { cast } = made;
  const victim = cast.account();
  const places = { pool: cast.account(), mixer: cast.account(), bridge: cast.account() };
  const { coin } = made.assets;
  made.past([{ from: cast.account(), to: victim, asset: coin.id, units: loot * 2n }]);
  const { txid: theft, thief } = made.steal(theftBlock, victim, loot);
  const part = (share: bigint) => made.pass(theftBlock + 1, thief, (loot * share) / 1000n);
  const heads = {
    ...{ layering: part(shares.layering), peeling: part(shares.peeling), structuring: part(shares.structuring) },
    ...{ swapping: part(shares.swapping), mixing: part(shares.mixing), bridging: part(shares.bridging) },
  };
  const collecting = made.pass(theftBlock + 1, thief, made.held(thief));

  peel(made, heads.peeling);
  structure(made, heads.structuring);
  swap(made, heads.swapping, places.pool);
  for (const [n, holder] of split(made, heads.mixing, 6, theftBlock + 3).entries())
    made.leave(theftBlock + 7 + n, holder, places.mixer, 'mixer');
  const bridged = split(made, heads.bridging, 4, theftBlock + 3).map((holder, n): Bridged => {
    const units = made.held(holder);
    made.leave(theftBlock + 6 + n, holder, places.bridge, 'bridge');
    return { block: theftBlock + 6 + n, units };
  });
  collect(made, split(made, collecting, 12, theftBlock + 3), theftBlock + 6);
  layer(made, heads.layering, addresses);

  const { chain } = made;
  made.tags.push(
    placeTag({ chain, address: places.pool }, 'dex', 'Pool', null),
    placeTag({ chain, address: places.mixer }, 'mixer', 'Mixer', null),
    placeTag({ chain, address: places.bridge }, 'bridge', 'Bridge', null),
  );
  return { theft, bridged, pool: places.pool, sleeper: wakeSleeper(made) };
}

function split(made: Accounts, from: Address, count: number, block: number): Address[] {
  return made.dice.parts(made.held(from), count).map((units) => made.pass(block, from, units));
}

/** At each step a little goes to an exchange, at once or by another address, and the rest to a new address. */
function peel(made: Accounts, head: Address): void {
  const steps: TxId[] = [];
  let holder = head;
  for (let block = theftBlock + 3; block < lastBlock - 4; block += 1) {
    const whole = made.held(holder);
    const peeled = (whole * BigInt(made.dice.between(15, 70))) / 1000n;
    const next = made.cast.account();
    if (block % 2 === 0) made.deposit(block, holder, peeled);
    else made.deposit(block + 3, made.pass(block, holder, peeled));
    steps.push(made.passed(block, holder, whole - peeled, made.assets.coin.id, next));
    holder = next;
  }
  // Said of the third step.
  made.book.act('peel-chain', made.chain, steps.slice(2));
}

/** Many amounts that are nearly alike, to as many people, each of whom goes to an exchange. */
function structure(made: Accounts, head: Address): void {
  const payments = 20;
  const share = made.held(head) / BigInt(payments);
  const txids: TxId[] = [];
  for (let n = 0; n < payments; n += 1) {
    const block = theftBlock + 4 + Math.floor(n / 2);
    const less = (share * BigInt(made.dice.between(0, 30))) / 1000n;
    const mule = made.cast.account();
    txids.push(made.passed(block, head, share - less, made.assets.coin.id, mule));
    made.deposit(block + made.dice.between(3, 12), mule);
  }
  made.book.act('structuring', made.chain, txids);
}

/** Into a token that its issuer can freeze; some of it stays there. */
function swap(made: Accounts, head: Address, pool: Address): void {
  const { dollar } = made.assets;
  for (const [n, holder] of split(made, head, 8, theftBlock + 3).entries()) {
    const block = theftBlock + 5 + n;
    const { txid, dollars } = made.swap(block, holder, pool, made.held(holder));
    const stays = n % 2 === 1;
    const asset = dollar.id;
    const { chain } = made;
    made.book.freezable({ chain, txid, asset, units: dollars }, stays);
    if (stays) continue;
    for (const units of made.dice.parts(dollars, 2)) {
      const next = made.cast.account();
      const moved = made.passed(block + 6, holder, units, asset, next);
      made.book.freezable({ chain, txid: moved, asset, units }, false);
      made.deposit(block + 10, next, units, asset);
    }
  }
}

/** From many addresses to one, and from there to an exchange. */
function collect(made: Accounts, from: readonly Address[], block: number): void {
  const collector = made.cast.account();
  const txids = from.map((holder, n) =>
    made.passed(block + Math.floor(n / 3), holder, made.held(holder), made.assets.coin.id, collector),
  );
  made.book.act('collection', made.chain, txids);
  made.deposit(block + Math.ceil(from.length / 3) + 3, collector);
}

/** Ever more addresses; in the end some go to exchanges, some gather, and most lie still. */
function layer(made: Accounts, head: Address, addresses: number): void {
  let holders = [head];
  const leaves: { readonly address: Address; readonly since: number }[] = [];
  for (let block = theftBlock + 3; holders.length > 0 && block < 16; block += 2) {
    const next: Address[] = [];
    for (const holder of holders) {
      if (made.book.laundered(made.chain) + fan > addresses) leaves.push({ address: holder, since: block - 2 });
      else next.push(...split(made, holder, fan, block));
    }
    holders = next;
    if (block + 2 >= 16) leaves.push(...holders.map((address) => ({ address, since: block })));
  }
  made.dice.shuffle(leaves);
  const cashed = Math.ceil(leaves.length / 4);
  for (const { address, since } of leaves.splice(0, cashed))
    made.deposit(made.dice.between(Math.max(since + 2, 12), lastBlock), address);
  for (let group = 0; group < 3 && leaves.length >= 8; group += 1)
    collect(
      made,
      leaves.splice(0, 8).map(({ address }) => address),
      20 + group * 2,
    );
  poison(made, leaves.slice(0, 12));
}

/** Somebody imitates whom the thief's addresses deal with; those are watched, for value rests there. */
function poison(made: Accounts, at: readonly { readonly address: Address; readonly since: number }[]): void {
  const { won } = made.assets;
  for (const { address, since } of at) {
    const payer = made.payerOf(address);
    const imitation = made.cast.imitationOf(payer);
    const block = made.dice.between(Math.max(since + 2, 17), lastBlock);
    const txid = made.accomplice(block, [{ from: imitation, to: address, asset: won.id, units: 0n }]);
    made.book.act('address-poisoning', made.chain, [txid]);
  }
}

/** A wallet of an earlier case, filled a hundred days ago, wakes. It is watched because somebody ordered it. */
function wakeSleeper(made: Accounts): Address {
  const { coin } = made.assets;
  const sleeper = made.cast.account();
  const units = 310n * 10n ** 18n;
  // Who watches the wallet hears of this one, too, where it is read in later.
  made.book.thiefs(made.chain, made.past([{ from: made.cast.account(), to: sleeper, asset: coin.id, units }], true));
  const txid = made.accomplice(20, [{ from: sleeper, to: made.cast.account(), asset: coin.id, units }]);
  made.book.act('sleeper-wakes', made.chain, [txid]);
  made.book.act('watched-moved', made.chain, [txid]);
  return sleeper;
}
