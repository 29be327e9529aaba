import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queries } from '../api/queries.ts';
import { needsMe } from '../pages/alert-order.ts';
import { useReader } from '../texts/language.tsx';

/** The name of the browser's tab, with the number of alerts that need the reader; the shell asks for them. */
export function usePageTitle(title: string): void {
  const { t } = useReader();
  const waiting = useQuery({ ...queries.alerts, enabled: false }).data?.filter(needsMe).length ?? 0;
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${title} – ${t.common.product}`;
  }, [title, waiting, t]);
}
