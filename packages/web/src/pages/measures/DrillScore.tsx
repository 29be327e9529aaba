import { type Drill, fill, type DrillScore as Score, terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { shareText } from '../../format/amount.ts';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { useDuration } from '../../parts/duration.ts';
import { Fact } from '../../parts/Fact.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** How the newest exercise went: against what its generator knows, not against what the desk believes. */
export function DrillScore() {
  const { data, error, refetch } = useQuery(queries.newestDrill);
  const { t, say } = useReader();
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined || data === null || data.score === null) return null;
  const { score } = data;
  return (
    <Section
      title={fill(t.measures.score.title, { title: say(data.title) })}
      aside={<CsvButton name={t.measures.score.csv} rows={() => depositRows(score)} />}
    >
      <Facts drill={data} score={score} />
      <RuleTable score={score} />
      <p className="small soft">{t.measures.score.book[score.book]}</p>
    </Section>
  );
}

function Facts({ drill, score }: { readonly drill: Drill; readonly score: Score }) {
  const { t } = useReader();
  const duration = useDuration();
  const text = t.measures.score;
  const length = (seconds: number | null) =>
    seconds === null ? t.measures.unknown : `${seconds < 0 ? '−' : ''}${duration(seconds)}`;
  const of = (part: number, whole: number) => fill(t.measures.of, { part, whole });
  return (
    <dl className="panel facts" data-testid="drill-score">
      <Fact name={text.state}>
        {text.states[drill.state]}
        <span className="soft small">
          <When at={drill.startedAt} own /> · {of(drill.done, drill.events)}
        </span>
      </Fact>
      <Fact name={text.before}>
        <strong className="big">{of(score.warnedBefore, score.deposits.length)}</strong>
      </Fact>
      <Fact name={text.missed}>
        <strong className="big">{score.missed}</strong>
        {score.unknown === 0 ? null : (
          <span className="soft small">{fill(text.unknown, { count: score.unknown })}</span>
        )}
      </Fact>
      <Fact name={text.here}>
        <strong className="big">{of(score.here.alerted, score.here.deposits)}</strong>
      </Fact>
      <Fact name={text.lead}>
        <strong className="big">{length(score.medianLeadSeconds)}</strong>
        <span className="soft small">
          {fill(text.leadRange, { least: length(score.shortestLeadSeconds), most: length(score.longestLeadSeconds) })}
        </span>
      </Fact>
      <Fact name={text.falseAlarms}>
        <strong className="big">{score.falseAlarms}</strong>
      </Fact>
      <Fact name={text.freezable}>
        {score.freezableWhenWarned.map(({ asset, ppm }) => (
          <span key={asset} className="row small">
            <strong>{shareText(ppm)}</strong> <span className="mono soft">{asset}</span>
          </span>
        ))}
      </Fact>
    </dl>
  );
}

function RuleTable({ score }: { readonly score: Score }) {
  const { t, say } = useReader();
  const text = t.measures.score;
  return (
    <div className="panel table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.rule}</th>
            {[text.expected, text.found, text.alerts, text.falseAlarms].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {score.rules.map(({ rule, expected, found, alerts, falseAlarms }) => (
            <tr key={rule} data-testid="drill-rule">
              <td>{say(terms.alert[rule])}</td>
              <td className="number">{expected}</td>
              <td className="number">{found}</td>
              <td className="number">{alerts}</td>
              <td className="number">{falseAlarms}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const depositRows = ({ deposits }: Score): string[][] => [
  [
    'chain',
    'txid',
    'address',
    'service',
    'country',
    'asset',
    'units',
    'depositedAt',
    'warnedAt',
    'leadSeconds',
    'alertedAt',
  ],
  ...deposits.map((it) => [
    ...[it.chain, it.txid, it.address, it.service.en, it.country, it.asset, it.units, it.depositedAt],
    ...[it.warnedAt ?? '', String(it.leadSeconds ?? ''), it.alertedAt ?? ''],
  ]),
];
