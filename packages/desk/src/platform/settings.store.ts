import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fillText, inputReason, settingsTerms, type Text } from '@gongjo/contract';
import { parse } from 'yaml';
import type { z } from 'zod';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { type Identity, type Settings, zIdentity, zSettings } from './settings.ts';

/** A setting as a tree of what one source says: a file, the environment, or the command line. */
export type SettingsTree = Record<string, unknown>;

/** Settings are written by people. */
const settingsBytesMax = 1_000_000;
/** A list of a hundred thousand tags; reading it takes seconds of the desk's start, and more belongs into the ledger. */
const dataBytesMax = 32_000_000;

/** Reads a YAML file and checks its shape. Throws `settings-unreadable` or `settings-invalid`. */
export function readYaml<T>(file: string, schema: z.ZodType<T>): T {
  return check(schema, parseYaml(file, dataBytesMax), file);
}

function parseYaml(file: string, bytesMax: number): unknown {
  try {
    if (statSync(file).size > bytesMax) throw new Error(`it is larger than ${bytesMax} bytes`);
    // YAML with anchors can grow without end; none of our files need that.
    return parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 });
  } catch (thrown) {
    throw new GongjoError('settings-unreadable', { file, detail: detailOf(thrown) }, thrown);
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, source: string | Text): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GongjoError('settings-invalid', {
    path: issue?.path.join('.') || settingsTerms.topLevel,
    detail: issue === undefined ? settingsTerms.notValid : inputReason(issue, value),
    source,
  });
}

/** The environment's say, under the names that `docs/settings.md` lists. */
function fromEnvironment(env: Readonly<Record<string, string | undefined>>): SettingsTree {
  // An empty text would be the number 0, which is a port of the system's choice.
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text || Number.NaN));
  return defined({
    data: env.GONGJO_DATA,
    url: env.GONGJO_URL,
    listen: defined({ host: env.GONGJO_HOST, port: number(env.GONGJO_PORT) }),
    records: defined({ url: env.GONGJO_RECORDS_URL }),
    ledger: defined({ url: env.GONGJO_LEDGER_URL, cluster: env.GONGJO_LEDGER_CLUSTER }),
  });
}

/**
 * Settings from the command line, else the environment, else the file, else the defaults. Paths in the file are relative to
 * the file. Throws `settings-invalid` naming the setting and where it came from.
 */
export function readSettings(flags: SettingsTree, env: Readonly<Record<string, string | undefined>>): Settings {
  const file = (flags.config as string | undefined) ?? env.GONGJO_CONFIG;
  const { config: _, ...given } = flags;
  const filed = file === undefined ? {} : fileSettings(file);
  const merged = merge(merge(filed, fromEnvironment(env)), defined(given));
  return check(
    zSettings,
    merged,
    file === undefined ? settingsTerms.given : fillText(settingsTerms.givenBeside, { file }),
  );
}

function fileSettings(file: string): SettingsTree {
  const parsed = parseYaml(file, settingsBytesMax);
  if (parsed === null) return {};
  if (typeof parsed !== 'object' || Array.isArray(parsed))
    throw new GongjoError('settings-unreadable', { file, detail: 'it is not a YAML mapping' });
  const folder = path.dirname(path.resolve(file));
  const near = (value: unknown) => (typeof value === 'string' ? path.resolve(folder, value) : value);
  const settings = parsed as SettingsTree;
  for (const key of ['tags', 'directory', 'trust'])
    if (Array.isArray(settings[key])) settings[key] = settings[key].map(near);
  if (Array.isArray(settings.feeds)) settings.feeds = settings.feeds.map((feed) => nearFeed(feed, near));
  if (settings.data !== undefined) settings.data = near(settings.data);
  const tls = isTree(settings.listen) ? settings.listen.tls : undefined;
  if (isTree(settings.listen) && isTree(tls))
    settings.listen = { ...settings.listen, tls: { ...tls, cert: near(tls.cert), key: near(tls.key) } };
  const { mail, letters, people } = settings;
  if (isTree(people) && isTree(people.oidc) && people.oidc.clientSecretFile !== undefined)
    settings.people = {
      ...people,
      oidc: { ...people.oidc, clientSecretFile: near(people.oidc.clientSecretFile) },
    };
  if (isTree(letters))
    settings.letters = {
      ...letters,
      ...defined({
        seal: letters.seal && near(letters.seal),
        certificate: letters.certificate && near(letters.certificate),
        passwordFile: letters.passwordFile && near(letters.passwordFile),
      }),
    };
  if (isTree(mail))
    settings.mail = {
      ...mail,
      ...defined({
        passwordFile: mail.passwordFile && near(mail.passwordFile),
        caFile: mail.caFile && near(mail.caFile),
      }),
    };
  return settings;
}

/** A feed with the paths of its secrets. */
function nearFeed(feed: unknown, near: (value: unknown) => unknown): unknown {
  if (!isTree(feed)) return feed;
  const files = Object.entries(feed).filter(([key]) => key === 'passwordFile' || key === 'tokenFile');
  return { ...feed, ...Object.fromEntries(files.map(([key, value]) => [key, near(value)])) };
}

function merge(under: SettingsTree, over: SettingsTree): SettingsTree {
  const result = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isTree(value) && isTree(below) ? merge(below, value) : value;
  }
  return result;
}

function isTree(value: unknown): value is SettingsTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without what was not said, at any depth. */
function defined(tree: SettingsTree): SettingsTree {
  const said = Object.entries(tree).map(([key, value]) => [key, isTree(value) ? defined(value) : value] as const);
  return Object.fromEntries(
    said.filter(([, value]) => value !== undefined && !(isTree(value) && Object.keys(value).length === 0)),
  );
}

const identityFile = (folder: string) => path.join(folder, 'desk.json');

export function readIdentity(folder: string): (Identity & { url?: string | undefined }) | null {
  if (!existsSync(identityFile(folder))) return null;
  try {
    const { url, ...identity } = JSON.parse(readFileSync(identityFile(folder), 'utf8')) as Identity & { url?: string };
    return { ...zIdentity.parse(identity), url };
  } catch (thrown) {
    throw new GongjoError('data-folder-corrupt', { folder, part: 'desk.json', detail: detailOf(thrown) }, thrown);
  }
}

/** Keeps who the desk is. Throws `desk-changed` where the folder is another desk's. */
export async function keepIdentity(folder: string, identity: Identity, url: string): Promise<void> {
  const kept = readIdentity(folder);
  if (kept && kept.id !== identity.id)
    throw new GongjoError('desk-changed', { folder, found: kept.id, wanted: identity.id });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${identityFile(folder)}.new`, JSON.stringify({ ...identity, url }));
  await rename(`${identityFile(folder)}.new`, identityFile(folder));
}
