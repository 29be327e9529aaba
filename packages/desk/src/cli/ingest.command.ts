import type { ChainStatus } from '@gongjo/contract';
import type { Command } from 'commander';
import { ingestBitcoinCommand } from './ingest-bitcoin.command.ts';
import { ingestEvmCommand } from './ingest-evm.command.ts';
import type { Kit } from './program.ts';
import { table } from './terminal.ts';

export function ingestCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const ingest = program.command('ingest').description(text('ingest'));
  ingestEvmCommand(ingest, kit);
  ingestBitcoinCommand(ingest, kit);

  const ledger = program.command('ledger').description(text('ledger'));
  kit.withDesk(
    kit.command(ledger, 'status', 'ledgerStatus', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<{ chains: ChainStatus[] }>('GET', '/api/ledger'));
      terminal.result(answer, () =>
        answer.chains.length === 0
          ? terminal.say('none')
          : table(
              [
                terminal.say('columnChain'),
                terminal.say('columnBlocks'),
                terminal.say('columnMovements'),
                terminal.say('columnSource'),
              ],
              answer.chains.map(({ chain, from, tip, movements, source }) => [
                chain,
                tip ? `${from}–${tip.height}` : '–',
                String(movements),
                source ? (source.problem?.text[terminal.language] ?? source.state) : '–',
              ]),
            ),
      );
      return undefined;
    }),
  );
}
