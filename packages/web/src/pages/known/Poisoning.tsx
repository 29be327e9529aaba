import type { Alike } from '@gongjo/contract';
import { Icon } from '../../parts/Icon.tsx';
import { ThingLink } from '../../parts/ThingLink.tsx';
import { useReader } from '../../texts/language.tsx';
import { differing } from './differing.ts';

/** Known addresses that a reader can take for this one, letter by letter. */
export function Poisoning({ address, alike }: { readonly address: string; readonly alike: readonly Alike[] }) {
  const { t } = useReader();
  if (alike.length === 0) return null;
  return (
    <div className="poisoning" role="alert" data-testid="poisoned">
      <Icon name="act" />
      <div>
        <strong>{t.known.poisoning}</strong>
        <p className="soft">{t.known.compare}</p>
        <Compared address={address} other={alike[0]?.address ?? address} />
        {alike.map((it) => (
          <ThingLink key={it.address} as="address" value={it.address} chain={it.chain}>
            <Compared address={it.address} other={address} />
          </ThingLink>
        ))}
      </div>
    </div>
  );
}

function Compared({ address, other }: { readonly address: string; readonly other: string }) {
  return (
    <code className="address">
      <span className="mono">
        {differing(address, other).map(({ text, differs }, index) => {
          const key = `${index} ${text}`;
          return differs ? <mark key={key}>{text}</mark> : <span key={key}>{text}</span>;
        })}
      </span>
    </code>
  );
}
