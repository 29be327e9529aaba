import {
  type Instant,
  interviewRoles,
  presences,
  type RequestAnswer,
  type RequestFields,
  type RequestKind,
} from '@gongjo/contract';

/** What a person has typed into the form of a request: every field of every kind, as text. */
export const emptyFields = {
  ...{ question: '', subjects: '', holder: '', accounts: '', data: '', days: '90', person: '', topics: '' },
  ...{ role: '', presence: '', confidential: '' },
  ...{ treaty: '', authorityFrom: '', authorityTo: '', offences: '', facts: '', measures: '' },
};
export type TypedFields = Readonly<typeof emptyFields>;
export type FieldName = keyof TypedFields;

/** Which fields each kind asks for, and which of them are lists, one a line. */
export const fieldsOfKind: Readonly<Record<RequestKind, readonly FieldName[]>> = {
  rfi: ['question', 'subjects'],
  preservation: ['holder', 'accounts', 'data', 'days'],
  sighting: ['subjects'],
  interview: ['person', 'role', 'topics', 'presence'],
  mla: ['treaty', 'authorityFrom', 'authorityTo', 'offences', 'facts', 'measures', 'confidential'],
};
export const isList = (name: FieldName): boolean =>
  ['subjects', 'accounts', 'data', 'topics', 'offences', 'measures'].includes(name);

/** Of what is chosen and not typed: the choices. Nothing is chosen for a person. */
export const choicesOf = {
  role: interviewRoles,
  presence: presences,
  confidential: ['yes', 'no'],
} as const satisfies Partial<Record<FieldName, readonly string[]>>;
export const isChoice = (name: FieldName): name is keyof typeof choicesOf => Object.hasOwn(choicesOf, name);

/** As much as the desk takes of each. */
export const charsMaxOf = (name: FieldName): number =>
  isList(name) || name === 'question' || name === 'facts' ? 20_000 : 500;

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The fields of a kind; null: something is missing. */
export function readFields(kind: RequestKind, typed: TypedFields): RequestFields | null {
  const said = (name: FieldName) => typed[name].trim();
  const optional = new Set<FieldName>(kind === 'rfi' ? ['subjects'] : []);
  if (fieldsOfKind[kind].some((name) => said(name) === '' && !optional.has(name))) return null;
  const list = (name: FieldName) => lines(typed[name]);
  switch (kind) {
    case 'rfi':
      return {
        kind,
        question: said('question'),
        ...(list('subjects').length === 0 ? {} : { subjects: list('subjects') }),
      };
    case 'preservation': {
      const days = Number(said('days'));
      if (!Number.isInteger(days) || days < 1 || days > 365) return null;
      return { kind, holder: said('holder'), accounts: list('accounts'), data: list('data'), days };
    }
    case 'sighting':
      return { kind, subjects: list('subjects') };
    case 'interview': {
      const role = interviewRoles.find((it) => it === said('role'));
      const presence = presences.find((it) => it === said('presence'));
      if (role === undefined || presence === undefined) return null;
      return { kind, person: said('person'), role, topics: list('topics'), presence };
    }
    case 'mla':
      return {
        ...{ kind, treaty: said('treaty'), authorityFrom: said('authorityFrom'), authorityTo: said('authorityTo') },
        ...{ offences: list('offences'), facts: said('facts'), measures: list('measures') },
        confidential: said('confidential') === 'yes',
      };
  }
}

/**
 * The answer in words to what was asked; of a sighting check `seen` names the subjects that are known here, of a preservation `until` is
 * how long the data is kept. Null: something is missing.
 */
export function readAnswer(
  fields: RequestFields,
  text: string,
  seen: ReadonlySet<string>,
  until: Instant | null,
): RequestAnswer | null {
  const said = text.trim();
  const words = said === '' ? {} : { text: said };
  switch (fields.kind) {
    case 'rfi':
    case 'mla':
      return said === '' ? null : { kind: fields.kind, text: said };
    case 'sighting':
      return {
        kind: 'sighting',
        ...words,
        seen: fields.subjects.map((subject) => ({ subject, seen: seen.has(subject) })),
      };
    case 'preservation':
      if (until === null) return null;
      return { kind: 'preservation', ...words, preserved: fields.accounts.map((account) => ({ account, until })) };
    case 'interview':
      return said === '' ? null : { kind: 'interview', statement: said };
  }
}
