import { fill, type Language, type Text } from '@gongjo/contract';

export interface Output {
  write(text: string): unknown;
}

/** Says the same thing to a person, as a line in a language, or to a program, as a line of JSON. */
export interface Voice {
  tell(event: string, text: Text, values?: Readonly<Record<string, unknown>>): void;
}

export function createVoice(out: Output, options: { json: boolean; language: Language }): Voice {
  const { json, language } = options;
  return {
    tell: (event, text, values = {}) => {
      if (json) {
        const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
        out.write(`${JSON.stringify({ event, ...values }, plain)}\n`);
        return;
      }
      const filled = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, inWords(value, language)]));
      out.write(`${fill(text[language], filled)}\n`);
    },
  };
}

function inWords(value: unknown, language: Language): string {
  if (typeof value === 'object' && value !== null && language in value) {
    return String((value as Record<Language, unknown>)[language]);
  }
  return String(value);
}
