import type { Address, Instant, TxId } from '@gongjo/contract';
import { type Hex, parseGwei } from 'viem';
import { type Action, hex, perform } from './action.ts';
import { coin } from './assets.ts';
import type { Book, Effect } from './book.ts';
import { type Cast, chainNumber, lowerCase, type Role } from './cast.ts';
import type { LocalChain } from './chain.ts';
import type { Compiled, ContractName } from './compile.ts';

/** What every transaction offers: a tip for the miner and room for the base fee, which starts at 1 gwei and moves little. */
const maxPriorityFeePerGas = parseGwei('1');
const maxFeePerGas = parseGwei('10');
/** More than the largest contract costs. */
const deployGas = 3_000_000n;

export interface Deployment {
  readonly by: Role;
  readonly deploy: ContractName;
  /** The constructor's arguments, ABI-encoded. */
  readonly args: Hex;
}

/** Coin from the node's own rich account, the only one that signs nothing. */
export interface Endowment {
  readonly endow: Role;
  readonly units: bigint;
}

export type Move = Action | Deployment | Endowment;

export interface Played {
  readonly height: number;
  readonly time: Instant;
  /** In the order of the moves. */
  readonly txids: readonly TxId[];
}

/** Turns moves into signed transactions, mines them as one block and enters them in the book. */
export interface Stage {
  /** `timeS`: the block's time, Unix seconds. All that `lead` moves is stolen. Throws if any transaction fails. */
  play(moves: readonly Move[], timeS: number, lead?: ReadonlySet<Move>): Promise<Played>;
}

interface Sent {
  readonly txid: Hex;
  readonly sender: Address;
  readonly effects: readonly Effect[];
}

export async function createStage(parts: {
  chain: LocalChain;
  cast: Cast;
  book: Book;
  compiled: Compiled;
}): Promise<Stage> {
  const { chain, cast, book, compiled } = parts;
  const miner = cast.address('validator');
  await chain.setMiner(hex(miner));

  const nonces = new Map<Role | 'rich', number>();
  const nextNonce = (of: Role | 'rich'): number => {
    const nonce = nonces.get(of) ?? 0;
    nonces.set(of, nonce + 1);
    return nonce;
  };

  async function sign(by: Role, transaction: { to?: Hex; value?: bigint; data: Hex; gas: bigint }): Promise<Hex> {
    return cast.account(by).signTransaction({
      ...transaction,
      type: 'eip1559',
      chainId: chainNumber,
      nonce: nextNonce(by),
      maxFeePerGas,
      maxPriorityFeePerGas,
    });
  }

  async function send(move: Move): Promise<Sent> {
    if ('endow' in move) {
      const to = cast.address(move.endow);
      const sender = lowerCase(chain.rich);
      const txid = await chain.sendFromRich({ to: hex(to), value: move.units, nonce: nextNonce('rich') });
      return { txid, sender, effects: [{ kind: 'move', asset: coin, from: sender, to, units: move.units }] };
    }
    const sender = cast.address(move.by);
    if ('deploy' in move) {
      const code = compiled.code.get(move.deploy);
      if (code === undefined) throw new Error(`no contract ${move.deploy}`);
      const signed = await sign(move.by, { data: `${code}${move.args.slice(2)}`, gas: deployGas });
      return { txid: await chain.submit(signed), sender, effects: [] };
    }
    const { to, value, data, gas, effects } = perform(move, cast, book);
    return { txid: await chain.submit(await sign(move.by, { to: hex(to), value, data, gas })), sender, effects };
  }

  return {
    play: async (moves, timeS, lead = new Set()) => {
      const sent = new Map<Hex, Sent & { lead: boolean }>();
      for (const move of moves) {
        const one = await send(move);
        sent.set(one.txid, { ...one, lead: lead.has(move) });
      }
      const block = await chain.mine(timeS);
      if (block.transactions.length !== sent.size) {
        throw new Error(`block ${block.height} holds ${block.transactions.length} of ${sent.size} transactions`);
      }
      for (const { txid, gasUsed, gasPrice } of block.transactions) {
        const one = sent.get(txid);
        if (one === undefined) throw new Error(`block ${block.height} holds transaction ${txid}, which nobody sent`);
        const burnUnits = gasUsed * block.baseFee;
        book.enter({ ...one, miner, burnUnits, tipUnits: gasUsed * gasPrice - burnUnits });
      }
      return {
        height: block.height,
        time: new Date(block.timeS * 1000).toISOString(),
        txids: [...sent.keys()].map((txid) => txid as string as TxId),
      };
    },
  };
}
