/** A time of RFC 3339 section 5.6 as the API takes it; null where the text is none. */
export function instantIn(text: string): string | null {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
  return isTime ? new Date(text).toISOString() : null;
}
