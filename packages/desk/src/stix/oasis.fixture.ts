import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';
import type { StixObject } from './model/index.ts';

/**
 * The JSON schemas that OASIS publishes for STIX 2.1 (cti-stix2-json-schemas, folder `schemas`). They are not in this
 * repository: `GONGJO_STIX_SCHEMAS` names a folder that holds them.
 */
export const schemasFolder = process.env.GONGJO_STIX_SCHEMAS ?? '';

/** For `test(name, needsSchemas, …)`: skipped, and said so, where the folder is not named. */
export const needsSchemas = {
  skip:
    schemasFolder !== '' && existsSync(schemasFolder) ? false : 'GONGJO_STIX_SCHEMAS names no folder of OASIS schemas',
};

/** By its place in the folder; the schemas refer to each other by relative paths, whatever they say that they are called. */
const base = 'stix:///schemas/';

export interface OasisCheck {
  /** What the schema of the object's type says is wrong; `null` where the folder has no schema for the type. */
  check(object: StixObject): string[] | null;
}

export function oasisCheck(folder = schemasFolder): OasisCheck {
  // The schemas' patterns have escapes (`\-`) that regular expressions for Unicode refuse.
  const ajv = new Ajv2020({ strict: false, allErrors: true, unicodeRegExp: false, logger: false });
  addFormats.default(ajv);
  const byType = new Map<string, string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/^(common|sdos|sros|observables)[\\/].*\.json$/.test(file)) continue;
    const { $schema: _, ...schema } = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    const id = base + file.replaceAll('\\', '/');
    ajv.addSchema({ ...schema, $id: id }, id);
    byType.set(path.basename(file, '.json'), id);
  }
  const observableCore = `${base}common/cyber-observable-core.json`;
  return {
    check: (object) => {
      const own = Object.values((object.extensions ?? {}) as Record<string, { extension_type?: string }>);
      const custom = own.some((it) => it.extension_type === 'new-sco') ? observableCore : undefined;
      const validate = ajv.getSchema(byType.get(object.type) ?? custom ?? '');
      if (validate === undefined) return null;
      if (validate(object)) return [];
      return (validate.errors ?? []).map((it: ErrorObject) => `${it.instancePath} ${it.message}`);
    },
  };
}
