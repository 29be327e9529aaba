import type { Language, Text } from '@gongjo/contract';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { initialLanguage, type Plural, plural, type Texts } from './texts.ts';

const STORAGE_KEY = 'gongjo-language';
const texts: Readonly<Record<Language, Texts>> = { en, ko };

interface Reader {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Texts;
  /** The reader's side of a text that came with the data. */
  readonly say: (text: Text) => string;
  readonly count: (forms: Plural, count: number) => string;
}

const ReaderContext = createContext<Reader | null>(null);

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(() => initialLanguage(stored(), navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const reader = useMemo(
    (): Reader => ({
      language,
      setLanguage: (next) => {
        setLanguage(next);
        store(next);
      },
      t: texts[language],
      say: (text) => text[language],
      count: (forms, number) => plural(forms, number, language),
    }),
    [language],
  );
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}

/** The reader's language and everything said in it. */
export function useReader(): Reader {
  const reader = use(ReaderContext);
  if (reader === null) throw new Error('useReader outside of LanguageProvider');
  return reader;
}

/** A browser may forbid storage; the choice then lasts as long as the page. */
function stored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function store(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // See stored().
  }
}
