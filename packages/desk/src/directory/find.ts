import { type DirectoryList, type NameFound, nameMatches, type Text, type Vasp } from '@gongjo/contract';
import type { Book } from './book.ts';
import { isHangul, plainName, soundsOf } from './names.ts';

/** Answers are read by a person; whoever gets more has asked too little. */
const FOUND_MAX = 50;
/** In a tag's label, names shorter than this are parts of other words. */
const LABEL_LETTERS_MIN = 3;

interface Named {
  readonly id: string;
  readonly name: Text;
  readonly aliases?: readonly string[];
  readonly formerly?: readonly { readonly name: Text }[];
  readonly actors?: readonly string[];
  readonly entities?: readonly { readonly name: Text }[];
}

const searched = ['agencies', 'vasps', 'issuers', 'channels', 'entries'] as const satisfies DirectoryList[];

/** Entries by name: as written, by an alias, a legal entity or a former name, else by sound across Hangul and Latin letters. */
export function findByName(book: Book, text: string): NameFound[] {
  const asked = plainName(text);
  if (asked === '') return [];
  const sounds = soundsOf(text);
  const asksHangul = isHangul(text);
  const found = searched.flatMap((list) =>
    [...book[list].values()].flatMap((entry): NameFound[] => {
      const names = namesOf(entry);
      const written = names.find(({ as }) => plainName(as) === asked);
      const match =
        written ??
        names.find(({ as }) => isHangul(as) !== asksHangul && [...soundsOf(as)].some((sound) => sounds.has(sound)));
      if (!match) return [];
      return [{ list, id: entry.id, name: entry.name, as: match.as, match: written ? match.match : 'romanised' }];
    }),
  );
  const rank = (it: NameFound) => nameMatches.indexOf(it.match);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, FOUND_MAX);
}

/** Fewer letters stand in too many names; of Hangul, one syllable is a word. */
const PART_LETTERS_MIN = 3;

/** Entries of which the text is only a part of a name, for whoever has not typed all of it. */
export function findByPart(book: Book, text: string): Omit<NameFound, 'match'>[] {
  const asked = plainName(text);
  if (asked.length < (isHangul(text) ? 1 : PART_LETTERS_MIN)) return [];
  const found = searched.flatMap((list) =>
    [...book[list].values()].flatMap((entry) => {
      const match = namesOf(entry).find(({ as }) => plainName(as).includes(asked));
      return match ? [{ list, id: entry.id, name: entry.name, as: match.as }] : [];
    }),
  );
  return found.slice(0, FOUND_MAX);
}

/** Every name of an entry, those that it bears now first. */
function namesOf({ id, name, aliases = [], formerly = [], actors = [], entities = [] }: Named) {
  return [
    ...[name.en, name.ko].map((as) => ({ as, match: 'exact' as const })),
    ...[id, ...aliases, ...actors, ...entities.flatMap((it) => [it.name.en, it.name.ko])].map((as) => ({
      as,
      match: 'alias' as const,
    })),
    ...formerly.flatMap((it) => [it.name.en, it.name.ko]).map((as) => ({ as, match: 'former' as const })),
  ];
}

/** The service that a tag means: by its actor, else by the name with which its label begins (`Upbit: hot wallet 3`). */
export function vaspOf(book: Book, { actor, label }: { actor?: string | null; label?: string | null }): Vasp | null {
  const vasps = [...book.vasps.values()];
  if (actor) {
    const known = book.vasps.get(actor) ?? vasps.find(({ actors }) => actors.includes(actor));
    if (known) return known;
  }
  if (!label) return null;
  const heads = new Set(headsOf(label));
  return (
    vasps.find((vasp) =>
      namesOf({ ...vasp, entities: [] }).some(({ as, match }) => match !== 'former' && heads.has(plainName(as))),
    ) ?? null
  );
}

/** The first word of a label, the first two, and so on. */
function headsOf(label: string): string[] {
  const words = label.slice(0, 200).split(/[\s:,;()[\]/|_-]+/u);
  return words
    .map((_, index) => plainName(words.slice(0, index + 1).join(' ')))
    .filter((head) => head.length >= LABEL_LETTERS_MIN || isHangul(head));
}
