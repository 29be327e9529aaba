import { inputFault, type NewIncident, type Report, type ReportStatus, zNewReporter, zReport } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { recordAudit } from '../audit/index.ts';
import {
  addReporter,
  countReport,
  findReport,
  listReporters,
  reporterOf,
  revokeReporter,
  type StoredReport,
  takeReport,
  toldCounts,
} from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { HttpContext } from './context.ts';
import { checkReported, reported } from './incident.routes.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

/** Tokens are 43 characters; more is no token. */
const tokenCharsMax = 200;

/** For programs of exchanges: a token of a reporter opens these routes and nothing else. */
export function reportRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, clock, random } = context;

  api.post('/api/reports', async (request, reply) => {
    const reporter = await reporterOf(records, tokenOf(request));
    await countReport(records, clock, reporter);
    const given = parseInput(zReport, request.body);
    const by = `reporter:${reporter.name}`;
    const known = await findReport(records, by, { reference: given.reference });
    if (known) return statusOf(known);
    const asked = await checkReported(context, incidentOf(given, reporter));
    const { report } = await records.transaction(async (tx) => {
      // The same report may come twice at the same moment.
      const twin = await findReport(tx, by, { reference: given.reference });
      return twin
        ? { report: twin.id }
        : takeReport(tx, { clock, random }, asked, { by, via: 'api', reference: given.reference });
    });
    reported(context, asked);
    const kept = await findReport(records, by, { id: report });
    if (!kept) throw new GongjoError('not-found');
    return reply.status(201).send(await statusOf(kept));
  });

  api.get<{ Params: { id: string } }>('/api/reports/:id', async (request) => {
    const { name } = await reporterOf(records, tokenOf(request));
    const found = await findReport(records, `reporter:${name}`, { id: request.params.id });
    if (!found) throw new GongjoError('not-found');
    return statusOf(found);
  });

  api.get('/api/reporters', async () => {
    return { reporters: await listReporters(records) };
  });

  api.post('/api/reporters', async (request, reply) => {
    const { name: by } = viewerOf(request);
    const asked = parseInput(zNewReporter, request.body);
    const made = await records.transaction(async (tx) => {
      await recordAudit(tx, clock, { actor: by, action: 'reporter.added', subject: asked.name, details: {} });
      return addReporter(tx, { clock, random }, asked, by);
    });
    return reply.status(201).send({ ...made.account, token: made.token });
  });

  api.delete<{ Params: { name: string } }>('/api/reporters/:name', async (request) => {
    const { name: by } = viewerOf(request);
    return records.transaction(async (tx) => {
      const revoked = await revokeReporter(tx, clock, request.params.name);
      await recordAudit(tx, clock, { actor: by, action: 'reporter.revoked', subject: revoked.name, details: {} });
      return revoked;
    });
  });

  async function statusOf({ id, incident, reference, at, outcome }: StoredReport): Promise<ReportStatus> {
    const { url } = context.partnerContext.desk;
    const statusUrl = new URL(`/api/reports/${encodeURIComponent(id)}`, url).href;
    const counts = await toldCounts(records, incident);
    return { report: id, reference: reference ?? '', receivedAt: at, outcome, statusUrl, ...counts };
  }
}

function tokenOf({ headers }: FastifyRequest): string {
  const [, token] = /^Bearer ([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  if (token === undefined || token.length > tokenCharsMax) throw new GongjoError('reporter-unknown');
  return token;
}

/** A report as an incident: its first line is the main one. */
function incidentOf(
  { title, moved, contact, kind, victim, occurredAt, detectedAt, tlp, drill }: Report,
  { organisation, country }: { readonly organisation: string; readonly country: string | null },
): NewIncident {
  const text = title.en ?? title.ko ?? '';
  const [first, ...parts] = moved;
  if (!first) throw new GongjoError('input-invalid', { detail: inputFault('moved', 'empty') });
  return {
    ...first,
    ...(parts.length > 0 && { parts }),
    kind,
    title: { en: text, ko: title.ko ?? text },
    reporter: { ...contact, organisation },
    drill,
    ...(victim !== undefined && { victim }),
    ...(occurredAt !== undefined && { occurredAt }),
    ...(detectedAt !== undefined && { detectedAt }),
    ...(tlp !== undefined && { tlp }),
    ...(country !== null && { countries: [country] }),
  };
}
