/** A piece of an address; `differs`: the other one has other letters there. */
export interface Piece {
  readonly text: string;
  readonly differs: boolean;
}

/** An address in pieces, by where another one has other letters, so that both can be compared as a whole. */
export function differing(address: string, other: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < address.length; at += 1) {
    const letter = address.charAt(at);
    const differs = letter !== other.charAt(at);
    const last = pieces.at(-1);
    if (last?.differs === differs) pieces[pieces.length - 1] = { text: last.text + letter, differs };
    else pieces.push({ text: letter, differs });
  }
  return pieces;
}
