import type { FactBody, FactTerms } from '@gongjo/contract';

/** What a fact says in one English sentence or two, for readers of STIX that do not know the extension. */
export function wordsOf(body: FactBody, about: FactTerms): string {
  const removed = about.removed ? 'Removed. ' : '';
  return `${removed}[${about.flag}] ${bodyWords(body)}`;
}

function bodyWords(body: FactBody): string {
  switch (body.kind) {
    case 'case':
      return `Case (${body.state}): ${body.title.en}${body.summary === undefined ? '' : `\n\n${body.summary}`}`;
    case 'incident':
      return `The case is about ${body.incident}.`;
    case 'desk':
      return `Desk ${body.desk}: ${body.standing}.`;
    case 'member':
      return `Works on it: ${body.name}, ${body.role}.`;
    case 'task':
      return `Task (${body.done ? 'done' : 'open'}): ${body.title}${body.due === undefined ? '' : `, due ${body.due}`}`;
    case 'finding':
      return `Finding: ${body.title}\n\n${body.text}`;
    case 'document':
      return `Document: ${body.name} (${body.mediaType}, ${body.bytes} bytes), SHA-256 ${body.sha256}`;
    case 'note':
      return body.text;
  }
}
