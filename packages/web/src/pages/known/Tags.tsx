import { type AddressTags, fill, terms } from '@gongjo/contract';
import { Scroll } from '../../parts/Scroll.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Who stands there by which list, contradicting ones side by side, and what lists have taken back. */
export function Tags({ history: { tags, past } }: { readonly history: AddressTags }) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  const { column, ...text } = t.known;
  return (
    <Section title={text.tags}>
      {tags.length === 0 ? (
        <Empty text={text.noTags} />
      ) : (
        <Scroll className="panel" label={text.tags}>
          <table className="table">
            <thead>
              <tr>
                {(['label', 'category', 'source', 'confidence', 'since'] as const).map((key) => (
                  <th key={key} scope="col" className={key === 'confidence' ? 'number' : undefined}>
                    {column[key]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {tags.map((tag) => (
                <tr key={`${tag.source} ${tag.label}`} data-testid="known-tag">
                  <td>
                    <strong>{tag.label}</strong>
                    {tag.abuse === undefined ? null : <span className="chip warn">{say(terms.abuse[tag.abuse])}</span>}
                  </td>
                  <td>{say(terms.category[tag.category])}</td>
                  <td>
                    {tag.source}
                    {tag.uri === undefined ? null : <div className="soft small mono">{tag.uri}</div>}
                  </td>
                  <td className="number">{tag.confidence}</td>
                  <td>{tag.firstSeen === undefined ? t.common.none : <When at={tag.firstSeen} own />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {past.map(({ tag, removedAt, removedBy }) => (
        <p key={`${tag.source} ${tag.label} ${removedBy}`} className="soft small below">
          {removedAt === null
            ? fill(text.past, { label: tag.label, source: tag.source })
            : fill(text.pastAt, { label: tag.label, source: tag.source, time: timeLine(removedAt) })}
        </p>
      ))}
    </Section>
  );
}
