import type { ReactNode } from 'react';

/** The head of a page: its name, what it is for, and what can be done on it. */
export function PageHead({
  title,
  intro,
  children,
}: {
  readonly title: string;
  readonly intro: string;
  readonly children?: ReactNode;
}) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        <p className="soft">{intro}</p>
      </div>
      {children}
    </header>
  );
}
