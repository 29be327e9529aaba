import type { PublicKey } from '@gongjo/contract';
import { canonicalJson } from '../../kernel/index.ts';
import {
  allFiles,
  archiveBytesMax,
  type ContentFile,
  type Manifest,
  manifestFile,
  type Statement,
  signatureFile,
  zManifest,
} from '../archive/manifest.ts';
import { claimedStatement, holdsFor, signedPart } from '../archive/seal.ts';
import { type Changed, locate, type Sums, sha256, sumsOf } from '../archive/sums.ts';
import { blockBytes, type Entry, readTar } from '../archive/tar.ts';
import { thumbprint } from '../archive/thumbprint.ts';

/** Something of the package is not as it was made. */
export interface Damage {
  readonly kind: 'container' | 'length' | 'changed' | 'missing' | 'signature' | 'form' | 'too-large';
  /** The file it is in, or whose header it is; null: the container itself. */
  readonly file: string | null;
  /** Where in that file the changed byte is; null where it is not one byte of its content. */
  readonly offset: number | null;
  /** Where in the archive. */
  readonly at: number | null;
  /** What stands there, and what stood there when it was made. */
  readonly found: number | null;
  readonly expected: number | null;
}

export interface Integrity {
  readonly damages: readonly Damage[];
  /** Damages beyond those. */
  readonly omitted: number;
  /** Only where nothing is damaged. */
  readonly opened: { readonly manifest: Manifest; readonly files: ReadonlyMap<ContentFile, Uint8Array> } | null;
}

/** A container that is broken throughout is told by its first flaws. */
const flawsMax = 20;

const nowhere = { file: null, offset: null, at: null, found: null, expected: null };

/**
 * Whether every byte of the archive is the one that was signed. Where one byte was changed it is named, wherever it is: in a
 * file, the manifest, the signature, a header, the padding or the end.
 */
export function checkIntegrity(archive: Uint8Array): Integrity {
  let omitted = 0;
  const fail = (...damages: Damage[]): Integrity => ({ damages, omitted, opened: null });
  if (archive.length > archiveBytesMax) return fail({ ...nowhere, kind: 'too-large' });
  const read = readTar(archive, allFiles);
  if (!read) return fail({ ...nowhere, kind: 'container' });
  const flaws = read.flaws.slice(0, flawsMax).map(
    ({ at, name, expected }): Damage => ({
      ...{ kind: 'container', file: name, offset: null, at, expected },
      found: archive[at] ?? null,
    }),
  );
  omitted = read.flaws.length - flaws.length;
  const names = read.entries.map(({ name }) => name);
  const wrong = allFiles.findIndex((name, n) => names[n] !== name);
  if (wrong >= 0 || names.length !== allFiles.length)
    return fail(...flaws, { ...nowhere, kind: 'missing', file: allFiles[wrong] ?? names[allFiles.length] ?? null });
  const bytesOf = ({ at, size }: Entry) => archive.subarray(at + blockBytes, at + blockBytes + size);
  const [jws, manifest, ...contents] = read.entries as [Entry, Entry, ...Entry[]];
  const signed = checkSignature(bytesOf(jws), bytesOf(manifest));
  if ('damage' in signed)
    return fail(...flaws, placed(archive, signed.file === signatureFile ? jws : manifest, signed.damage, signed.file));
  const damages = contents.flatMap((entry, n): Damage[] => {
    const said = signed.manifest.files[n];
    if (!said || said.name !== entry.name) return [{ ...nowhere, kind: 'missing', file: entry.name }];
    const bytes = bytesOf(entry);
    return bytes.length === said.bytes && sha256(bytes) === said.sha256
      ? []
      : [placed(archive, entry, damageOf(bytes, said), entry.name)];
  });
  if (flaws.length + damages.length > 0) return fail(...flaws, ...damages);
  return {
    damages: [],
    omitted,
    opened: {
      manifest: signed.manifest,
      files: new Map(contents.map((entry) => [entry.name as ContentFile, bytesOf(entry)])),
    },
  };
}

type Local = { readonly kind: Damage['kind']; readonly changed: Changed | null };

function damageOf(bytes: Uint8Array, said: Sums): Local {
  if (bytes.length !== said.bytes) return { kind: 'length', changed: null };
  return { kind: 'changed', changed: locate(bytes, said) };
}

function placed(archive: Uint8Array, entry: Entry, { kind, changed }: Local, file: string): Damage {
  if (!changed) return { ...nowhere, kind, file };
  const at = entry.at + blockBytes + changed.at;
  return { kind, file, offset: changed.at, at, found: archive[at] ?? null, expected: changed.expected };
}

type Signed = { readonly manifest: Manifest } | { readonly damage: Local; readonly file: string };

/** The statement that is signed says the manifest, and the manifest says whose key it is: each finds what changed in the other. */
function checkSignature(jwsBytes: Uint8Array, manifestBytes: Uint8Array): Signed {
  const jws = Buffer.from(jwsBytes).toString('latin1');
  const manifest = readManifest(manifestBytes);
  const dot = jws.lastIndexOf('.');
  const [part, signature] = [jws.slice(0, dot), jws.slice(dot + 1)];
  const claimed = claimedStatement(jws);
  const isSigned = (statement: Statement | null) =>
    statement !== null &&
    part === signedPart(thumbprint(statement.key), statement) &&
    holdsFor(statement.key, part, signature);
  if (claimed && isSigned(claimed)) {
    if (sha256(manifestBytes) !== claimed.manifest.sha256)
      return { damage: damageOf(manifestBytes, claimed.manifest), file: manifestFile };
    const isOwn = manifest && claimed.desk === manifest.desk.desk && claimed.key.x === manifest.desk.key.x;
    return isOwn ? { manifest } : { damage: { kind: 'form', changed: null }, file: manifestFile };
  }
  if (!manifest) return { damage: { kind: 'signature', changed: null }, file: signatureFile };
  // The manifest is whole, so the signature's text is known but for the signature itself.
  const { desk, key } = manifest.desk;
  const expected = signedPart(thumbprint(key), { desk, key, manifest: sumsOf(manifestBytes) });
  const changed = changedIn(jws, expected, key);
  return { damage: { kind: changed ? 'changed' : 'signature', changed }, file: signatureFile };
}

function readManifest(bytes: Uint8Array): Manifest | null {
  try {
    const text = Buffer.from(bytes).toString('utf8');
    const parsed = zManifest.safeParse(JSON.parse(text));
    return parsed.success && canonicalJson(parsed.data) === text ? parsed.data : null;
  } catch {
    return null;
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The one character of a signature that was changed, if putting another in its place makes it hold. */
function changedIn(jws: string, part: string, key: PublicKey): Changed | null {
  const [start, signature] = [`${part}.`, jws.slice(part.length + 1)];
  if (jws.length !== start.length + 86) return null;
  const wrong = [...start].flatMap((char, at) => (jws[at] === char ? [] : [at]));
  if (wrong.length === 1 && holdsFor(key, part, signature))
    return { at: wrong[0] ?? 0, expected: start.charCodeAt(wrong[0] ?? 0) };
  if (wrong.length > 0) return null;
  for (let at = 0; at < signature.length; at += 1)
    for (const char of alphabet)
      if (holdsFor(key, part, signature.slice(0, at) + char + signature.slice(at + 1)))
        return { at: start.length + at, expected: char.charCodeAt(0) };
  return null;
}
