import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { HandlingFile } from '@gongjo/contract';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import type { PolicyHolder } from '../http/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { rememberPeoplePolicy } from '../people/index.ts';
import { type Clock, type Records, readYaml } from '../platform/index.ts';
import { loadPeoplePolicies, loadPolicies, type PolicyFinding, type PolicySet, readHandling } from '../policy/index.ts';
import { keepPolicySet, newestPolicySet } from '../sharing/index.ts';

const policyFile = 'policy.cedar';
const peopleFile = 'people.cedar';
const handlingFile = 'handling.yaml';

/** The file in the data folder: at first a copy of the default edition, from then on the agency's. */
function own(folder: string, name: string, edition: string): string {
  const file = path.join(folder, name);
  if (!existsSync(file)) copyFileSync(new URL(`../../policies/${edition}`, import.meta.url), file);
  return file;
}

function demandSound(file: string, findings: readonly PolicyFinding[]): void {
  const [first] = findings;
  if (first) throw new GongjoError('policy-invalid', { file, detail: `${first.path}: ${first.detail}` });
}

/** A text that somebody wants to be in force. Throws `policy-faulty` that names every faulty rule or line. */
function demandValid(text: string): PolicySet {
  const { policies, findings } = loadPolicies(text);
  if (findings.length === 0) return policies;
  const detail = findings.map((it) => (it.path === '' ? it.detail : `${it.path}: ${it.detail}`)).join('\n');
  throw new GongjoError('policy-faulty', { detail });
}

/** Which role may do what. Throws `policy-invalid` where the file is faulty: half of it would be nobody's will. */
export function openPeoplePolicies(folder: string): {
  readonly policies: PolicySet;
  remember(records: Records, clock: Clock): Promise<void>;
} {
  const file = own(folder, peopleFile, peopleFile);
  const text = readFileSync(file, 'utf8');
  const { policies, findings } = loadPeoplePolicies(text);
  demandSound(file, findings);
  return {
    policies,
    remember: (records, clock) => rememberPeoplePolicy(records, clock, policies.sha256, text),
  };
}

/** National handling marks and redaction profiles. Throws `policy-invalid` where the file is faulty. */
export function openHandling(folder: string): HandlingFile {
  const file = own(folder, handlingFile, handlingFile);
  const { handling, findings } = readHandling(readYaml(file, z.unknown()));
  demandSound(file, findings);
  if (!handling) throw new GongjoError('policy-invalid', { file, detail: 'it cannot be read' });
  return handling;
}

/**
 * The policy set in force, which whoever has `policy:administer` may change while the desk runs. What stands in the data folder is what is in
 * force at the next start: a set is written there first, so that whenever the desk stops, file and decisions agree.
 */
export function openPolicies(
  folder: string,
): PolicyHolder & { remember(records: Records, clock: Clock): Promise<void> } {
  const file = own(folder, policyFile, 'default.cedar');
  let text = readFileSync(file, 'utf8');
  const { policies, findings } = loadPolicies(text);
  demandSound(file, findings);
  let current = policies;
  return {
    get current() {
      return current;
    },
    get text() {
      return text;
    },
    check: demandValid,
    set: async (records, clock, asked) => {
      const next = demandValid(asked.text);
      const draft = `${file}.new`;
      await writeFile(draft, asked.text, { mode: 0o600 });
      await rename(draft, file);
      await records.transaction(async (tx) => {
        await keepPolicySet(tx, clock, { ...asked, sha256: next.sha256 });
        await recordAudit(tx, clock, {
          actor: asked.by,
          action: 'policy.set',
          subject: next.sha256,
          details: { before: current.sha256, rules: next.rules.size, reason: asked.reason },
        });
      });
      current = next;
      text = asked.text;
      return next;
    },
    remember: async (records, clock) => {
      if ((await newestPolicySet(records))?.sha256 === current.sha256) return;
      await records.transaction(async (tx) => {
        await keepPolicySet(tx, clock, { sha256: current.sha256, text, by: 'file', reason: null });
        await recordAudit(tx, clock, {
          actor: 'file',
          action: 'policy.set',
          subject: current.sha256,
          details: { rules: current.rules.size },
        });
      });
    },
  };
}
