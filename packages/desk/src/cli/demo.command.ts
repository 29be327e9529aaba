import path from 'node:path';
import type { Command } from 'commander';
import { GongjoError } from '../kernel/index.ts';
import type { Kit } from './program.ts';

const defaults = { pace: '2m', seed: '1', data: path.join('.gongjo', 'demo') } as const;

export function demoCommand(program: Command, kit: Kit): void {
  const { text, host } = kit;
  kit
    .command(program, 'demo', 'demo', async ({ terminal, options }) => {
      const { pace, seed, data, exit } = options as { pace: string; seed: string; data: string; exit?: boolean };
      if (!/^\d{1,9}$/.test(seed)) throw new GongjoError('usage-wrong', { detail: `--seed ${seed}` });
      return host.demo({
        paceMs: durationMs(pace),
        seed: Number(seed),
        dataDir: path.resolve(data),
        exitWhenDone: exit === true,
        json: terminal.json,
        language: kit.language,
      });
    })
    .option('--pace <duration>', text('pace'), defaults.pace)
    .option('--seed <number>', text('seed'), defaults.seed)
    .option('--data <folder>', text('data'), defaults.data)
    .option('--exit', text('exit'));
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function durationMs(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (number === undefined || unit === undefined)
    throw new GongjoError('usage-wrong', { detail: `--pace ${text}: 2m, 30s, 500ms` });
  return Number(number) * (unitsMs[unit] ?? 0);
}
