import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { languages, type PersonLink } from '@gongjo/contract';
import { freePort } from '@gongjo/demo';
import type { Page } from 'playwright-core';
import { buildApp } from '../packages/desk/src/http/index.ts';
import { openDesk } from '../packages/desk/src/main/desk.ts';
import { readSettings, silentLog, systemClock, systemRandom } from '../packages/desk/src/platform/index.ts';
import { launchIn, picture, sitDown, speak, wordsOf } from './browser.fixture.ts';
import { houseOf, temporaryFolder } from './theatre.fixture.ts';
import { untranslated } from './untranslated.fixture.ts';

/** People's names are data; so are the words of a browser about itself, and the codes of passkeys. */
const names = [
  'Kim Min-su',
  'Lee Ji-won',
  'Auditor key',
  'operator',
  'nightly',
  'HeadlessChrome',
  'X11',
  'This device',
];

/** A desk that browsers keep passkeys for, and the operator beside it. */
async function deskOfPeople(house: AsyncDisposableStack) {
  const folder = await temporaryFolder(house);
  const data = join(folder, 'data');
  mkdirSync(data);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const desk = { id: 'seoul', name: { en: 'Seoul desk', ko: '서울 데스크' }, country: 'KR', timeZone: 'Asia/Seoul' };
  const settings = readSettings({ data, url, listen: { host: 'localhost', port }, desk }, {});
  const opened = await openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' });
  house.defer(() => opened.close());
  const network = await buildApp(opened.http, 'network');
  const operator = await buildApp(opened.http, 'folder');
  house.defer(() => Promise.all([network.close(), operator.close()]).then(() => undefined));
  await network.listen({ host: 'localhost', port });
  await opened.start();
  return {
    url,
    person: async (name: string, roles: readonly string[]): Promise<PersonLink> => {
      const answer = await operator.inject({ method: 'POST', url: '/api/people', payload: { name, roles } });
      assert.equal(answer.statusCode, 201, answer.body);
      return answer.json();
    },
  };
}

/** An authenticator of the browser itself: it keeps passkeys, verifies its user, and needs no finger (WebDriver extension of WebAuthn). */
async function authenticator(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** Its person is not who they say, or is. */
    verifies: (isUserVerified: boolean) =>
      session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

/** Every control has a name, and headings do not skip a level. */
async function isReadable(page: Page): Promise<void> {
  const unnamed = await page.locator('input, select, textarea, button, a[href]').evaluateAll((all) =>
    all.flatMap((element) => {
      const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
      const said = [element.getAttribute('aria-label'), element.textContent, ...labels.map((it) => it.textContent)];
      return said.some((it) => it?.trim()) ? [] : [element.outerHTML.slice(0, 120)];
    }),
  );
  assert.deepEqual(unnamed, []);
  // Of a dialog that is closed nobody hears.
  const levels = await page
    .locator('h1, h2, h3')
    .evaluateAll((all) => all.filter((it) => it.checkVisibility()).map(({ tagName }) => Number(tagName[1])));
  assert.equal(levels[0], 1);
  for (const [at, level] of levels.entries()) assert.ok(level - (levels[at - 1] ?? 1) <= 1, levels.join(' '));
}

describe('people at a desk', { timeout: 300_000 }, () => {
  test('register a passkey, sign in by it, see what their role sees, and are signed out', async (t) => {
    await using house = houseOf(t);
    const [desk, browser] = await Promise.all([deskOfPeople(house), launchIn(house)]);
    const auditor = await desk.person('Kim Min-su', ['auditor']);
    const admin = await desk.person('Lee Ji-won', ['administrator']);
    const sit = (locale: string) => sitDown(browser, { origin: desk.url, locale, timeZone: 'Asia/Seoul' });
    const [theirs, other] = [await sit('en-US'), await sit('en-US')];
    const { page } = theirs;
    const key = await authenticator(page);

    await t.test('a link registers a passkey, once', async () => {
      await page.goto(auditor.enrolUrl);
      await page.getByText('You are Kim Min-su.').waitFor();
      assert.equal(new URL(page.url()).hash, '', 'the secret stands in no history');
      await isReadable(page);
      await picture(page, 'people-enrol-en');
      await page.getByLabel('Name of the passkey').fill('Auditor key');
      await button(page, 'Register a passkey').click();
      await page.getByRole('link', { name: 'My account' }).first().waitFor();
      await other.page.goto(auditor.enrolUrl);
      await other.page.getByText('This sign-in link has been used or has expired.').waitFor();
    });

    await t.test('the page shows what the role may read, and the desk refuses the rest', async () => {
      await heading(page, 'Nothing of cases is shown to your role').waitFor();
      await picture(page, 'people-no-content-en');
      const links = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents();
      assert.deepEqual(links, ['Overlap', 'Directory', 'Measures', 'Audit', 'Administration']);
      const api = page.context().request;
      assert.equal((await api.get(`${desk.url}/api/incidents`)).status(), 404);
      const headers = { 'sec-fetch-site': 'same-origin' };
      const added = await api.post(`${desk.url}/api/people`, { headers, data: { name: 'x', roles: ['auditor'] } });
      assert.equal(added.status(), 403);
      assert.equal((await added.json()).code, 'right-missing');
      await page.goto(`${desk.url}/administration`);
      await page.locator('[data-testid="person"]').first().waitFor();
      assert.equal(await page.getByRole('heading', { name: 'Add a person' }).count(), 0);
    });

    await t.test('the passkey signs in; nobody does whom the authenticator does not know', async () => {
      await page.getByRole('button', { name: /^Sign out/ }).click();
      await key.verifies(false);
      await button(page, 'Sign in with a passkey').click();
      await page.getByText('The browser gave no passkey.').waitFor();
      await picture(page, 'people-sign-in-refused-en');
      await key.verifies(true);
      await button(page, 'Sign in with a passkey').click();
      await heading(page, 'Nothing of cases is shown to your role').waitFor();
    });

    await t.test('a token is made by keyboard, and shown once', async () => {
      await page.goto(`${desk.url}/account`);
      await page.locator('[data-testid="passkey"]').waitFor();
      await page.locator('summary', { hasText: 'Make a token' }).focus();
      await page.keyboard.press('Enter');
      await page.getByLabel('What it is for').focus();
      await page.keyboard.type('nightly');
      await page.getByLabel('audit record: read').focus();
      await page.keyboard.press('Space');
      await button(page, 'Make the token').focus();
      await page.keyboard.press('Enter');
      const secret = await page.locator('[data-testid="token-secret"] code').innerText();
      const answer = await fetch(`${desk.url}/api/audit/entries`, { headers: { authorization: `Bearer ${secret}` } });
      assert.equal(answer.status, 200);
      await page.reload();
      await page.locator('[data-testid="token"]').waitFor();
      assert.equal(await page.getByText(secret).count(), 0);
    });

    await t.test('an administrator gives roles and ends a session, and the page asks to sign in', async () => {
      await authenticator(other.page);
      await other.page.goto(admin.enrolUrl);
      await button(other.page, 'Register a passkey').click();
      await other.page.getByRole('link', { name: 'My account' }).first().waitFor();
      await other.page.goto(`${desk.url}/administration`);
      await other.page.getByRole('button', { name: 'Open Kim Min-su' }).click();
      await button(other.page, 'End all').waitFor();
      await isReadable(other.page);
      const panel = other.page.locator('[data-testid="person-panel"]');
      await panel.getByLabel('analyst', { exact: true }).check();
      await button(other.page, 'Save roles and clearance').click();
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Alerts' }).waitFor();
      await button(other.page, 'End all').click();
      await heading(page, 'Sign in').waitFor();
      const refusal = await page.context().request.get(`${desk.url}/api/me`);
      assert.equal(refusal.status(), 401);
      await button(page, 'Sign in with a passkey').click();
      await page.locator('[data-testid="passkey"]').waitFor();
      assert.equal(new URL(page.url()).pathname, '/account', 'the page that was open is open again');
      await page.getByRole('button', { name: /^Sign out/ }).click();
    });

    await t.test('all of it reads in both languages and in the dark', async () => {
      await button(page, 'Sign in with a passkey').waitFor();
      for (const language of languages) {
        await speak(page, language);
        await picture(page, `people-sign-in-${language}`);
        assert.deepEqual(untranslated(await wordsOf(page), language, names), []);
        for (const at of ['/account', '/administration']) {
          await other.page.goto(`${desk.url}${at}`);
          await speak(other.page, language);
          await other.page.locator('[data-testid="session"], [data-testid="person"]').first().waitFor();
          if (at === '/administration') await other.page.locator('[data-name="Kim Min-su"] button').click();
          for (const scheme of ['light', 'dark'] as const) {
            await other.page.emulateMedia({ colorScheme: scheme });
            await picture(other.page, `people${at.replace('/', '-')}-${language}-${scheme}`);
          }
          assert.deepEqual(untranslated(await wordsOf(other.page), language, names), []);
          await isReadable(other.page);
        }
      }
    });

    assert.deepEqual([...theirs.complaints, ...other.complaints], []);
  });
});
