import { type DirectoryFinding, zDirectoryFile } from '@gongjo/contract';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import { checkFiles, FINDINGS_MAX, finding, type NamedFile } from './check.ts';
import { type Directory, directoryOf } from './directory.ts';

/** A file of the directory as text; what it is called is only for findings. */
export interface DirectoryText {
  readonly name: string;
  readonly text: string;
}

/** The shipped edition has 100 kB; an agency that lists every exchange of the world has a few megabytes. */
export const DIRECTORY_CHARS_MAX = 16_000_000;

export interface DirectoryReading {
  /** Null where anything is wrong: half a directory would leave somebody untold. */
  readonly directory: Directory | null;
  readonly findings: readonly DirectoryFinding[];
}

/** Reads files, in the order in which they are laid over each other. */
export function readDirectory(texts: readonly DirectoryText[]): DirectoryReading {
  const read = texts.map(readOne);
  const shapes = read.flatMap(({ findings }) => findings).slice(0, FINDINGS_MAX);
  const files = read.flatMap(({ file }) => file ?? []);
  // What is missing because a file could not be read would be told as unknown.
  const findings = shapes.length > 0 ? shapes : checkFiles(files);
  return { directory: findings.length > 0 ? null : directoryOf(files.map(({ content }) => content)), findings };
}

function readOne({ name, text }: DirectoryText): { file: NamedFile | null; findings: DirectoryFinding[] } {
  const fail = (path: string, code: 'yaml' | 'shape', en: string, ko = en) => ({
    file: null,
    findings: [finding(name, path, code, { en: { detail: en }, ko: { detail: ko } })],
  });
  if (text.length > DIRECTORY_CHARS_MAX) return fail('', 'yaml', `> ${DIRECTORY_CHARS_MAX}`);
  const document = parseDocument(text, { prettyErrors: true, merge: false });
  const [broken] = document.errors;
  if (broken)
    return fail(`line ${broken.linePos?.[0].line ?? 1}`, 'yaml', broken.message.split('\n')[0] ?? broken.code);
  let value: unknown;
  try {
    // YAML with anchors can grow without end; none of our files need that.
    value = document.toJS({ maxAliasCount: 0 }) ?? {};
  } catch {
    return fail('', 'yaml', 'aliases');
  }
  const parsed = zDirectoryFile.safeParse(value);
  if (parsed.success) return { file: { name, content: parsed.data }, findings: [] };
  // The same faults once more, in Korean.
  const korean = zDirectoryFile.safeParse(value, { error: z.locales.ko().localeError }).error?.issues ?? [];
  const findings = parsed.error.issues.map(({ path, message }, index) =>
    finding(name, path.join('.'), 'shape', {
      en: { detail: message },
      ko: { detail: korean[index]?.message ?? message },
    }),
  );
  return { file: null, findings };
}

/** The directory of these files. Throws `directory-invalid`, which names the first fault and how many there are. */
export function directoryFrom(texts: readonly DirectoryText[]): Directory {
  const { directory, findings } = readDirectory(texts);
  if (directory) return directory;
  const [first] = findings;
  throw new GongjoError('directory-invalid', {
    ...{ file: first?.file ?? '', path: first?.path || '–', count: findings.length },
    detail: first?.text ?? '',
  });
}
