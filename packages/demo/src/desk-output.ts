import { zProblem } from '@gongjo/contract';
import { z } from 'zod';
import { DemoError } from './problem.ts';

/** How much of what a desk wrote is looked at for its error, in characters: the last lines say why it ended. */
const tailCharsMax = 16_384;

export const zReady = z.object({
  event: z.literal('ready'),
  desk: z.string(),
  url: z.url(),
  /** Absent on a later start: somebody has signed in before. */
  signInUrl: z.url().nullish(),
});
export type Ready = z.infer<typeof zReady>;

const zSaysProblem = z.union([
  zProblem,
  z.object({ problem: zProblem }).transform(({ problem }) => problem),
  z.object({ error: zProblem }).transform(({ error }) => error),
]);

/** One line of JSON; undefined where it is none. */
export function jsonLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export function tailOf(text: string): string {
  return text.slice(-tailCharsMax);
}

/** The error in what a desk wrote before it gave up: its own problem where it named one, else its last line. */
export function errorFrom(who: string, written: string): DemoError {
  const lines = tailOf(written)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const whole = zSaysProblem.safeParse(jsonLine(written));
  if (whole.success) return new DemoError(whole.data);
  for (const line of lines.toReversed()) {
    const said = zSaysProblem.safeParse(jsonLine(line));
    if (said.success) return new DemoError(said.data);
  }
  const detail = lines.at(-1) ?? 'no word';
  return new DemoError({
    text: { en: `${who} failed: ${detail}`, ko: `${who} 실행에 실패하였습니다: ${detail}` },
    hint: {
      en: 'Its log, beside its data folder, says more.',
      ko: '자세한 내용은 데이터 폴더 옆의 로그에서 확인하십시오.',
    },
  });
}
