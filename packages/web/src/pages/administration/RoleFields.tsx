import { peopleTerms, type Role, roles, type Tlp, terms, tlpLevels } from '@gongjo/contract';
import { Checkbox, NativeSelect } from '@mantine/core';
import { useReader } from '../../texts/language.tsx';

export interface RolesChosen {
  readonly roles: readonly Role[];
  readonly clearance: Tlp;
}

/** What a person may do and see: roles, each with what it is for, and the clearance. */
export function RoleFields({
  value,
  onChange,
  disabled = false,
}: {
  readonly value: RolesChosen;
  readonly onChange: (value: RolesChosen) => void;
  readonly disabled?: boolean;
}) {
  const { t, say } = useReader();
  const text = t.people.administration;
  return (
    <>
      <fieldset className="wide rights" disabled={disabled}>
        <legend>{text.roles}</legend>
        {roles.map((role) => (
          <Checkbox
            key={role}
            label={say(peopleTerms.role[role])}
            description={text.roleIs[role]}
            checked={value.roles.includes(role)}
            onChange={({ currentTarget: { checked } }) =>
              onChange({
                ...value,
                roles: roles.filter((it) => (it === role ? checked : value.roles.includes(it))),
              })
            }
          />
        ))}
      </fieldset>
      <NativeSelect
        label={text.clearance}
        description={text.clearanceHint}
        data={tlpLevels.map((level) => ({ value: level, label: say(terms.tlp[level]) }))}
        value={value.clearance}
        disabled={disabled}
        onChange={({ currentTarget }) => onChange({ ...value, clearance: currentTarget.value as Tlp })}
      />
    </>
  );
}
