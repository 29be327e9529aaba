/**
 * The container of an evidence package: `ustar` (POSIX.1-1988), which every system unpacks, in the one form that this writer
 * gives it. There is no slack: every byte of the archive follows from the names and contents of its files, so that a reader
 * finds a changed byte anywhere, and no two archives hold the same files.
 */
export interface Packed {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const blockBytes = 512;
/** A name and a size as this container can hold them. */
const nameBytesMax = 99;
const sizeDigits = 11;

/** Where fields stand in a header, in bytes. */
const field = { name: 0, mode: 100, uid: 108, gid: 116, size: 124, mtime: 136, checksum: 148, type: 156, magic: 257 };

const roundUp = (bytes: number): number => Math.ceil(bytes / blockBytes) * blockBytes;

/** The header of a file: regular, readable, of nobody, from the beginning of time. */
export function headerOf(name: string, size: number): Uint8Array {
  const header = Buffer.alloc(blockBytes);
  header.write(name, field.name, nameBytesMax, 'ascii');
  header.write('0000644\0', field.mode, 'ascii');
  header.write('0000000\0', field.uid, 'ascii');
  header.write('0000000\0', field.gid, 'ascii');
  header.write(`${size.toString(8).padStart(sizeDigits, '0')}\0`, field.size, 'ascii');
  header.write('00000000000\0', field.mtime, 'ascii');
  header.write('        ', field.checksum, 'ascii');
  header.write('0', field.type, 'ascii');
  header.write('ustar\u000000', field.magic, 'ascii');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, field.checksum, 'ascii');
  return header;
}

export function writeTar(files: readonly Packed[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { name, bytes } of files) {
    parts.push(headerOf(name, bytes.length), bytes, new Uint8Array(roundUp(bytes.length) - bytes.length));
  }
  return Buffer.concat([...parts, new Uint8Array(2 * blockBytes)]);
}

/** Where a file stands in the archive. */
export interface Entry {
  readonly name: string;
  /** Of its header; its content begins a block later. */
  readonly at: number;
  readonly size: number;
}

/** A place where the archive is not what its own form says. */
export interface Flaw {
  /** Offset in the archive. */
  readonly at: number;
  /** The file whose header or padding it is; null: the end of the archive. */
  readonly name: string | null;
  /** What must stand there; null where more than one byte is wrong. */
  readonly expected: number | null;
}

export interface ReadTar {
  readonly entries: readonly Entry[];
  readonly flaws: readonly Flaw[];
}

/** More files than a package has. */
const entriesMax = 64;

/**
 * Reads an archive without unpacking it. `known` are the names of its files in their order: with them a damaged header is put
 * right where one byte of it was changed, and reading goes on. Null where it is no such archive at all.
 */
export function readTar(archive: Uint8Array, known: readonly string[]): ReadTar | null {
  const entries: Entry[] = [];
  const flaws: Flaw[] = [];
  let at = 0;
  while (at < archive.length && !isEnd(archive, at)) {
    if (entries.length === entriesMax || at + blockBytes > archive.length) return null;
    const read = readHeader(archive, at, known[entries.length]);
    if (!read) return null;
    const { name, size } = read;
    flaws.push(...read.flaws);
    const end = at + blockBytes + size;
    if (end > archive.length) return null;
    entries.push({ name, at, size });
    const next = at + blockBytes + roundUp(size);
    for (let byte = end; byte < Math.min(next, archive.length); byte += 1)
      if (archive[byte] !== 0) flaws.push({ at: byte, name, expected: 0 });
    at = next;
  }
  if (entries.length === 0) return null;
  const length = at + 2 * blockBytes;
  for (let byte = at; byte < Math.min(length, archive.length); byte += 1)
    if (archive[byte] !== 0) flaws.push({ at: byte, name: null, expected: 0 });
  if (archive.length !== length) flaws.push({ at: Math.min(archive.length, length), name: null, expected: null });
  return { entries, flaws };
}

/** Whether the files end here: nearly nothing but zeros follows, so that one changed byte does not make a file of them. */
function isEnd(archive: Uint8Array, at: number): boolean {
  const end = Math.min(at + blockBytes, archive.length);
  let others = 0;
  for (let byte = at; byte < end; byte += 1) if (archive[byte] !== 0) others += 1;
  return others <= 1;
}

function readHeader(archive: Uint8Array, at: number, due: string | undefined) {
  const header = archive.subarray(at, at + blockBytes);
  const nameEnd = header.indexOf(0);
  const name = Buffer.from(header.subarray(0, Math.min(Math.max(nameEnd, 0), nameBytesMax))).toString('latin1');
  const digits = Buffer.from(header.subarray(field.size, field.size + sizeDigits)).toString('latin1');
  const candidates: { name: string; size: number; wrong: number[] }[] = [];
  for (const aName of new Set([due ?? name, name]))
    for (const size of sizesNear(digits)) {
      if (at + blockBytes + size > archive.length) continue;
      const wrong = differences(header, headerOf(aName, size));
      if (wrong.length === 0) return { name: aName, size, flaws: [] };
      if (wrong.length === 1) candidates.push({ name: aName, size, wrong });
    }
  // A digit of the size and one of its checksum can each explain the other: the size that ends where the content does is right.
  const found = candidates.find(({ size }) => endsAt(archive, at + blockBytes, size)) ?? candidates[0];
  if (!found) return null;
  const [byte = 0] = found.wrong;
  const expected = headerOf(found.name, found.size)[byte] ?? 0;
  return { name: found.name, size: found.size, flaws: [{ at: at + byte, name: found.name, expected }] };
}

/** The size that the digits say, and those that they would say with one of them changed. */
function sizesNear(digits: string): number[] {
  const sizes = /^[0-7]{11}$/.test(digits) ? [Number.parseInt(digits, 8)] : [];
  for (let place = 0; place < sizeDigits; place += 1)
    for (let digit = 0; digit < 8; digit += 1) {
      const other = digits.slice(0, place) + String(digit) + digits.slice(place + 1);
      if (/^[0-7]{11}$/.test(other) && other !== digits) sizes.push(Number.parseInt(other, 8));
    }
  return sizes;
}

/** Whether content of this size, whose last byte is a character, is followed by nothing but padding and a header or the end. */
function endsAt(archive: Uint8Array, from: number, size: number): boolean {
  const next = from + roundUp(size);
  if (next >= archive.length || (size > 0 && archive[from + size - 1] === 0)) return false;
  if (archive.subarray(from + size, next).some((byte) => byte !== 0)) return false;
  const magic = Buffer.from(archive.subarray(next + field.magic, next + field.magic + 5)).toString('latin1');
  return magic === 'ustar' || isEnd(archive, next);
}

/** The places where two blocks differ; two are as bad as many. */
function differences(is: Uint8Array, was: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < blockBytes && found.length < 2; at += 1) if (is[at] !== was[at]) found.push(at);
  return found;
}
