/** Bank accounts. */

const ibanForm = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/;
const separators = /[\s\-.]/g;

/**
 * IBAN (ISO 13616-1): electronic form, capitals without spaces, check digits by ISO 7064 MOD 97-10. The registry's length for
 * each country is not looked at: it changes with the registry, and a number of another length fails the check digits in 96 of 97
 * cases.
 */
export function ibanText(text: string): string | null {
  const iban = text.normalize('NFKC').replace(separators, '').toUpperCase();
  if (!ibanForm.test(iban)) return null;
  let rest = 0;
  for (const letter of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1 ? iban : null;
}

/** Codes of the Korea Financial Telecommunications and Clearings Institute have three digits; older lists write two of a bank. */
const bankForm = /^[0-9]{2,3}$/;
/** From the shortest of banks and securities firms to virtual accounts. */
const numberForm = /^[0-9]{8,16}$/;

/** A Korean account: Korea has no IBAN and no common check digit, so that only the bank's code and the digits count. */
export function koreanAccountText(bank: string, text: string): string | null {
  const code = bank.trim();
  const digits = text.normalize('NFKC').replace(separators, '');
  if (!bankForm.test(code) || !numberForm.test(digits)) return null;
  return `${code.padStart(3, '0')}:${digits}`;
}
