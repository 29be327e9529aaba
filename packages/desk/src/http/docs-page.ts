import { type Language, languages, peopleTerms, type Right, rightParts, type Text } from '@gongjo/contract';
import type { Content, OpenApi, Operation } from './openapi.ts';
import type { JsonSchema } from './openapi-schemas.ts';
import type { Need } from './rights.ts';
import { areaTexts, docsTexts } from './texts/index.ts';

/** The description of the API as a page: HTML without a script, for whoever reads in this language. */
export function docsPage(api: OpenApi, language: Language): string {
  const say = (text: Text) => escaped(text[language]);
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const byArea = Map.groupBy(operations, ({ operation }) => operation.tags[0]);
  const other = languages.find((it) => it !== language) ?? language;
  const routeOf = ({ path, method, operation }: (typeof operations)[number]) => `<article id="${operation.operationId}">
<h3><b>${method}</b> <code>${escaped(path)}</code></h3>
<p>${escaped(language === 'ko' ? operation['x-summary-ko'] : operation.summary)}</p>
<dl>${rowsOf(operation, language)
    .map(([name, html]) => `<dt>${say(name)}</dt><dd>${html}</dd>`)
    .join('\n')}</dl>
</article>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say(docsTexts.title)}</title>
<link rel="stylesheet" href="/api/docs/style.css">
</head>
<body>
<header>
<h1>${say(docsTexts.title)} <small>${escaped(api.info.version)}</small></h1>
<p>${say(docsTexts.about)}</p>
<p><a href="/api/docs/openapi.json">${say(docsTexts.document)}</a> · <a href="?lang=${other}" lang="${other}">${say(docsTexts.other)}</a></p>
</header>
<nav aria-label="${say(docsTexts.areas)}"><ul>
${[...byArea.keys()].map((area) => `<li><a href="#area-${area}">${say(areaTexts[area])}</a></li>`).join('\n')}
<li><a href="#schemas">${say(docsTexts.schemas)}</a></li>
</ul></nav>
<main>
${[...byArea]
  .map(
    ([area, routes]) => `<section id="area-${area}">
<h2>${say(areaTexts[area])}</h2>
${routes.map(routeOf).join('\n')}
</section>`,
  )
  .join('\n')}
<section id="schemas">
<h2>${say(docsTexts.schemas)}</h2>
${Object.entries(api.components.schemas)
  .map(
    ([name, schema]) =>
      `<details id="schema-${name}"><summary><code>${name}</code></summary><p><code>${typeOf(schema)}</code></p><pre>${escaped(JSON.stringify(schema, null, 2))}</pre></details>`,
  )
  .join('\n')}
</section>
</main>
</body>
</html>
`;
}

function rowsOf(operation: Operation, language: Language): (readonly [name: Text, html: string])[] {
  const { parameters = [], requestBody, responses } = operation;
  const exampleOf = (content: Content = {}) => Object.values(content).find((it) => it.example !== undefined)?.example;
  const shown = [
    [docsTexts.example, exampleOf(requestBody?.content)],
    [
      docsTexts.exampleAnswer,
      Object.values(responses)
        .map(({ content }) => exampleOf(content))
        .find(Boolean),
    ],
  ] as const;
  const answers = Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(([status, { content }]) => `${status} ${contentOf(content ?? {})}`);
  const listedParameters = parameters.map(
    ({ name, in: where, required, schema }) =>
      `<code>${where === 'query' ? '?' : ''}${escaped(name)}${required ? '' : '?'}: ${typeOf(schema)}</code>`,
  );
  const body = requestBody
    ? `${contentOf(requestBody.content)}${requestBody.required ? '' : ` (${escaped(docsTexts.optional[language])})`}`
    : '';
  return [
    [docsTexts.right, needOf(operation['x-right'], language)],
    ...(parameters.length > 0 ? [[docsTexts.parameters, listedParameters.join('<br>')] as const] : []),
    ...(body === '' ? [] : [[docsTexts.body, body] as const]),
    [docsTexts.answer, answers.join('<br>')],
    ...shown.flatMap(([name, example]) =>
      example === undefined
        ? []
        : [
            [
              name,
              `<details><summary>JSON</summary><pre>${escaped(JSON.stringify(example, null, 2))}</pre></details>`,
            ] as const,
          ],
    ),
  ];
}

/** Who may, in the reader's words. */
function needOf(need: Need, language: Language): string {
  if (!need.includes(':')) return escaped(docsTexts[need as Exclude<Need, Right>][language]);
  const { object, action } = rightParts(need as Right);
  const words = `${peopleTerms.rightObject[object][language]}: ${peopleTerms.rightAction[action][language]}`;
  return `<code>${need}</code> ${escaped(words)}`;
}

function contentOf(content: Content): string {
  return Object.entries(content)
    .map(([media, { schema }]) => (schema ? `<code>${typeOf(schema)}</code>` : `<code>${escaped(media)}</code>`))
    .join(' · ');
}

/** Deeper than this a shape is read in the schema itself. */
const depthMax = 4;

/** A schema in short, as TypeScript would write it; names lead to what they stand for. */
function typeOf(schema: JsonSchema, depth = 0): string {
  const { $ref, anyOf, oneOf, allOf, type, items, properties, required, additionalProperties } = schema as {
    [key in 'anyOf' | 'oneOf' | 'allOf']?: JsonSchema[];
  } & {
    $ref?: string;
    type?: string | string[];
    items?: JsonSchema;
    properties?: Record<string, JsonSchema>;
    required?: string[];
    additionalProperties?: JsonSchema | boolean;
  };
  if ($ref !== undefined) {
    const name = escaped($ref.slice($ref.lastIndexOf('/') + 1));
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if ('const' in schema) return escaped(JSON.stringify(schema.const));
  if (Array.isArray(schema.enum)) return schema.enum.map((it) => escaped(JSON.stringify(it))).join(' | ');
  const either = anyOf ?? oneOf;
  if (either) return either.map((it) => typeOf(it, depth)).join(' | ');
  if (allOf) return allOf.map((it) => typeOf(it, depth)).join(' &amp; ');
  if (depth >= depthMax) return '…';
  if (type === 'array') {
    const item = items ? typeOf(items, depth + 1) : 'unknown';
    return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
  }
  if (type !== 'object') return escaped([type ?? 'unknown'].flat().join(' | '));
  const fields = Object.entries(properties ?? {}).map(
    ([name, it]) => `${escaped(name)}${required?.includes(name) ? '' : '?'}: ${typeOf(it, depth + 1)}`,
  );
  if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0)
    fields.push(`[name]: ${typeOf(additionalProperties, depth + 1)}`);
  return fields.length === 0 ? 'object' : `{ ${fields.join('; ')} }`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (it) => entities[it] ?? it);
}

export const docsStyle = `:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 small { font-weight: normal; }
nav ul { columns: 2; padding-left: 1.25rem; }
article { border-top: 1px solid #8886; padding: 0.5rem 0; }
h3 { margin: 0; font-size: 1rem; }
dl { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 0.25rem 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: 0.5rem; overflow-x: auto; background: #8882; }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } nav ul { columns: 1; } }
`;
