import type { TSchema } from 'typebox';
import type { BaseVerb, InstanceVerb } from '../../vocabulary/verbs.ts';
import type { Core } from '../core/context.ts';
import type { AppError } from '../core/errors.ts';
import type { Base, Caller, Column, PrincipalKind, Table, View } from '../core/model.ts';

/**
 * A route is data. serve.ts turns the list into a server, openapi.ts folds the
 * same list into documents: a route that exists is documented, guarded and
 * validated. There is no way to write one without `access`.
 */

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * What a caller needs.
 * - public: anyone; a bad credential is still 401
 * - instance / base: the verb, decided by core/access.ts
 * `principals` names who may come at all; a token on a session-only route is 401
 * API_TOKEN_NOT_ALLOWED.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'instance'; readonly verb: InstanceVerb; readonly principals: readonly PrincipalKind[] }
  | { readonly kind: 'base'; readonly verb: BaseVerb; readonly principals: readonly PrincipalKind[] };

export const anyone: Access = { kind: 'public' };
/** Sessions and API tokens. */
export const signedIn = (verb: InstanceVerb): Access => ({
  kind: 'instance',
  verb,
  principals: ['session', 'token'],
});
/** Sessions only: what an API token may never do. */
export const sessionOnly = (verb: InstanceVerb): Access => ({
  kind: 'instance',
  verb,
  principals: ['session'],
});
/** Members of the base by session or token. */
export const inBase = (verb: BaseVerb): Access => ({ kind: 'base', verb, principals: ['session', 'token'] });
/** Members of the base by session only. */
export const inBaseBySession = (verb: BaseVerb): Access => ({ kind: 'base', verb, principals: ['session'] });

/**
 * How the path names the base the access is about; serve.ts resolves it before
 * the handler runs and answers 404 for unknown ids.
 * - base: `:baseId`; table: `:tableId`; column: `:columnId`; view: `:viewId`
 * - filter, sort, viewColumn: `:filterId`, `:sortId`, `:viewColumnId`, with the view they belong to
 * - named: `:base` and `:table` (and `:view`, if present), each an id or a title
 */
export type Target =
  | 'none'
  | 'base'
  | 'table'
  | 'column'
  | 'view'
  | 'filter'
  | 'sort'
  | 'viewColumn'
  | 'named';

/** What the target resolved to: members are present as the target's kind implies. */
export interface Resolved {
  readonly base: Base;
  readonly table: Table;
  readonly column: Column;
  readonly view: View | undefined;
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Seconds; 0 deletes. */
  readonly maxAge: number;
}

/** One request, as handlers see it: plain values, already authenticated, allowed and validated. */
export interface Call<Body = unknown> {
  readonly core: Core;
  readonly caller: Caller;
  readonly target: Resolved;
  /** Path parameters, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Query parameters as sent; a repeated one is an array. */
  readonly query: Readonly<Record<string, string | string[]>>;
  /** The query as it stands in the URL, without '?': a key for caches. */
  readonly queryText: string;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Raw body of a route with `bodyKind: 'stream'`. */
  readonly stream: NodeJS.ReadableStream | undefined;
  /**
   * Judges credential and right again, as if the request came now, and throws
   * as it would then: for answers that take long.
   */
  readonly recheck: () => Promise<void>;
  readonly setCookie: (cookie: Cookie) => void;
  readonly setHeader: (name: string, value: string) => void;
  readonly setStatus: (status: number) => void;
}

/** JSON already written: sent as it is. */
export class Json {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** Any other answer, e.g. a page or a file. */
export class Content {
  readonly type: string;
  readonly data: string | Buffer | NodeJS.ReadableStream;
  constructor(type: string, data: string | Buffer | NodeJS.ReadableStream) {
    this.type = type;
    this.data = data;
  }
}

/** No body at all. */
export const empty: unique symbol = Symbol('empty');

export interface Route<Body = never> {
  /** Unique over all versions; the operationId of documents. */
  readonly id: string;
  readonly method: Method;
  /** Every path that answers, in find-my-way's notation; the first is the documented one. */
  readonly paths: readonly string[];
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  readonly target: Target;
  /** What is thrown when the target does not exist, where the wire has an answer of its own. */
  readonly missing?: () => AppError;
  /** JSON Schemas of single query parameters; values arrive as text and are not coerced. */
  readonly query?: Readonly<Record<string, { readonly schema: TSchema; readonly description: string }>>;
  /** Checked before `run`; a mismatch is 400. */
  readonly body?: TSchema;
  /** 'json' (default) or 'stream': the handler reads the bytes itself. */
  readonly bodyKind?: 'json' | 'stream';
  /** The answer; every response of the tests is checked against it. */
  readonly reply: TSchema;
  /** Status of success, 200 unless said. */
  readonly status?: number;
  /** GET: answers HEAD too, without the body. */
  readonly alsoHead?: boolean;
  /** Further answers that are no errors and have no body, by status, e.g. 304. */
  readonly otherReplies?: Readonly<Record<number, string>>;
  /** Per-table data routes: openapi.ts writes one path an existing table instead. */
  readonly perTable?: boolean;
  /** Turns the call into plain values, calls one operation of the core, and shapes its answer for the wire. */
  readonly run: (call: Call<Body>) => unknown;
}

/** Gives `run` the type of its validated body. */
export function route<Body = undefined>(definition: Route<Body>): AnyRoute {
  return definition as unknown as AnyRoute;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of routes holds bodies of any type
export type AnyRoute = Route<any>;

/** A version of the wire. */
export interface WireFormat {
  readonly name: string;
  /** Requests under this prefix answer errors in this format. */
  readonly prefix: string;
  readonly routes: readonly AnyRoute[];
  readonly encodeError: (error: WireError) => Record<string, unknown>;
}

export interface WireError {
  readonly code: string; // without ERR_
  readonly status: number;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>> | undefined;
}
