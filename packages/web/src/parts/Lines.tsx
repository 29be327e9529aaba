import type { ReactNode } from 'react';
import { Section } from './Section.tsx';

/** Things of one kind, a line each; where there are none, nothing. */
export function Lines({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}) {
  if (count === 0) return null;
  return (
    <Section title={title}>
      <ul className="panel line-list">{children}</ul>
    </Section>
  );
}
