import { readFileSync } from 'node:fs';
import type { DeskCard, Pairing, PartnerDetail, PartnerSummary } from '@gongjo/contract';
import type { Command } from 'commander';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { keyTable } from './key.command.ts';
import { writeNew } from './new-file.ts';
import { pairingCommands, pairingText } from './pairing.command.ts';
import type { Kit } from './program.ts';
import { type Terminal, table } from './terminal.ts';

export function partnerCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const partner = program.command('partner').description(text('partner'));

  kit.withDesk(
    kit.command(partner, 'card', 'partnerCard', async ({ terminal, withDoor }) => {
      const card = await withDoor((door) => door.call<DeskCard & { fingerprint: string }>('GET', '/api/card'));
      const { fingerprint, ...own } = card;
      terminal.result(
        card,
        () => `${JSON.stringify(own, null, 2)}\n\n${terminal.say('columnFingerprint')}: ${fingerprint}`,
      );
      return undefined;
    }),
  );

  kit
    .withDesk(
      kit.command(partner, 'add', 'partnerAdd', async ({ terminal, args, options, withDoor }) => {
        const card = cardIn(args[0] ?? '');
        const added = await withDoor((door) =>
          door.call<PartnerSummary>('POST', '/api/partners', {
            card,
            fingerprint: options.fingerprint,
            agreement: options.agreement ?? null,
          }),
        );
        terminal.result(added, () => terminal.say('paired', { desk: added.desk }));
        return undefined;
      }),
    )
    .argument('<card>', text('cardFile'))
    .requiredOption('--fingerprint <hex>', text('fingerprint'))
    .option('--agreement <name>', text('agreement'));

  pairingCommands(partner, kit);

  kit.withDesk(
    kit.command(partner, 'list', 'partnerList', async ({ terminal, withDoor }) => {
      const answer = await withDoor(async (door) => ({
        ...(await door.call<{ partners: PartnerSummary[] }>('GET', '/api/partners')),
        ...(await door.call<{ pairings: Pairing[] }>('GET', '/api/pairings')),
      }));
      const underWay = answer.pairings.filter(({ state }) => !['paired', 'burnt', 'expired'].includes(state));
      terminal.result(answer, () =>
        answer.partners.length + underWay.length === 0
          ? terminal.say('none')
          : [
              table(
                (
                  ['columnDesk', 'columnTitle', 'columnState', 'columnWaiting', 'columnSent', 'columnReceived'] as const
                ).map((key) => terminal.say(key)),
                answer.partners.map((it) => [
                  it.desk,
                  it.name[terminal.language],
                  it.state === 'suspended' ? terminal.say('suspended') : linkOf(terminal, it.link),
                  String(it.waiting),
                  String(it.sent),
                  String(it.received),
                ]),
              ),
              ...underWay.map((it) => pairingText(terminal, it)),
            ].join('\n\n'),
      );
      return undefined;
    }),
  );

  kit
    .withDesk(
      kit.command(partner, 'show', 'partnerShow', async ({ terminal, args, withDoor }) => {
        const detail = await withDoor((door) =>
          door.call<PartnerDetail>('GET', `/api/partners/${encodeURIComponent(args[0] ?? '')}`),
        );
        terminal.result(detail, () =>
          [
            keyTable(terminal, detail.keys),
            table(
              (['columnTime', 'columnDirection', 'columnState', 'columnObjects', 'columnTitle'] as const).map((key) =>
                terminal.say(key),
              ),
              detail.deliveries.map((it) => [
                it.decidedAt,
                it.direction,
                it.problem?.text[terminal.language] ?? it.state,
                String(it.objects.length),
                it.incident?.title[terminal.language] ?? '–',
              ]),
            ),
          ].join('\n\n'),
        );
        return undefined;
      }),
    )
    .argument('<desk>', text('desk'));

  kit
    .withDesk(
      kit.command(partner, 'remove', 'partnerRemove', async ({ terminal, args, withDoor }) => {
        await withDoor((door) => door.call('DELETE', `/api/partners/${encodeURIComponent(args[0] ?? '')}`));
        terminal.result({ removed: args[0] }, () => terminal.say('removed', { desk: args[0] ?? '' }));
        return undefined;
      }),
    )
    .argument('<desk>', text('desk'));

  kit
    .withDesk(
      kit.command(partner, 'retry', 'partnerRetry', async ({ terminal, args, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call<{ retried: number }>('POST', `/api/partners/${encodeURIComponent(args[0] ?? '')}/retry`, {}),
        );
        terminal.result(answer, () => terminal.say('retried', { count: answer.retried }));
        return undefined;
      }),
    )
    .argument('<desk>', text('desk'));

  kit
    .withDesk(
      kit.command(partner, 'proof', 'partnerProof', async ({ terminal, args, options, withDoor }) => {
        const path = `/api/deliveries/${encodeURIComponent(args[0] ?? '')}/proof`;
        const proof = await withDoor((door) => door.call<object>('GET', path));
        const { output } = options as { output?: string };
        if (output !== undefined) writeNew(output, `${JSON.stringify(proof, null, 2)}\n`);
        terminal.result(proof, () =>
          output === undefined ? JSON.stringify(proof, null, 2) : terminal.say('proofWritten', { file: output }),
        );
        return undefined;
      }),
    )
    .argument('<delivery>', text('deliveryId'))
    .option('-o, --output <file>', text('stixExportOut'));
}

/** What waits, since when, and why. */
function linkOf({ language, say }: Terminal, { state, problem, downSince }: PartnerSummary['link']): string {
  if (!problem) return state;
  return downSince === null ? problem.text[language] : `${problem.text[language]} ${say('since', { at: downSince })}`;
}

/** The card as `gongjo partner card --json` printed it, or the card alone. */
function cardIn(file: string): unknown {
  try {
    const { fingerprint: _, ...card } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return card;
  } catch (thrown) {
    throw new GongjoError('usage-wrong', { detail: `${file}: ${detailOf(thrown)}` });
  }
}
