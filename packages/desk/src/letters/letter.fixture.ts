import type { Field, LetterFields } from './index.ts';

const literal = (value: string): Field => ({ kind: 'literal', value });
const text = (en: string, ko: string): Field => ({ kind: 'text', value: { en, ko } });
const hash = (n: number) => `0x${n.toString(16).padStart(64, 'a')}`;
const address = (n: number) => `0x${n.toString(16).padStart(40, 'b')}`;

/** A request as it is written in practice, with everything that a letter can have. */
export function exampleFields(transactions = 4): LetterFields {
  const tether = { kind: 'amount', decimals: 6, symbol: 'USDT', name: { en: 'Tether', ko: '테더' } } as const;
  return {
    fields: {
      agency: text('Seoul Cyber Agency', '서울사이버수사대'),
      department: text('Cyber Investigation Unit', '사이버수사과'),
      address: text('97 Tongil-ro, Seodaemun-gu, Seoul', '03739 서울특별시 서대문구 통일로 97'),
      phone: literal('+82-2-0000-0000'),
      email: literal('cyber@agency.example'),
      website: literal('https://agency.example'),
      sender: text('the Head of the Seoul Cyber Agency', '서울사이버수사대장'),
      number: { kind: 'number', prefix: { en: 'Cyber Investigation Unit', ko: '사이버수사과' }, number: '2026-17' },
      day: { kind: 'date', day: '2026-11-28' },
      caseNumber: literal('2026-0412'),
      entity: text('Pacific Exchange, Inc.', '퍼시픽익스체인지 주식회사'),
      incidentTitle: text('Theft from an exchange', '거래소 가상자산 탈취 사건'),
      incidentId: literal('incident--0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e'),
      requestId: literal('hold--0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5f'),
      network: literal('eip155:1'),
      holdAddress: literal(address(1)),
      hopBefore: literal(address(2)),
      reference: literal('UID 4471-22'),
      scope: text('No trading and no withdrawal', '거래 및 출금 정지'),
      days: { kind: 'days', count: 7 },
      legalBasis: text('Article 199(2) of the Criminal Procedure Act', '형사소송법 제199조 제2항'),
      disclosureBasis: text(
        'Warrant 2026-1234 of the Seoul Central District Court',
        '서울중앙지방법원 2026-1234호 영장',
      ),
      transactionsMore: null,
      transactionsCut: null,
      amountsCut: null,
      signatoryName: text('Kim Min-su', '김민수'),
      signatoryTitle: text('Inspector', '경감'),
      badge: literal('A-12345'),
      signatoryEmail: literal('minsu.kim@police.go.kr'),
      signatoryPhone: literal('+82-2-0000-0001'),
      drafter: literal('Kim Min-su'),
      approvers: literal('Lee Ji-won'),
      marking: literal('TLP:AMBER'),
      signer: literal('Seoul Cyber Agency'),
      fingerprint: literal('ab'.repeat(32)),
    },
    flags: { selfSigned: true, drill: false },
    lists: {
      amounts: [
        {
          name: text('Tether (USDT)', '테더(USDT)'),
          amount: { ...tether, units: 1_234_567_890_123n },
          asset: literal('eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7'),
        },
        {
          name: text('Ether (ETH)', '이더(ETH)'),
          amount: { kind: 'amount', units: 1_000_000_000_000_000_001n, decimals: 18, symbol: 'ETH', name: null },
          asset: literal('eip155:1/slip44:60'),
        },
      ],
      transactions: Array.from({ length: transactions }, (_, n) => ({
        txid: literal(hash(n)),
        time: { kind: 'time', at: `2026-11-27T${String(n % 24).padStart(2, '0')}:42:05.000Z` } as const,
        from: literal(address(n + 2)),
        to: literal(address(1)),
        amount: { ...tether, units: BigInt(n + 1) * 1_000_000n },
      })),
      timeline: [
        {
          time: { kind: 'time', at: '2026-11-26T19:42:00.000Z' },
          text: text('The value left its owner.', '피해 자산이 유출되었습니다.'),
        },
        {
          time: { kind: 'time', at: '2026-11-27T03:42:05.000Z' },
          text: text('It arrived at the address above.', '대상 주소에 입금되었습니다.'),
        },
      ],
    },
  };
}
