/** More ways to read one name than this are not looked at: a name of ten syllables has fewer. */
const WAYS_MAX = 64;

/** Every way through the parts, as folds: letters that stand twice in a row count once. */
export function joinFolds(parts: readonly (readonly string[])[]): ReadonlySet<string> {
  let ways: string[] = [''];
  for (const choices of parts) ways = ways.flatMap((way) => choices.map((choice) => way + choice)).slice(0, WAYS_MAX);
  return new Set(ways.map((way) => way.replace(/(.)\1+/g, '$1')));
}
