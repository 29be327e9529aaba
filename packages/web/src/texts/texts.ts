import type { Language } from '@gongjo/contract';
import type { en } from './en.ts';

type Loose<T> = T extends string ? string : { readonly [K in keyof T]: Loose<T[K]> };

/** The shape of all texts, taken from the English ones; a language that misses one does not compile. */
export type Texts = Loose<typeof en>;

/** A text that depends on a number. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/** The form for that number in that language, with `{count}` filled in. */
export function plural(forms: Plural, count: number, language: Language): string {
  const form = new Intl.PluralRules(language).select(count) === 'one' ? forms.one : forms.other;
  return form.replaceAll('{count}', count.toLocaleString('en-US'));
}

/** The reader's language before any choice was made: the first that the browser names and the desk speaks. */
export function initialLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (stored === 'en' || stored === 'ko') return stored;
  const known = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || tag === 'ko');
  return known === 'ko' ? 'ko' : 'en';
}
