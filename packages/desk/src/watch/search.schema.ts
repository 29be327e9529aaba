/** The ends of an address that a reader compares: what `endsOf` of the ledger says, as SQL. */
export const endsSql = `lower(substr(address, case when address like '0x%' then 3 when address ~ '^(bc|tb)1' then 5
       when address like 'ltc1%' then 6 when address like 'bcrt1%' then 7 else 1 end, 4) || right(address, 4))`;

/** What finds who watches an address, its look-alikes, and the alerts about it. */
export const searchIndexes = `
     create index watched_addresses_address on watched_addresses (address);
     create index watched_addresses_ends on watched_addresses ((${endsSql}));
     create index alerts_from on alerts ((body ->> 'from')) where body ->> 'from' is not null;
     create index alerts_to on alerts ((body ->> 'to')) where body ->> 'to' is not null;
     create index alerts_txid on alerts ((body ->> 'txid'))`;
