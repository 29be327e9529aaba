import { fill, type SourceCertainty, terms } from '@gongjo/contract';
import { useReader } from '../../texts/language.tsx';

/** Whence a statement is known, how sure that is, and when somebody last looked. */
export function Backed({
  by: { source, certainty, asOf },
}: {
  readonly by: { readonly source: string; readonly certainty: SourceCertainty; readonly asOf: string };
}) {
  const { t, say } = useReader();
  return (
    <span className="backed small soft">
      {say(terms.sourceCertainty[certainty])}, {fill(t.directory.asOf, { date: asOf })} <q>{source}</q>
    </span>
  );
}
