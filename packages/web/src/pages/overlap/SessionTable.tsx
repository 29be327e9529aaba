import { fill, type OverlapSessionView, overlapTerms } from '@gongjo/contract';
import { useDeskName } from '../../parts/desk-name.ts';
import { ProblemLine } from '../../parts/Failure.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

const tone = { open: 'know', done: 'good', failed: 'act' } as const;

/** The record of comparisons, the latest first. */
export function SessionTable({ sessions }: { readonly sessions: readonly OverlapSessionView[] }) {
  const { t, say } = useReader();
  const deskName = useDeskName();
  const column = t.overlap.column;
  const asker = (by: string) => (by === 'desk' ? t.overlap.side.automatic : fill(t.overlap.side.asker, { by }));
  return (
    <div className="panel table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{column.started}</th>
            <th scope="col">{column.partner}</th>
            <th scope="col">{column.side}</th>
            <th scope="col">{column.purpose}</th>
            <th scope="col" className="number">
              {column.asked}
            </th>
            <th scope="col" className="number">
              {column.overlaps}
            </th>
            <th scope="col">{column.state}</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, startedAt, desk, side, by, purpose, legalBasis, asked, overlaps, state, problem }) => (
            <tr key={id} data-testid="overlap-session" data-state={state}>
              <td>
                <When at={startedAt} own />
              </td>
              <td>{deskName(desk)}</td>
              <td>{side === 'answerer' ? deskName(desk) : asker(by)}</td>
              <td>
                {purpose === overlapTerms.automatic.en ? say(overlapTerms.automatic) : purpose}
                {legalBasis === null ? null : <div className="soft small">{legalBasis}</div>}
              </td>
              <td className="number">{asked}</td>
              <td className="number">{overlaps}</td>
              <td>
                <span className={`chip ${tone[state]}`}>{t.overlap.state[state]}</span>
                {problem === null ? null : (
                  <div className="small">
                    <ProblemLine problem={problem} />
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
