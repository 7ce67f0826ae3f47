// SPDX-License-Identifier: Apache-2.0
import type { Micros } from './api.js';
export * from './api.js';

/** One or more commits, by anybody: `seq` is the newest event; what was changed, in words. */
export interface Change {
  readonly seq: Micros;
  readonly kinds: readonly ('subject' | 'policy' | 'erasure' | 'store')[];
}
declare module './api.js' {
  interface Store {
    /** Rings from now on, also of other threads and processes, as long as the store is open. It looks every 10 ms after a
     * change and less often while nothing happens, down to every `most` (200) ms. */
    changes(options?: { signal?: AbortSignal; most?: number }): AsyncIterableIterator<Change>;
  }
}

/** What a call of the library failed with. */
export class ConsentError extends Error {
  /** The status, below 0. */
  readonly status: number;
  /** Its name, such as "CONSENT_E_NOT_FOUND". */
  readonly code: string;
  /** The operation that failed, such as "policy import". */
  readonly operation: string;
  /** RFC 6901 pointer to what was refused in a document. */
  readonly where: string | null;
  /** Byte offset of that place. */
  readonly offset: number | null;
  /** The storage engine's or the system's own code; 0: none. */
  readonly engineCode: number;
}
/** The call itself is wrong (-1 to -99). */
export class CallerError extends ConsentError {}
/** The call is right, the state is not (-100 to -199). */
export class OutcomeError extends ConsentError {}
/** The file or the disk (-200 to -299). */
export class StorageError extends ConsentError {}
/** A key, a seal, a signature, a format (-300 to -399). */
export class CryptoError extends ConsentError {}
/** Out of memory or randomness, or a defect of the library (below -900). */
export class FatalError extends ConsentError {}

/** An instant as a Date, which holds milliseconds. */
export function toDate(micros: Micros): Date;
export function toDate(micros: Micros | null): Date | null;
/** A Date as an instant. */
export function fromDate(date: Date): bigint;
