import { fill } from '@gongjo/contract';
import { useDuration } from '../../parts/duration.ts';
import { useReader } from '../../texts/language.tsx';

/** A cell with a length of time; `signed`: a negative one is too late. */
export function Seconds({
  seconds,
  signed = false,
  missing,
}: {
  readonly seconds: number | null;
  readonly signed?: boolean;
  readonly missing?: string | undefined;
}) {
  const { t } = useReader();
  const length = useDuration();
  if (seconds === null) return <td className="number soft">{missing ?? t.measures.unknown}</td>;
  const tone = signed ? (seconds < 0 ? ' warn-text' : ' good-text') : '';
  return (
    <td className={`number${tone}`}>
      {seconds < 0 ? '−' : ''}
      {length(seconds)}
    </td>
  );
}

/** A cell with how many of how many, as a bar, too. */
export function Share({ part, whole }: { readonly part: number; readonly whole: number }) {
  const { t } = useReader();
  if (whole === 0) return <td className="number soft">{t.measures.unknown}</td>;
  return (
    <td className="number">
      <span className="share-bar" aria-hidden="true">
        <span style={{ width: `${(100 * part) / whole}%` }} />
      </span>
      {fill(t.measures.of, { part, whole })}
    </td>
  );
}
