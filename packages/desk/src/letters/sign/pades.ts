import { detachedSignature, type Signer } from './cms.ts';

/**
 * Signs a PDF that was written with room for it (ISO 32000-1 section 12.8.1): the byte range is all of the file but the
 * signature's own digits.
 */

/** Stands in the file until the range is known: no file is that large. */
export const rangePlaceholder = 9_999_999_999;

export function signPdf(pdf: Buffer, signer: Signer): Buffer {
  const placeholder = Buffer.from(`[0 ${rangePlaceholder} ${rangePlaceholder} ${rangePlaceholder}]`);
  const rangeAt = pdf.lastIndexOf(placeholder);
  const contentsAt = pdf.indexOf('/Contents <', Math.max(0, rangeAt));
  const from = contentsAt + '/Contents '.length;
  const until = pdf.indexOf('>', from) + 1;
  if (rangeAt < 0 || contentsAt < 0 || until <= from) throw new Error('the PDF has no room for a signature');
  const range = `[0 ${from} ${until} ${pdf.length - until}]`;
  const signed = Buffer.from(pdf);
  signed.write(range.padEnd(placeholder.length), rangeAt, 'latin1');
  const signature = detachedSignature(
    Buffer.concat([signed.subarray(0, from), signed.subarray(until)]),
    signer,
  ).toString('hex');
  const room = until - from - 2;
  if (signature.length > room)
    throw new Error(`the signature needs ${signature.length} digits; there is room for ${room}`);
  signed.write(signature.padEnd(room, '0'), from + 1, 'latin1');
  return signed;
}
