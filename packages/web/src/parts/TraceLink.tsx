import { Link } from '@tanstack/react-router';
import { useReader } from '../texts/language.tsx';
import { Icon } from './Icon.tsx';

/** To a trace that begins at an address or a transaction; nothing is asked for before it is followed. */
export function TraceLink({ chain, start }: { readonly chain: string; readonly start: string }) {
  const { t } = useReader();
  return (
    <Link className="button-link" to="/trace" search={{ chain, start }} preload={false}>
      <Icon name="arrow" size={14} />
      {t.known.trace}
    </Link>
  );
}
