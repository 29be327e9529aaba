import { pagePointsMax, type Trace } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { tracing } from '../../api/trace.client.ts';
import { CanvasPen } from '../../flow/canvas-pen.ts';
import { MarksPen } from '../../flow/marks-pen.ts';
import type { Painted } from '../../flow/painter.ts';
import { paintSheet, type Sheet, sheetSize } from '../../flow/sheet.ts';
import { SvgPen } from '../../flow/svg-pen.ts';
import type { Flow } from '../../flow/use-flow.ts';
import { Failure } from '../../parts/Failure.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { useReader } from '../../texts/language.tsx';
import { useCaption } from './use-caption.ts';

/** Browsers draw no larger canvas than this a side, some less; a larger picture comes out smaller. */
const CANVAS_PX_MAX = 8_192;
/** SVG has no bound; this keeps numbers short. */
const SVG_PX_MAX = 1_000_000;

const kinds = ['png', 'svg', 'pdf'] as const;

/** The picture as it is shown, whole, as a file. */
export function ExportButtons({
  trace,
  flow,
  painted,
}: {
  readonly trace: Trace;
  readonly flow: Flow;
  readonly painted: Painted;
}) {
  const { t } = useReader();
  const caption = useCaption();
  const save = useMutation({
    mutationFn: async (kind: (typeof kinds)[number]) => {
      const { scene, axis } = painted;
      const sheet: Sheet = {
        picture: flow.picture,
        // What is pointed at is no part of the picture.
        scene: { ...scene, active: null, activeNode: null, focused: false },
        axis,
        ...caption(trace, flow.fold),
      };
      saveFile(await fileOf(kind, sheet), `${t.trace.export.file}.${kind}`);
    },
  });
  return (
    <span className="flow-export">
      <span className="visually-hidden">{t.trace.export.title}</span>
      {kinds.map((kind) => (
        <Button
          key={kind}
          size="compact-sm"
          variant="default"
          title={t.trace.export.title}
          data-export={kind}
          loading={save.isPending && save.variables === kind}
          onClick={() => save.mutate(kind)}
        >
          {t.trace.export[kind]}
        </Button>
      ))}
      {save.error === null ? null : <Failure error={save.error} />}
    </span>
  );
}

async function fileOf(kind: (typeof kinds)[number], sheet: Sheet): Promise<Blob> {
  const { palette } = sheet.scene;
  if (kind === 'svg') {
    const pen = new SvgPen(palette);
    const { width, height } = paintSheet(pen, sheet, SVG_PX_MAX);
    return new Blob([pen.file(width, height, sheet.title)], { type: 'image/svg+xml' });
  }
  if (kind === 'pdf') {
    const pen = new MarksPen(palette);
    const { width, height } = paintSheet(pen, sheet, pagePointsMax);
    return tracing.pdf({ title: sheet.title, width, height, marks: pen.marks });
  }
  const canvas = document.createElement('canvas');
  const { width, height } = sheetSize(sheet);
  // Twice as fine as it is shown, where there is room for that.
  const scale = Math.min(2, CANVAS_PX_MAX / width, CANVAS_PX_MAX / height);
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const on = canvas.getContext('2d');
  if (on === null) throw new Error('no canvas');
  on.scale(scale, scale);
  paintSheet(new CanvasPen(on, palette), sheet, Number.POSITIVE_INFINITY);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png'),
  );
}
