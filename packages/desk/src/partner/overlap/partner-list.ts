import { GongjoError } from '../../kernel/index.ts';
import { LIST_MAX, type List, listBytes, listId, pack, unpack, VALUE_BYTES } from '../../overlap/index.ts';
import type { Partner } from '../partner.store.ts';
import type { OverlapContext } from './context.ts';
import { keepFile, readFile, removeFiles } from './list-file.store.ts';
import { callOverlap } from './overlap-call.client.ts';
import type { State } from './wire.ts';

/** A whole list is the most that is taken; heads and counts are under a kilobyte. */
const totalBytesMax = LIST_MAX * VALUE_BYTES + 1024;

/** The partner's list in force: as it is kept here, or brought up to date by difference, or whole. */
export async function partnerList(
  context: OverlapContext,
  partner: Partner,
  state: State,
  signal: AbortSignal,
): Promise<List> {
  const { overlap } = context;
  const { desk } = partner.card;
  const refused = (detail: string) => new GongjoError('overlap-refused', { desk, detail });
  const file = `of-${desk}-${state.epoch}.list`;
  const before = await keptList(context, file);
  if (before !== null && pack(listId(before.header)) === state.list) return before;
  const asked = { kind: 'list', epoch: state.epoch, have: before?.header.serial ?? 0 } as const;
  const parts: Uint8Array[] = [];
  let got = 0;
  let isDifference = false;
  for (;;) {
    const { said } = await callOverlap(context, partner, 'list', { ...asked, from: got }, signal);
    if (said.total > totalBytesMax) throw refused('its list is too large');
    if (said.list !== state.list) throw refused('its list changed meanwhile');
    const part = unpack(said.bytes);
    parts.push(part);
    got += part.length;
    isDifference = said.difference;
    if (got >= said.total || part.length === 0) break;
  }
  const bytes = new Uint8Array(Buffer.concat(parts));
  const read =
    isDifference && before !== null
      ? await overlap.calculator.run('apply', before, bytes)
      : await overlap.calculator.run('read', bytes);
  if (read.list === null) throw refused(`its list: ${read.fault}`);
  const { header } = read.list;
  const isTheOne = header.epoch === state.epoch && pack(header.publicKey) === state.key;
  if (!isTheOne || pack(listId(header)) !== state.list) throw refused('its list is not the one that it named');
  keepFile(overlap.folder, file, listBytes(read.list));
  overlap.memory.theirs = { file, list: read.list };
  removeFiles(overlap.folder, (name) => name.startsWith(`of-${desk}-`) && name !== file);
  return read.list;
}

/** The list as it is kept here; only the one used last stays in memory, because one of ten million takes 90 MB. */
async function keptList({ overlap }: OverlapContext, file: string): Promise<List | null> {
  const { memory, calculator, folder } = overlap;
  if (memory.theirs?.file === file) return memory.theirs.list;
  const bytes = readFile(folder, file);
  const read = bytes && (await calculator.run('read', bytes));
  if (!read?.list) return null;
  memory.theirs = { file, list: read.list };
  return read.list;
}
