import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { inputFaults } from './input-terms.ts';

const schema = z.strictObject({
  name: z.string().min(1).max(3),
  count: z.int().min(1).max(5),
  kind: z.enum(['x', 'y']),
  list: z.array(z.string().regex(/^a/)).max(2),
  either: z.union([z.string(), z.number()]),
  at: z.iso.datetime(),
  ratio: z.number().gt(0).lt(1).optional(),
  odd: z
    .string()
    .refine((it) => it !== 'no', { params: { text: { en: 'must not be no', ko: 'no는 쓸 수 없습니다' } } })
    .optional(),
  page: z.coerce.number().int().default(1),
});
const good = { name: 'a', count: 1, kind: 'x', list: [], either: 1, at: '2026-01-31T09:00:00Z' };

function faults(input: unknown): { en: string; ko: string } {
  const { error } = schema.safeParse(input);
  assert.ok(error);
  return inputFaults(error, input);
}

describe('what is wrong with an input', () => {
  const cases: readonly (readonly [change: object, en: string, ko: string])[] = [
    [{ name: undefined }, 'name: is missing', 'name: 값이 없습니다'],
    [{ name: 7 }, 'name: must be text', 'name: 문자열이어야 합니다'],
    [{ name: '' }, 'name: must not be empty', 'name: 비워 둘 수 없습니다'],
    [{ name: 'abcd' }, 'name: may have 3 characters at most', 'name: 3자까지 입력할 수 있습니다'],
    [{ count: 0 }, 'count: must be 1 or more', 'count: 1 이상이어야 합니다'],
    [{ count: 6 }, 'count: must be 5 or less', 'count: 5 이하여야 합니다'],
    [{ count: 1.5 }, 'count: must be a whole number', 'count: 정수여야 합니다'],
    [{ kind: undefined }, 'kind: is missing', 'kind: 값이 없습니다'],
    [{ kind: 'z' }, 'kind: must be one of x, y', 'kind: x, y 중 하나여야 합니다'],
    [{ list: ['a', 'b'] }, 'list.1: is not written as it must be', 'list.1: 정해진 형식에 맞지 않습니다'],
    [{ list: ['a', 'a', 'a'] }, 'list: may have 2 entries at most', 'list: 2개까지 입력할 수 있습니다'],
    [{ either: null }, 'either: has none of the forms that it may have', 'either: 허용되는 형식이 아닙니다'],
    [
      { at: 'soon' },
      'at: must be an instant such as 2026-01-31T09:00:00Z',
      'at: 2026-01-31T09:00:00Z와 같은 시각이어야 합니다',
    ],
    [{ ratio: 0 }, 'ratio: must be more than 0', 'ratio: 0보다 커야 합니다'],
    [{ ratio: 1 }, 'ratio: must be less than 1', 'ratio: 1보다 작아야 합니다'],
    [{ odd: 'no' }, 'odd: must not be no', 'odd: no는 쓸 수 없습니다'],
    [{ page: 'abc' }, 'page: must be a number', 'page: 숫자여야 합니다'],
    [{ more: 1 }, 'the request: no such field: more', '요청: 없는 항목입니다: more'],
  ];
  for (const [change, en, ko] of cases)
    test(en, () => {
      assert.deepEqual(faults({ ...good, ...change }), { en, ko });
    });

  test('all of it is said at once, and where nothing came that too', () => {
    assert.equal(faults({ ...good, name: 1, kind: 2 }).en, 'name: must be text; kind: must be one of x, y');
    assert.equal(faults('text').en, 'the request: must be an object');
    assert.equal(faults(undefined).ko, '요청: 값이 없습니다');
  });
});
