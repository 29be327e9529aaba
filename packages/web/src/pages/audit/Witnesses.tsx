import type { AuditWitnesses } from '@gongjo/contract';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { ProblemLine } from '../../parts/Failure.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** The newest checkpoint, who has cosigned it, and whose records are held here. */
export function Witnesses({ witnesses }: { readonly witnesses: AuditWitnesses }) {
  const { t } = useReader();
  const { checkpoint, ours, theirs } = witnesses;
  return (
    <Section title={t.audit.witnesses} className="witnesses">
      <h3>{t.audit.checkpoint}</h3>
      {checkpoint === null ? (
        <p className="soft">{t.audit.noCheckpoint}</p>
      ) : (
        <div className="panel checkpoint">
          <p className="small soft">
            {t.audit.checkpointHint} · <When at={checkpoint.at} own />{' '}
            <CopyButton text={checkpoint.note} what={t.audit.checkpoint} />
          </p>
          <pre className="note-text" data-testid="checkpoint">
            {checkpoint.note}
          </pre>
        </div>
      )}
      <h3>{t.audit.ours}</h3>
      {ours.length === 0 ? (
        <Empty text={t.audit.noWitness} />
      ) : (
        <div className="panel table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t.audit.desk}</th>
                <th scope="col" className="number">
                  {t.audit.size}
                </th>
                <th scope="col">{t.audit.seen}</th>
                <th scope="col">{t.audit.state}</th>
              </tr>
            </thead>
            <tbody>
              {ours.map(({ desk, size, witnessedAt, problem }) => (
                <tr key={desk} data-testid="witness">
                  <td>{desk}</td>
                  <td className="number">{size}</td>
                  <td>{witnessedAt === null ? t.common.none : <When at={witnessedAt} own />}</td>
                  <td>{problem === null ? t.audit.cosigned : <ProblemLine problem={problem} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <h3>{t.audit.theirs}</h3>
      {theirs.length === 0 ? (
        <Empty text={t.audit.noHeld} />
      ) : (
        <div className="panel table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t.audit.desk}</th>
                <th scope="col" className="number">
                  {t.audit.size}
                </th>
                <th scope="col">{t.audit.seen}</th>
              </tr>
            </thead>
            <tbody>
              {theirs.map(({ desk, size, seenAt }) => (
                <tr key={desk}>
                  <td>{desk}</td>
                  <td className="number">{size}</td>
                  <td>
                    <When at={seenAt} own />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
