import { verdictText } from './verdict-text.ts';
import { verifyPackage } from './verify/verify.ts';

/** What a verifier without a desk needs of the process that it runs in. */
export interface Standalone {
  readonly args: readonly string[];
  /** The version of the program that the verifier was made from. */
  readonly version: string;
  readonly korean: boolean;
  readonly out: (text: string) => void;
  /** Reads the package, which is no larger than one can be. Throws with what a person can read. */
  readonly read: (file: string) => Uint8Array;
}

/** Verifies the package that is named. Answers the exit code: 0 it holds, 1 it does not, 2 wrong usage. */
export async function runStandalone({ args, version, korean, out, read }: Standalone): Promise<number> {
  const files = args.filter((it) => !it.startsWith('--'));
  const [file] = files;
  if (file === undefined || files.length > 1) {
    out('node verify-evidence.mjs FILE [--json] [--lang=ko]\n');
    return 2;
  }
  const verdict = await verifyPackage(read(file), version);
  const isKorean = args.includes('--lang=ko') || (korean && !args.includes('--lang=en'));
  out(args.includes('--json') ? `${JSON.stringify(verdict)}\n` : `${verdictText(verdict, isKorean ? 'ko' : 'en')}\n`);
  return verdict.holds ? 0 : 1;
}
