import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { detailOf, GongjoError } from '../../kernel/index.ts';
import { type RecordedBlock, type Recording, recordedBlocksMax, zRecordedBlock, zRecording } from './model.ts';

const headFile = 'recording.json';
const blocksFile = 'blocks.jsonl';

export interface ReadRecording {
  readonly head: Recording;
  readonly blocks: readonly RecordedBlock[];
  /** Of both files. */
  readonly sha256: string;
}

/** Throws `drill-recording-unreadable`. */
export async function readRecording(folder: string): Promise<ReadRecording> {
  try {
    const hash = createHash('sha256');
    const text = readFileSync(path.join(folder, headFile), 'utf8');
    hash.update(text);
    const head = zRecording.parse(JSON.parse(text));
    const blocks: RecordedBlock[] = [];
    for await (const line of createInterface({ input: createReadStream(path.join(folder, blocksFile)) })) {
      if (line === '') continue;
      hash.update(line);
      blocks.push(zRecordedBlock.parse(JSON.parse(line)));
      if (blocks.length > recordedBlocksMax) throw new RangeError(`more than ${recordedBlocksMax} blocks`);
    }
    if (blocks.length !== head.blocks) throw new RangeError(`${blocks.length} blocks instead of ${head.blocks}`);
    return { head, blocks, sha256: hash.digest('hex') };
  } catch (thrown) {
    throw new GongjoError('drill-recording-unreadable', { folder, detail: detailOf(thrown) }, thrown);
  }
}

/** Writes into a folder that has no recording yet. Throws `drill-recording-unreadable`. */
export async function writeRecording(
  folder: string,
  blocks: AsyncIterable<RecordedBlock>,
  headOf: () => Recording,
): Promise<void> {
  try {
    mkdirSync(folder, { recursive: true });
    await using out = await open(path.join(folder, blocksFile), 'wx');
    for await (const block of blocks) await out.write(`${JSON.stringify(block)}\n`);
    writeFileSync(path.join(folder, headFile), `${JSON.stringify(headOf(), null, 1)}\n`, { flag: 'wx' });
  } catch (thrown) {
    if (thrown instanceof GongjoError) throw thrown;
    throw new GongjoError('drill-recording-unreadable', { folder, detail: detailOf(thrown) }, thrown);
  }
}
