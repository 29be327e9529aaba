import { type ContradictionView, fill } from '@gongjo/contract';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Records whose signed checkpoints cannot be of one history, with both checkpoints; those that nobody accepted come first. */
export function Contradictions({
  contradictions,
  omitted,
}: {
  readonly contradictions: readonly ContradictionView[];
  readonly omitted: number;
}) {
  const { t } = useReader();
  if (contradictions.length === 0) return null;
  const inOrder = [...contradictions].sort((a, b) => Number(a.accepted !== null) - Number(b.accepted !== null));
  return (
    <Section title={t.audit.contradictions}>
      <p className="soft">{t.audit.contradictionHint}</p>
      <ul className="contradictions">
        {inOrder.map((it) => (
          <Contradiction key={it.id} contradiction={it} />
        ))}
      </ul>
      {omitted === 0 ? null : <p className="soft">{fill(t.audit.contradictionsOmitted, { count: omitted })}</p>}
    </Section>
  );
}

function Contradiction({ contradiction }: { readonly contradiction: ContradictionView }) {
  const { t } = useReader();
  const { desk, kind, held, told, foundAt, accepted } = contradiction;
  return (
    <li className={accepted === null ? 'failure' : 'panel'} data-testid="contradiction">
      {accepted === null ? <Icon name="act" /> : null}
      <div>
        <strong>{fill(t.audit[kind], { desk, held: held.size, told: told.size })}</strong>
        <p className="soft">
          {t.audit.foundAt} <When at={foundAt} />
          {accepted === null ? null : <> · {fill(t.audit.accepted, accepted)}</>}
        </p>
        <div className="two-notes">
          <figure>
            <figcaption>{t.audit.heldNote}</figcaption>
            <pre className="note-text">{held.note}</pre>
          </figure>
          <figure>
            <figcaption>{t.audit.toldNote}</figcaption>
            <pre className="note-text">{told.note}</pre>
          </figure>
        </div>
      </div>
    </li>
  );
}
