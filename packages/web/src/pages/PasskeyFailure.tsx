import { PasskeyRefused } from '../api/passkey.client.ts';
import { Failure } from '../parts/Failure.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useReader } from '../texts/language.tsx';

/** What went wrong with a passkey: at the browser, or at the desk. */
export function PasskeyFailure({ error }: { readonly error: unknown }) {
  const { t } = useReader();
  if (!(error instanceof PasskeyRefused)) return <Failure error={error} />;
  return (
    <div className="failure" role="alert">
      <Icon name="act" />
      <div>
        <strong>{t.people.passkey.refused}</strong>
        <p className="soft">{t.people.passkey.refusedHint}</p>
      </div>
    </div>
  );
}
