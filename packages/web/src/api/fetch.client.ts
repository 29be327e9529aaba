import { zProblem } from '@gongjo/contract';
import type { z } from 'zod';
import { ApiFailure } from './failure.ts';

export async function get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return parse(await send('GET', path), schema);
}

export async function call(method: string, path: string, body?: unknown): Promise<void> {
  await send(method, path, body);
}

export async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
  }).catch((cause: unknown) => {
    throw new ApiFailure('network', cause);
  });
  if (response.ok) return response;
  throw new ApiFailure(await parse(response, zProblem));
}

export async function parse<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await response.json().catch((cause: unknown) => {
    throw new ApiFailure('answer', cause);
  });
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiFailure('answer', parsed.error);
}
