import { type TagRunDetail, tagListKinds, zChainId } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { addressOn, listCharsMax } from '../ledger/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

/** A list travels in the body, for the desk may run as another user than whoever has the file; twice its text, for JSON escapes. */
const listBytesMax = 2 * listCharsMax;
const filesMax = 1000;

const zSource = z.string().regex(/^[^\p{C}]{1,200}$/u);
export const zImport = z.strictObject({
  kind: z.enum(tagListKinds),
  source: zSource,
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(500), text: z.string() }))
    .min(1)
    .max(filesMax),
});
export const zAddressAsked = z.strictObject({ chain: zChainId, address: z.string().min(1).max(200) });
export const zHistoryAsked = z.strictObject({
  source: zSource.optional(),
  run: z.coerce.number().int().min(1).max(0xffff_ffff).optional(),
});

export function tagRoutes(api: FastifyInstance, { ledger, records, clock }: HttpContext): void {
  api.get('/api/tags', async (request) => {
    const { chain, address: text } = parseInput(zAddressAsked, request.query);
    const address = addressOn(chain, text.trim());
    if (address === null) throw new GongjoError('address-invalid', { chain, address: text });
    return ledger.tagHistory(chain, address);
  });

  /** Without a source: the last run of each. With one: its runs. With a run: what it changed. */
  api.get('/api/tags/history', async (request): Promise<TagRunDetail | { runs: unknown }> => {
    const { source, run } = parseInput(zHistoryAsked, request.query);
    if (source === undefined) return { runs: await ledger.tagSources() };
    return run === undefined ? { runs: await ledger.tagRuns(source) } : ledger.tagRun(source, run);
  });

  api.post('/api/tags/imports', { bodyLimit: listBytesMax }, async (request) => {
    const { name } = viewerOf(request);
    const list = parseInput(zImport, request.body);
    const imported = await ledger.importTags(list, instant(clock.now()));
    const { refusals: _, ...told } = imported;
    await records.transaction((tx) =>
      recordAudit(tx, clock, { actor: name, action: 'tags.imported', subject: list.source, details: told }),
    );
    return imported;
  });
}
