/** A fault that somebody could write one day: texts of product files, and what stands there instead. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
}

export interface Edit {
  /** Below `packages/desk/src`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const fault = (name: string, ...edits: readonly Edit[]): Mutant => ({ name, edits });

/**
 * Faults that the simulator has to find; `npm run simulate -- --mutants` plays each until a seed fails. The product holds no
 * hooks for them: a loader changes the text of the module as it is read (`scripts/simulate.ts`).
 */
export const mutants: readonly Mutant[] = [
  fault('a repeated delivery is admitted again', {
    file: 'sharing/receive.ts',
    find: 'if (!before?.receipt) return null;',
    replace: 'if (before || !before) return null;',
  }),
  fault(
    // What is counted and kept after it would wait for the commit by itself.
    'the receipt is given before the commit',
    {
      file: 'sharing/receive.ts',
      find: 'return await records.transaction(',
      replace: `return await ((work: (tx: Db) => Promise<Received>) =>
      new Promise<Received>((resolve, reject) => {
        records.transaction(async (tx) => { resolve(await work(tx)); }).catch(reject);
      }))(`,
    },
    {
      file: 'partner/inbox.ts',
      find: 'if (!repeated) await countUsage(',
      replace: 'if (repeated && id === "") await countUsage(',
    },
    {
      file: 'partner/inbox.ts',
      find: 'await keepStatus(records',
      replace: 'if (status.receipt === "") await keepStatus(records',
    },
  ),
  fault('what is admitted is kept bit by bit', {
    file: 'sharing/receive.ts',
    find: 'return await records.transaction(',
    replace: 'return await (async (work: (tx: Db) => Promise<Received>) => work(records))(',
  }),
  fault('what was marked is released without asking policy', {
    file: 'sharing/decide.ts',
    find: 'const outcome = outcomeFor(question, redacted);',
    replace:
      "const outcome = Object.assign(outcomeFor(question, redacted), { kind: 'release', profile: null, consent: false });",
  }),
  fault('policy is not asked about what other desks made', {
    file: 'sharing/question.ts',
    find: 'originConsents: asked.originConsents ?? false,',
    replace: 'originConsents: true,',
  }),
  fault('a refusal stands when policy or agreement change', {
    file: 'sharing/decide.ts',
    find: 'return again || standing.basis !== basis;',
    replace: 'return again;',
  }),
  fault('a recall is passed on twice', {
    file: 'sharing/adopt.ts',
    find: ' && !source.recalling?.has(id)',
    replace: '',
  }),
  fault('a recall is not passed on', {
    file: 'sharing/recall.ts',
    find: 'for (const [recipient, held] of await holdersOf(tx, origin, ids)) {',
    replace:
      'for (const [recipient, held] of await holdersOf(tx, origin, ids)) { if (origin !== context.desk.desk) continue;',
  }),
  fault('the newest bundle goes first', {
    file: 'sharing/delivery.store.ts',
    find: 'order by seq limit 1',
    replace: 'order by seq desc limit 1',
  }),
  fault('no answer counts as a refusal', {
    file: 'partner/courier.client.ts',
    find: '    refused: false,\n',
    replace: '    refused: true as false,\n',
  }),
  fault('incidents of partners are not adopted', {
    file: 'sharing/adopt.ts',
    find: 'await adoptIncidents(tx, context, party, added);',
    replace: '',
  }),
  fault('what people here marked is forgotten', {
    file: 'sharing/question.ts',
    find: 'mark: marks.get(held.id) ?? null',
    replace: 'mark: null',
  }),
  fault('what was marked more strictly stays in the collections', {
    file: 'sharing/mark.ts',
    find: "if (recipient.kind !== 'desk') await withdraw(",
    replace: "if (recipient.kind === 'desk') await withdraw(",
  }),
  fault('a redacted object goes whole', {
    file: 'sharing/decide.ts',
    find: 'const object = tightened(copy.object, tlp, recipient.markFloor);',
    replace: 'const object = tightened(held.object, tlp, recipient.markFloor);',
  }),
  fault('a wider copy does not follow', {
    file: 'sharing/decide.ts',
    find: "=== 'wider'",
    replace: "=== 'same'",
  }),
  fault('a new key is used before the partner knows it', {
    file: 'partner/keys-of.ts',
    find: 'return (ourKey === null ? null : keys.find(ourKey)) ?? keys;',
    replace: 'return ourKey === null ? keys : keys;',
  }),
  fault('a crash while the key changes is not mended', {
    file: 'partner/rotate.ts',
    find: 'if (recorded !== null && keys.find(recorded)) return keys.use(recorded);',
    replace: '',
  }),
  fault('who reads a collection is not told of a recall', {
    file: 'sharing/recall.ts',
    find: 'if (!version || had === undefined) return [];',
    replace: "if (!version || had === undefined || recipient.startsWith('collection:')) return [];",
  }),
  fault('a collection is not filled again when policy changes', {
    file: 'sharing/collection.ts',
    find: 'filled.basis === basis ? filled.to : 0',
    replace: 'filled.to',
  }),
  fault('a partner may send as much as it likes', {
    file: 'partner/gate.ts',
    find: 'if (over) {',
    replace: 'if (over && quotas.requestsPerHour < 0) {',
  }),
  fault('of a fact that two have changed the last word counts', {
    file: 'cases/joint/revision.ts',
    find: 'return (heads.length > 0 ? heads : [...revisions]).sort(byPlace);',
    replace: 'return (heads.length > 0 ? heads : [...revisions]).sort(byPlace).slice(-1);',
  }),
  fault('a change claims to have seen all that is there', {
    file: 'cases/joint/fact.ts',
    find: 'seen: seenIn(before),',
    replace: 'seen: seenIn(fact.revisions),',
  }),
  fault('of a partner only what begins a fact is taken', {
    file: 'sharing/adopt-case.ts',
    find: 'if (revision?.desk !== party.id) continue;',
    replace: 'if (revision?.desk !== party.id || Object.keys(revision.seen).length > 0) continue;',
  }),
  fault('work on a case goes into the collections', {
    file: 'sharing/collection.store.ts',
    find: 'return chosen || !isCaseWork(held.object) ? [held] : [];',
    replace: 'return chosen || isCaseWork !== undefined ? [held] : [];',
  }),
];
