import { type Incident, type IncidentDetail, terms } from '@gongjo/contract';
import type { Command } from 'commander';
import { amountText, GongjoError } from '../kernel/index.ts';
import { canonicalHex, chainNamed } from './chain-name.ts';
import { instantIn } from './instant.ts';
import { matchCommands } from './match.command.ts';
import type { Kit } from './program.ts';
import { plain, type Terminal } from './terminal.ts';
import { placesText, traceText } from './trace.command.ts';
import { collect } from './up.command.ts';

export function incidentCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const incident = program.command('incident').description(text('incident'));

  kit
    .withDesk(
      kit.command(incident, 'open', 'incidentOpen', async ({ terminal, options, withDoor }) => {
        const {
          chain: chainText,
          tx,
          kind,
          titleEn,
          titleKo,
          victim,
          tlp,
          occurred,
          detected,
          to: destinations = [],
          country: countries,
          drill,
        } = options as Record<string, string> & {
          tx: readonly string[];
          to?: readonly string[];
          country?: readonly string[];
          drill?: boolean;
        };
        const chain = chainNamed(chainText ?? '');
        const asked = {
          chain,
          txids: tx.map((txid: string) => canonicalHex(chain, txid)),
          kind,
          title: { en: titleEn, ko: titleKo },
          victim,
          tlp,
          occurredAt: instantOf(occurred),
          detectedAt: instantOf(detected),
          ...(destinations.length > 0 && {
            addresses: destinations.map((address) => ({ address, role: 'destination' })),
          }),
          countries,
          ...(drill && { drill: true }),
        };
        // Nothing: it was joined with one that whoever reports may not see.
        const opened = await withDoor((door) => door.call<Incident | null>('POST', '/api/incidents', asked));
        terminal.result(opened ?? { id: null, outcome: 'joined' }, () =>
          opened ? terminal.say('opened', { id: opened.id }) : terminal.say('openedJoined'),
        );
        return undefined;
      }),
    )
    .requiredOption('--chain <chain>', text('chain'))
    .requiredOption('--tx <hash>', text('txid'), collect)
    .option('--kind <kind>', text('kind'), 'theft')
    .requiredOption('--title-en <title>', text('titleEn'))
    .requiredOption('--title-ko <title>', text('titleKo'))
    .option('--victim <name>', text('victim'))
    .option('--tlp <marking>', text('tlp'))
    .option('--occurred <time>', text('incidentOccurred'))
    .option('--detected <time>', text('incidentDetected'))
    .option('--to <address>', text('incidentTo'), collect)
    .option('--country <code>', text('incidentCountry'), collect)
    .option('--drill', text('incidentDrill'));

  kit.withDesk(
    kit.command(incident, 'list', 'incidentList', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<{ incidents: Incident[] }>('GET', '/api/incidents'));
      terminal.result(answer, () =>
        answer.incidents.length === 0
          ? terminal.say('none')
          : answer.incidents.map((it) => summaryText(terminal, it)).join('\n\n'),
      );
      return undefined;
    }),
  );

  kit
    .withDesk(
      kit.command(incident, 'show', 'incidentShow', async ({ terminal, args, withDoor }) => {
        const detail = await withDoor((door) =>
          door.call<IncidentDetail>('GET', `/api/incidents/${encodeURIComponent(args[0] ?? '')}`),
        );
        terminal.result(detail, () =>
          detail.trace
            ? `${plain(detail.title[terminal.language])}\n\n${traceText(terminal, detail.trace, detail.places)}`
            : summaryText(terminal, detail),
        );
        return undefined;
      }),
    )
    .argument('<id>', text('incidentId'));

  matchCommands(incident, kit);
}

/** Any time of RFC 3339, as the API wants it; what is none is left for the API to refuse. */
function instantOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (instantIn(text) ?? text);
}

function summaryText(terminal: Terminal, incident: Incident): string {
  const assets = new Map(incident.assets.map((asset) => [asset.id, asset]));
  const amount = (asset: Incident['assets'][number]['id'], units: string) => {
    const known = assets.get(asset);
    if (!known) throw new GongjoError('internal', { reference: asset });
    return amountText(BigInt(units), known);
  };
  const head = `${incident.id}  ${terms.tlp[incident.tlp][terminal.language]}  ${plain(incident.title[terminal.language])}`;
  if (incident.waitingFor) return `${head}\n${terminal.say('waiting')}`;
  return `${head}\n${terminal.say('whereNow')}\n${placesText(terminal, incident.places, amount)}`;
}
