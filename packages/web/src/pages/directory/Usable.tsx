import { fill, terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { countryName } from '../../format/time.ts';
import { useReader } from '../../texts/language.tsx';

const tone = { yes: 'good', uncertain: 'warn', no: 'act' } as const;

/** Whether a channel can be used between this desk's country and each of its partners', and why. */
export function Usable({ id, why = false }: { readonly id: string; readonly why?: boolean }) {
  const { t } = useReader();
  const status = useQuery(queries.status).data;
  const here = status?.desk.country;
  const abroad = [...new Set(status?.partners.map(({ country }) => country))].filter((country) => country !== here);
  if (here === undefined || abroad.length === 0) return <span className="soft">{t.common.none}</span>;
  return abroad.map((country) => <Between key={country} id={id} from={here} to={country} why={why} />);
}

function Between({
  id,
  from,
  to,
  why,
}: {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly why: boolean;
}) {
  const { t, say, language } = useReader();
  const found = useQuery(queries.channels(from, to)).data?.find(({ channel }) => channel.id === id);
  if (found === undefined) return null;
  const names = { from: countryName(from, language), to: countryName(to, language) };
  return (
    <span className="row" data-testid="usable" data-usable={found.usable}>
      <span className={`chip ${tone[found.usable]}`}>{say(terms.usable[found.usable])}</span>
      <span className="soft small">{fill(t.directory.between, names)}</span>
      {why ? (
        <span>{found.why.map(say).join(' ')}</span>
      ) : (
        <span className="soft small">{found.channel.carries.map((cargo) => say(terms.cargo[cargo])).join(', ')}</span>
      )}
    </span>
  );
}
