import type { Language } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import { type Field, meaningOf, readField, writeField } from './field.ts';
import type { Template, TemplateItem } from './template.ts';

/** Everything that letters of a kind can name. A field that is null has no value. */
export interface LetterFields {
  readonly fields: Readonly<Record<string, Field | null>>;
  /** Conditions that are no values, e.g. whether the certificate is the desk's own. */
  readonly flags: Readonly<Record<string, boolean>>;
  readonly lists: Readonly<Record<string, readonly Readonly<Record<string, Field | null>>[]>>;
}

/** What stands on the paper for one field. */
export interface Said {
  readonly name: string;
  readonly field: Field;
  readonly text: string;
}

export interface Line {
  readonly label: string;
  readonly text: string;
}
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'item'; readonly level: number; readonly marker: string; readonly text: string }
  | {
      readonly kind: 'table';
      readonly columns: readonly { readonly label: string; readonly width: number }[];
      readonly rows: readonly (readonly string[])[];
    };

/** A letter in one language, ready to be set. */
export interface Letter {
  readonly language: Language;
  readonly page: Template['page'];
  readonly layout: Template['layout'];
  readonly head: readonly string[];
  readonly opening: readonly Line[];
  readonly to: readonly Line[];
  readonly subject: Line;
  readonly body: readonly Block[];
  /** Counted where there are several; the last says that it is. */
  readonly attachments: { readonly label: string; readonly items: readonly string[] };
  readonly sender: readonly string[];
  readonly foot: readonly string[];
  /** Every field that it names, as it stands there. */
  readonly said: readonly Said[];
}

type Conditional = { readonly when?: readonly string[] | undefined; readonly unless?: readonly string[] | undefined };

/** Fills a template. Throws `letter-template-invalid` where it names what there is not. */
export function compose(template: Template, given: LetterFields, file = template.template): Letter {
  const { language } = template;
  const said: Said[] = [];
  const wrong = (detail: string) => new GongjoError('letter-template-invalid', { file, detail });
  const has = (name: string) => {
    if (name in given.flags) return given.flags[name] === true;
    if (name in given.lists) return (given.lists[name]?.length ?? 0) > 0;
    if (name in given.fields) return given.fields[name] !== null;
    throw wrong(`{${name}}`);
  };
  const isSaid = ({ when = [], unless = [] }: Conditional) => when.every(has) && !unless.some(has);
  const say = (name: string, field: Field): string => {
    const text = writeField(field, language);
    said.push({ name, field, text });
    return text;
  };
  const fillIn = (words: string): string =>
    words.replace(/\{(\w+)\}/g, (_, name: string) => {
      const field = given.fields[name];
      if (field === undefined) throw wrong(`{${name}}`);
      if (field === null) throw wrong(`{${name}} has no value; say when: [${name}]`);
      return say(name, field);
    });
  const texts = (lines: readonly ({ readonly text: string } & Conditional)[]) =>
    lines.filter(isSaid).map(({ text }) => fillIn(text));
  const labelled = (lines: readonly (Line & Conditional)[]) =>
    lines.filter(isSaid).map(({ label, text }) => ({ label, text: fillIn(text) }));
  const marker = (level: number, n: number) => {
    const { form, letters } = template.levels[Math.min(level, template.levels.length - 1)] ?? { form: '{n}.' };
    return form.replace('{n}', letters === undefined ? String(n) : ([...letters][n - 1] ?? String(n)));
  };
  const items = (all: readonly TemplateItem[], level: number, from = 1): Block[] =>
    all
      .filter(isSaid)
      .flatMap((it, index): Block[] => [
        { kind: 'item', level, marker: marker(level, from + index), text: fillIn(it.item) },
        ...items(it.items ?? [], level + 1),
      ]);

  const body: Block[] = [];
  let counted = 1;
  for (const part of template.body) {
    if (!isSaid(part)) continue;
    if ('item' in part) {
      body.push(...items([part], 0, counted));
      counted += 1;
    } else if ('table' in part) {
      const list = given.lists[part.table];
      if (!list) throw wrong(`table: ${part.table}`);
      const rows = list.map((row, index) =>
        part.columns.map(({ field: name }) => {
          const field = row[name];
          if (field === undefined) throw wrong(`table: ${part.table}, field: ${name}`);
          return field === null ? '–' : say(`${part.table}.${index}.${name}`, field);
        }),
      );
      body.push({ kind: 'table', columns: part.columns, rows });
    } else body.push({ kind: 'text', text: fillIn(part.text) });
  }
  const { subject, attachments } = template;
  return {
    language,
    page: template.page,
    layout: template.layout,
    head: texts(template.head),
    opening: labelled(template.opening),
    to: labelled(template.to),
    subject: { label: subject.label, text: fillIn(subject.text) },
    body,
    attachments: { label: attachments.label, items: enclosures(texts(attachments.items), attachments.end) },
    sender: texts(template.sender),
    foot: joined(template.foot.filter(isSaid).map(({ text, join = false }) => ({ text: fillIn(text), join }))),
    said,
  };
}

function enclosures(items: readonly string[], end: string): string[] {
  return items.map((text, i) => {
    const number = items.length > 1 ? `${i + 1}. ` : '';
    return `${number}${text}${i === items.length - 1 && end ? `  ${end}` : ''}`;
  });
}

/** A text that joins stands on the line of the one before it. */
function joined(texts: readonly { readonly text: string; readonly join: boolean }[]): string[] {
  const lines: string[] = [];
  for (const { text, join } of texts) {
    const before = join ? lines.pop() : undefined;
    lines.push(before === undefined ? text : `${before}    ${text}`);
  }
  return lines;
}

/**
 * Holds two versions of a letter against each other, field by field: both name the same fields, and what each wrote, read
 * back, is the same. Answers what differs; nothing: they say the same.
 */
export function differences(one: Letter, other: Letter): string[] {
  const [a, b] = [one, other].map(({ language, said }) => {
    const byName = new Map<string, Set<string>>();
    for (const { name, field, text } of said) {
      const read = readField(field, language, text) ?? `? ${text}`;
      byName.set(name, (byName.get(name) ?? new Set()).add(read));
    }
    return byName;
  });
  if (!a || !b) return [];
  return [...new Set([...a.keys(), ...b.keys()])].sort().flatMap((name) => {
    const [left, right] = [a.get(name), b.get(name)].map((set) => set && [...set].sort().join(' | '));
    if (left === right) return [];
    return [`${name}: ${one.language} ${left ?? '–'} / ${other.language} ${right ?? '–'}`];
  });
}

/** Both versions of a letter. Throws `letter-versions-differ` where they do not say the same. */
export function composeBoth(
  templates: Readonly<Record<Language, Template>>,
  given: LetterFields,
): Readonly<Record<Language, Letter>> {
  const en = compose(templates.en, given, `${templates.en.template}.en.yaml`);
  const ko = compose(templates.ko, given, `${templates.ko.template}.ko.yaml`);
  const meant = [...en.said, ...ko.said].flatMap(({ name, field, text }, index) => {
    const language = index < en.said.length ? 'en' : 'ko';
    return readField(field, language, text) === meaningOf(field) ? [] : [`${name}: ${text}`];
  });
  const wrong = [...differences(en, ko), ...meant];
  if (wrong.length > 0) throw new GongjoError('letter-versions-differ', { detail: wrong.slice(0, 5).join('; ') });
  return { en, ko };
}
