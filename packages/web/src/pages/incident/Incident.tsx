import type { IncidentDetail } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { queries } from '../../api/queries.ts';
import { FlowPicture } from '../../flow/FlowPicture.tsx';
import { AddressBookContext, bookOf } from '../../parts/address-book.ts';
import { Failure } from '../../parts/Failure.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { Balances } from './Balances.tsx';
import { Decoys } from './Decoys.tsx';
import { Gaps } from './Gaps.tsx';
import { IncidentHeader } from './IncidentHeader.tsx';
import { Places } from './Places.tsx';
import { Timeline } from './Timeline.tsx';
import './incident.css';

export function IncidentPage() {
  const { id } = useParams({ from: '/shell/incidents/$id' });
  const { data, error, refetch } = useQuery(queries.incident(id));
  const { t, say } = useReader();
  usePageTitle(data === undefined ? t.today.incidents : say(data.title));
  if (data === undefined) {
    return error === null ? (
      <Waiting heights={[64, 260, 440, 240]} />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      <Loaded incident={data} />
    </>
  );
}

function Loaded({ incident }: { readonly incident: IncidentDetail }) {
  const book = useMemo(() => bookOf(incident), [incident]);
  return (
    <AddressBookContext value={book}>
      <div className="stack">
        <IncidentHeader incident={incident} />
        <Places incident={incident} />
        {incident.trace === null ? null : <FlowPicture trace={incident.trace} />}
        <div className="incident-below">
          <Timeline incident={incident} />
          <div className="stack">
            <Balances incident={incident} />
            <Gaps gaps={incident.trace?.gaps ?? []} />
            <Decoys incident={incident} />
          </div>
        </div>
      </div>
    </AddressBookContext>
  );
}
