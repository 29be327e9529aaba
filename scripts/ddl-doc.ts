import { writeFileSync } from 'node:fs';
import { clusterDdl, serverDdl } from '../packages/desk/src/ledger/definition.ts';
import { ledgerSchema } from '../packages/desk/src/ledger/schema.ts';

/** Writes the SQL that makes the ledger's tables, to be read in review: `npm run docs:ddl`. A test holds it to its source. */
export const ddlFiles: Readonly<Record<string, () => string>> = {
  'docs/ledger-server.sql': () =>
    text('The tables of the ledger on one server, and in the embedded engine', serverDdl(ledgerSchema)),
  'docs/ledger-cluster.sql': () =>
    text("The tables of the ledger on a cluster named 'gongjo'", clusterDdl(ledgerSchema, 'gongjo')),
};

function text(what: string, statements: readonly string[]): string {
  return `-- ${what}.\n-- Made from packages/desk/src/ledger by \`npm run docs:ddl\`; a desk runs it at every start.\n\n${statements.join(';\n\n')};\n`;
}

if (import.meta.main) for (const [file, make] of Object.entries(ddlFiles)) writeFileSync(file, make());
