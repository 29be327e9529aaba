import { z } from 'zod';

/** What goes into a route and what comes out, by the schemas that check it. */
export interface Shape {
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** A request without a body means the defaults. */
  readonly bodyOptional?: true;
  /** What is answered in JSON. Neither this nor `media`: nothing, 204. */
  readonly answer?: z.ZodType;
  /** What is answered otherwise than in JSON, or besides. */
  readonly media?: string;
  /** Of the usual answer, where it is not 200, or 204 for nothing. */
  readonly status?: number;
  /** Other ends than the usual one, each without an answer or with the same. */
  readonly also?: readonly { readonly status: number; readonly answer?: z.ZodType }[];
}

export type Shapes = Readonly<Record<string, Shape>>;

/** A list under its name. */
export const listed = <K extends string, T extends z.ZodType>(name: K, item: T) =>
  z.object({ [name]: z.array(item) } as { [key in K]: z.ZodArray<T> });
