import type { IncidentReport, ReportVia } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';

/** A report as it came in: what was said of which incident, by whom, by which way. */
export interface StoredReport extends IncidentReport {
  readonly incident: string;
}

interface Row {
  id: string;
  incident: string;
  via: ReportVia;
  by: string;
  reference: string | null;
  outcome: IncidentReport['outcome'];
  at: Date;
}

const columns = 'id, incident, via, by, reference, outcome, at';

export async function addReport(
  tx: Db,
  clock: Clock,
  report: Omit<StoredReport, 'at'> & { readonly body: unknown },
): Promise<void> {
  await tx.query(
    `insert into incident_reports (id, incident, via, by, reference, outcome, body, at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      report.id,
      report.incident,
      report.via,
      report.by,
      report.reference,
      report.outcome,
      JSON.stringify(report.body),
      instant(clock.now()),
    ],
  );
}

export async function findReport(
  db: Db,
  by: string,
  which: { readonly id: string } | { readonly reference: string },
): Promise<StoredReport | null> {
  const [row] = await db.query<Row>(
    `select ${columns} from incident_reports where by = $1 and ${'id' in which ? 'id' : 'reference'} = $2`,
    [by, 'id' in which ? which.id : which.reference],
  );
  return row ? reportOf(row) : null;
}

/** Of these incidents, oldest first. */
export async function listReports(db: Db, incidents: readonly string[]): Promise<StoredReport[]> {
  const rows = await db.query<Row>(
    `select ${columns} from incident_reports where incident = any($1) order by at, id limit 500`,
    [incidents],
  );
  return rows.map(reportOf);
}

function reportOf({ at, ...same }: Row): StoredReport {
  return { ...same, at: instant(at.getTime()) };
}
