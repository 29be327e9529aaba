import { type Asset, fill, type Gap, type Hop, type Language, languages, type Trace, terms } from '@gongjo/contract';
import { amountText } from '../kernel/index.ts';
import type { ContentFile, Manifest } from './archive/manifest.ts';
import { fingerprint } from './archive/thumbprint.ts';
import type { AuditFile, BlocksFile, CustodyFile, DeliveriesFile, IncidentFile, TagsFile } from './content.ts';
import { byText } from './rows/model.ts';
import { reportTexts } from './texts.ts';

/** All that the report says comes from here. */
export interface ReportParts extends Omit<Manifest, 'files'> {
  readonly incidentFacts: IncidentFile;
  readonly trace: Trace;
  readonly tags: TagsFile;
  readonly blocks: BlocksFile;
  readonly deliveries: DeliveriesFile;
  readonly audit: AuditFile;
  readonly custody: CustodyFile;
}

/** What a person reads of a table; the whole stands in the files beside the report. */
const rowsMax = 300;

/**
 * The report of a package: one page of HTML that loads nothing but the pictures beside it, first in English, then in Korean,
 * both from the same facts. The same package gives the same bytes, so that a verifier makes it again and compares.
 */
export function reportHtml(parts: ReportParts): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<title>${escaped(`${reportTexts.title.en} · ${reportTexts.title.ko}`)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    ...languages.map((language) => new Report(parts, language).section()),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const style = [
  'body{font:14px/1.5 Pretendard,"Noto Sans CJK KR","Noto Sans KR","Malgun Gothic",Arial,sans-serif;color:#1b2430;max-width:1080px;margin:2em auto;padding:0 1em}',
  'section+section{margin-top:4em;border-top:2px solid #1b2430;padding-top:1em}',
  'table{border-collapse:collapse;width:100%;margin:.5em 0 1.5em}',
  'th,td{border:1px solid #c5ccd6;padding:.25em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}',
  'th{background:#eef1f5}',
  'img{max-width:100%}',
  '.tlp{border:2px solid #1b2430;padding:.1em .6em;font-weight:700}',
].join('');

class Report {
  readonly #parts: ReportParts;
  readonly #language: Language;
  readonly #assets: ReadonlyMap<string, Asset>;

  constructor(parts: ReportParts, language: Language) {
    this.#parts = parts;
    this.#language = language;
    this.#assets = new Map(parts.trace.assets.map((asset) => [asset.id, asset]));
  }

  section(): string {
    const { incidentFacts, trace, made, desk, tlp, drill } = this.#parts;
    const { question } = trace;
    const language = this.#language;
    return [
      `<section lang="${language}">`,
      `<p><span class="tlp">TLP:${escaped(tlp.toUpperCase())}</span></p>`,
      ...(drill ? [`<p><span class="tlp">${this.say('drill')}</span></p>`] : []),
      `<h1>${this.say('title')}: ${escaped(incidentFacts.title[language])}</h1>`,
      `<p>${this.say('about')}</p>`,
      this.facts([
        ['made', made.at],
        ['by', made.by],
        ['reason', made.reason],
        ['desk', `${desk.name[language]} (${desk.desk})`],
        ['fingerprint', fingerprint(desk.key)],
      ]),
      this.head('incident'),
      this.facts([
        ['identifier', incidentFacts.id],
        ['kind', this.kind(incidentFacts.kind)],
        ['chain', incidentFacts.chain],
        ['victim', incidentFacts.victim],
        ['occurred', incidentFacts.occurredAt],
        ['opened', incidentFacts.openedAt],
        ['origin', incidentFacts.origin ?? reportTexts.here[language]],
      ]),
      this.head('question'),
      this.facts([
        [
          'leads',
          question.leads
            .map((it) => ('address' in it ? it.address : it.ord === null ? it.txid : `${it.txid}:${it.ord}`))
            .join(', '),
        ],
        ['method', question.method],
        ['direction', question.direction],
        [
          'bounds',
          Object.entries(question.bounds)
            .sort(([a], [b]) => byText(a, b))
            .map(([name, value]) => `${name} ${value}`)
            .join(', '),
        ],
        ['asOf', `${trace.asOf.height} ${trace.asOf.hash} ${trace.asOf.time}`],
      ]),
      this.head('picture'),
      `<p><img src="flow-${language}.svg" alt="${this.say('picture')}"></p>`,
      this.head('stops'),
      this.table(
        'trace.json',
        ['place', 'address', 'label', 'amount'],
        trace.stops.map(({ kind, address, tag, asset, units }) => [
          terms.stop[kind][language],
          address ?? '–',
          tag === null ? '–' : `${tag.label} (${tag.source})`,
          this.amount(asset, units),
        ]),
      ),
      this.head('gaps'),
      this.list(trace.gaps.map((gap) => this.gap(gap))),
      this.head('hops'),
      this.table(
        'trace.json',
        ['time', 'rule', 'from', 'to', 'amount', 'transaction'],
        trace.hops.map((hop) => this.hop(hop)),
      ),
      ...this.records(),
      '</section>',
    ].join('\n');
  }

  records(): string[] {
    const { tags, blocks, deliveries, audit, custody } = this.#parts;
    const language = this.#language;
    return [
      this.head('tags'),
      this.table(
        'tags.json',
        ['address', 'label', 'place', 'source', 'confidence'],
        tags.tags.map(({ address, label, category, source, uri, confidence }) => [
          ...[address, label, terms.category[category][language]],
          ...[uri === undefined ? source : `${source} ${uri}`, `${confidence} %`],
        ]),
      ),
      this.head('blocks'),
      this.table(
        'blocks.json',
        ['height', 'hash', 'time', 'proved'],
        blocks.blocks.map(({ height, hash, time, header, transactions }) => [
          ...[String(height), hash, time],
          header === null ? reportTexts.notProved[language] : String(transactions.length),
        ]),
      ),
      this.head('deliveries'),
      this.table(
        'deliveries.json',
        ['time', 'identifier', 'from', 'to', 'hash'],
        deliveries.deliveries.map((it) => [it.decidedAt, it.delivery, it.sender, it.receiver, it.envelopeSha256]),
      ),
      ...this.omitted('omittedDeliveries', deliveries.omitted),
      this.head('audit'),
      `<pre>${escaped(audit.checkpoint)}</pre>`,
      this.table(
        'audit.json',
        ['number', 'time', 'who', 'action', 'subject'],
        audit.entries.map(({ entry }) => [String(entry.seq), entry.at, entry.actor, entry.action, entry.subject]),
      ),
      ...this.omitted('omittedOlder', audit.omitted),
      this.head('custody'),
      this.table(
        'custody.json',
        ['time', 'place', 'name', 'hash', 'who', 'reason'],
        custody.records.map((it) => [
          ...[it.at, reportTexts[it.direction === 'in' ? 'inward' : 'outward'][language]],
          ...[it.name, it.sha256, it.who, it.why],
        ]),
      ),
      ...this.omitted('omittedOlder', custody.omitted),
      this.head('verify'),
      `<p>${this.say('verifyHow')}</p>`,
    ];
  }

  hop({ time, rule, from, to, asset, units, received, txid }: Hop): string[] {
    const amounts = [this.amount(asset, units), ...received.map((it) => this.amount(it.asset, it.units))].join(' → ');
    return [time, terms.rule[rule][this.#language], from ?? '–', to ?? '–', amounts, txid];
  }

  gap({ kind, address, txid, number }: Gap): string {
    return fill(terms.gap[kind][this.#language], { address: address ?? '–', txid: txid ?? '–', number: number ?? '–' });
  }

  amount(asset: string, units: string): string {
    return amountText(BigInt(units), this.#assets.get(asset) ?? { symbol: asset, decimals: 0 });
  }

  kind(kind: string): string {
    const known: Readonly<Record<string, { readonly [key in Language]: string }>> = terms.incidentKind;
    return known[kind]?.[this.#language] ?? kind;
  }

  say(key: keyof typeof reportTexts): string {
    return escaped(reportTexts[key][this.#language]);
  }

  head(key: keyof typeof reportTexts): string {
    return `<h2>${this.say(key)}</h2>`;
  }

  facts(rows: readonly (readonly [keyof typeof reportTexts, string | null])[]): string {
    const lines = rows.flatMap(([key, value]) =>
      value === null ? [] : [`<tr><th>${this.say(key)}</th><td>${escaped(value)}</td></tr>`],
    );
    return `<table>${lines.join('')}</table>`;
  }

  table(file: ContentFile, heads: readonly (keyof typeof reportTexts)[], rows: readonly (readonly string[])[]): string {
    if (rows.length === 0) return `<p>${this.say('none')}</p>`;
    const head = `<tr>${heads.map((it) => `<th>${this.say(it)}</th>`).join('')}</tr>`;
    const lines = rows
      .slice(0, rowsMax)
      .map((row) => `<tr>${row.map((it) => `<td>${escaped(it)}</td>`).join('')}</tr>`);
    const more = rows.length - lines.length;
    const rest = more > 0 ? `<p>${escaped(fill(reportTexts.more[this.#language], { count: more, file }))}</p>` : '';
    return `<table>\n${[head, ...lines].join('\n')}\n</table>${rest}`;
  }

  omitted(key: 'omittedDeliveries' | 'omittedOlder', count: number): string[] {
    return count === 0 ? [] : [`<p>${escaped(fill(reportTexts[key][this.#language], { count }))}</p>`];
  }

  list(items: readonly string[]): string {
    return items.length === 0
      ? `<p>${this.say('none')}</p>`
      : `<ul>${items.map((it) => `<li>${escaped(it)}</li>`).join('')}</ul>`;
  }
}

function escaped(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
