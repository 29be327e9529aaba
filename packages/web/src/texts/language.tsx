import type { Language, Text } from '@gongjo/contract';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { keep, kept } from '../kept.ts';
import { initialLanguage, type Plural, plural, type Texts } from './texts.ts';

const STORAGE_KEY = 'gongjo-language';
/** A reader needs one of them; the other is asked for when it is. */
const catalogues: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => (await import('./en.ts')).en,
  ko: async () => (await import('./ko.ts')).ko,
};
const loaded = new Map<Language, Texts>();

/** After this the texts of a language can be shown. */
async function loadTexts(language: Language): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, await catalogues[language]());
}

/** The language in which the page begins, with its texts. */
export async function firstLanguage(): Promise<Language> {
  const first = initialLanguage(kept(STORAGE_KEY), navigator.languages);
  await loadTexts(first);
  return first;
}

interface Reader {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Texts;
  /** The reader's side of a text that came with the data. */
  readonly say: (text: Text) => string;
  readonly count: (forms: Plural, count: number) => string;
}

const ReaderContext = createContext<Reader | null>(null);

/** `first` is what `firstLanguage` answered. */
export function LanguageProvider({ first, children }: { readonly first: Language; readonly children: ReactNode }) {
  const [language, setLanguage] = useState(first);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const reader = useMemo((): Reader => {
    const t = loaded.get(language);
    if (t === undefined) throw new Error(`the texts in ${language} are not loaded`);
    return {
      language,
      // Where the desk does not answer, the page stays in the language that it has.
      setLanguage: (next) =>
        void loadTexts(next).then(
          () => {
            setLanguage(next);
            keep(STORAGE_KEY, next);
          },
          () => undefined,
        ),
      t,
      say: (text) => text[language],
      count: (forms, number) => plural(forms, number, language),
    };
  }, [language]);
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}

/** The reader's language and everything said in it. */
export function useReader(): Reader {
  const reader = use(ReaderContext);
  if (reader === null) throw new Error('useReader outside of LanguageProvider');
  return reader;
}
