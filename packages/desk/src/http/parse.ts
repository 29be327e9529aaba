import type { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';

/** Checks what came from outside, once. Throws `input-invalid` that names every wrong field. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const detail = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
  throw new GongjoError('input-invalid', { detail: detail.slice(0, 500) });
}
