import { alertRules, terms } from '@gongjo/contract';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

/** Every standing rule: what it says, where it comes from, and when it is wrong. */
export function Rules() {
  const { t, say } = useReader();
  const text = t.watches;
  return (
    <Section title={text.rules} aside={<span className="small soft">{text.rulesHint}</span>}>
      <div className="panel table-scroll">
        <table className="table rules">
          <thead>
            <tr>
              <th scope="col">{text.rule}</th>
              <th scope="col">{text.says}</th>
              <th scope="col">{text.source}</th>
              <th scope="col">{text.wrong}</th>
            </tr>
          </thead>
          <tbody>
            {alertRules.map((rule) => (
              <tr key={rule} data-testid="rule" data-rule={rule}>
                <td>
                  <strong>{say(terms.alert[rule])}</strong>
                </td>
                <td>{say(terms.alertRule[rule])}</td>
                <td className="soft">{say(terms.alertSource[rule])}</td>
                <td>{say(terms.falseAlarm[rule])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
