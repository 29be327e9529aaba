import type { DirectoryLine, NameFound } from '@gongjo/contract';

/** More lines than this help nobody to choose. */
const foundMax = 20;

/** What the directory finds by whole names, then the entries whose name has the text somewhere in it. */
export function withParts(found: readonly NameFound[], lines: readonly DirectoryLine[], text: string): NameFound[] {
  const asked = text.toLocaleLowerCase();
  const known = new Set(found.map(({ list, id }) => `${list} ${id}`));
  const parts = lines.flatMap(({ list, id, name }): NameFound[] => {
    const as = [name.en, name.ko].find((one) => one.toLocaleLowerCase().includes(asked));
    return as === undefined || known.has(`${list} ${id}`) ? [] : [{ list, id, name, as, match: 'exact' }];
  });
  return [...found, ...parts].slice(0, foundMax);
}
