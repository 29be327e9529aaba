import { type TraceRequest, zUnits } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';

/** Options that bound a trace or a search, by the bound that they set. */
export const boundOptions = {
  hopsMax: 'hops-max',
  addressesMax: 'addresses-max',
  movementsPerAddressMax: 'movements-max',
  fanOutMax: 'fan-out-max',
} as const;

/** A time with its zone: without one it would be another moment on another machine. */
const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

export type Options = Readonly<Record<string, unknown>>;

/** Throws `usage-wrong` that names the option, as the others here do. */
export function oneOf<T extends string>(options: Options, key: string, known: readonly T[]): T | undefined {
  const value = given(options, key);
  const found = known.find((one) => one === value);
  if (value !== undefined && found === undefined) throw wrong(key, value, known.join(', '));
  return found;
}

export function boundsOf(options: Options): NonNullable<TraceRequest['bounds']> {
  const bounds: NonNullable<TraceRequest['bounds']> = {};
  for (const [bound, option] of Object.entries(boundOptions)) {
    const value = whole(options, option);
    if (value !== undefined) bounds[bound as keyof typeof boundOptions] = value;
  }
  const unitsMin = given(options, 'unitsMin');
  if (unitsMin !== undefined && !zUnits.safeParse(unitsMin).success) throw wrong('units-min', unitsMin);
  if (unitsMin !== undefined) bounds.unitsMin = unitsMin;
  return bounds;
}

export function untilOf(options: Options): Pick<TraceRequest, 'untilHeight' | 'untilTime'> {
  const time = given(options, 'untilTime');
  const at = time === undefined ? undefined : Date.parse(zoned.test(time) ? time : '');
  if (at !== undefined && Number.isNaN(at)) throw wrong('until-time', time, '2025-02-21T14:13:35Z');
  return { untilHeight: whole(options, 'until-height'), untilTime: at === undefined ? undefined : instant(at) };
}

function whole(options: Options, option: string): number | undefined {
  const value = given(
    options,
    option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
  );
  if (value !== undefined && !/^\d{1,15}$/.test(value)) throw wrong(option, value);
  return value === undefined ? undefined : Number(value);
}

function given(options: Options, key: string): string | undefined {
  return options[key] === undefined ? undefined : String(options[key]);
}

function wrong(option: string, value: unknown, known = ''): GongjoError {
  return new GongjoError('usage-wrong', { detail: `--${option} ${value}${known && ` (${known})`}` });
}
