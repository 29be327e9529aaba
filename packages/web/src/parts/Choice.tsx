/** A few choices of which one is made. */
export function Choice<K extends string>({
  legend,
  choices,
  chosen,
  onChoose,
}: {
  readonly legend: string;
  readonly choices: readonly { readonly key: K; readonly name: string }[];
  readonly chosen: K;
  readonly onChoose: (key: K) => void;
}) {
  return (
    <fieldset className="choice">
      <legend className="visually-hidden">{legend}</legend>
      {choices.map(({ key, name }) => (
        <button key={key} type="button" aria-pressed={key === chosen} onClick={() => onChoose(key)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
