import type { ReactNode } from 'react';

/** A part of a page that scrolls and may hold nothing that has the focus: it has it itself, so that arrow keys move it. */
export function Scroll({
  label,
  className = '',
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls; a region of its own would be a second one of the section's name
    <div className={`table-scroll ${className}`} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
