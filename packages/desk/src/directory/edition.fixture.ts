import { readDirectoryFiles } from './directory.store.ts';
import { directoryFrom } from './read.ts';

/** The shipped edition, as a desk without files of its own reads it. */
export const edition = directoryFrom(readDirectoryFiles('no-such-folder', []));

/** What every entry says of its source. */
export const said = { source: 'a test', certainty: 'verified', asOf: '2026-11-28' } as const;

/** A directory of one file. JSON is YAML, too. */
export function directoryWith(content: Record<string, unknown>) {
  return directoryFrom([{ name: 'test.yaml', text: JSON.stringify(content) }]);
}
