import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { FastifyReply } from 'fastify';
import { leaveWith } from './leave-with.ts';

const replyOf = (destroyed: boolean) => {
  const raw = Object.assign(new EventEmitter(), { destroyed });
  return { raw, reply: { raw } as unknown as FastifyReply };
};

test('a place is freed when the answer is over, and at once where nobody waits for it any more', () => {
  let left = 0;
  const leave = () => {
    left += 1;
  };
  const { raw, reply } = replyOf(false);
  leaveWith(reply, leave);
  assert.equal(left, 0);
  raw.emit('close');
  raw.emit('close');
  assert.equal(left, 1);
  leaveWith(replyOf(true).reply, leave);
  assert.equal(left, 2);
});
