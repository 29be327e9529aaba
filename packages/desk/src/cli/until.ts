import { GongjoError, instant } from '../kernel/index.ts';

const lengths: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time as a person gives it: `90m`, `8h`, `30d` from now, or RFC 3339. Throws `usage-wrong`. */
export function untilNamed(text: string, nowMs: number): string {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const ms = count === undefined ? Date.parse(text) : nowMs + Number(count) * (lengths[unit ?? ''] ?? 0);
  if (Number.isNaN(ms) || Math.abs(ms) > 8e15) throw new GongjoError('usage-wrong', { detail: `--until ${text}` });
  return instant(ms);
}
