import { readFileSync } from 'node:fs';
import { cruise, type IFlattenedRuleSet } from 'dependency-cruiser';

/**
 * Makes the import rules of `packages/desk/src` from the layer table in ARCHITECTURE.md and checks the code against them:
 * imports go down the table, never sideways, never around a module's door, and not where the table says "may not see".
 */
interface Layer {
  readonly rank: number;
  readonly module: string;
  readonly blind: readonly string[];
}

const root = 'packages/desk/src';

export function layersOf(architecture: string): Layer[] {
  const table = /<!-- layers:begin -->([\s\S]*?)<!-- layers:end -->/.exec(architecture)?.[1] ?? '';
  const rows = table.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return /^\d+$/.test(cells[1] ?? '')
      ? [
          {
            rank: Number(cells[1]),
            module: cells[2]!,
            blind: cells[3]!
              .split(',')
              .map((it) => it.trim())
              .filter(Boolean),
          },
        ]
      : [];
  });
  if (rows.length === 0) throw new Error('ARCHITECTURE.md holds no layer table');
  return rows;
}

export function rulesOf(layers: readonly Layer[]): IFlattenedRuleSet {
  const forbidden: IFlattenedRuleSet['forbidden'] = layers.map(({ rank, module, blind }) => {
    const hidden = layers
      .filter((it) => it.module !== module && (it.rank >= rank || blind.includes(it.module)))
      .map((it) => it.module);
    return {
      name: `${module} imports down`,
      severity: 'error',
      from: { path: `^${root}/${module}/` },
      to: { path: `^${root}/(${hidden.join('|')})/` },
    };
  });
  const pure = ['trace', 'stix', 'policy', 'overlap', 'kernel', 'directory'];
  return {
    forbidden: [
      ...forbidden,
      {
        name: 'only through the door',
        severity: 'error',
        from: { path: `^${root}/([^/]+)/`, pathNot: '\\.(test|fixture)\\.ts$' },
        to: { path: `^${root}/[^/]+/`, pathNot: [`^${root}/$1/`, `^${root}/[^/]+/index\\.ts$`] },
      },
      {
        name: 'pure modules know no node: module',
        severity: 'error',
        from: { path: `^${root}/(${pure.join('|')})/`, pathNot: '\\.(test|fixture|store)\\.ts$' },
        to: { dependencyTypes: ['core'] },
      },
      {
        name: 'contract imports nothing of ours',
        severity: 'error',
        from: { path: '^packages/contract/' },
        to: { path: '^packages/(?!contract/)' },
      },
      {
        name: 'web sees only the contract',
        severity: 'error',
        from: { path: '^packages/web/' },
        to: { path: '^packages/(?!(web|contract)/)' },
      },
      {
        name: 'demo knows desks as a stranger',
        severity: 'error',
        from: { path: '^packages/demo/' },
        to: { path: '^packages/(?!(demo|contract)/)' },
      },
      {
        name: 'no circles',
        severity: 'error',
        from: {},
        to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      },
      { name: 'nothing unresolved', severity: 'error', from: { pathNot: '\\.css$' }, to: { couldNotResolve: true } },
    ],
  };
}

if (import.meta.main) {
  const ruleSet = rulesOf(layersOf(readFileSync('ARCHITECTURE.md', 'utf8')));
  const { output } = await cruise(
    ['packages/contract/src', 'packages/desk/src', 'packages/demo/src', 'packages/web/src'],
    {
      validate: true,
      ruleSet,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '\\.(css|svg|woff2)' },
      tsPreCompilationDeps: true,
    },
    {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
    { tsConfig: { options: {}, fileNames: [], errors: [] } as never },
  );
  if (typeof output === 'string') throw new Error(output);
  for (const { rule, from, to } of output.summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
  const { totalCruised, error } = output.summary;
  console.log(`${totalCruised} modules, ${error} violations`);
  process.exitCode = error === 0 && totalCruised > 100 ? 0 : 1;
}
