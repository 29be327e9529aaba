import { readFileSync } from 'node:fs';
import type { DeskCard } from '@gongjo/contract';
import { detailOf, GongjoError } from '../kernel/index.ts';
import type { Clock, LetterSettings, Random } from '../platform/index.ts';
import { openFonts } from './fonts.store.ts';
import type { Fonts } from './pdf.ts';
import type { Signer } from './sign/cms.ts';
import { certificateFacts, openSigner } from './signer.store.ts';
import { readTemplates } from './templates.store.ts';

/** RFC 5280 section 4.1.2.2: at most 20 bytes, and no two certificates share one. */
const serialOf = (random: Random) => Buffer.from(random.uuid().replaceAll('-', ''), 'hex');

/** What an agency's letters are made with. What costs time or may be wrong is read when the first letter needs it. */
export interface LetterOffice {
  readonly settings: LetterSettings;
  readonly desk: Pick<DeskCard, 'desk' | 'name' | 'country' | 'timeZone'>;
  fonts(): Fonts;
  /** Whose certificate holds at this hour. Throws `letter-certificate-invalid`. */
  signer(): Signer;
  /** PNG. Throws `file-unreadable`. */
  seal(): Buffer | null;
  /** Throws `letter-template-invalid`. */
  templates(name: string): ReturnType<typeof readTemplates>;
}

export function openOffice(
  folder: string,
  settings: LetterSettings,
  desk: LetterOffice['desk'],
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): LetterOffice {
  let fonts: Fonts | undefined;
  let signer: Signer | undefined;
  return {
    settings,
    desk,
    fonts: () => {
      fonts ??= openFonts();
      return fonts;
    },
    signer: () => {
      const nowMs = clock.now();
      if (signer && !certificateFacts(signer, nowMs).isValid) signer = undefined;
      signer ??= openSigner(
        folder,
        settings,
        { name: settings.agency?.en ?? desk.name.en, country: desk.country },
        { nowMs, serial: () => serialOf(random) },
      );
      return signer;
    },
    seal: () => (settings.seal === undefined ? null : readSeal(settings.seal)),
    templates: (name) => readTemplates(folder, name),
  };
}

function readSeal(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw new GongjoError('file-unreadable', { path: file, detail: detailOf(thrown) }, thrown);
  }
}
