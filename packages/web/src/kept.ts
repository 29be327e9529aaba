/** A browser may forbid storage; a choice then lasts as long as the page. */
export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // See kept().
  }
}

const wantedKey = 'gongjo-wanted';

/** The page that was asked for before its reader had signed in; this tab alone keeps it. */
export function want(href: string): void {
  try {
    sessionStorage.setItem(wantedKey, href);
  } catch {
    // See kept().
  }
}

/** Where a reader who has signed in goes: what was wanted, once, else the first page. */
export function takeWanted(): string {
  try {
    const href = sessionStorage.getItem(wantedKey);
    sessionStorage.removeItem(wantedKey);
    return href ?? '/';
  } catch {
    return '/';
  }
}
