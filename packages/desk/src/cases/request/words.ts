import type { RequestHappening } from '@gongjo/contract';

/** What happens to a request in one English sentence or two, for readers of STIX that do not know the extension. */
export function happeningWords(what: RequestHappening): string {
  switch (what.event) {
    case 'send':
      return `Request (${what.content.fields.kind}) until ${what.content.deadline}: ${what.content.title}`;
    case 'refuse':
      return `Refused (${what.ground}): ${what.reason}`;
    case 'answer':
    case 'answer-partly':
      return `${what.event === 'answer' ? 'Answered' : 'Answered in part'}. ${what.answer.text ?? ''}`.trim();
    case 'extend':
      return `Deadline extended to ${what.deadline}.`;
    case 'withdraw':
      return `Withdrawn: ${what.reason}`;
    case 'supply':
    case 'query':
      return `${what.event === 'query' ? 'Asked back' : 'Supplied'}: ${what.text}`;
    case 'remind':
    case 'escalate':
      return what.event === 'remind' ? `Reminder (${what.step}).` : `Escalated (${what.step}).`;
    case 'acknowledge':
      return 'Acknowledged.';
    case 'close':
      return 'Closed.';
  }
}
