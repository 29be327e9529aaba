import { type AddressCodec, notStored } from './codec.ts';

/** As long as the wire allows (`zAddress`). */
const lengthMax = 128;
const printable = /^[\x21-\x7e]+$/;

/**
 * Addresses of chains whose form is not checked further than a pattern: the text itself, in ASCII without spaces. A pattern
 * gives the letters and the length only; it does not catch a mistyped letter. Where a checksum is public and simple, `check`
 * verifies it.
 */
export function textCodec(pattern: RegExp = printable, check: (text: string) => boolean = () => true): AddressCodec {
  const fits = (text: string) => text.length <= lengthMax && printable.test(text) && pattern.test(text) && check(text);
  return {
    stored: (text) => (fits(text) ? Buffer.from(text, 'ascii') : null),
    text: (stored) => {
      const text = stored.length <= lengthMax ? Buffer.from(stored).toString('latin1') : '';
      if (!fits(text)) throw notStored('textual', stored);
      return text;
    },
  };
}
