/**
 * Splits a file into records without ever holding more than one of them and a piece of the file: lines, or the values of a
 * JSON document. Pure: bytes in, places of records out.
 */

/** A record with all receipts of the largest blocks, or their traces, stays below; a longer one is damage. */
export const RECORD_BYTES_MAX = 64 * 1024 * 1024;

export type Format = 'csv' | 'json-lines' | 'json';

export interface RawRecord {
  readonly text: string;
  /** Of its first byte. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
  /** From 1; of its first character. */
  readonly line: number;
}

export interface Splitter {
  /** More of the file. */
  push(piece: Buffer): void;
  /** The file is over. */
  end(): void;
}

export interface SplitterEvents {
  record(record: RawRecord): void;
  damage(line: number, detail: string): void;
}

const NEWLINE = 10;

/** One record per line that is not empty. A line beyond the bound is damage; the next one counts again. */
export function lineSplitter({ record, damage }: SplitterEvents): Splitter {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let offset = 0;
  let line = 1;
  let tooLong = false;

  const finish = (last: Buffer) => {
    const bytes = heldBytes === 0 ? last : Buffer.concat([...held, last]);
    const length = heldBytes + last.length;
    if (tooLong) damage(line, `longer than ${RECORD_BYTES_MAX} bytes`);
    else {
      const text = bytes.toString('utf8').trim();
      if (text !== '') record({ text, offset, length, line });
    }
    held = [];
    heldBytes = 0;
    tooLong = false;
    offset += length;
  };

  return {
    push(piece) {
      let at = 0;
      for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, at)) {
        finish(piece.subarray(at, end));
        offset += 1;
        line += 1;
        at = end + 1;
      }
      const rest = piece.subarray(at);
      heldBytes += rest.length;
      if (heldBytes > RECORD_BYTES_MAX) {
        tooLong = true;
        held = [];
      } else if (!tooLong && rest.length > 0) {
        held.push(rest);
      }
    },
    end() {
      if (heldBytes > 0) finish(Buffer.alloc(0));
    },
  };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const ARRAY_OPEN = 0x5b;
const ARRAY_CLOSE = 0x5d;
const SPACE = new Set([0x20, 0x09, 0x0d, NEWLINE]);

/**
 * One record per object of a JSON document: the document itself, the elements of the array that it is, or several
 * documents one after another. After damage nothing more is read, because nothing shows where the next value begins.
 */
export function documentSplitter({ record, damage }: SplitterEvents): Splitter {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let position = 0;
  let line = 1;
  let broken = false;
  /** Inside an array of values. */
  let inArray = false;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let start = 0;
  let startLine = 1;

  const fail = (detail: string) => {
    damage(line, `${detail}; what follows in this file is not read`);
    broken = true;
    held = [];
  };

  return {
    push(piece) {
      /** Where the present value's bytes begin in this piece. */
      let from = 0;
      for (let at = 0; at < piece.length && !broken; at += 1, position += 1) {
        const byte = piece[at] ?? 0;
        if (byte === NEWLINE) line += 1;
        if (depth === 0) {
          if (SPACE.has(byte) || (byte === COMMA && inArray)) continue;
          if (byte === ARRAY_CLOSE && inArray) inArray = false;
          else if (byte === ARRAY_OPEN && !inArray) inArray = true;
          else if (OPEN.has(byte)) {
            depth = 1;
            start = position;
            startLine = line;
            from = at;
          } else fail('this is not JSON as expected here');
        } else if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) inString = false;
        } else if (byte === QUOTE) inString = true;
        else if (OPEN.has(byte)) depth += 1;
        else if (CLOSE.has(byte)) {
          depth -= 1;
          if (depth > 0) continue;
          const text = Buffer.concat([...held, piece.subarray(from, at + 1)]).toString('utf8');
          held = [];
          heldBytes = 0;
          record({ text, offset: start, length: position + 1 - start, line: startLine });
        }
      }
      if (broken || depth === 0) return;
      held.push(piece.subarray(from));
      heldBytes += piece.length - from;
      if (heldBytes > RECORD_BYTES_MAX) fail(`longer than ${RECORD_BYTES_MAX} bytes`);
    },
    end() {
      if (!broken && (depth > 0 || inArray)) fail('the file ends within a value');
    },
  };
}

/** The format, told from how the file begins; null where it is none of them. */
export function formatOf(beginning: Buffer): Format | null {
  const text = beginning.toString('utf8').replace(/^\uFEFF/, '');
  const [character] = text.trimStart();
  if (character === '{' || character === '[') {
    const end = text.indexOf('\n');
    const first = end === -1 ? '' : text.slice(0, end).trim();
    return first.startsWith('{') && isJson(first) ? 'json-lines' : 'json';
  }
  return /^[a-z_0-9]+(,[a-z_0-9]+)+\s*$/.test(text.split('\n', 1)[0] ?? '') ? 'csv' : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The columns of one line of CSV (RFC 4180, without line breaks inside of quotes); null where a quote stays open. */
export function csvColumns(line: string): string[] | null {
  const columns: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      let value = '';
      for (at += 1; ; ) {
        const end = line.indexOf('"', at);
        if (end === -1) return null;
        value += line.slice(at, end);
        at = end + 1;
        if (line[at] !== '"') break;
        value += '"';
        at += 1;
      }
      columns.push(value);
      if (at < line.length && line[at] !== ',') return null;
    } else {
      const end = line.indexOf(',', at);
      columns.push(end === -1 ? line.slice(at) : line.slice(at, end));
      at = end === -1 ? line.length : end;
    }
    if (at >= line.length) return columns;
    at += 1;
  }
}

/** A whole number of so many digits may be more than a JavaScript number holds exactly. */
const LONG_NUMBER = /[:,[\s]-?\d{16,}[\s,\]}]/;

/** JSON whose whole numbers are exact: those too large for a number become `bigint`. Throws `SyntaxError`. */
export function exactJson(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source ?? '';
    return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? BigInt(source) : value;
  });
}
