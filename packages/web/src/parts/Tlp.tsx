import { fill, type Tlp as TlpLevel, terms } from '@gongjo/contract';
import { useReader } from '../texts/language.tsx';

export function Tlp({ level }: { readonly level: TlpLevel }) {
  const { t, say } = useReader();
  const name = say(terms.tlp[level]);
  return (
    <span className={`tlp tlp-${level.replace('+strict', '')}`} title={fill(t.incident.marking, { tlp: name })}>
      {name}
    </span>
  );
}
