import type { StixObject } from './model/index.ts';
import { isRecord } from './shape.ts';
import { compareTimes } from './time.ts';

/** Texts in other languages (STIX 2.1 section 7.1): `language-content` objects beside the object that they translate. */

/**
 * The object as a reader of that language sees it: texts replaced where a translation of this version has them. `contents`
 * are any objects; those that are no translation of this one are passed over. Of several translations the latest counts.
 * Answers the object itself where it is in that language already, or where nothing translates it.
 */
export function inLanguage(object: StixObject, contents: readonly StixObject[], lang: string): StixObject {
  if (typeof object.lang === 'string' && matches(object.lang, lang)) return object;
  const found = contents
    .filter((it) => translates(it, object))
    .sort((a, b) => compareTimes(String(a.modified), String(b.modified)))
    .map((it) => translationIn(it, lang))
    .filter((it) => it !== null);
  if (found.length === 0) return object;
  const texts: Record<string, unknown> = Object.assign({}, ...found);
  return { ...(translated(object, texts) as StixObject), id: object.id, type: object.type, lang };
}

/** What one property of an object says in a language, where that is text. */
export function textIn(
  object: StixObject,
  contents: readonly StixObject[],
  lang: string,
  property: string,
): string | null {
  const value = inLanguage(object, contents, lang)[property];
  return typeof value === 'string' ? value : null;
}

/** `ko` is spoken by `ko-KR`, and the other way about. */
function matches(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
}

function translates(content: StixObject, object: StixObject): boolean {
  if (content.type !== 'language-content' || content.object_ref !== object.id || content.revoked === true) return false;
  if (content.object_modified === undefined) return true;
  return (
    typeof content.object_modified === 'string' &&
    typeof object.modified === 'string' &&
    compareTimes(content.object_modified, object.modified) === 0
  );
}

function translationIn(content: StixObject, lang: string): Record<string, unknown> | null {
  if (!isRecord(content.contents)) return null;
  const entries = Object.entries(content.contents);
  const exact = entries.find(([tag]) => tag.toLowerCase() === lang.toLowerCase());
  const [, texts] = exact ?? entries.find(([tag]) => matches(tag, lang)) ?? [];
  return isRecord(texts) ? texts : null;
}

/** Section 7.1.1: a translation has the form of what it translates; an empty text in a list means "not translated". */
function translated(value: unknown, translation: unknown): unknown {
  if (typeof value === 'string') return typeof translation === 'string' && translation !== '' ? translation : value;
  if (Array.isArray(value)) {
    if (!Array.isArray(translation) || translation.length !== value.length) return value;
    return value.map((item, i) => translated(item, translation[i]));
  }
  if (!isRecord(value) || !isRecord(translation)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      Object.hasOwn(translation, key) ? [key, translated(item, translation[key])] : [key, item],
    ),
  );
}
