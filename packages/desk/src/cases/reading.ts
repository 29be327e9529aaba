import { asOwner, bySeen, type Reading, within, withinRank } from '../platform/index.ts';

const byIncident = { using: bySeen('incident', 'incidents') };
const byIncidentIfAny = { using: bySeen('incident', 'incidents', 'id', true) };
const byHold = { using: bySeen('hold', 'holds') };
const byCase = { using: bySeen('case_id', 'cases') };

/**
 * Incidents by their marking, and by what a person marked them here; everything about an incident with it. Cases by their
 * marking, restricted ones by membership besides; what is known of a case by its own marking besides. What an order to watch
 * saw, without an incident, every reader sees. `gongjo_hidden_cases`: what is restricted and the reader no member of;
 * `gongjo_hidden_requests`: what is asked in those; `gongjo_kept_from`: what stands for a part of one among the shared objects.
 * What a person here marked, sharing knows (`gongjo_marked_above`).
 */
export const casesReading: Reading = {
  functions: [
    asOwner(
      'gongjo_hidden_cases()',
      'setof text',
      `select c.id from cases c where c.restricted_at is not null
         and not exists (select 1 from case_members m where m.case_id = c.id and m.person = current_setting('gongjo.person', true))`,
    ),
    // Nearly always nothing is restricted, and then nothing more is looked at.
    asOwner(
      'gongjo_hidden_requests()',
      'setof text',
      `declare hidden text[] := array(select gongjo_hidden_cases());
       begin
         if hidden = '{}' then return; end if;
         return query select r.id from partner_requests r where r.draft ->> 'case' = any(hidden)
           union select e.request from request_events e where e.what -> 'content' ->> 'case' = any(hidden);
       end`,
      'plpgsql',
    ),
    asOwner(
      'gongjo_kept_from()',
      'setof text',
      `declare hidden text[] := array(select gongjo_hidden_cases());
       begin
         if hidden = '{}' then return; end if;
         return query select unnest(hidden) union select r.object from case_revisions r where r.case_id = any(hidden)
           union select e.object from request_events e where e.request in (select gongjo_hidden_requests());
       end`,
      'plpgsql',
    ),
  ],
  tables: {
    incidents: { using: `${withinRank('level')} and id not in (select gongjo_marked_above())` },
    incident_traces: byIncident,
    timeline: byIncident,
    incident_reports: byIncident,
    incidents_told: byIncident,
    notices: byIncident,
    escalations: byIncident,
    incident_matches: { using: `${bySeen('incident', 'incidents')} and ${bySeen('other', 'incidents')}` },
    custody: {
      using: `${bySeen('incident', 'incidents', 'id', true)} and ${bySeen('case_id', 'cases', 'id', true)}
        and (asker is null or (asker, hold) in (select desk, id from holds_asked))`,
    },
    entity_cuts: 'open',
    trace_views: 'open',
    reporters: 'closed',
    reporter_calls: 'closed',

    alerts: byIncidentIfAny,
    alert_groups: byIncidentIfAny,
    alert_acts: { using: bySeen('group_id', 'alert_groups') },
    watched_addresses: {
      using: `(source = 'address' and (select gongjo_clearance()) is not null or ${bySeen('incident', 'incidents')})`,
    },
    watched_subjects: 'closed',

    holds: byIncident,
    hold_happenings: byHold,
    hold_documents: byHold,
    hold_received: byHold,
    hold_messages: byHold,
    hold_warnings: byHold,
    hold_joins: {
      using: `${bySeen('hold', 'holds')} and (desk = '' and ${bySeen('other', 'holds')} or (desk, other) in (select desk, id from partner_holds))`,
    },
    hold_numbers: 'closed',
    holds_asked: { using: within('tlp') },
    holds_asked_documents: { using: '(desk, hold) in (select desk, id from holds_asked)' },
    hold_words: {
      using: `${within('tlp')} and (${bySeen('hold', 'holds')} or (asker, hold) in (select desk, id from holds_asked))`,
    },
    hold_parcels: 'open',

    cases: {
      using: `${within('tlp')} and id not in (select gongjo_hidden_cases()) and id not in (select gongjo_marked_above())`,
    },
    case_members: byCase,
    case_desks: byCase,
    case_revisions: { using: `${within('tlp')} and ${bySeen('case_id', 'cases')}` },
    case_documents: {
      using: `sha256 in (select r.body ->> 'sha256' from case_revisions r where r.body ->> 'kind' = 'document')`,
    },
    partner_requests: { using: `${within('tlp')} and id not in (select gongjo_hidden_requests())` },
    request_events: { using: `${within('tlp')} and ${bySeen('request', 'partner_requests')}` },
  },
};
