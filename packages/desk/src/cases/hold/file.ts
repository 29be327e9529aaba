import { GongjoError } from '../../kernel/index.ts';
import { sha256Hex } from '../../platform/index.ts';

/** A file that somebody gives, and the hash that they have of it, if any. */
interface GivenFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly sha256?: string | undefined;
}

/**
 * The SHA-256 of a file that can be taken. Throws `hold-file-empty`, `hold-file-too-large`, and `hold-file-differs` where it is not the
 * one that was sent.
 */
export function checkedFile({ name, content, sha256: wanted }: GivenFile, limit: number): string {
  const bytes = content.length;
  if (bytes === 0) throw new GongjoError('hold-file-empty', { name });
  if (bytes > limit) throw new GongjoError('hold-file-too-large', { name, bytes, limit });
  const found = sha256Hex(content);
  if (wanted !== undefined && wanted !== found) throw new GongjoError('hold-file-differs', { name, found, wanted });
  return found;
}
