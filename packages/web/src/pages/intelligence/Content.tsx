import { type HeldObjectDetail, terms } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Address, Transaction } from '../../parts/Address.tsx';
import { Scroll } from '../../parts/Scroll.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { contentOf } from './content.ts';

/** Another object, by its identifier. */
const stixId = /^[a-z][a-z0-9-]*--[0-9a-f-]{36}$/;

/** What the object says, for reading, and as it came on demand. */
export function Content({ detail: { type, versions, watched } }: { readonly detail: HeldObjectDetail }) {
  const { t, say } = useReader();
  const [isRaw, setRaw] = useState(false);
  const body = versions[0]?.body;
  if (body === undefined) return null;
  const text = t.intelligence;
  const lines = contentOf(body);
  return (
    <Section
      title={text.content}
      aside={
        <Button size="compact-sm" variant="default" aria-expanded={isRaw} onClick={() => setRaw(!isRaw)}>
          {isRaw ? text.hideRaw : text.raw}
        </Button>
      }
    >
      <dl className="panel object-content">
        {lines.map(({ property, value }) => (
          <div key={property}>
            <dt>{property}</dt>
            <dd>
              {property === 'address' && type === 'cryptocurrency-wallet' ? (
                <Address address={value} />
              ) : property === 'hash' && type === 'cryptocurrency-transaction' ? (
                <Transaction txid={value} />
              ) : stixId.test(value) ? (
                <Link to="/intelligence/$id" params={{ id: value }} preload={false}>
                  {value}
                </Link>
              ) : (
                value
              )}
            </dd>
          </div>
        ))}
      </dl>
      {watched === null || (watched.subjects.length === 0 && watched.unwatchable === null) ? null : (
        <p className="below">
          <span className="soft">{text.watchedHere}:</span>{' '}
          {watched.subjects.map(({ kind, value }) => (
            <span key={`${kind} ${value}`} className="chip">
              {kind === 'wallet' ? <Address address={value} copy={false} /> : value}
            </span>
          ))}
          {watched.unwatchable === null ? null : (
            <span className="warn-text">{say(terms.unwatchable[watched.unwatchable])}</span>
          )}
        </p>
      )}
      {isRaw ? (
        <Scroll className="object-raw" label={text.content}>
          <pre data-testid="object-raw">{JSON.stringify(body, null, 2)}</pre>
        </Scroll>
      ) : null}
    </Section>
  );
}
