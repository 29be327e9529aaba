import type { DirectoryList } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { Fact } from '../../parts/Fact.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { AgencyEntry } from './AgencyEntry.tsx';
import { AskedEntry } from './AskedEntry.tsx';
import { Backed } from './Backed.tsx';
import { ChannelEntry } from './ChannelEntry.tsx';

/** Everything known of one entry, with whence it is known. */
export function Entry({ id, list }: { readonly id: string; readonly list: DirectoryList }) {
  const { t, say } = useReader();
  const { data, error, refetch } = useQuery(queries.directoryEntry(id));
  if (data === undefined)
    return error === null ? <Waiting heights={[90]} /> : <Failure error={error} onRetry={() => void refetch()} />;
  const shown = data.find((one) => one.list === list);
  if (shown === undefined) return null;
  const { entry } = shown;
  const aliases = 'aliases' in entry ? entry.aliases : [];
  const formerly = 'formerly' in entry ? entry.formerly : [];
  return (
    <div className="entry">
      <dl className="entry-facts">
        {entry.note === undefined ? null : <Fact name={t.directory.note}>{say(entry.note)}</Fact>}
        {aliases.length === 0 ? null : <Fact name={t.directory.aliases}>{aliases.join(', ')}</Fact>}
        {formerly.length === 0 ? null : (
          <Fact name={t.directory.formerly}>
            {formerly.map(({ name, until }) => `${say(name)}${until === undefined ? '' : ` (~ ${until})`}`).join(', ')}
          </Fact>
        )}
        {shown.list === 'agencies' ? <AgencyEntry agency={shown.entry} /> : null}
        {shown.list === 'vasps' ? <AskedEntry asked={shown.entry} /> : null}
        {shown.list === 'issuers' ? <AskedEntry asked={shown.entry} assets={shown.entry.assets} /> : null}
        {shown.list === 'channels' ? <ChannelEntry channel={shown.entry} /> : null}
        <Fact name={t.directory.source}>
          <Backed by={entry} />
        </Fact>
      </dl>
    </div>
  );
}
