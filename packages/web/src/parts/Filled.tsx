import { Fragment, type ReactNode } from 'react';

/** A text with `{name}` filled in by elements, so that amounts and addresses inside sentences look as everywhere else. */
export function Filled({
  text,
  values,
}: {
  readonly text: string;
  readonly values: Readonly<Record<string, ReactNode>>;
}) {
  const pieces = text.split(/\{(\w+)\}/);
  return pieces.map((piece, index) => {
    // Pieces never change places: the text is split at its placeholders, odd ones are names.
    const key = `${index} ${piece}`;
    return <Fragment key={key}>{index % 2 === 0 ? piece : (values[piece] ?? `{${piece}}`)}</Fragment>;
  });
}
