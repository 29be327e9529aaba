const wantedKey = 'gongjo-wanted';

interface Wanted {
  readonly href: string;
  /** Who had it open; null: nobody had signed in yet. */
  readonly by: string | null;
}

/** The page that was asked for, or open, when its reader had to sign in; this tab alone keeps it. */
export function want(wanted: Wanted): void {
  try {
    sessionStorage.setItem(wantedKey, JSON.stringify(wanted));
  } catch {
    // A browser may forbid storage; the first page is shown then.
  }
}

/** Where a reader who has signed in goes: what was wanted, once, else the first page. What somebody else had open is not the next one's. */
export function takeWanted(reader: string | null): string {
  try {
    const wanted = JSON.parse(sessionStorage.getItem(wantedKey) ?? 'null') as Wanted | null;
    sessionStorage.removeItem(wantedKey);
    return wanted !== null && (wanted.by === null || wanted.by === reader) ? wanted.href : '/';
  } catch {
    return '/';
  }
}
