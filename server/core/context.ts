import type { IdKind } from '../../vocabulary/ids.ts';
import type { Directory } from './directory.ts';
import type { Events } from './events/bus.ts';
import type { ImportFiles } from './imports/importedFile.ts';
import type {
  ExternalSources,
  Invalidations,
  Mac,
  Mailer,
  Passwords,
  RecordReader,
  RunTransaction,
  SessionSigner,
  Stores,
  TokenCipher,
} from './ports.ts';
import type { RateLimits } from './sessions/limits.ts';
import type { Snapshot } from './snapshot.ts';

/** Limits and lifetimes that operations obey; made by config.ts. Times in milliseconds. */
export interface CoreSettings {
  readonly jwtLifetime: number;
  readonly refreshLifetime: number;
  readonly inviteOnlySignup: boolean;
  /** 0: no limit. */
  readonly tokensPerUser: number;
  readonly pageSizeDefault: number;
  readonly pageSizeMax: number;
  /** Records of one write request. */
  readonly payloadLimit: number;
  readonly maxTextLength: number;
  /** Address people reach the instance at; null until set: answers then use relative ones. */
  readonly publicUrl: string | null;
  readonly passwordMinLength: number;
  readonly timeZone: string;
  /** The interface is served: links lead into it. */
  readonly hasInterface: boolean;
}

/** Everything an operation may use. Built once by main.ts; tests hold clock, random and ids still. */
export interface Core {
  readonly clock: () => Date;
  readonly newId: (kind: IdKind) => string;
  readonly randomBytes: (size: number) => Buffer;
  readonly settings: CoreSettings;
  readonly stores: Stores;
  readonly transaction: RunTransaction;
  readonly reader: RecordReader;
  readonly sources: ExternalSources;
  readonly snapshot: Snapshot;
  readonly directory: Directory;
  readonly invalidations: Invalidations;
  readonly events: Events;
  readonly passwords: Passwords;
  readonly signer: SessionSigner;
  readonly tokenCipher: TokenCipher;
  readonly refreshMac: Mac;
  readonly mailer: Mailer;
  readonly limits: RateLimits;
  readonly importFiles: ImportFiles;
  /** Hears jobs that failed inside; for the log. */
  readonly jobFailed: (error: unknown) => void;
}
