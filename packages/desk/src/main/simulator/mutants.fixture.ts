/** A fault that somebody could write one day: a text of a product file, and what stands there instead. */
export interface Mutant {
  readonly name: string;
  /** Below `packages/desk/src`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/**
 * Faults that the simulator has to find; `npm run simulate -- --mutants` plays each until a seed fails. The product holds no
 * hooks for them: a loader changes the text of the module as it is read (`scripts/simulate.ts`).
 */
export const mutants: readonly Mutant[] = [
  {
    name: 'a repeated delivery is admitted again',
    file: 'sharing/receive.ts',
    find: 'if (!before?.receipt) return null;',
    replace: 'if (before || !before) return null;',
  },
  {
    name: 'the receipt is given before the commit',
    file: 'sharing/receive.ts',
    find: 'return await records.transaction(',
    replace: `return await ((work: (tx: Db) => Promise<Received>) =>
      new Promise<Received>((resolve, reject) => {
        records.transaction(async (tx) => { resolve(await work(tx)); }).catch(reject);
      }))(`,
  },
  {
    name: 'what is admitted is kept bit by bit',
    file: 'sharing/receive.ts',
    find: 'return await records.transaction(',
    replace: 'return await (async (work: (tx: Db) => Promise<Received>) => work(records))(',
  },
  {
    name: 'what was marked is released without asking policy',
    file: 'sharing/decide.ts',
    find: 'outcomes.set(key, outcome);',
    replace: "Object.assign(outcome, { kind: 'release', profile: null, consent: false }); outcomes.set(key, outcome);",
  },
  {
    name: 'policy is not asked about what other desks made',
    file: 'sharing/question.ts',
    find: 'originConsents: asked.originConsents ?? false,',
    replace: 'originConsents: true,',
  },
  {
    name: 'a refusal stands when policy or agreement change',
    file: 'sharing/decide.ts',
    find: 'return again || standing.basis !== basis;',
    replace: 'return again;',
  },
  {
    name: 'a recall is passed on twice',
    file: 'sharing/adopt.ts',
    find: ' && !source.recalling?.has(id)',
    replace: '',
  },
  {
    name: 'a recall is not passed on',
    file: 'sharing/recall.ts',
    find: 'for (const [recipient, held] of await holdersOf(tx, origin, ids)) {',
    replace:
      'for (const [recipient, held] of await holdersOf(tx, origin, ids)) { if (origin !== context.desk.desk) continue;',
  },
  {
    name: 'the newest bundle goes first',
    file: 'sharing/delivery.store.ts',
    find: 'order by seq limit 1',
    replace: 'order by seq desc limit 1',
  },
  {
    name: 'no answer counts as a refusal',
    file: 'partner/courier.client.ts',
    find: '    refused: false,\n',
    replace: '    refused: true as false,\n',
  },
  {
    name: 'incidents of partners are not adopted',
    file: 'sharing/adopt.ts',
    find: "if (party.kind === 'desk') await adoptIncidents(tx, context, party, added);",
    replace: "if (party.kind === 'feed') await adoptIncidents(tx, context, party, added);",
  },
];
