import { readFileSync } from 'node:fs';
import {
  fill,
  type ObjectChange,
  type PolicyChange,
  type PolicyComparison,
  type PolicyExplanation,
  type PolicyShown,
  type PolicyVersion,
  policyChangeTerms,
  policyFactTerms,
} from '@gongjo/contract';
import type { Command } from 'commander';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { outcomeText } from '../policy/index.ts';
import type { Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';

/** Lines that a person is shown of each direction; a program gets all that were found. */
const linesShown = 30;

export function policyCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const policy = program.command('policy').description(text('policy'));

  kit
    .withDesk(
      kit.command(policy, 'show', 'policyShow', async ({ terminal, options, withDoor }) => {
        const shown = await withDoor((door) => door.call<PolicyShown>('GET', '/api/policy'));
        terminal.result(shown, () => (options.text === true ? shown.text : policyText(terminal, shown)));
        return undefined;
      }),
    )
    .option('--text', text('policyText'));

  kit
    .withDesk(
      kit.command(policy, 'explain', 'policyExplain', async ({ terminal, args, options, withDoor }) => {
        const { to = '', purpose, basis } = options as { to?: string; purpose?: string; basis?: string };
        const query = new URLSearchParams({
          object: args[0] ?? '',
          to,
          ...(purpose === undefined ? {} : { purpose }),
          ...(basis === undefined ? {} : { basis }),
        });
        const told = await withDoor((door) => door.call<PolicyExplanation>('GET', `/api/policy/explain?${query}`));
        terminal.result(told, () => explanationText(terminal, told));
        return undefined;
      }),
    )
    .argument('<object>', text('policyObject'))
    .requiredOption('--to <recipient>', text('policyTo'))
    .option('--purpose <purpose>', text('policyPurpose'))
    .option('--basis <text>', text('policyBasis'));

  kit
    .withDesk(
      kit.command(policy, 'check', 'policyCheck', async ({ terminal, args, withDoor }) => {
        const body = { text: fileText(args[0] ?? '') };
        const compared = await withDoor((door) => door.call<PolicyComparison>('POST', '/api/policy/check', body));
        terminal.result(compared, () => comparisonText(terminal, compared));
        return undefined;
      }),
    )
    .argument('<file>', text('policyFile'));

  kit
    .withDesk(
      kit.command(policy, 'set', 'policySet', async ({ terminal, args, options, withDoor }) => {
        const { reason = null } = options as { reason?: string };
        const body = { text: fileText(args[0] ?? ''), reason };
        const { sha256, rules } = await withDoor((door) => door.call<PolicyShown>('POST', '/api/policy', body));
        terminal.result({ sha256, rules: rules.length }, () =>
          terminal.say('policyIsSet', { sha256, count: rules.length }),
        );
        return undefined;
      }),
    )
    .argument('<file>', text('policyFile'))
    .option('--reason <text>', text('policyReason'));

  kit.withDesk(
    kit.command(policy, 'history', 'policyHistory', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<{ sets: PolicyVersion[] }>('GET', '/api/policy/history'));
      terminal.result(answer, () =>
        table(
          (['columnTime', 'columnSetBy', 'columnPolicy', 'columnReason'] as const).map((key) => terminal.say(key)),
          answer.sets.map((it) => [it.at, it.by, it.sha256, it.reason ?? '–']),
        ),
      );
      return undefined;
    }),
  );
}

function fileText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new GongjoError('usage-wrong', { detail: `${file}: ${detailOf(thrown)}` });
  }
}

export function policyText(terminal: Terminal, { sha256, rules }: PolicyShown): string {
  const { language, say } = terminal;
  const rows = rules.map(({ id, effect, reason }) => [id, effect, reason[language]]);
  return `${say('policySha', { sha256, count: rules.length })}\n\n${table(
    (['columnRule', 'columnEffect', 'columnReason'] as const).map((key) => say(key)),
    rows,
  )}`;
}

export function explanationText(terminal: Terminal, told: PolicyExplanation): string {
  const { language, say } = terminal;
  const { object, recipient, outcome, steps, facts } = told;
  const needs = ({ persons, consent, profile }: PolicyExplanation['steps'][number]) => {
    const kind = persons > 0 ? 'ask-person' : consent ? 'ask-origin' : profile === null ? 'release' : 'redact';
    return kind === 'release'
      ? say('policyAsIs')
      : outcomeText({ kind, persons, consent, profile }, 'release', language);
  };
  const reasons = (list: PolicyExplanation['outcome']['reasons']) =>
    list.map((it) => `${it.text[language]} [${it.policy}]`).join(' ');
  return [
    say('policyOutcome', {
      object: object.label,
      recipient: `${recipient.name[language]} (${recipient.id})`,
      outcome: outcomeText(outcome, 'release', language),
    }),
    `  ${reasons(outcome.reasons)}`,
    '',
    `${say('policySteps')}:`,
    ...steps.map((it) => `${it.decides ? '→' : ' '} ${needs(it)}: ${it.decision} – ${reasons(it.reasons)}`),
    '',
    `${say('policyFacts')}:`,
    ...facts.map((it) => `${it.used ? '*' : ' '} ${policyFactTerms[it.fact][language]}: ${it.value || '–'}`),
  ]
    .map(plain)
    .join('\n');
}

export function comparisonText(terminal: Terminal, compared: PolicyComparison): string {
  const { say, language } = terminal;
  const { rules, changes, cases, complete, more, objects } = compared;
  const of = <T extends { direction: PolicyChange['direction'] }>(list: readonly T[], direction: T['direction']) =>
    list.filter((it) => it.direction === direction);
  const named = (ids: readonly string[]) => (ids.length === 0 ? '–' : ids.join(', '));
  const objectLine = ({ object, recipient, before, after, reasons }: ObjectChange) =>
    `${object.label} → ${recipient}: ${fill(policyChangeTerms.outcome[language], {
      before: outcomeText(before, 'release', language),
      after: outcomeText(after, 'release', language),
    })} [${reasons.map(({ policy }) => policy).join(', ')}]`;
  const part = (title: 'policyWider' | 'policyNarrower', direction: PolicyChange['direction']) => {
    const lines = of(changes, direction).map(({ text }) => text[language]);
    if (lines.length === 0) return [];
    const hidden = lines.length - linesShown;
    return [
      '',
      `${say(title)}:`,
      ...lines.slice(0, linesShown).map((it) => `  ${it}`),
      ...(hidden > 0 ? [`  ${say('policyMore', { count: hidden })}`] : []),
    ];
  };
  const shown = objects.changes.slice(0, linesShown).map((it) => `  ${objectLine(it)}`);
  return [
    say('policyRules', { added: named(rules.added), removed: named(rules.removed), changed: named(rules.changed) }),
    changes.length === 0
      ? say('policySame', { cases })
      : say('policyCases', {
          cases,
          wider: of(changes, 'wider').length,
          narrower: of(changes, 'narrower').length,
        }),
    ...(complete ? [] : [say('policyIncomplete')]),
    ...part('policyWider', 'wider'),
    ...part('policyNarrower', 'narrower'),
    ...(more > 0 ? ['', say('policyMore', { count: more })] : []),
    '',
    say('policyObjects', { asked: objects.asked, wider: objects.wider, narrower: objects.narrower }),
    ...shown,
  ]
    .map(plain)
    .join('\n');
}
