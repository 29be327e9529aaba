import { setImmediate } from 'node:timers/promises';
import { parse } from 'yaml';
import { ListDamage } from './model.ts';

/**
 * A YAML mapping with one long list in it, as packs are: the list is parsed some items at a time, so that neither memory
 * nor the time for which nothing else runs grows with the file. Every scalar stays text (the failsafe schema): an address
 * such as `0x12…` without quotes would otherwise be a number, and lose its digits.
 */
export interface YamlList {
  /** Everything beside the list. */
  readonly head: Readonly<Record<string, unknown>>;
  /** Which of the names the list has. */
  readonly key: string;
  items(): AsyncIterable<{ readonly line: number; readonly item: unknown }>;
}

/** As many characters of whole items are parsed at once; it takes a few milliseconds. */
const pieceChars = 8_000;
/**
 * Longest head and longest item. On hostile text the parser's time grows with the square of the length (a row of `*a` of
 * 200,000 characters takes half a minute, of 32,000 less than a second); the longest item of a public pack has 5,000.
 */
const pieceCharsMax = 32_000;

/**
 * Brackets that may stand open at once, wherever they stand: each costs the parser the more, the more are open (2,000 take
 * seconds). Packs nest two or three; the rest is for labels in which a bracket is text.
 */
const openBracketsMax = 200;

/** Throws `ListDamage` where the text is no such mapping. */
export function yamlList(text: string, keys: readonly string[]): YamlList {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) =>
    keys.some((key) => line.startsWith(`${key}:`) && /^\w+:\s*(#.*)?$/.test(line)),
  );
  if (start < 0) return wholeList(text, keys);
  const key = (lines[start] ?? '').slice(0, (lines[start] ?? '').indexOf(':'));
  let end = start + 1;
  while (end < lines.length && /^(?:$|[\s#-])/.test(lines[end] ?? '') && !/^---/.test(lines[end] ?? '')) end += 1;
  const head = parsePiece([...lines.slice(0, start), ...lines.slice(end)].join('\n'), 1);
  if (head !== null && !isMapping(head)) throw new ListDamage('it is not a YAML mapping');
  return { head: head ?? {}, key, items: () => pieces(lines, start + 1, end) };
}

async function* pieces(lines: readonly string[], from: number, to: number) {
  const first = lines.slice(from, to).find((line) => /^ *-(?: |$)/.test(line)) ?? '';
  const indent = first.indexOf('-');
  const starts: number[] = [];
  for (let line = from; line < to; line += 1) {
    const text = lines[line] ?? '';
    if (text[indent] === '-' && /^ *-(?: |$)/.test(text) && text.indexOf('-') === indent) starts.push(line);
  }
  for (let piece = 0; piece < starts.length; ) {
    const begin = starts[piece] ?? from;
    let after = piece;
    for (let chars = 0, line = begin; after < starts.length && chars < pieceChars; after += 1)
      for (const stop = starts[after + 1] ?? to; line < stop; line += 1) chars += (lines[line] ?? '').length + 1;
    const stop = starts[after] ?? to;
    const own = starts.slice(piece, after);
    piece = after;
    const items = parsePiece(lines.slice(begin, stop).join('\n'), begin + 1);
    if (!Array.isArray(items)) throw new ListDamage(`line ${begin + 1}: it is not a list`);
    for (const [index, item] of items.entries()) yield { line: (own[index] ?? begin) + 1, item: item as unknown };
    await setImmediate();
  }
}

/** JSON is YAML too, and parsed as what it is: in one go and in linear time. */
function wholeList(text: string, keys: readonly string[]): YamlList {
  const value = text.trimStart().startsWith('{') ? parseJson(text) : parsePiece(text, 1);
  if (!isMapping(value)) throw new ListDamage('it is not a YAML mapping');
  const key = keys.find((it) => Object.hasOwn(value, it));
  const list = key === undefined ? undefined : value[key];
  if (key === undefined || !Array.isArray(list)) throw new ListDamage(`it has no list "${keys.join('" or "')}"`);
  const { [key]: _, ...head } = value;
  return {
    head,
    key,
    items: async function* () {
      for (const [index, item] of list.entries()) yield { line: index + 1, item: item as unknown };
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parsePiece(text, 1);
  }
}

/** Keys are text: a key that is a mapping with a key that is a mapping … is written out in time that doubles with each. */
function parsePiece(text: string, line: number): unknown {
  if (text.length > pieceCharsMax)
    throw new ListDamage(`from line ${line}: more than ${pieceCharsMax} characters in one piece`);
  if (openBrackets(text) > openBracketsMax) throw new ListDamage(`from line ${line}: brackets are nested too deep`);
  try {
    return parse(text, { schema: 'failsafe', maxAliasCount: 0, stringKeys: true, logLevel: 'error' });
  } catch (thrown) {
    const [said] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n');
    throw new ListDamage(`from line ${line}: ${said}`);
  }
}

function openBrackets(text: string): number {
  let open = 0;
  let most = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '[' || letter === '{') most = Math.max(most, ++open);
    else if ((letter === ']' || letter === '}') && open > 0) open -= 1;
  }
  return most;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
