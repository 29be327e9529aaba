import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DeskCard } from '@gongjo/contract';
import type { Clock, LetterSettings } from '../platform/index.ts';
import { openFonts } from './fonts.store.ts';
import type { Fonts } from './pdf.ts';
import type { Signer } from './sign/cms.ts';
import { openSigner } from './signer.store.ts';
import { readTemplates } from './templates.store.ts';

/** RFC 5280 section 4.1.2.2: at most 20 bytes; enough that no two certificates share one. */
const serialBytes = 16;

/** What an agency's letters are made with. What costs time or may be wrong is read when the first letter needs it. */
export interface LetterOffice {
  readonly settings: LetterSettings;
  readonly desk: Pick<DeskCard, 'desk' | 'name' | 'country'>;
  fonts(): Fonts;
  /** Throws `letter-certificate-invalid`. */
  signer(): Signer;
  /** PNG. */
  seal(): Buffer | null;
  /** Throws `letter-template-invalid`. */
  templates(name: string): ReturnType<typeof readTemplates>;
}

export function openOffice(
  folder: string,
  settings: LetterSettings,
  desk: LetterOffice['desk'],
  clock: Clock,
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
      signer ??= openSigner(
        folder,
        settings,
        { name: settings.agency?.en ?? desk.name.en, country: desk.country },
        { nowMs: clock.now(), serial: () => randomBytes(serialBytes) },
      );
      return signer;
    },
    seal: () => (settings.seal === undefined ? null : readFileSync(settings.seal)),
    templates: (name) => readTemplates(folder, name),
  };
}
