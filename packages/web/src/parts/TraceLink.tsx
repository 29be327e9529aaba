import { useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useReader } from '../texts/language.tsx';
import { Icon } from './Icon.tsx';

/** To a trace that begins at an address or a transaction. */
export function TraceLink({ chain, start }: { readonly chain: string; readonly start: string }) {
  const { t } = useReader();
  const { history } = useRouter();
  const href = `/trace?${new URLSearchParams({ chain, start })}`;
  const go = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.push(href);
  };
  return (
    <a className="button-link" href={href} onClick={go}>
      <Icon name="arrow" size={14} />
      {t.known.trace}
    </a>
  );
}
