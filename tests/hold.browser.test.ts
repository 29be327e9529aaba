import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DeskCard, Hold, HoldSummary } from '@gongjo/contract';
import { freePort } from '@gongjo/demo';
import type { Browser, Page } from 'playwright-core';
import type { CustodyList } from '../packages/desk/src/cases/custody.store.ts';
import {
  attachmentOf,
  makeCertificate,
  needsOpenssl,
  startMailServer,
} from '../packages/desk/src/cases/mail-server.fixture.ts';
import { launchIn, picture, type Reader, sitDown, speak } from './browser.fixture.ts';
import { type ClockDesk, startClockDesk } from './hold-desk.fixture.ts';
import { eventually, houseOf, temporaryFolder } from './theatre.fixture.ts';

/** The whole way of a hold request as people go it: two desks, their pages, a mail server, and clocks that the test sets. */
const dayMs = 86_400_000;
const waitMsMax = 120_000;

test('from an alert to the mail server, the answer, the warning before its end, and the partner who asks for the same', {
  timeout: 900_000,
  ...needsOpenssl,
}, async (t) => {
  const house = houseOf(t);
  const folder = await temporaryFolder(house);
  const certificate = makeCertificate(folder);
  const mails = await startMailServer(certificate, 'tls');
  house.defer(() => mails.stop());
  writeFileSync(join(folder, 'right'), 'right\n');
  const mail = {
    ...{ host: 'localhost', port: mails.port, secure: true, user: 'desk', from: 'desk@agency.example' },
    ...{ passwordFile: join(folder, 'right'), caFile: certificate.cert },
  };
  const channel = { kind: 'email', to: 'compliance@pacific.example' };
  const seoul = await startClockDesk(house, {
    ...{ channel, port: await freePort(), settings: { mail } },
    // The exchange's people work at this desk.
    addresseeDesk: 'washington',
  });
  const washington = await startClockDesk(house, {
    ...{ channel, port: await freePort(), opens: false },
    identity: { id: 'washington', country: 'US' },
  });
  await introduce(seoul, washington);
  await introduce(washington, seoul);
  const browser = await launchIn(house);
  const kim = await personAt(browser, seoul, 'Kim');
  const lee = await personAt(browser, seoul, 'Lee');

  const id = await t.test('one press on an alert drafts it', () => drafts(kim.page)).then(() => idOf(kim.page));
  await t.test('what it must say is filled in, and its drafter cannot approve it', () => fills(kim.page));
  await t.test('a second person approves what is shown, and sends it', () => approves(lee.page, seoul, id));
  await t.test('letter and annex are with the mail server, byte for byte', async () => {
    const received = await eventually(
      'the mail',
      async () => mails.mails[0],
      (it) => it !== undefined,
      waitMsMax,
    );
    const { documents } = await seoul.ask<Hold>('GET', `/api/holds/${id}`);
    const sent = documents.filter(({ form }) => form !== 'docx');
    assert.deepEqual(sent.map(({ form }) => form).sort(), ['csv', 'json', 'pdf', 'pdf', 'xlsx']);
    for (const { name, sha256 } of sent)
      assert.equal(hashOf(attachmentOf(received?.raw ?? '', name)), sha256, `${name} as it was approved`);
  });
  const pat = await personAt(browser, washington, 'Pat');
  await t.test('it goes to the exchange’s own desk as well, which acknowledges it and sends a file', () =>
    goesBetween(kim.page, pat.page, { seoul, washington }, id),
  );
  await t.test('the answer is entered, and its clock runs', () => answers(kim.page));
  await t.test('a file that came back is taken, listed and given out again', () => receives(kim.page, seoul));
  const quinn = await personAt(browser, washington, 'Quinn');
  await t.test('the partner sees it, asks for the same, and both see each other’s request', () =>
    joins({ pat: pat.page, quinn: quinn.page, kim: kim.page }, washington, id),
  );
  await t.test('before its end the page warns, in either language', async () => {
    for (const desk of [seoul, washington]) await desk.ahead(4.1 * dayMs);
    // A shift has ended meanwhile.
    await signIn(kim.page, seoul, 'Kim');
    await kim.page.goto(`${seoul.url}/holds/${id}`);
    await kim.page.locator('[data-testid="hold-warning"]').first().waitFor({ timeout: waitMsMax });
    const warnings = { ko: /퍼시픽거래소.*(69|70)시간/, en: /Pacific Exchange.*(69|70) hours/ };
    for (const language of ['ko', 'en'] as const) {
      await speak(kim.page, language);
      await picture(kim.page, `hold-warned-${language}`);
      const said = await kim.page.locator('[data-testid="hold-warning"]').first().textContent();
      assert.match(said ?? '', warnings[language]);
    }
    await kim.page.getByText('2 d 21 h left').first().waitFor();
  });
  await t.test('the partner sees its end come as well', async () => {
    await signIn(pat.page, washington, 'Pat');
    await pat.page.goto(`${washington.url}/holds`);
    await pat.page.getByText('Held in full').first().waitFor({ timeout: waitMsMax });
    await picture(pat.page, 'holds-of-both-en');
    await speak(pat.page, 'ko');
    await picture(pat.page, 'holds-of-both-ko');
  });
  // What a drafter may not do was refused on purpose; a shift that has ended takes its live connection with it.
  const expected = /status of 403|ERR_INCOMPLETE_CHUNKED_ENCODING/;
  const wrong = [kim, lee, pat, quinn].flatMap(({ complaints }) => complaints.filter((it) => !expected.test(it)));
  assert.deepEqual(wrong, []);
});

const hashOf = (bytes: Buffer | null) => bytes && createHash('sha256').update(bytes).digest('hex');
const idOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';

async function introduce(desk: ClockDesk, to: ClockDesk): Promise<void> {
  const { fingerprint, ...card } = await desk.ask<DeskCard & { fingerprint: string }>('GET', '/api/card');
  await to.ask('POST', '/api/partners', { card, fingerprint, agreement: 'Memorandum' });
}

async function personAt(browser: Browser, desk: ClockDesk, name: string): Promise<Reader> {
  const reader = await sitDown(browser, { origin: desk.url, locale: 'en-US', timeZone: 'Asia/Seoul' });
  reader.page.setDefaultTimeout(30_000);
  await signIn(reader.page, desk, name);
  return reader;
}

async function signIn(page: Page, desk: ClockDesk, name: string): Promise<void> {
  const { signInUrl } = await desk.ask<{ signInUrl: string }>('POST', '/api/sign-in-links', { name });
  await page.goto(signInUrl);
  await page.locator('[data-live="live"]').waitFor();
}

async function drafts(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Alerts', exact: true }).click();
  const deposits = page.locator('[data-testid="alert-group"][data-rule="deposit-to-service"]').first();
  await deposits.locator('button.more').click();
  await page.getByRole('button', { name: 'Request a hold' }).first().click();
  await page.locator('[data-testid="hold-page"][data-state="drafted"]').waitFor();
}

async function fills(page: Page): Promise<void> {
  await completes(page);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText(/another person must approve it/).waitFor();
}

async function completes(page: Page): Promise<void> {
  await page.locator('[data-testid="hold-missing"]').waitFor();
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  const said: Readonly<Record<string, string>> = {
    'Case number': '2026-0412',
    'Legal basis, in English': 'Article 199(2) of the Criminal Procedure Act',
    'Legal basis, in Korean': '형사소송법 제199조 제2항',
    'Signatory, in English': 'Kim Min-su',
    'Signatory, in Korean': '김민수',
    'Rank or office, in English': 'Inspector',
    'Rank or office, in Korean': '경감',
    'Badge or identity number': 'A-12345',
    'E-mail of the signatory': 'minsu.kim@police.go.kr',
  };
  for (const [label, text] of Object.entries(said))
    await page.getByRole('textbox', { name: label, exact: true }).fill(text);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('[data-testid="hold-missing"]').waitFor({ state: 'detached' });
}

async function approves(page: Page, desk: ClockDesk, id: string): Promise<void> {
  await page.goto(`${desk.url}/holds/${id}`);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.locator('[data-testid="hold-page"][data-state="approved"]').waitFor();
  assert.ok((await page.locator('[data-testid="hold-document"]').count()) >= 5);
  for (const language of ['ko', 'en'] as const) {
    await speak(page, language);
    await picture(page, `hold-approved-${language}`);
  }
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const form = page.locator('main form');
  await form.getByLabel('Way').selectOption('email');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('[data-testid="hold-page"][data-state="sent"]').waitFor({ timeout: waitMsMax });
}

async function goesBetween(
  kim: Page,
  pat: Page,
  { seoul, washington }: Readonly<Record<'seoul' | 'washington', ClockDesk>>,
  id: string,
): Promise<void> {
  await kim.getByRole('button', { name: 'Send', exact: true }).click();
  await kim.locator('main form').getByRole('button', { name: 'Send', exact: true }).click();
  await pat.goto(`${washington.url}/holds`);
  await pat.locator('[data-testid="asked-hold"]').getByRole('link').first().click({ timeout: waitMsMax });
  await pat.locator('[data-testid="asked-document"][data-here="true"]').nth(4).waitFor({ timeout: waitMsMax });
  const { documents } = await seoul.ask<Hold>('GET', `/api/holds/${id}`);
  const letter = documents.find(({ form, language }) => form === 'pdf' && language === 'ko');
  const link = pat.getByRole('link', { name: letter?.name ?? '' });
  const [download] = await Promise.all([pat.waitForEvent('download'), link.click()]);
  assert.equal(hashOf(await readFile(await download.path())), letter?.sha256);
  await pat.getByRole('button', { name: 'Answer', exact: true }).click();
  const answer = pat.locator('main form');
  await answer.getByLabel('What happened').selectOption('acknowledge');
  await answer.getByLabel('Reference').fill('PX-76');
  for (const language of ['ko', 'en'] as const) {
    await speak(pat, language);
    await picture(pat, `hold-asked-${language}`);
  }
  await answer.getByRole('button', { name: 'Send the answer' }).click();
  await kim.locator('[data-testid="hold-page"][data-state="acknowledged"]').waitFor({ timeout: waitMsMax });
  await pat.getByRole('button', { name: 'Send a file', exact: true }).click();
  const form = pat.getByRole('form', { name: 'Send a file' });
  await form.locator('input[type="file"]').setInputFiles({
    ...{ name: 'kyc.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a customer') },
  });
  await form.getByLabel('Kind').selectOption('kyc');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await kim.locator('[data-testid="hold-file"][data-kind="kyc"]').waitFor({ timeout: waitMsMax });
  await pat
    .locator('[data-testid="asked-word"][data-event="file"][data-carriage="accepted"]')
    .waitFor({ timeout: waitMsMax });
  for (const [page, what] of [
    [kim, 'told'],
    [pat, 'asked-told'],
  ] as const)
    for (const language of ['ko', 'en'] as const) {
      await speak(page, language);
      await picture(page, `hold-${what}-${language}`);
    }
  await pat.goto(`${washington.url}/holds`);
  await pat.locator('[data-testid="asked-hold"]').waitFor();
  await picture(pat, 'holds-asked-en');
}

async function answers(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Enter what came back' }).click();
  const form = page.locator('main form');
  await form.getByLabel('What happened').selectOption('hold');
  await form.getByLabel('Reference').fill('PX-77');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.locator('[data-testid="hold-page"][data-state="held-in-full"]').waitFor();
  await page.locator('[data-testid="hold-happening"][data-kind="hold-full"]').waitFor();
}

async function receives(page: Page, desk: ClockDesk): Promise<void> {
  const content = Buffer.from('%PDF-1.7 account statement');
  await page.getByRole('button', { name: 'Receive a file' }).click();
  const form = page.getByRole('form', { name: 'Receive a file' });
  await form.locator('input[type="file"]').setInputFiles({
    ...{ name: '거래 내역 statement.pdf', mimeType: 'application/pdf', buffer: content },
  });
  await form.getByLabel('Kind').selectOption('holdings');
  await form.getByLabel('Note').fill('by courier');
  for (const language of ['ko', 'en'] as const) {
    await speak(page, language);
    await picture(page, `hold-receiving-${language}`);
  }
  await form.getByRole('button', { name: 'Take into custody' }).click();
  const file = page.locator('[data-testid="hold-file"][data-kind="holdings"]');
  await file.waitFor();
  for (const language of ['ko', 'en'] as const) {
    await speak(page, language);
    await picture(page, `hold-received-${language}`);
  }
  const [download] = await Promise.all([page.waitForEvent('download'), file.getByRole('link').click()]);
  assert.equal(download.suggestedFilename(), '거래 내역 statement.pdf');
  assert.deepEqual(await readFile(await download.path()), content);
  const { records } = await desk.ask<CustodyList>('GET', `/api/custody?sha256=${hashOf(content)}`);
  assert.deepEqual(
    records.map(({ direction, who }) => `${direction} ${who}`),
    ['in Kim', 'out Kim'],
  );
}

async function joins(
  { pat, quinn, kim }: Readonly<Record<'pat' | 'quinn' | 'kim', Page>>,
  washington: ClockDesk,
  first: string,
): Promise<void> {
  await eventually(
    'the partner has the request',
    () => washington.ask<{ holds: HoldSummary[] }>('GET', '/api/holds'),
    ({ holds }) =>
      holds.some(({ id, desk, state }) => id === first && desk?.id === 'seoul' && state === 'held-in-full'),
    waitMsMax,
  );
  await drafts(pat);
  await pat.locator('[data-testid="hold-parallel"][data-desk="seoul"]').waitFor();
  await completes(pat);
  await quinn.goto(pat.url());
  await quinn.getByRole('button', { name: 'Approve', exact: true }).click();
  await quinn.locator('[data-testid="hold-page"][data-state="approved"]').waitFor();
  await kim.locator('[data-testid="hold-parallel"][data-desk="washington"]').waitFor({ timeout: waitMsMax });
}
