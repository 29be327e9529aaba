/** A STIX object nests some ten deep; what walks it calls itself, and a stack ends at some thousands. */
export const nestingMax = 100;

/** Whether a JSON text opens more brackets in one another than this. One pass over the text, before it is parsed. */
export function nestsDeeper(text: string, max: number): boolean {
  let depth = 0;
  let isInText = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i);
    if (isInText) {
      if (char === 0x5c) i += 1;
      else if (char === 0x22) isInText = false;
    } else if (char === 0x22) isInText = true;
    else if (char === 0x5b || char === 0x7b) {
      depth += 1;
      if (depth > max) return true;
    } else if (char === 0x5d || char === 0x7d) depth -= 1;
  }
  return false;
}
