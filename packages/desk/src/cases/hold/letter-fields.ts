import { type AssetId, type HoldFacts, holdTerms, type Text, terms } from '@gongjo/contract';
import type { Directory } from '../../directory/index.ts';
import {
  certificateFacts,
  type Field,
  type FieldRow,
  type LetterFields,
  type LetterOffice,
} from '../../letters/index.ts';
import type { StoredHold } from './hold.store.ts';

/** A letter shows this many transactions; the annex has all. */
const transactionsShownMax = 20;

const literal = (value: string | null | undefined): Field | null => (value ? { kind: 'literal', value } : null);
const text = (value: Text | null | undefined): Field | null => (value ? { kind: 'text', value } : null);
const count = (n: number): Field | null => (n > 0 ? { kind: 'literal', value: String(n) } : null);

/** Everything that a letter of a hold request can say. `day` and number are given with the last approval. */
export function letterFields(
  hold: Pick<
    StoredHold,
    'id' | 'incident' | 'title' | 'addressee' | 'facts' | 'tlp' | 'drill' | 'draftedBy' | 'progress'
  >,
  { settings, desk, signer }: LetterOffice,
  directory: Directory,
  given: { readonly number: string; readonly day: string; readonly signs: boolean; readonly nowMs: number },
): LetterFields {
  const { facts, addressee } = hold;
  const { signatory } = facts;
  const certificate = given.signs ? { ...certificateFacts(signer(), given.nowMs), own: signer().isSelfSigned } : null;
  const rows = transactionRows(facts, directory);
  const agency = settings.agency ?? desk.name;
  const needed = (value: Text | undefined) => text(value ?? (given.signs ? null : holdTerms.blank));
  return {
    fields: {
      agency: text(agency),
      department: text(settings.department),
      sender: text(settings.sender ?? agency),
      address: text(settings.address),
      phone: literal(settings.phone),
      email: literal(settings.email),
      website: literal(settings.website),
      number: given.signs
        ? {
            kind: 'number',
            prefix: settings.numberPrefix ?? { en: desk.desk.toUpperCase(), ko: desk.desk.toUpperCase() },
            number: given.number,
          }
        : text(holdTerms.blank),
      day: { kind: 'date', day: given.day },
      caseNumber: literal(facts.caseNumber),
      entity: text(addressee.entity ?? addressee.name),
      incidentTitle: text(hold.title),
      incidentId: literal(hold.incident),
      requestId: literal(hold.id),
      network: text(networkName(facts.chain)),
      holdAddress: literal(facts.address),
      hopBefore: literal(facts.hopBefore),
      reference: literal(facts.reference),
      scope: text(holdTerms.scope[facts.scope]),
      days: { kind: 'days', count: facts.days },
      legalBasis: needed(facts.legalBasis ?? undefined),
      disclosureBasis: facts.disclosure ? text(facts.disclosureBasis) : null,
      transactionsMore: count(rows.length - transactionsShownMax),
      transactionsCut: count(facts.transactionsMore),
      amountsCut: count(facts.amountsMore),
      signatoryName: needed(signatory?.name),
      signatoryTitle: needed(signatory?.title),
      badge: literal(signatory?.badge),
      signatoryEmail: literal(signatory?.email),
      signatoryPhone: literal(signatory?.phone),
      drafter: literal(hold.draftedBy),
      approvers: literal(hold.progress.approvals.map(({ by }) => by).join(', ')),
      marking: text(terms.tlp[hold.tlp]),
      signer: literal(certificate?.name),
      fingerprint: literal(certificate?.sha256),
    },
    flags: { selfSigned: certificate?.own ?? false, drill: hold.drill },
    lists: {
      amounts: amountRows(facts, directory),
      transactions: rows.slice(0, transactionsShownMax),
      timeline: facts.timeline.map(({ at, text: said }) => ({
        time: { kind: 'time', at } as const,
        text: { kind: 'text', value: said } as const,
      })),
    },
  };
}

export function amountRows({ amounts }: HoldFacts, directory: Directory): FieldRow[] {
  return amounts.map(({ asset, symbol, decimals, units }) => ({
    name: text(assetName(asset, symbol, directory)),
    amount: { kind: 'amount', units: BigInt(units), decimals, symbol, name: null },
    asset: literal(asset),
    symbol: literal(symbol),
    decimals: literal(String(decimals)),
    units: literal(units),
  }));
}

export function transactionRows({ transactions, amounts }: HoldFacts, directory: Directory): FieldRow[] {
  const known = new Map(amounts.map((it) => [it.asset, it]));
  return transactions.map(({ txid, time, from, to, asset, units }) => {
    const { symbol = asset, decimals = 0 } = known.get(asset) ?? {};
    return {
      txid: literal(txid),
      time: { kind: 'time', at: time },
      from: literal(from),
      to: literal(to),
      amount: { kind: 'amount', units: BigInt(units), decimals, symbol, name: issuerName(asset, directory) },
      asset: literal(asset),
      symbol: literal(symbol),
      units: literal(units),
    };
  });
}

/** A token is called by its issuer's name where the directory knows it by its contract; its own symbol proves nothing. */
function assetName(asset: AssetId, symbol: string, directory: Directory): Text {
  const issuer = issuerName(asset, directory);
  if (issuer) return { en: `${issuer.en} (${symbol})`, ko: `${issuer.ko}(${symbol})` };
  const coin = asset.includes('/slip44:') ? holdTerms.assetName[symbol] : undefined;
  const plain = symbol || asset;
  return coin ?? { en: plain, ko: plain };
}

const issuerName = (asset: AssetId, directory: Directory): Text | null => directory.issuerOf(asset)?.name ?? null;

function networkName(chain: string): Text {
  const known = holdTerms.network[chain];
  return known ? { en: `${known.en} (${chain})`, ko: `${known.ko}(${chain})` } : { en: chain, ko: chain };
}
