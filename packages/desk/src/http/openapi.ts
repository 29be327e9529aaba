import {
  languages,
  zAddress,
  zCaseId,
  zChainId,
  zDeskId,
  zEntryId,
  zFactId,
  zProblem,
  zTaxiiName,
  zTxId,
} from '@gongjo/contract';
import { z } from 'zod';
import { type Direction, type JsonSchema, type Schemas, schemasOf } from './openapi-schemas.ts';
import { type Need, needs } from './rights.ts';
import { type Area, areas, type Shape, shapes } from './shapes/index.ts';
import answers from './texts/answers.json' with { type: 'json' };
import { examples } from './texts/examples.ts';
import { areaTexts, docsTexts, summaries } from './texts/index.ts';

/** The API as OpenAPI 3.1 describes it, generated from the tables of rights and of shapes. */
export interface OpenApi {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly [kind: string]: Readonly<Record<string, unknown>>;
  };
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: JsonSchema;
}
export type Content = Readonly<Record<string, { readonly schema?: JsonSchema; readonly example?: unknown }>>;
export interface Answer {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Content;
}
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly 'x-summary-ko': string;
  /** The right that the route asks for, or who may call it. */
  readonly 'x-right': Need;
  readonly tags: readonly [Area];
  readonly security: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Answer>>;
}

const json = 'application/json';

/** What names a thing in a path. Where nothing is said here, it is an identifier that the desk gave. */
const pathSchemas: Readonly<Record<string, z.ZodType>> = {
  address: zAddress,
  agency: zEntryId,
  alias: zTaxiiName,
  chain: zChainId,
  desk: zDeskId,
  fact: zFactId,
  language: z.enum(languages),
  seq: z.int().min(1),
  sha256: z.string().length(64),
  txid: zTxId,
};
const anyId = z.string();
const pathSchema = (route: string, name: string): z.ZodType =>
  name === 'id' && route.includes(' /api/cases/') ? zCaseId : (pathSchemas[name] ?? anyId);
const namesIn = (url: string) => [...url.matchAll(/:(\w+)/g)].flatMap(([, name]) => name ?? []);
const urlOf = (route: string) => route.slice(route.indexOf(' ') + 1);

/** Once for each version and desk: the document says nothing else that could change while the desk runs. */
let made: { readonly of: string; readonly document: OpenApi } | null = null;

export function openApi(version: string, desk: string): OpenApi {
  const of = JSON.stringify([version, desk]);
  made = made?.of === of ? made : { of, document: makeOpenApi(version, desk) };
  return made.document;
}

function makeOpenApi(version: string, desk: string): OpenApi {
  const all = Object.entries(shapes);
  const inputs = all.flatMap(([route, { query, body }]) => [
    ...[query, body].filter((it) => it !== undefined),
    ...namesIn(urlOf(route)).map((name) => pathSchema(route, name)),
  ]);
  const outputs = all.flatMap(([, { answer, also = [] }]) =>
    [answer, ...also.map((it) => it.answer)].filter((it) => it !== undefined),
  );
  const schemas = schemasOf(inputs, [...outputs, zProblem]);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const [area, routes] of Object.entries(areas) as [Area, typeof shapes][])
    for (const [route, shape] of Object.entries(routes)) {
      const path = urlOf(route).replaceAll(/:(\w+)/g, '{$1}');
      const method = route.slice(0, route.indexOf(' ')).toLowerCase();
      paths[path] = { ...paths[path], [method]: operationOf(schemas, area, route, shape) };
    }
  return {
    openapi: '3.1.1',
    info: { title: 'Gongjo', version, description: `${docsTexts.about.en}\n\n${docsTexts.about.ko}` },
    tags: (Object.keys(areas) as Area[]).map((name) => ({
      ...{ name, description: areaTexts[name].en, 'x-description-ko': areaTexts[name].ko },
    })),
    paths,
    components: {
      schemas: schemas.components,
      responses: {
        Problem: {
          description: docsTexts.problem.en,
          content: { 'application/problem+json': { schema: schemas.at(zProblem, 'output') } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: `gongjo_${desk}`, description: docsTexts.session.en },
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'gjt_', description: docsTexts.token.en },
        reporter: { type: 'http', scheme: 'bearer', description: docsTexts.reporter.en },
        operator: { type: 'http', scheme: 'socket', description: docsTexts.operator.en },
      },
    },
  };
}

const operator = { operator: [] };
function securityOf(need: Need): readonly object[] {
  if (need === 'public') return [];
  if (need === 'reporter') return [{ reporter: [] }];
  if (need === 'operator') return [operator];
  return [{ session: [] }, ...(need === 'session' ? [] : [{ token: [] }, operator])];
}

function operationOf(schemas: Schemas, area: Area, route: string, shape: Shape): Operation {
  const need = needs[route];
  const summary = summaries[route];
  if (need === undefined || summary === undefined) throw new Error(`${route} has no right or no summary`);
  const parameters = parametersOf(schemas, route, shape);
  const example = examples[route];
  return {
    operationId: route.replace('/api/', '').replaceAll(/[^A-Za-z0-9]+/g, '-'),
    summary: summary.en,
    'x-summary-ko': summary.ko,
    'x-right': need,
    tags: [area],
    security: securityOf(need),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(shape.body && {
      requestBody: {
        required: shape.bodyOptional !== true,
        content: {
          [json]: { schema: schemas.at(shape.body, 'input'), ...(example === undefined ? {} : { example }) },
        },
      },
    }),
    responses: answersOf(schemas, shape, answered[route]),
  };
}

/** What a desk in the middle of its work answered (`tests/api-answers.test.ts`). */
const answered: Readonly<Record<string, unknown>> = answers;

function answersOf(
  schemas: Schemas,
  { answer, media, status, also = [] }: Shape,
  example: unknown,
): Operation['responses'] {
  const usual = status ?? (answer === undefined && media === undefined ? 204 : 200);
  const contentOf = (told: z.ZodType | undefined, other?: string, shown?: unknown): { content?: Content } =>
    told === undefined && other === undefined
      ? {}
      : {
          content: {
            ...(told && {
              [json]: { schema: schemas.at(told, 'output'), ...(shown === undefined ? {} : { example: shown }) },
            }),
            ...(other !== undefined && { [other]: {} }),
          },
        };
  return {
    [usual]: { description: describe(usual), ...contentOf(answer, media, example) },
    ...Object.fromEntries(
      also.map((it) => [it.status, { description: describe(it.status), ...contentOf(it.answer) }] as const),
    ),
    default: { $ref: '#/components/responses/Problem' },
  };
}

function describe(status: number): string {
  const { done, made: isMade, nothing, elsewhere } = docsTexts;
  return ({ 201: isMade, 204: nothing, 303: elsewhere }[status] ?? done).en;
}

function parametersOf(schemas: Schemas, route: string, { query }: Shape): Parameter[] {
  const inPath = namesIn(urlOf(route)).map((name): Parameter => {
    return { name, in: 'path', required: true, schema: schemas.at(pathSchema(route, name), 'input') };
  });
  if (query === undefined) return inPath;
  const { properties = {}, required = [] } = schemas.at(query, 'input' satisfies Direction) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return [
    ...inPath,
    ...Object.entries(properties).map(([name, schema]): Parameter => {
      return { name, in: 'query', required: required.includes(name), schema };
    }),
  ];
}
