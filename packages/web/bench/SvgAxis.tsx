import type { Column } from '../src/flow/columns.ts';
import { COLUMN_PX, CURVE_PX } from '../src/flow/layout.ts';
import type { View } from '../src/flow/view.ts';
import { group } from '../src/format/amount.ts';
import { clock, dayKey } from '../src/format/time.ts';
import { useDeskClock } from '../src/parts/clock.tsx';

/** Room that one label needs. */
const LABEL_PX = 92;

/** The time of each transaction and its block, above the picture; it moves sideways only. */
export function FlowAxis({
  columns,
  view,
  width,
  height,
  gliding,
}: {
  readonly columns: readonly Column[];
  readonly view: View;
  readonly width: number;
  readonly height: number;
  readonly gliding: boolean;
}) {
  const [zone = 'UTC'] = useDeskClock().zones;
  const every = Math.max(1, Math.ceil(LABEL_PX / (COLUMN_PX * view.zoom)));
  const at = (column: Column) => (column.index * COLUMN_PX + CURVE_PX / 2) * view.zoom;
  const shift = -view.x * view.zoom;
  const shown = columns.filter((column) => {
    const x = at(column) + shift;
    return column.first && column.index % every === 0 && x > -LABEL_PX * 2 && x < width + LABEL_PX * 2;
  });
  return (
    <g className="flow-axis">
      <rect width={width} height={height} />
      <line x1={0} x2={width} y1={height} y2={height} />
      <g className={gliding ? 'gliding' : ''} transform={`translate(${shift} 0)`}>
        {shown.map((column) => {
          const before = columns[column.index - every - 1];
          const newDay = before === undefined || dayKey(before.time, zone) !== dayKey(column.time, zone);
          const x = at(column);
          return (
            <g key={column.txid}>
              <line x1={x} x2={x} y1={height - 4} y2={height} />
              <text x={x} y={13}>
                {newDay ? `${dayKey(column.time, zone).slice(5)} ` : ''}
                {clock(column.time, zone)}
              </text>
              <text x={x} y={26} className="soft-text">
                #{group(String(column.height))}
              </text>
            </g>
          );
        })}
      </g>
    </g>
  );
}
