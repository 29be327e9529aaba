import type { Trace } from '@gongjo/contract';
import type { ContentFile } from './archive/manifest.ts';
import { sha256 } from './archive/sums.ts';
import { caseUco } from './case-uco.ts';
import type { CustodyFile, TagsFile } from './content.ts';
import { checkIntegrity } from './verify/integrity.ts';
import { verifyPackage } from './verify/verify.ts';

/** A package for forensic tools, as CASE/UCO; null where it does not hold: what is not proved is not passed on. */
export async function exportCaseUco(archive: Uint8Array, program: string): Promise<string | null> {
  const { holds } = await verifyPackage(archive, program);
  const { opened } = checkIntegrity(archive);
  if (!holds || !opened) return null;
  // The verifier has read every file in its shape.
  const read = <T>(file: ContentFile): T =>
    JSON.parse(Buffer.from(opened.files.get(file) ?? new Uint8Array()).toString('utf8')) as T;
  return caseUco({
    manifest: opened.manifest,
    trace: read<Trace>('trace.json'),
    tags: read<TagsFile>('tags.json'),
    custody: read<CustodyFile>('custody.json'),
    sha256: sha256(archive),
    bytes: archive.length,
  });
}
