import { durationText } from '../format/duration.ts';
import { useReader } from '../texts/language.tsx';

/** Lengths of time in the reader's words. */
export function useDuration(): (seconds: number) => string {
  const { t } = useReader();
  return (seconds) => durationText(seconds, t.common.duration);
}
