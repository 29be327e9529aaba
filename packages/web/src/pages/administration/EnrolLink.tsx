import { fill, type PersonLink } from '@gongjo/contract';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** A link to hand to somebody; it is shown now and never again. */
export function EnrolLink({ link: { person, enrolUrl, expiresAt } }: { readonly link: PersonLink }) {
  const { t } = useReader();
  const timeLine = useTimeLine();
  const text = t.people.administration;
  return (
    <div className="wide secret" role="status" data-testid="enrol-link">
      <p>{fill(text.link, { name: person.name, time: timeLine(expiresAt) })}</p>
      <p>
        <code className="mono">{enrolUrl}</code> <CopyButton text={enrolUrl} what={text.linkWord} />
      </p>
    </div>
  );
}
