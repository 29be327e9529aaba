import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CaseDetail, FactView, RequestView } from '@gongjo/contract';
import type { DeskProcess } from '@gongjo/demo';
import { openDrillDesks, pageOf } from './drill-desks.fixture.ts';
import { eventually, houseOf } from './theatre.fixture.ts';

/** A joint case between two desks as they run: worked on by both while neither reaches the other, and a request with its answer. */
const waitMsMax = 120_000;

test('two desks work on one case through a cut link: nothing is lost, the conflict is shown to both and settled for both', {
  timeout: 900_000,
}, async (t) => {
  const house = houseOf(t);
  const { folder, seoul, washington } = await openDrillDesks(house);

  const fact = ({ facts }: CaseDetail, name: string): FactView =>
    facts.find((it) => it.id === name) ?? assert.fail(name);
  // Pages are asked, for a command each half second would slow down the desks. A session outlives a restart.
  const [ofSeoul, ofWashington] = [await pageOf(seoul), await pageOf(washington)];
  const pageAt = (desk: DeskProcess) => (desk === seoul ? ofSeoul : ofWashington);
  const show = (desk: DeskProcess, id: string) => pageAt(desk)<CaseDetail>(`/api/cases/${id}`);
  const until = (desk: DeskProcess, what: string, id: string, isThere: (it: CaseDetail) => boolean) =>
    eventually(what, () => pageAt(desk)<CaseDetail>(`/api/cases/${id}`), isThere, waitMsMax);
  const titles = ['--title-en', 'Exchange theft', '--title-ko', '거래소 탈취 사건'];
  const { id } = (await seoul.run(['case', 'open', ...titles])) as CaseDetail;
  const note = ['--text', 'He called twice.', '--source', 'Interview'];
  const { fact: name } = (await seoul.run(['case', 'add', id, 'note', ...note])) as { fact: string };
  await seoul.run(['case', 'offer', id, '--to', 'washington', '--legal-basis', 'MoU 2026, article 4']);

  const offered = async () => (await ofWashington<{ cases: { id: string }[] }>('/api/cases')).cases;
  await eventually('washington is offered the case', offered, (cases) => cases.some((it) => it.id === id), waitMsMax);
  await washington.run(['case', 'answer', id, 'joined']);
  await until(seoul, 'seoul knows that washington has joined', id, ({ desks }) => desks[0]?.standing === 'joined');

  // Neither reaches the other: while one is up, the other is down.
  await washington.kill('SIGKILL');
  await seoul.run(['case', 'change', id, name, '--text', 'He called three times.']);
  await seoul.run(['case', 'add', id, 'task', '--title', 'Ask the provider', '--assignee', 'Kim']);
  await seoul.kill('SIGKILL');
  await washington.restart();
  await washington.run(['case', 'change', id, name, '--text', 'She called twice.']);
  await washington.run(['case', 'add', id, 'finding', '--title', 'Same device', '--text', 'Both logins came from it.']);
  await seoul.restart();

  const isWhole = (it: CaseDetail) =>
    it.conflicts === 1 &&
    it.facts.some(({ kind }) => kind === 'task') &&
    it.facts.some(({ kind }) => kind === 'finding');
  await until(seoul, 'seoul has both sides', id, isWhole);
  await until(washington, 'washington has both sides', id, isWhole);
  const [here, there] = [await show(seoul, id), await show(washington, id)];
  const saying = (it: CaseDetail) => it.facts.map((one) => [one.id, one.heads.map((head) => head.id)]);
  assert.deepEqual(saying(here), saying(there));
  const { heads } = fact(here, name);
  assert.deepEqual(heads.map(({ body }) => body.kind === 'note' && body.text).sort(), [
    'He called three times.',
    'She called twice.',
  ]);

  const taken = heads.find(({ desk }) => desk === 'washington') ?? assert.fail();
  await seoul.run(['case', 'settle', id, name, '--take', taken.id]);
  await until(washington, 'the conflict is settled there', id, ({ conflicts }) => conflicts === 0);
  assert.deepEqual(fact(await show(washington, id), name).heads[0]?.body, taken.body);

  await washington.run(['case', 'evidence', id, name, '--legal-basis', '18 U.S.C. 3512']);
  await until(seoul, 'it is evidence at seoul, too', id, (it) => fact(it, name).flag === 'evidence');

  // What policy does not let go without persons waits, and says so.
  const secret = (await seoul.run(['case', 'add', id, 'note', '--text', 'For two pairs of eyes.', '--tlp', 'red'])) as {
    fact: string;
  };
  const waiting = fact(await show(seoul, id), secret.fact).heads[0]?.given;
  assert.deepEqual(
    waiting?.map(({ desk, outcome }) => [desk, outcome]),
    [['washington', 'ask-person']],
  );
  assert.equal(
    (await show(washington, id)).facts.some((it) => it.id === secret.fact),
    false,
  );

  // A document: its bytes stay, its hash goes.
  const file = join(folder, 'log.csv');
  await writeFile(file, 'time,ip\n');
  const sha256 = createHash('sha256').update('time,ip\n').digest('hex');
  const kept = (await seoul.run(['case', 'add', id, 'document', '--file', file, '--media-type', 'text/csv'])) as {
    fact: string;
  };
  await until(washington, 'washington knows the document', id, ({ facts }) => facts.some((it) => it.id === kept.fact));
  await seoul.run(['case', 'document', id, sha256, '-o', join(folder, 'again.csv')]);
  assert.equal(await readFile(join(folder, 'again.csv'), 'utf8'), 'time,ip\n');
  await assert.rejects(
    washington.run(['case', 'document', id, sha256, '-o', join(folder, 'none.csv')]),
    /not at this desk/,
  );

  // A request of the case, answered in part and then whole.
  const deadline = new Date(Date.now() + 72 * 3_600_000).toISOString();
  const about = [
    '--title',
    'Holder',
    '--legal-basis',
    'MoU',
    '--purpose',
    'The case',
    '--deadline',
    deadline,
    '--case',
    id,
  ];
  const asked = (await seoul.run([
    'request',
    'new',
    'rfi',
    '--to',
    'washington',
    '--question',
    'Who is it?',
    ...about,
  ])) as RequestView;
  const view = (desk: DeskProcess) => pageAt(desk)<{ requests: RequestView[] }>(`/api/requests?case=${id}`);
  const stands = (desk: DeskProcess, state: string) =>
    eventually(
      `${desk.id}: ${state}`,
      () => view(desk),
      ({ requests }) => requests[0]?.state === state,
      waitMsMax,
    );
  await stands(washington, 'sent');
  await washington.run([
    'request',
    'act',
    asked.id,
    'answer-partly',
    '--text',
    'A company.',
    '--missing',
    'Its owner.',
  ]);
  await stands(seoul, 'partly-answered');
  await assert.rejects(
    seoul.run(['request', 'act', asked.id, 'answer', '--text', 'x']),
    /takes no answer from this desk/,
  );
  await washington.run([
    'request',
    'act',
    asked.id,
    'refuse',
    '--ground',
    'no-legal-basis',
    '--text',
    'Not the owner.',
  ]);
  await stands(seoul, 'refused');
  const closed = (await seoul.run(['request', 'act', asked.id, 'close'])) as RequestView;
  assert.deepEqual(
    closed.events.map(({ what }) => what.event),
    ['send', 'answer-partly', 'refuse', 'close'],
  );

  for (const desk of [seoul, washington])
    assert.equal(((await desk.run(['audit', 'verify'])) as { brokenAt: number | null }).brokenAt, null);
});
