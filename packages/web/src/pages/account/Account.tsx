import { fill, peopleTerms, terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { useReader } from '../../texts/language.tsx';
import { Passkeys } from './Passkeys.tsx';
import { Sessions } from './Sessions.tsx';
import { Tokens } from './Tokens.tsx';
import './account.css';

/** Who the reader is here, and how they come in. */
export function AccountPage() {
  const { t, say } = useReader();
  const text = t.people.account;
  usePageTitle(text.title);
  const me = useQuery(queries.me).data;
  return (
    <div className="stack">
      <PageHead
        title={text.title}
        intro={
          me === undefined
            ? text.intro
            : fill(text.whoIs, {
                name: me.name,
                roles: me.roles.map((role) => say(peopleTerms.role[role])).join(', '),
                clearance: say(terms.tlp[me.clearance]),
              })
        }
      />
      <Passkeys />
      <Sessions />
      <Tokens />
    </div>
  );
}
