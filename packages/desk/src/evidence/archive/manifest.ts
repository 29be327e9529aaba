import { zChainId, zDeskCard, zInstant, zSha256, zText, zTlp } from '@gongjo/contract';
import { z } from 'zod';

/** The files of a package, in the order in which they stand in it. */
export const signatureFile = 'manifest.jws';
export const manifestFile = 'manifest.json';
export const contentFiles = [
  'audit.json',
  'blocks.json',
  'custody.json',
  'deliveries.json',
  'flow-en.svg',
  'flow-ko.svg',
  'incident.json',
  'question.json',
  'report.html',
  'rows.json',
  'tags.json',
  'trace.json',
] as const;
export type ContentFile = (typeof contentFiles)[number];
export const allFiles: readonly string[] = [signatureFile, manifestFile, ...contentFiles];

/** A trace at its largest bound with its rows is some hundred megabytes. Larger is no evidence package but an attack. */
export const archiveBytesMax = 512 * 1024 * 1024;

const zCount = z.int().min(0).max(archiveBytesMax);
const zSums = z.strictObject({
  bytes: zCount,
  sha256: zSha256,
  sum: zCount,
  weighted: zCount,
});

/** What a package is and holds. Canonical JSON (RFC 8785), signed by the desk in `manifest.jws`. */
export const zManifest = z.strictObject({
  format: z.literal('gongjo-evidence-1'),
  /** The version of the program that made it. */
  program: z.string().max(100),
  incident: z.strictObject({ id: z.string().max(200), title: zText, chain: zChainId }),
  /** Of an exercise: nothing of it happened, and it is no evidence. */
  drill: z.boolean(),
  /** The strictest marking of what it holds. */
  tlp: zTlp,
  made: z.strictObject({ at: zInstant, by: z.string().max(300), reason: z.string().max(500).nullable() }),
  /** The desk that made it, with the key that signed it. */
  desk: zDeskCard,
  files: z.array(zSums.extend({ name: z.enum(contentFiles) }).strict()).length(contentFiles.length),
});
export type Manifest = z.infer<typeof zManifest>;

/** What is signed: the manifest's digest, and the two sums that find a changed byte in it. */
export const zStatement = z.strictObject({ desk: zDeskCard.shape.desk, key: zDeskCard.shape.key, manifest: zSums });
export type Statement = z.infer<typeof zStatement>;
