/**
 * A realistic body for every route that takes one. A test holds each against the schema of its route; nothing of it is real.
 */
const chain = 'eip155:1';
const usdt = 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7';
const txid = '0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060';
const thief = '0x8ba1f109551bd432803012645ac136ddd64dba72';
const deposit = '0x28c6c06298d514db089934071355e5743bf21d60';
const incident = 'incident--0b1f6d0e-5a52-4a60-9d0f-3f6f1d1f6b7a';
const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const title = { en: 'Hot wallet of Alpha Exchange emptied', ko: '알파 거래소 핫월렛 탈취' };
const legalBasis = 'Convention on Cybercrime, article 26';
const base64 = 'SGVsZCB1bnRpbCBmdXJ0aGVyIG5vdGljZS4=';
const question = { chain, leads: [{ txid }], method: 'fifo' };
const browser = {
  id: 'q83v',
  rawId: 'q83v',
  type: 'public-key',
  response: { clientDataJSON: 'eyJ0eXBlIjoid2ViYXV0aG4ifQ' },
};
const token = 'tq3Yb0Jx8n2mWc5vRk7LzA';
const newToken = { name: 'nightly export', rights: ['object:read', 'object:export'], days: 90 };

export const examples: Readonly<Record<string, unknown>> = {
  'POST /api/session': { token },
  'POST /api/sign-in-links': { name: 'Kim Minseo', roles: ['analyst'], clearance: 'amber' },
  'POST /api/passkeys/sign-in': { response: browser },
  'POST /api/passkeys/enrolment/options': { token },
  'POST /api/passkeys/enrolment': { token, response: browser, name: 'office key' },
  'POST /api/account/passkeys': { response: browser, name: 'key at home' },
  'POST /api/account/tokens': newToken,
  'POST /api/people': { name: 'Kim Minseo', roles: ['analyst', 'case-officer'], clearance: 'amber', subject: null },
  'PATCH /api/people/:person': { roles: ['analyst', 'liaison'], clearance: 'amber+strict' },
  'POST /api/people/:person/tokens': newToken,

  'POST /api/incidents': {
    ...{ kind: 'theft', title, chain, txids: [txid], tlp: 'amber', victim: 'Alpha Exchange' },
    addresses: [{ address: thief, role: 'destination' }],
    amounts: [{ asset: usdt, units: '2500000000000' }],
    occurredAt: '2026-01-01T02:03:04.000Z',
    reporter: { name: 'Lee Jiwoo', organisation: 'Alpha Exchange', contact: '+82 2 555 0100' },
    countries: ['KR', 'US'],
  },
  'POST /api/incidents/:id/matches': { other: incident, decision: 'join' },
  'POST /api/reports': {
    ...{ reference: 'ALPHA-2026-0001', kind: 'theft', title: { en: title.en } },
    moved: [
      {
        ...{ chain, txids: [txid], addresses: [{ address: thief, role: 'destination' }] },
        amounts: [{ asset: usdt, units: '2500000000000' }],
      },
    ],
  },
  'POST /api/reporters': { name: 'alpha-exchange', organisation: 'Alpha Exchange', country: 'KR', reportsPerHour: 60 },
  'POST /api/drills': { seed: 7, addresses: 1200, pace: 60, inSeconds: 300 },
  'POST /api/drills/joined': { code: 'seoul-7-1200-60' },
  'POST /api/drills/recordings': {
    chain,
    txids: [txid],
    from: 19_000_000,
    to: 19_000_100,
    folder: '/srv/recordings/alpha',
  },

  'POST /api/cases': {
    title,
    summary: 'Both agencies follow what left Alpha Exchange.',
    tlp: 'amber',
    incidents: [incident],
  },
  'POST /api/cases/:id/facts': {
    ...{ flag: 'intelligence', source: 'own analysis', tlp: 'amber' },
    body: { kind: 'finding', title: 'Two deposits at one exchange', text: 'Both follow the theft.', about: [deposit] },
  },
  'POST /api/cases/:id/facts/:fact': {
    based: ['seoul:12'],
    body: { kind: 'note', text: 'Called back; see the new deposit.' },
  },
  'POST /api/cases/:id/facts/:fact/evidence': { based: ['seoul:12'], legalBasis },
  'POST /api/cases/:id/offers': { to: 'virginia', legalBasis },
  'POST /api/cases/:id/answer': { standing: 'joined' },
  'POST /api/cases/:id/members': { act: 'admit', person: 'Kim Minseo' },
  'POST /api/cases/:id/documents': { name: 'statement.txt', mediaType: 'text/plain', base64, flag: 'intelligence' },
  'POST /api/requests': {
    to: 'virginia',
    content: {
      ...{ title: 'Data of one account', incident, purpose: 'Theft at Alpha Exchange', urgent: true },
      deadline: '2026-01-15T00:00:00.000Z',
      legalBasis: 'Convention on Cybercrime, article 29',
      fields: {
        ...{ kind: 'preservation', holder: 'Beta Exchange', accounts: ['user 4711'] },
        ...{ data: ['sign-ins', 'withdrawals'], days: 90 },
      },
    },
    tlp: 'amber',
  },
  'POST /api/requests/:id/events': { what: { event: 'acknowledge', expected: '2026-01-05T00:00:00.000Z' } },
  'POST /api/evidence': { incident, method: 'fifo', reason: 'For the prosecutor.' },

  'POST /api/holds': {
    ...{ incident, address: deposit, addressee: 'alpha-exchange', scope: 'claim', days: 30, caseNumber: '2026-0001' },
    legalBasis: { en: legalBasis, ko: '사이버범죄협약 제26조' },
  },
  'POST /api/holds/:id/revise': { days: 60, disclosure: false },
  'POST /api/holds/:id/approve': { digest: sha256 },
  'POST /api/holds/:id/send': { way: 'print', to: 'Compliance, by hand', at: '2026-01-01T03:00:00.000Z' },
  'POST /api/holds/:id/answer': {
    ...{ event: 'hold', reference: 'B-2026-17', until: '2026-02-01T00:00:00.000Z' },
    amounts: [{ asset: usdt, units: '1250000000000' }],
  },
  'POST /api/holds/:id/received': { kind: 'reply', name: 'reply.txt', mediaType: 'text/plain', base64 },
  'POST /api/asked-holds/:desk/:id/answer': { event: 'acknowledge', reference: 'B-2026-17' },
  'POST /api/asked-holds/:desk/:id/files': { kind: 'reply', name: 'reply.txt', mediaType: 'text/plain', base64 },

  'POST /api/alert-groups/:id/assign': { to: 'Kim Minseo' },
  'POST /api/alert-groups/:id/silence': { reason: 'Known to the exchange.', until: '2026-01-08T00:00:00.000Z' },
  'POST /api/watches': {
    kind: 'address',
    chain,
    address: thief,
    name: 'first receiver',
    reason: 'Received what was stolen.',
  },
  'POST /api/watches/:id/addresses': { addresses: [thief, deposit] },

  'POST /api/ledger/ingest': { rpc: 'http://127.0.0.1:8545', from: 19_000_000, follow: true },
  'POST /api/ledger/ingest/bitcoin': { blocks: '/srv/bitcoin/blocks', network: 'main' },
  'POST /api/trace': { ...question, direction: 'forward', bounds: { hopsMax: 1000 } },
  'POST /api/path': { chain, from: thief, to: deposit },
  'POST /api/views': {
    ...{ name: 'Alpha, by FIFO', query: question, compareWith: ['haircut'] },
    state: { collapsed: [], hidden: [], pinned: [], notes: [], fees: false },
  },
  'POST /api/pictures/pdf': {
    ...{ title: 'Trace', width: 400, height: 200 },
    marks: [{ d: 'M 0 0 L 400 200', stroke: '#1f2937', width: 1 }],
  },
  'POST /api/ledger/:chain/cuts/:txid': { reason: 'A payout of a service: it joins strangers.' },
  'DELETE /api/ledger/:chain/cuts/:txid': { reason: 'The service was named wrongly.' },
  'POST /api/tags/imports': { kind: 'csv', source: 'own-list', files: [{ name: 'own.csv', text: 'address,label\n' }] },
  'POST /api/search': { text: `Received at ${thief}, then sent to ${deposit}.` },

  'POST /api/objects/:id/marks': { tlp: 'amber', reason: 'Its source asked for it by phone.' },
  'POST /api/stix/imports': { source: 'partner-mail', tlp: 'amber', objects: [{ type: 'bundle', objects: [] }] },
  'POST /api/releases': { what: incident, to: 'virginia', purpose: 'investigation', legalBasis },
  'POST /api/recalls': { what: incident, reason: { en: 'The report was wrong.', ko: '신고가 잘못되었습니다.' } },
  'POST /api/approvals/:id/approve': { reason: 'Agreed with the prosecutor.' },
  'POST /api/approvals/:id/refuse': { reason: 'Not before the search.' },

  'POST /api/partners': {
    ...{
      card: { desk: 'virginia', url: 'https://desk.example.net' },
      fingerprint: 'abandon ability able about above absent',
    },
    agreement: 'KR-US 2026',
  },
  'PATCH /api/partners/:desk': { agreement: 'KR-US 2026', quotas: { requestsPerHour: 3600 } },
  'POST /api/partners/:desk/key-revocation': { kid: 'key-1', reason: 'Told by phone: the disk was lost.' },
  'POST /api/pairings': { name: 'Virginia', agreement: 'KR-US 2026', expiresInMs: 3_600_000 },
  'POST /api/pairings/accepted': { invitation: 'gjp1.eyJkZXNrIjoic2VvdWwifQ', agreement: 'KR-US 2026' },
  'POST /api/pairings/:desk/confirmation': { words: 'abandon ability able about above absent' },
  'POST /api/keys/revocation': { kid: null, reason: 'The disk was lost.' },
  'POST /api/overlap/asks': {
    ...{ items: [{ kind: 'address', text: thief, within: chain }], purpose: 'Theft at Alpha Exchange' },
    ...{ desk: 'virginia', legalBasis },
  },
  'POST /api/overlap/entries': {
    ...{ items: [{ kind: 'address', text: thief, within: chain }], disclosure: 'contact' },
    ...{ contact: 'Duty officer, +82 2 555 0100', reference: incident },
  },
  'POST /api/overlap/terms/:desk': { perHour: 4096, perDay: 16_384, reverseCount: 256 },
  'POST /api/taxii/collections': { alias: 'banks', title: { en: 'For banks', ko: '은행용' } },
  'POST /api/taxii/accounts': { name: 'bank-a' },
  'POST /api/taxii/accounts/:name/rights': { collection: 'banks', read: true, write: false },

  'POST /api/policy/check': { text: 'permit (principal, action, resource);' },
  'POST /api/policy': { text: 'permit (principal, action, resource);', reason: 'Agreed on 1 January.' },

  'POST /api/directory/validation': { files: [{ name: 'own.yaml', text: 'agencies: []\n' }] },
  'POST /api/directory/files': { name: 'own.yaml', text: 'agencies: []\n' },
  'POST /api/audit/exchange': { desk: 'virginia' },
  'POST /api/audit/contradictions/:id/acceptance': { reason: 'Restored from a copy on 1 January, told by phone.' },
};
