import { fill, type IncidentKind, incidentKinds, type Tlp, terms, tlpLevels } from '@gongjo/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { cases } from '../../api/case.client.ts';
import { deskNow } from '../../api/desk-time.ts';
import { queries } from '../../api/queries.ts';
import { instantOf } from '../../format/local-time.ts';
import { zoneName } from '../../format/time.ts';
import { useDeskClock } from '../../parts/clock.tsx';
import { DrillBanner } from '../../parts/Drill.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { assetsOn } from './assets.ts';
import { Known } from './Known.tsx';
import { MovedFields } from './MovedFields.tsx';
import { OtherClock } from './OtherClock.tsx';
import { type ReportErrors, readReport } from './read-report.ts';
import { emptyMoved, emptyReport, type MovedForm, type ReportForm } from './report-form.ts';
import './report.css';

/** What the desk takes at most: more chains are not one incident. */
const partsMax = 16;

/** The report of an incident by a person. */
export function ReportPage() {
  const { t, say, count } = useReader();
  usePageTitle(t.report.title);
  const { zones, now } = useDeskClock();
  const zone = zones[0] ?? 'UTC';
  const chains = useQuery(queries.status).data?.chains ?? [];
  const incidents = useQuery(queries.incidents).data ?? [];
  const client = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(emptyReport);
  const [errors, setErrors] = useState<ReportErrors>({});
  const form = useRef<HTMLFormElement>(null);
  const first = chains[0]?.chain ?? '';
  const values: ReportForm = {
    ...typed,
    moved: typed.moved.map((part) => (part.chain === '' ? { ...part, chain: first } : part)),
  };
  const report = useMutation({
    mutationFn: cases.report,
    onSuccess: async (taken) => {
      for (const key of ['incidents', 'notices', 'measures']) void client.invalidateQueries({ queryKey: [key] });
      if (taken === null) return setTyped(emptyReport);
      const { id, outcome } = taken;
      await navigate({ to: '/incidents/$id', params: { id }, search: { taken: outcome } });
    },
  });
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const assets = values.moved.flatMap(({ chain }) => assetsOn(chain, incidents));
    const read = readReport(values, { now: deskNow(), timeZone: zone, assets });
    setErrors('errors' in read ? read.errors : {});
    if ('incident' in read) report.mutate(read.incident);
  };
  const text = t.report;
  const error = (field: string): string | null => {
    const found = errors[field];
    return found === undefined ? null : fill(text.errors[found.code], found.values ?? {});
  };
  const change = (part: Partial<ReportForm>) => setTyped({ ...values, ...part });
  const field = (name: Exclude<keyof ReportForm, 'moved' | 'drill'>) => ({
    value: values[name],
    error: error(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      change({ [name]: event.currentTarget.value }),
  });
  const setMoved = (key: number, next: MovedForm | null) =>
    change({ moved: values.moved.flatMap((part) => (part.key === key ? (next ?? []) : part)) });
  const nextKey = 1 + Math.max(...values.moved.map(({ key }) => key));
  const unused = chains.find(({ chain }) => !values.moved.some((part) => part.chain === chain));
  const wrong = Object.keys(errors).length;
  return (
    <>
      {values.drill ? <DrillBanner /> : null}
      <form ref={form} className="stack report" noValidate onSubmit={submit} aria-label={text.title}>
        <PageHead title={text.title} intro={text.intro} />
        <Section title={text.what}>
          <div className="panel fields">
            <TextInput label={text.titleEn} lang="en" {...field('titleEn')} />
            <TextInput label={text.titleKo} lang="ko" {...field('titleKo')} />
            <p className="wide small soft field-note">{text.titleHint}</p>
            <NativeSelect
              label={text.kind}
              data={incidentKinds.map((kind: IncidentKind) => ({ value: kind, label: say(terms.incidentKind[kind]) }))}
              {...field('kind')}
            />
            <NativeSelect
              label={text.tlp}
              data={tlpLevels.map((level: Tlp) => ({ value: level, label: say(terms.tlp[level]) }))}
              {...field('tlp')}
            />
            <TextInput label={text.victim} description={text.victimHint} {...field('victim')} />
            <TextInput label={text.countries} description={text.countriesHint} {...field('countries')} />
            <label className="wide drill-choice">
              <input
                type="checkbox"
                checked={values.drill}
                onChange={(event) => change({ drill: event.currentTarget.checked })}
              />
              <span>
                <strong>{text.drill}</strong> <span className="soft small">{text.drillHint}</span>
              </span>
            </label>
          </div>
        </Section>
        {values.moved.map((part, at) => (
          <Section
            key={part.key}
            title={
              values.moved.length === 1
                ? text.moved
                : fill(text.movedOn, { chain: chains.find(({ chain }) => chain === part.chain)?.name ?? part.chain })
            }
            aside={
              at === 0 ? null : (
                <Button size="compact-sm" variant="default" onClick={() => setMoved(part.key, null)}>
                  {text.removeChain}
                </Button>
              )
            }
          >
            <MovedFields
              moved={part}
              chains={chains}
              assets={assetsOn(part.chain, incidents)}
              error={(name) => error(`moved.${part.key}.${name}`)}
              onChange={(next) => setMoved(part.key, next)}
            />
          </Section>
        ))}
        <Known form={values} incidents={incidents} />
        {unused === undefined || values.moved.length > partsMax ? null : (
          <div>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => change({ moved: [...values.moved, emptyMoved(nextKey, unused.chain)] })}
            >
              {text.addChain}
            </Button>
            <p className="small soft below">{text.movedHint}</p>
          </div>
        )}
        <Section
          title={text.when}
          aside={<span className="small soft">{fill(text.whenHint, { zone: zoneName(now, zone) })}</span>}
        >
          <div className="panel fields">
            {(['occurredAt', 'detectedAt'] as const).map((name) => (
              <div key={name}>
                <TextInput
                  type="datetime-local"
                  label={text[name]}
                  description={name === 'occurredAt' ? text.occurredHint : text.detectedHint}
                  {...field(name)}
                />
                <OtherClock at={instantOf(values[name], zone)} />
              </div>
            ))}
          </div>
        </Section>
        <Section title={text.who} aside={<span className="small soft">{text.whoHint}</span>}>
          <div className="panel fields">
            <TextInput label={text.reporterName} {...field('reporterName')} />
            <TextInput label={text.reporterOrganisation} {...field('reporterOrganisation')} />
            <TextInput className="wide" label={text.reporterContact} {...field('reporterContact')} />
          </div>
        </Section>
        {report.error === null ? null : <Failure error={report.error} />}
        {report.data === null ? (
          <div className="done" role="status" data-testid="taken" data-outcome="hidden">
            <Icon name="check" />
            <span>{text.taken.hidden}</span>
          </div>
        ) : null}
        {wrong === 0 ? null : (
          <p className="bad-text" role="alert">
            {count(text.wrong, wrong)}
          </p>
        )}
        <div className="row">
          <Button type="submit" loading={report.isPending}>
            {text.submit}
          </Button>
          <Link to="/">{text.cancel}</Link>
        </div>
      </form>
    </>
  );
}
