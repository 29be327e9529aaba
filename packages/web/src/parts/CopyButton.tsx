import { fill } from '@gongjo/contract';
import { useEffect, useState } from 'react';
import { useReader } from '../texts/language.tsx';
import { Icon } from './Icon.tsx';

const COPIED_SHOWN_MS = 1500;

/** Copies a text. Browsers give no clipboard to pages without https, except on the machine itself; then there is no button. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { t } = useReader();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), COPIED_SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [copied]);
  if (!window.isSecureContext) return null;
  const label = fill(t.common.copy, { what });
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={copied ? t.common.copied : label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        void navigator.clipboard.writeText(text).then(() => setCopied(true));
      }}
    >
      <Icon name={copied ? 'check' : 'copy'} size={13} />
    </button>
  );
}
