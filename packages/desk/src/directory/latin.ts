import { joinFolds } from './fold.ts';
import { startOf } from './hangul.ts';

/** Vowels as they are written in names, longest first, as letters of the fold. */
const vowels: Readonly<Record<string, string>> = {
  yeou: 'YO',
  yeo: 'YO',
  you: 'YO',
  yeu: 'YO',
  yoo: 'YO',
  yae: 'E',
  yei: 'E',
  yee: 'I',
  weo: 'WO',
  woo: 'O',
  wae: 'WE',
  wei: 'WE',
  wie: 'WI',
  eui: 'I',
  oey: 'WE',
  yo: 'YO',
  yu: 'YO',
  ya: 'YA',
  ye: 'E',
  yi: 'I',
  wu: 'O',
  we: 'WE',
  wa: 'WA',
  wo: 'WO',
  wi: 'WI',
  oe: 'WE',
  oi: 'WE',
  ui: 'I',
  eu: 'O',
  eo: 'O',
  oo: 'O',
  ou: 'O',
  ae: 'E',
  ai: 'E',
  ay: 'E',
  ea: 'E',
  ei: 'E',
  ey: 'E',
  ee: 'I',
  ie: 'I',
  a: 'A',
  e: 'E',
  i: 'I',
  o: 'O',
  u: 'O',
  y: 'I',
  w: '',
};
const consonants: Readonly<Record<string, string>> = {
  tch: 'J',
  ng: 'NK',
  kk: 'K',
  gg: 'K',
  kh: 'K',
  gh: 'K',
  ck: 'K',
  tt: 'T',
  dd: 'T',
  th: 'T',
  pp: 'P',
  bb: 'P',
  ph: 'P',
  ch: 'J',
  jj: 'J',
  ss: 'S',
  sh: 'S',
  rh: 'L',
  ll: 'L',
  rr: 'L',
  nn: 'N',
  mm: 'M',
  k: 'K',
  g: 'K',
  c: 'K',
  q: 'K',
  t: 'T',
  d: 'T',
  p: 'P',
  b: 'P',
  f: 'P',
  v: 'P',
  j: 'J',
  z: 'J',
  s: 'S',
  x: 'KS',
  m: 'M',
  n: 'N',
  l: 'L',
  r: 'L',
  h: 'H',
};
const vowelRun = /^[aeiouwy]+/;
const spellings = Object.entries(consonants).sort(([a], [b]) => b.length - a.length);

/** The folds of a name in Latin letters: surname first as it is, and with the last word first. */
export function latinFolds(words: readonly string[]): ReadonlySet<string> {
  const last = words.at(-1);
  const orders = last === undefined ? [] : words.length === 1 ? [words] : [words, [last, ...words.slice(0, -1)]];
  return new Set(orders.flatMap((order) => [...joinFolds(order.flatMap((word, index) => partsOf(word, index === 0)))]));
}

/** A word, part by part: each in every way that it can be read. */
function partsOf(written: string, isFirst: boolean): string[][] {
  // Whang is Hwang, Zhou is Jou, Bhang is Bang.
  const word = written.replace(/^wh/, 'hw').replace(/([bdmnz])h/g, '$1');
  const parts: string[][] = [];
  let at = 0;
  while (at < word.length) {
    const rest = word.slice(at);
    const run = vowelRun.exec(rest)?.[0];
    if (run !== undefined) {
      parts.push(readings(run));
      at += run.length;
      continue;
    }
    const [spelling, letter] = spellings.find(([it]) => rest.startsWith(it)) ?? [rest.slice(0, 1), ''];
    const after = word.slice(at + spelling.length);
    const following = readings(vowelRun.exec(after)?.[0] ?? '');
    parts.push(consonant(spelling, letter, { following, atStart: at === 0, isFirst }));
    at += spelling.length;
  }
  return parts;
}

function consonant(
  spelling: string,
  letter: string,
  { following, atStart, isFirst }: { following: readonly string[]; atStart: boolean; isFirst: boolean },
): string[] {
  const vowel = following[0] ?? '';
  // Park, Suh: letters that show how the vowel before is meant.
  if (vowel === '' && (spelling === 'r' || spelling === 'h')) return [''];
  if (!atStart || !['L', 'N'].includes(letter)) return [letter];
  const start = startOf(letter, vowel);
  return isFirst ? [start] : [...new Set([letter, start])];
}

/** A run of vowels as one or as two: Haeun is Ha-eun, and Hae-un. */
function readings(run: string): string[] {
  if (run === '') return [];
  const whole = vowels[run];
  const found = new Set<string>(whole === undefined ? [] : [whole]);
  for (let cut = 1; cut < run.length; cut += 1) {
    const head = vowels[run.slice(0, cut)];
    if (head === undefined || head === '') continue;
    for (const tail of readings(run.slice(cut))) found.add(head + tail);
  }
  return [...found].slice(0, 8);
}
