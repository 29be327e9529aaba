import { fill, type Person, peopleTerms } from '@gongjo/contract';
import { Tlp } from '../../parts/Tlp.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

export function PeopleTable({
  people,
  chosen,
  onChoose,
}: {
  readonly people: readonly Person[];
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
}) {
  const { t, say } = useReader();
  const text = t.people.administration;
  return (
    <div className="panel table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.roles}</th>
            <th scope="col">{text.clearance}</th>
            <th scope="col">{text.state}</th>
            <th scope="col" className="number">
              {text.passkeys}
            </th>
            <th scope="col" className="number">
              {text.sessions}
            </th>
            <th scope="col">{text.seen}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id} data-testid="person" data-name={person.name} data-state={person.state}>
              <td>
                <button
                  type="button"
                  className="text-button"
                  aria-expanded={person.id === chosen}
                  aria-label={fill(text.open, { name: person.name })}
                  onClick={() => onChoose(person.id === chosen ? null : person.id)}
                >
                  {person.name}
                </button>
              </td>
              <td>{person.roles.map((role) => say(peopleTerms.role[role])).join(', ')}</td>
              <td>
                <Tlp level={person.clearance} />
              </td>
              <td className={person.state === 'active' ? undefined : 'warn-text'}>
                {person.state === 'active' ? text.active : text.disabled}
              </td>
              <td className="number">{person.passkeys}</td>
              <td className="number">{person.sessions}</td>
              <td>{person.lastSeenAt === null ? t.common.none : <When at={person.lastSeenAt} own />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
