import { z } from 'zod';
import { zInstant } from './chain.ts';
import { zProblem } from './problems.ts';
import { zText } from './text.ts';

/** How a notice goes: to this desk's own pages, by e-mail, as a signed webhook, by a person's call, or through a partner's desk. */
export const noticeChannels = ['page', 'email', 'webhook', 'phone', 'desk'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/**
 * `due`: it waits for its turn. `failed`: the last try failed and it is tried again at `nextAt`; without `nextAt` it was
 * given up. `sent`: handed over, and nobody said yet that it arrived. `delivered`: the other side has it. `by-hand`: a
 * person has to call. `dropped`: what it was about ended first.
 */
export const noticeStates = ['due', 'failed', 'sent', 'delivered', 'by-hand', 'dropped'] as const;
export type NoticeState = (typeof noticeStates)[number];

export const noticeCauses = ['must-know', 'escalated'] as const;

export const zNotice = z.object({
  id: z.string(),
  incident: z.object({ id: z.string(), title: zText }),
  /** An agency of the directory, or this desk itself. */
  agency: z.object({ id: z.string(), name: zText, country: z.string() }),
  /** The contact of the directory; null: the agency's desk, or nobody has filled one in. */
  contact: z.string().nullable(),
  channel: z.enum(noticeChannels),
  cause: z.enum(noticeCauses),
  /** The agency that did not acknowledge, where it is an escalation. */
  insteadOf: z.object({ id: z.string(), name: zText }).nullable(),
  drill: z.boolean(),
  state: z.enum(noticeStates),
  /** When it was decided; escalation counts from here. */
  at: zInstant,
  /** How often it has been sent on: 1, and one more for each reminder. */
  round: z.int(),
  attempts: z.int(),
  nextAt: zInstant.nullable(),
  sentAt: zInstant.nullable(),
  deliveredAt: zInstant.nullable(),
  acknowledgedAt: zInstant.nullable(),
  acknowledgedBy: z.string().nullable(),
  problem: zProblem.nullable(),
});
export type Notice = z.infer<typeof zNotice>;

/** What a webhook is sent; `docs/notifications.md` describes it. What the contact may not carry is absent. */
export const zNoticeMessage = z.object({
  type: z.literal('gongjo.notice'),
  notice: z.string(),
  round: z.int(),
  drill: z.boolean(),
  desk: z.string(),
  agency: z.string(),
  cause: z.enum(noticeCauses),
  link: z.string(),
  incident: z.object({
    id: z.string(),
    kind: z.string(),
    tlp: z.string(),
    at: zInstant,
    title: zText.optional(),
    victim: z.string().optional(),
    chains: z.array(z.string()).optional(),
    txids: z.array(z.string()).optional(),
    addresses: z.array(z.string()).optional(),
    amounts: z.array(z.object({ asset: z.string(), units: z.string() })).optional(),
  }),
  text: zText,
});
export type NoticeMessage = z.infer<typeof zNoticeMessage>;
