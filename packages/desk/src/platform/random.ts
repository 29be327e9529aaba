import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** Identifiers and secrets; tests hand in a seeded one. */
export interface Random {
  uuid(): string;
  /** An unguessable token: 256 bits, base64url. */
  token(): string;
}

export const systemRandom: Random = {
  uuid: () => randomUUID(),
  token: () => randomBytes(32).toString('base64url'),
};

/** SHA-256 (FIPS 180-4) in lower-case hexadecimal. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
