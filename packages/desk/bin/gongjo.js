#!/usr/bin/env node
import module from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `Gongjo needs Node.js 24; this is ${process.version}. Run it as "npx gongjo" in the repository.\n`,
  );
  process.stderr.write(
    `공조는 Node.js 24가 필요합니다(현재 ${process.version}). 저장소에서 "npx gongjo"로 실행하십시오.\n`,
  );
  process.exit(2);
}
// Compiled code is kept where only those who may change the program can write, never in a shared temporary folder.
module.enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/gongjo', import.meta.url)));
const { main } = await import('../src/main/index.ts');
process.exitCode = await main(process.argv.slice(2));
