import type { IncidentDetail, Trace } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { queries } from '../../api/queries.ts';
import { FlowPicture } from '../../flow/FlowPicture.tsx';
import { useEdits } from '../../flow/use-edits.ts';
import { AddressBookContext, bookOf } from '../../parts/address-book.ts';
import { DrillBanner } from '../../parts/Drill.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { ChainContext } from '../../parts/on-chain.ts';
import { usePageTitle } from '../../parts/page-title.ts';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { HoldsOfIncident } from '../holds/OfIncident.tsx';
import { startText } from '../trace/asked.ts';
import { Balances } from './Balances.tsx';
import { Cases } from './Cases.tsx';
import { Clocks } from './Clocks.tsx';
import { Decoys } from './Decoys.tsx';
import { DepositLeads } from './DepositLeads.tsx';
import { Gaps } from './Gaps.tsx';
import { IncidentHeader } from './IncidentHeader.tsx';
import { Matches } from './Matches.tsx';
import { Overlaps } from './Overlaps.tsx';
import { Places } from './Places.tsx';
import { Reports } from './Reports.tsx';
import { Taken } from './Taken.tsx';
import { Timeline } from './Timeline.tsx';
import { WhoKnows } from './WhoKnows.tsx';
import './incident.css';
import './response.css';

export function IncidentPage() {
  const { id } = useParams({ from: '/shell/incidents/$id' });
  const { data, error, refetch } = useQuery(queries.incident(id));
  const { t, say } = useReader();
  const title = data === undefined ? t.today.incidents : say(data.title);
  usePageTitle(data?.drill === true ? `[${t.response.drill}] ${title}` : title);
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

/** The trace's picture, and the way to where it can be asked otherwise. */
function Flow({ trace }: { readonly trace: Trace }) {
  const { t } = useReader();
  const edits = useEdits();
  const start = trace.question.leads.map(startText).join(',');
  return (
    <FlowPicture
      trace={trace}
      edits={edits}
      aside={() => (
        <Link to="/trace" search={{ chain: trace.chain, start, method: trace.method }} className="small">
          {t.flow.openTrace}
        </Link>
      )}
    />
  );
}

function Loaded({ incident }: { readonly incident: IncidentDetail }) {
  const book = useMemo(() => bookOf(incident), [incident]);
  return (
    <AddressBookContext value={book}>
      {incident.drill === true ? <DrillBanner /> : null}
      <ChainContext value={incident.chain}>
        <div className="stack">
          <Taken incident={incident} />
          <IncidentHeader incident={incident} />
          <Matches incident={incident} />
          <Overlaps incident={incident} />
          <Cases incident={incident} />
          <div className="incident-response">
            <WhoKnows incident={incident} />
            <Clocks incident={incident} />
          </div>
          <Places incident={incident} />
          <HoldsOfIncident incident={incident.id} />
          {incident.trace === null ? null : <Flow trace={incident.trace} />}
          <div className="incident-below">
            <div className="stack">
              <DepositLeads incident={incident} />
              <Timeline incident={incident} />
            </div>
            <div className="stack">
              <Reports incident={incident} />
              <Balances incident={incident} />
              <Gaps gaps={incident.trace?.gaps ?? []} />
              <Decoys incident={incident} />
            </div>
          </div>
        </div>
      </ChainContext>
    </AddressBookContext>
  );
}
