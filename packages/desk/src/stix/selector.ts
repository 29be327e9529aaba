import { isRecord } from './shape.ts';

/**
 * Selectors of granular markings (STIX 2.1 section 7.2.3.1): property names and list places joined by dots, such as
 * `external_references.[0].url`. A selector stands for the value there and everything in it.
 */

const selectorForm = /^[a-z0-9_]{1,250}(\.(\[(0|[1-9]\d{0,8})\]|[A-Za-z0-9_-]{1,250}))*$/;

export function isSelector(text: string): boolean {
  return selectorForm.test(text);
}

/** A place in an object: keys and list indexes from the top. */
export type Place = readonly (string | number)[];

/** The steps of a selector; list places become numbers. */
export function stepsOf(selector: string): Place {
  return selector.split('.').map((step) => (/^\[\d+\]$/.test(step) ? Number(step.slice(1, -1)) : step));
}

export function selectorOf(place: Place): string {
  return place.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join('.');
}

/** What stands at one step inside a value; `undefined` where nothing does. */
export function inside(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

export function valueAt(value: unknown, place: Place): unknown {
  return place.reduce(inside, value);
}

/** Whether the selector is of its form and selects something of the object. */
export function selects(object: unknown, selector: string): boolean {
  return isSelector(selector) && valueAt(object, stepsOf(selector)) !== undefined;
}
