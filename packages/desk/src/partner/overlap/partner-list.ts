import { GongjoError } from '../../kernel/index.ts';
import {
  LIST_MAX,
  type List,
  type ListRead,
  listBytes,
  listId,
  pack,
  unpack,
  VALUE_BYTES,
} from '../../overlap/index.ts';
import type { Partner } from '../partner.store.ts';
import type { OverlapContext } from './context.ts';
import { keepFile, readFile, removeFiles } from './list-file.store.ts';
import { callOverlap } from './overlap-call.client.ts';
import type { State } from './wire.ts';

/** A whole list is the most that is taken; heads and counts are under a kilobyte. */
const totalBytesMax = LIST_MAX * VALUE_BYTES + 1024;

const fileOf = (desk: string, epoch: number): string => `of-${desk}-${epoch}.list`;

/** Whether a file is a list of this desk: the name of another may begin alike. */
const isListOf = (desk: string, name: string): boolean => deskOf(name) === desk;
const deskOf = (name: string): string | null => /^of-(.+)-\d+\.list$/.exec(name)?.[1] ?? null;

/** Removes the lists of desks that are no partners any more. */
export function forgetLists({ overlap }: OverlapContext, partners: ReadonlySet<string>): void {
  removeFiles(overlap.folder, (name) => {
    const desk = deskOf(name);
    return desk !== null && !partners.has(desk);
  });
}

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
  const file = fileOf(desk, state.epoch);
  const before = await keptList(context, file);
  if (before !== null && pack(listId(before.header)) === state.list) return before;
  let read = await fetched(context, partner, state, before, signal);
  // What is kept here is not what the partner believes, as where one of them is restored from a copy.
  if (read.list === null && before !== null) read = await fetched(context, partner, state, null, signal);
  if (read.list === null) throw refused(`its list: ${read.fault}`);
  const { header } = read.list;
  const isTheOne = header.epoch === state.epoch && pack(header.publicKey) === state.key;
  if (!isTheOne || pack(listId(header)) !== state.list) throw refused('its list is not the one that it named');
  keepFile(overlap.folder, file, listBytes(read.list));
  overlap.memory.theirs = { file, list: read.list };
  removeFiles(overlap.folder, (name) => isListOf(desk, name) && name !== file);
  return read.list;
}

/** The list that the partner named, from the one at hand or whole. */
async function fetched(
  context: OverlapContext,
  partner: Partner,
  state: State,
  before: List | null,
  signal: AbortSignal,
): Promise<ListRead> {
  const { calculator } = context.overlap;
  const { desk, url } = partner.card;
  const asked = { kind: 'list', epoch: state.epoch, have: before?.header.serial ?? 0 } as const;
  const parts: Uint8Array[] = [];
  let got = 0;
  let isDifference = false;
  for (;;) {
    const { said } = await callOverlap(context, partner, 'list', { ...asked, from: got }, signal);
    if (said.total > totalBytesMax) throw new GongjoError('overlap-refused', { desk, detail: 'its list is too large' });
    // It made another meanwhile; the session goes on with that.
    if (said.list !== state.list)
      throw new GongjoError('partner-unreachable', { desk, url, detail: 'its list changed meanwhile' });
    const part = unpack(said.bytes);
    parts.push(part);
    got += part.length;
    isDifference = said.difference;
    if (got >= said.total || part.length === 0) break;
  }
  const bytes = new Uint8Array(Buffer.concat(parts));
  return isDifference && before !== null ? calculator.run('apply', before, bytes) : calculator.run('read', bytes);
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
