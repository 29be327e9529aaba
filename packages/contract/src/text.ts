import { z } from 'zod';

/** The two languages of every text a person sees. */
export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** One text in both languages. */
export const zText = z.object({ en: z.string().min(1).max(2000), ko: z.string().min(1).max(2000) });
export type Text = z.infer<typeof zText>;

/** A line that a person types. */
export const zLine = z.string().trim().min(1).max(500);
/** A page of prose; a longer one is a document. */
export const zProse = z.string().trim().min(1).max(20_000);

/** What a file is, as whoever gives it says. */
export const zMediaType = z.string().regex(/^[\w.+-]{1,100}\/[\w.+-]{1,100}$/);

/** SHA-256 of bytes, in hexadecimal. */
export const zSha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A text for every code of a list. */
export type Terms<K extends readonly string[]> = { readonly [key in K[number]]: Text };

/** `"{name} moved"` with `{ name }` filled in; an unknown placeholder stays visible. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => (key in values ? String(values[key]) : whole));
}

/** The same in both languages. */
export function fillText({ en, ko }: Text, values: Readonly<Record<string, string | number>>): Text {
  return { en: fill(en, values), ko: fill(ko, values) };
}
