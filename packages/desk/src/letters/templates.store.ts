import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Language, languages } from '@gongjo/contract';
import { parse } from 'yaml';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { type Template, zTemplate } from './template.ts';

const shipped = fileURLToPath(new URL('../../letters/', import.meta.url));
/** Written by people. */
const bytesMax = 200_000;

/**
 * A letter's two templates: the agency's own, `letters/NAME.en.yaml` and `letters/NAME.ko.yaml` in the data folder, else the
 * shipped ones. Read anew each time, so that a change needs no restart. Throws `letter-template-invalid`.
 */
export function readTemplates(folder: string, name: string): Readonly<Record<Language, Template>> {
  const [en, ko] = languages.map((language) => {
    const file = `${name}.${language}.yaml`;
    const own = path.join(folder, 'letters', file);
    return readTemplate(existsSync(own) ? own : path.join(shipped, file), language);
  });
  if (!en || !ko) throw new GongjoError('letter-template-invalid', { file: name, detail: 'not there' });
  return { en, ko };
}

export function readTemplate(file: string, language: Language): Template {
  try {
    if (statSync(file).size > bytesMax) throw new Error(`it is larger than ${bytesMax} bytes`);
    const parsed = zTemplate.safeParse(parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 }));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Error(`${issue?.path.join('.') || 'top level'}: ${issue?.message ?? 'not valid'}`);
    }
    if (parsed.data.language !== language) throw new Error(`language: ${language}`);
    return parsed.data;
  } catch (thrown) {
    throw new GongjoError('letter-template-invalid', { file, detail: detailOf(thrown) }, thrown);
  }
}
