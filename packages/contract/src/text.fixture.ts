/** The placeholders of a template, each once and sorted. */
export function placeholdersOf(template: string): string[] {
  return [...new Set(Array.from(template.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? ''))].sort();
}
