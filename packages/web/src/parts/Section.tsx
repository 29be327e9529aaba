import { type ReactNode, useId } from 'react';

/** A part of a page with its heading and what can be done with it. */
export function Section({
  title,
  aside,
  children,
  className = '',
}: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  const id = useId();
  return (
    <section className={`section ${className}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** Nothing here yet, and what to do about it. */
export function Empty({ text, hint }: { readonly text: string; readonly hint?: string }) {
  return (
    <div className="panel empty">
      <p>{text}</p>
      {hint === undefined ? null : <p>{hint}</p>}
    </div>
  );
}
