import { type Language, languages } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import type { HttpContext } from './context.ts';
import { docsPage, docsStyle } from './docs-page.ts';
import { openApi } from './openapi.ts';
import { parseInput } from './parse.ts';
import { zDocsAsked } from './shapes/docs-asked.ts';

/** What the API takes and answers, for whoever writes a program. */
export function docsRoutes(api: FastifyInstance, { version, partnerContext }: HttpContext): void {
  const { desk } = partnerContext.desk;

  api.get('/api/docs/openapi.json', async () => openApi(version, desk));

  /** In the language of `?lang=`, else of the reader's browser. */
  api.get('/api/docs', async (request, reply) => {
    const { lang } = parseInput(zDocsAsked, request.query);
    const language = lang ?? languageOf(request.headers['accept-language']);
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-language', language)
      .header('vary', 'accept-language')
      .send(docsPage(openApi(version, desk), language));
  });

  api.get('/api/docs/style.css', async (_request, reply) =>
    reply.header('content-type', 'text/css; charset=utf-8').send(docsStyle),
  );
}

/** The first of the reader's languages that is one of ours (RFC 9110 section 12.5.4). */
export function languageOf(accepted = ''): Language {
  const wanted = accepted
    .split(',')
    .map((each) => {
      const [range = '', ...parameters] = each.trim().toLowerCase().split(';');
      const weight = parameters.map((it) => /^\s*q=([\d.]+)\s*$/.exec(it)?.[1]).find((it) => it !== undefined);
      return { language: languages.find((it) => it === range.split('-')[0]), weight: Number(weight ?? 1) };
    })
    .filter((it) => it.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted.find(({ language }) => language !== undefined)?.language ?? 'en';
}
