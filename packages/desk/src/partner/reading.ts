import { asOwner, bySeen, type Reading } from '../platform/index.ts';

/**
 * Who the partners are and how they are doing, but no secret of the desk's or of a comparison's; what is compared by the
 * incident or case it is for. `gongjo_hidden_references`: those that the reader does not see.
 */
export const partnerReading: Reading = {
  functions: [
    asOwner(
      'gongjo_hidden_references()',
      'setof text',
      `select gongjo_hidden_incidents() union all select gongjo_hidden_cases()
       union all select c.id from cases c where gongjo_rank(c.tlp) > coalesce(gongjo_clearance(), -1)`,
    ),
  ],
  tables: {
    partners: 'open',
    partner_keys: 'open',
    partner_usage: 'open',
    own_keys: 'closed',
    pairings: 'closed',
    taxii_accounts: 'closed',
    taxii_statuses: 'closed',
    taxii_collections: 'open',
    taxii_rights: 'open',
    taxii_feeds: 'open',
    overlap_terms: 'open',
    overlap_epochs: 'open',
    overlap_published: 'open',
    overlap_commitments: 'open',
    overlap_usage: 'open',
    overlap_sessions: { using: '(select gongjo_clearance()) is not null', hidden: ['kept', 'reply', 'came'] },
    overlap_values: 'closed',
    overlap_known: 'closed',
    overlap_entries: {
      using: `(select gongjo_clearance()) is not null and (reference is null or reference not in (select gongjo_hidden_references()))`,
    },
    overlap_matches: { using: bySeen('entry', 'overlap_entries') },
  },
};
