import { readFileSync, statSync } from 'node:fs';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { envelopeOf, fileBounds, type Reading, readObjects } from '../stix/index.ts';

/** All of ATT&CK for Enterprise is 45 MB; a file that is parsed at once may not fill the memory. */
const fileBytesMax = 128 * 1024 * 1024;

/** Reads a file of JSON. Throws `stix-file-unreadable` and `stix-file-too-large`. */
export function readJsonFile(file: string): unknown {
  return jsonOf(file, bytesOf(file));
}

/** The objects of a bundle, an envelope or a list, unread. Throws `bundle-invalid` for what is none of these. */
export function valuesIn(json: unknown): readonly unknown[] {
  const envelope = envelopeOf(json);
  const { objects } = (typeof envelope === 'object' && envelope !== null ? envelope : {}) as { objects?: unknown };
  const values = Array.isArray(objects) ? (objects as unknown[]) : [];
  const [finding] = readObjects(values.length > 0 ? { ...(envelope as object), objects: [] } : envelope).findings;
  if (finding) throw new GongjoError('bundle-invalid', { path: finding.path, detail: finding.detail });
  return values;
}

/** Reads a file of STIX objects. Throws `stix-file-unreadable` and `stix-file-too-large`. */
export function readStixFile(file: string): Reading {
  return readObjects(envelopeOf(jsonOf(file, bytesOf(file))), fileBounds);
}

function bytesOf(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > fileBytesMax) throw new GongjoError('stix-file-too-large', { file, limit: fileBytesMax });
    return readFileSync(file);
  } catch (thrown) {
    if (thrown instanceof GongjoError) throw thrown;
    throw new GongjoError('stix-file-unreadable', { file, detail: detailOf(thrown) }, thrown);
  }
}

function jsonOf(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (thrown) {
    throw new GongjoError('stix-file-unreadable', { file, detail: detailOf(thrown) }, thrown);
  }
}
