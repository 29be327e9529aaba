import type { Incident } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Address, Transaction } from '../../parts/Address.tsx';
import { Filled } from '../../parts/Filled.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { useReader } from '../../texts/language.tsx';
import { knownOf } from './known.ts';
import type { ReportForm } from './report-form.ts';

/** Points out, before anything is sent, which incidents the report is or may be about. */
export function Known({ form, incidents }: { readonly form: ReportForm; readonly incidents: readonly Incident[] }) {
  const { t, say } = useReader();
  const known = useMemo(() => knownOf(form, incidents), [form, incidents]);
  if (known.length === 0) return null;
  return (
    <ul className="known" role="status">
      {known.map(({ incident, by, what }) => (
        <li key={incident.id} data-testid="known" data-by={by}>
          <Icon name="know" />
          <span>
            <Filled
              text={by === 'lead' ? t.report.known : t.report.alike}
              values={{
                title: (
                  <Link to="/incidents/$id" params={{ id: incident.id }} target="_blank">
                    {say(incident.title)}
                  </Link>
                ),
                txid: <Transaction txid={what} copy={false} link={false} />,
                address: <Address address={what} copy={false} link={false} />,
              }}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
