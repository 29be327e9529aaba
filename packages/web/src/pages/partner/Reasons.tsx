import type { Reason } from '@gongjo/contract';
import { useReader } from '../../texts/language.tsx';

/** The policies that decided, in the reader's language. */
export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  const { t, say } = useReader();
  if (reasons.length === 0) return <span className="soft">{t.common.none}</span>;
  return (
    <ul className="reasons">
      {reasons.map(({ policy, text }) => (
        <li key={policy} title={`${t.partner.column.policy}: ${policy}`}>
          {say(text)}
        </li>
      ))}
    </ul>
  );
}
