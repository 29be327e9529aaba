import { fill, type Instant, type Language, type Text } from '@gongjo/contract';
import { decimalAmount, instant } from '../kernel/index.ts';
import { letterTexts } from './texts.ts';

/**
 * A value that a letter names. It is one thing and written in each language as that country writes it; `readField` reads it
 * back, so that two letters can be compared by what they say.
 */
export type Field =
  | { readonly kind: 'literal'; readonly value: string }
  /** A name or a sentence that has its own words in each language; the two cannot be derived from each other. */
  | { readonly kind: 'text'; readonly value: Text }
  /** A calendar day, `2026-11-28`. */
  | { readonly kind: 'date'; readonly day: string }
  | { readonly kind: 'time'; readonly at: Instant }
  | { readonly kind: 'days'; readonly count: number }
  /** A running number behind a prefix that each language has its own of. */
  | { readonly kind: 'number'; readonly prefix: Text; readonly number: string }
  | {
      readonly kind: 'amount';
      readonly units: bigint;
      readonly decimals: number;
      readonly symbol: string;
      /** As the country calls it; null: by its symbol alone. */
      readonly name: Text | null;
    };

/** Korean letters tell Korean time, which knows no summer time; English ones UTC. Both say which. */
const koreanOffsetMs = 9 * 3_600_000;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export function writeField(field: Field, language: Language): string {
  switch (field.kind) {
    case 'literal':
      return field.value;
    case 'text':
      return field.value[language];
    case 'date':
      return dateText(field.day, language);
    case 'time':
      return `${dateText(dayIn(field.at, language), language)}${language === 'en' ? ',' : ''} ${clockText(field.at, language)}`;
    case 'days':
      return fill(letterTexts.days[language], { count: field.count });
    case 'number':
      return `${field.prefix[language]}-${field.number}`;
    case 'amount': {
      const plain = `${grouped(decimalAmount(field.units, field.decimals))} ${field.symbol}`;
      if (field.name === null) return plain;
      return language === 'en' ? `${plain} (${field.name.en})` : `${plain}(${field.name.ko})`;
    }
  }
}

/** What a field says whatever the language: the two letters must agree in this. */
export function meaningOf(field: Field): string {
  switch (field.kind) {
    case 'literal':
      return field.value;
    case 'text':
      return `${field.value.en} = ${field.value.ko}`;
    case 'date':
      return field.day;
    case 'time':
      return `${field.at.slice(0, 19)}Z`;
    case 'days':
      return String(field.count);
    case 'number':
      return field.number;
    case 'amount':
      return `${decimalAmount(field.units, field.decimals)} ${field.symbol}`;
  }
}

/** Reads back what `writeField` wrote; null where the text says nothing of the kind. Of words, whether they are those words. */
export function readField(field: Field, language: Language, text: string): string | null {
  switch (field.kind) {
    case 'literal':
      return text;
    case 'text':
      return text === field.value[language] ? meaningOf(field) : null;
    case 'date':
      return readDate(text, language);
    case 'time':
      return readTime(text, language);
    case 'days':
      return /^\d+/.exec(text)?.[0] ?? null;
    case 'number': {
      const prefix = `${field.prefix[language]}-`;
      return text.startsWith(prefix) ? text.slice(prefix.length) : null;
    }
    case 'amount': {
      const [, digits, rest] = /^([\d,.]+) (.*)$/su.exec(text) ?? [];
      if (digits === undefined || rest === undefined) return null;
      const tail = field.name === null ? '' : language === 'en' ? ` (${field.name.en})` : `(${field.name.ko})`;
      return rest.endsWith(tail) ? `${digits.replaceAll(',', '')} ${rest.slice(0, rest.length - tail.length)}` : null;
    }
  }
}

function dayIn(at: Instant, language: Language): string {
  return instant(Date.parse(at) + (language === 'ko' ? koreanOffsetMs : 0)).slice(0, 10);
}

function dateText(date: string, language: Language): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return language === 'en'
    ? `${months[Number(month) - 1]} ${Number(day)}, ${year}`
    : `${year}. ${Number(month)}. ${Number(day)}.`;
}

function clockText(at: Instant, language: Language): string {
  const clock = instant(Date.parse(at) + (language === 'ko' ? koreanOffsetMs : 0)).slice(11, 19);
  return language === 'en' ? `${clock} UTC` : `${clock} (UTC+9)`;
}

function readDate(text: string, language: Language): string | null {
  const found = language === 'en' ? /^(\w+) (\d+), (\d{4})/.exec(text) : /^(\d{4})\. (\d+)\. (\d+)\./.exec(text);
  if (!found) return null;
  const [, a = '', b = '', c = ''] = found;
  const [year, month, day] =
    language === 'en' ? [c, String(months.indexOf(a as (typeof months)[number]) + 1), b] : [a, b, c];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function readTime(text: string, language: Language): string | null {
  const day = readDate(text, language);
  const clock = /(\d\d:\d\d:\d\d) (UTC|\(UTC\+9\))$/.exec(text)?.[1];
  if (day === null || clock === undefined) return null;
  const ms = Date.parse(`${day}T${clock}Z`) - (language === 'ko' ? koreanOffsetMs : 0);
  return Number.isFinite(ms) ? `${instant(ms).slice(0, 19)}Z` : null;
}

function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const marked = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? marked : `${marked}.${fraction}`;
}
