/** What finds the incidents that an address or a transaction has to do with. */
export const searchIndexes = `
     create index timeline_address on timeline ((body ->> 'address')) where body ->> 'address' is not null;
     create index timeline_txid on timeline ((body ->> 'txid')) where body ->> 'txid' is not null;
     create index incident_reports_by_reference on incident_reports (lower(reference)) where reference is not null`;
