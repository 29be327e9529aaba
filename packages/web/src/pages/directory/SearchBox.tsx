import { fill, type NameFound, terms } from '@gongjo/contract';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useReader } from '../../texts/language.tsx';
import { type ShownList, shownLists } from './asked.ts';
import { withParts } from './found.ts';

/** Finds an entry by any of its names, in either script. */
export function SearchBox({ text, onAsk }: { readonly text: string; readonly onAsk: (text: string) => void }) {
  const { t } = useReader();
  const asked = text.trim();
  const { data: found, error } = useQuery({ ...queries.directoryFound(asked), enabled: asked !== '' });
  const lines = useQuery(queries.directoryLines).data;
  const data = found === undefined ? undefined : withParts(found, lines ?? [], asked);
  return (
    <search className="directory-search">
      <TextInput
        type="search"
        label={t.directory.search}
        description={t.directory.searchHint}
        value={text}
        maxLength={200}
        onChange={(event) => onAsk(event.currentTarget.value)}
      />
      {error === null ? null : <Failure error={error} />}
      {asked !== '' && data?.length === 0 ? <p role="status">{t.directory.searchNone}</p> : null}
      {asked === '' || data === undefined || data.length === 0 ? null : (
        <ul className="panel found">
          {data.map((found) => (
            <Found key={`${found.list} ${found.id} ${found.as}`} found={found} text={text} />
          ))}
        </ul>
      )}
    </search>
  );
}

const isShown = (list: string): list is ShownList => shownLists.some((shown) => shown === list);

function Found({ found: { list, id, name, as, match }, text }: { readonly found: NameFound; readonly text: string }) {
  const { t, say } = useReader();
  const why = fill(t.directory.foundAs, { match: say(terms.nameMatch[match]), name: as });
  return (
    <li className="row" data-testid="found">
      {isShown(list) ? (
        <Link to="/directory" search={{ list, id, text }} replace>
          {say(name)}
        </Link>
      ) : (
        <strong>{say(name)}</strong>
      )}
      <span className="chip">{t.directory.list[list]}</span>
      <span className="soft small">{why}</span>
    </li>
  );
}
