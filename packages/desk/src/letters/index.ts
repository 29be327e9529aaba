export { annexCsv, annexXlsx, type FieldRow, type Sheet, sheetOf } from './annex.ts';
export { composeBoth, type LetterFields } from './compose.ts';
export { letterDocx } from './docx.ts';
export type { Field } from './field.ts';
export { openFonts } from './fonts.store.ts';
export { type LetterOffice, openOffice } from './office.store.ts';
export { letterPdf } from './pdf.ts';
export { picturePdf } from './picture.ts';
export { certificateFacts } from './signer.store.ts';
