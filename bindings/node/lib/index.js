// SPDX-License-Identifier: Apache-2.0
import './changes.js';

export * from './api.js';
export { ConsentError, CallerError, OutcomeError, StorageError, CryptoError, FatalError } from './error.js';

/** An instant of the library (microseconds) as a Date, which holds milliseconds. */
export const toDate = (micros) => (micros === null ? null : new Date(Number(BigInt(micros) / 1000n)));
/** A Date as an instant of the library. */
export const fromDate = (date) => BigInt(date.getTime()) * 1000n;
