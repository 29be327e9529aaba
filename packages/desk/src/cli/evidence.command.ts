import { type CustodyRecord, type EvidenceAsk, traceMethods } from '@gongjo/contract';
import type { Command } from 'commander';
import { exportCaseUco, verdictText, verifyPackage } from '../evidence/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { readPackage } from './evidence-file.ts';
import { exitCodes } from './exit-codes.ts';
import { writeNew } from './new-file.ts';
import type { Kit } from './program.ts';
import { oneOf, untilOf } from './question-options.ts';
import { plain, table } from './terminal.ts';

/** Evidence packages: made by a desk, verified by anybody. */
export function evidenceCommands(program: Command, kit: Kit): void {
  const { text, host } = kit;
  const evidence = program.command('evidence').description(text('evidence'));

  kit
    .withDesk(
      kit.command(evidence, 'make', 'evidenceMake', async ({ terminal, args, options, withDoor }) => {
        const file = String(options.out);
        const { untilHeight } = untilOf(options);
        const asked: EvidenceAsk = {
          incident: args[0] ?? '',
          method: oneOf(options, 'method', traceMethods),
          reason: options.reason === undefined ? null : String(options.reason),
          ...(untilHeight === undefined ? {} : { untilHeight }),
        };
        const { archive, ...made } = await withDoor((door) =>
          door.call<{ archive: string; sha256: string; bytes: number }>('POST', '/api/evidence', asked),
        );
        writeNew(file, Buffer.from(archive, 'base64'));
        terminal.result({ ...made, file }, () => terminal.say('evidenceMade', { ...made, file: plain(file) }));
        return undefined;
      }),
    )
    .argument('<incident>', text('evidenceIncident'))
    .requiredOption('--out <file>', text('evidenceOut'))
    .option(`--method <${traceMethods.join('|')}>`, text('method'))
    .option('--until-height <height>', text('untilHeight'))
    .option('--reason <text>', text('evidenceReason'));

  kit
    .command(evidence, 'verify', 'evidenceVerify', async ({ terminal, args }) => {
      const verdict = await verifyPackage(readPackage(args[0] ?? ''), host.version);
      terminal.result(verdict, () => verdictText(verdict, terminal.language));
      return verdict.holds ? exitCodes.ok : exitCodes.failed;
    })
    .argument('<file>', text('evidenceFile'));

  kit
    .command(evidence, 'export', 'evidenceExport', async ({ terminal, args, options }) => {
      const [file = ''] = args;
      if (options.caseUco !== true) throw new GongjoError('usage-wrong', { detail: '--case-uco' });
      const text = await exportCaseUco(readPackage(file), host.version);
      if (text === null) throw new GongjoError('evidence-unreadable', { file, detail: 'gongjo evidence verify' });
      const out = String(options.out);
      writeNew(out, text);
      const done = { file: out, bytes: Buffer.byteLength(text) };
      terminal.result(done, () => terminal.say('fileWritten', { file: plain(out) }));
      return undefined;
    })
    .argument('<file>', text('evidenceFile'))
    .option('--case-uco', text('evidenceCaseUco'))
    .requiredOption('--out <file>', text('evidenceExportOut'));

  const custody = program.command('custody').description(text('custody'));
  kit
    .withDesk(
      kit.command(custody, 'list', 'custodyList', async ({ terminal, options, withDoor }) => {
        const query = new URLSearchParams();
        for (const name of ['incident', 'case', 'sha256'])
          if (options[name] !== undefined) query.set(name, String(options[name]));
        const answer = await withDoor((door) =>
          door.call<{ records: CustodyRecord[]; omitted: number }>('GET', `/api/custody?${query.toString()}`),
        );
        if (answer.omitted > 0) terminal.note(terminal.say('custodyOmitted', { count: answer.omitted }));
        terminal.result(answer, () =>
          table(
            ['columnTime', 'columnDirection', 'columnFile', 'columnActor', 'columnReason', 'columnValue'].map((key) =>
              terminal.say(key as 'columnTime'),
            ),
            answer.records.map(({ at, direction, name, who, why, sha256 }) => [
              ...[at, terminal.say(direction === 'in' ? 'custodyIn' : 'custodyOut')],
              ...[name, who, why, sha256],
            ]),
          ),
        );
        return undefined;
      }),
    )
    .option('--incident <id>', text('custodyIncident'))
    .option('--case <id>', text('custodyCase'))
    .option('--sha256 <digest>', text('custodyDigest'));
}
