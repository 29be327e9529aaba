import { type Alert, type HoldRevision, inputFault, type NewHold } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError } from '../../kernel/index.ts';
import { addressOn } from '../../ledger/index.ts';
import type { Db } from '../../platform/index.ts';
import { findAlert } from '../../watch/index.ts';
import { findIncident, readTrace } from '../incident.store.ts';
import type { HoldContext } from './context.ts';
import { fillHold, placeOf } from './fill.ts';
import { addHold, digestOf, findHold, keepHold, type StoredHold } from './hold.store.ts';
import { stopNeedless } from './message.store.ts';
import { joinParallel } from './parallel.store.ts';
import { afterHappening, momentOf } from './progress.ts';
import { termsOf } from './terms.ts';

/**
 * Drafts a request from an alert, or from where value of an incident stands. Throws `not-found`, `hold-value-unknown` and
 * `hold-addressee-unknown`.
 */
export async function draftHold(context: HoldContext, asked: NewHold, by: string): Promise<string> {
  const { records, ledger, clock, random, directory, desk, settings } = context;
  const incident = await findIncident(records, asked.incident);
  if (!incident) throw new GongjoError('not-found');
  const alert = asked.alert === undefined ? null : await alertOf(records, asked.alert, incident.id);
  const where = asked.address ?? (alert ? placeOf(alert) : null);
  const address = where === null ? null : addressOn(incident.chain, where);
  if (!address) throw new GongjoError('hold-value-unknown', { where: where ?? asked.alert ?? '–' });
  const trace = await readTrace(records, incident.id);
  const tags = (await ledger.tags(incident.chain, [address])).get(address) ?? [];
  const known = { incident, trace, alert, address, tags };
  const { addressee, facts } = fillHold(known, directory, desk, asked, settings);
  const hopBefore = asked.hopBefore === undefined ? facts.hopBefore : hopOf(incident.chain, asked.hopBefore);
  const id = `hold--${random.uuid()}`;
  await records.transaction(async (tx) => {
    await addHold(tx, clock, {
      ...{ id, incident: incident.id, alert: alert?.id ?? null, drill: incident.drill === true, addressee },
      facts: { ...facts, hopBefore },
      approvalsNeeded: settings.approvals,
      draftedBy: by,
    });
    const joined = await joinParallel(tx, clock, directory, await findHold(tx, id));
    await recordAudit(tx, clock, {
      actor: by,
      action: 'hold.drafted',
      subject: id,
      details: { incident: incident.id, addressee: addressee.id, alert: alert?.id ?? null, joined },
    });
  });
  return id;
}

/** Changes what a draft says; what was approved is then to be approved again. */
export async function reviseHold(context: HoldContext, id: string, asked: HoldRevision, by: string): Promise<void> {
  const { records, clock } = context;
  await records.transaction(async (tx) => {
    const hold = await findHold(tx, id, true);
    const facts = factsAfter(hold, asked);
    const at = momentOf(hold.progress, clock.now());
    const addressee = { ...hold.addressee, ...entityOf(context, hold, asked.entity) };
    const happened = { kind: 'revise' as const, at, by };
    const progress = afterHappening(hold.progress, termsOf(hold), happened);
    const changed = { ...hold, facts, addressee, progress };
    await keepHold(tx, clock, changed, happened);
    const stopped = await stopNeedless(tx, clock, changed);
    await context.exchange?.stop(tx, stopped);
    await recordAudit(tx, clock, {
      actor: by,
      action: 'hold.revised',
      subject: id,
      details: { changed: Object.keys(asked), digest: digestOf(changed) },
    });
  });
}

function factsAfter({ facts }: StoredHold, { hopBefore, entity: _, ...words }: HoldRevision): StoredHold['facts'] {
  const said = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  return { ...facts, ...said, ...(hopBefore !== undefined && { hopBefore: hopOf(facts.chain, hopBefore) }) };
}

function hopOf(chain: StoredHold['facts']['chain'], text: string | null) {
  const address = text === null ? null : addressOn(chain, text);
  if (text !== null && address === null)
    throw new GongjoError('input-invalid', { detail: inputFault('hopBefore', 'address', { chain }) });
  return address;
}

function entityOf({ directory }: HoldContext, { addressee }: StoredHold, entity: string | undefined) {
  if (entity === undefined) return {};
  const entry = directory.book[addressee.list].get(addressee.id);
  const found = entry?.entities.find(({ name }) => name.en === entity);
  if (!found)
    throw new GongjoError('input-invalid', { detail: inputFault('entity', 'entity', { name: addressee.name }) });
  return { entity: found.name, ...(found.country && { country: found.country }) };
}

async function alertOf(db: Db, id: string, incident: string): Promise<Alert> {
  const alert = await findAlert(db, id);
  if (!alert || alert.incident?.id !== incident || alert.withdrawnAt !== null) throw new GongjoError('not-found');
  return alert;
}
