import type { Problem } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { ApiFailure, type FailureReason } from '../api/failure.ts';
import { useReader } from '../texts/language.tsx';
import type { Texts } from '../texts/texts.ts';
import { Icon } from './Icon.tsx';

/** What went wrong and what the reader can do, in the reader's language. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t, say } = useReader();
  const { text, hint } = words(error instanceof ApiFailure ? error.reason : null, t, say);
  return (
    <div className="failure" role="alert">
      <Icon name="act" />
      <div>
        <strong>{text}</strong>
        <p className="soft">{hint}</p>
      </div>
      {onRetry === undefined ? null : (
        <Button size="xs" variant="default" onClick={onRetry}>
          {t.common.retry}
        </Button>
      )}
    </div>
  );
}

/** A problem that is a state, such as an unreachable node, in one line. */
export function ProblemLine({ problem }: { readonly problem: Problem }) {
  const { say } = useReader();
  return (
    <>
      <strong>{say(problem.text)}</strong> {say(problem.hint)}
    </>
  );
}

function words(
  reason: FailureReason | null,
  t: Texts,
  say: (text: Problem['text']) => string,
): { text: string; hint: string } {
  if (reason === null) return { text: t.failure.page, hint: t.failure.pageHint };
  if (reason === 'network') return { text: t.failure.network, hint: t.failure.networkHint };
  if (reason === 'answer') return { text: t.failure.answer, hint: t.failure.answerHint };
  return { text: say(reason.text), hint: say(reason.hint) };
}
