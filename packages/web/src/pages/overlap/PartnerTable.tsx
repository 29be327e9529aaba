import { fill, type OverlapPartnerView, overlapTerms } from '@gongjo/contract';
import { group } from '../../format/amount.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { useDeskName } from '../../parts/desk-name.ts';
import { useReader } from '../../texts/language.tsx';

const tone = { calm: 'good', notice: 'warn', alarm: 'act' } as const;

/** How much each partner may ask and has asked, and whether its questions look like work. */
export function PartnerTable({ partners }: { readonly partners: readonly OverlapPartnerView[] }) {
  const { t, say } = useReader();
  const deskName = useDeskName();
  const column = t.overlap.column;
  const used = (asked: number, quota: number) =>
    fill(t.overlap.ofQuota, { asked: group(String(asked)), quota: group(String(quota)) });
  return (
    <div className="panel table-scroll">
      <table className="table">
        <thead>
          <tr>
            {[column.partner, column.thisHour, column.today, column.looks, column.digest].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {partners.map(({ desk, terms, askedThisHour, askedToday, suspicion, commitment }) => (
            <tr key={desk} data-testid="overlap-partner" data-level={suspicion.level}>
              <td>
                <strong>{deskName(desk)}</strong>
              </td>
              {terms === null ? (
                <td colSpan={3} className="soft">
                  {t.overlap.noTerms}
                </td>
              ) : (
                <>
                  <td>{used(askedThisHour, terms.perHour)}</td>
                  <td>{used(askedToday, terms.perDay)}</td>
                  <td>
                    <span className={`chip ${tone[suspicion.level]}`}>{say(overlapTerms.level[suspicion.level])}</span>
                    {suspicion.signs.length === 0 ? null : (
                      <div className="small warn-text">
                        {suspicion.signs.map((sign) => say(overlapTerms.sign[sign])).join(' · ')}
                      </div>
                    )}
                  </td>
                </>
              )}
              <td>
                {commitment === null ? (
                  t.common.none
                ) : (
                  <span className="row">
                    <code className="mono">{commitment.digest}</code>
                    <CopyButton text={commitment.digest} what={t.common.fingerprint} />
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
