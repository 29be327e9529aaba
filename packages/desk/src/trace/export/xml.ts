const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser would read them as spaces inside an attribute, or drop the return.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** What XML 1.0 lets no document hold, however written (section 2.2), becomes the replacement character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text as XML 1.0 writes it, in content and in attributes in double quotes. */
export function escaped(text: string): string {
  return text.replace(forbidden, '\ufffd').replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? character);
}
