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
    name: 'policy is not asked before a release',
    file: 'sharing/release.ts',
    find: '...judge(context, partner, it.object, purpose)',
    replace: "...judge(context, partner, it.object, purpose), decision: 'permit' as const",
  },
  {
    name: 'a refusal stands when policy or agreement change',
    file: 'sharing/release.ts',
    find: '(released or basis = $3)',
    replace: "(released or basis = $3 or basis <> '')",
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
    find: 'return { problem: unreachable(thrown), refused: false };',
    replace: 'return { problem: unreachable(thrown), refused: true };',
  },
  {
    name: 'an indicator is watched only once its incident has come in an earlier bundle',
    file: 'sharing/receive.ts',
    find: 'await adoptIncidents(tx, context, partner, objects);',
    replace: 'queueMicrotask(() => adoptIncidents(tx, context, partner, objects).catch(() => undefined));',
  },
];
