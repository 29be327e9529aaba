import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CliHost } from './host.ts';
import { runCli } from './program.ts';

/** A desk that does what it is asked, and answers nothing: what came of it is hidden from whoever asked (204). */
async function run(...argv: string[]) {
  const said = { out: '', err: '', asked: [] as string[] };
  const never = () => Promise.reject(new Error('no other desk is needed'));
  const host: CliHost = {
    version: '0',
    env: {},
    signal: new AbortController().signal,
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    open: async () => ({
      call: async (method, path) => {
        said.asked.push(`${method} ${path}`);
        return null as never;
      },
      // biome-ignore lint/correctness/useYield: nothing is read in lines here
      lines: async function* () {
        throw new Error('no lines are needed');
      },
      close: async () => undefined,
    }),
    up: never,
    demo: never,
  };
  const code = await runCli(argv, host);
  return { code, ...said };
}

const report = [
  ...['incident', 'open', '--chain', 'ethereum', '--tx', `0x${'ab'.repeat(32)}`],
  ...['--title-en', 'Theft', '--title-ko', '탈취'],
];
const mark = ['mark', 'malware--1', '--tlp', 'red', '--reason', 'A witness'];
const release = ['case', 'release', 'grouping--1', 'Kim'];

for (const [argv, asked, json, texts] of [
  [
    report,
    'POST /api/incidents',
    { id: null, outcome: 'joined' },
    { en: /taken and joined with what is known/, ko: /접수되어 이미 등록된 사건에 병합/ },
  ],
  [
    mark,
    'POST /api/objects/malware--1/marks',
    { id: 'malware--1', tlp: 'red' },
    { en: /malware--1/, ko: /malware--1/ },
  ],
  [
    release,
    'POST /api/cases/grouping--1/members',
    { id: 'grouping--1', hidden: true },
    { en: /You do not see the case/, ko: /더 이상 표시되지 않습니다/ },
  ],
] as const)
  test(`${argv.slice(0, 2).join(' ')}: what is hidden afterwards is told as done`, async () => {
    const program = await run(...argv, '--json');
    assert.deepEqual([program.code, program.err, program.asked], [0, '', [asked]]);
    assert.deepEqual(JSON.parse(program.out), json);
    for (const language of ['en', 'ko'] as const) {
      const { code, out } = await run(...argv, '--lang', language);
      assert.equal(code, 0);
      assert.match(out, texts[language]);
    }
  });
