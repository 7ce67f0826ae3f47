// SPDX-License-Identifier: Apache-2.0
// A status below 0 becomes an exception of its band.
import { api, C } from './native.js';

/** What a call of the library failed with. */
export class ConsentError extends Error {
  constructor(status, detail = {}) {
    const name = C.consent_status_name(status);
    super(detail.message || name);
    this.name = new.target.name;
    this.status = status;
    this.code = name;
    this.operation = detail.operation ?? '';
    this.where = detail.where ?? null;
    this.offset = detail.offset ?? null;
    this.engineCode = detail.engineCode ?? 0;
  }
}
/** The call itself is wrong: an argument, a text, a document (-1 to -99). */
export class CallerError extends ConsentError {}
/** The call is right, the state is not: not found, conflict, refused, busy (-100 to -199). */
export class OutcomeError extends ConsentError {}
/** The file or the disk (-200 to -299). */
export class StorageError extends ConsentError {}
/** A key, a seal, a signature, a proof, a format (-300 to -399). */
export class CryptoError extends ConsentError {}
/** Out of memory or randomness, or a defect of the library (below -900). */
export class FatalError extends ConsentError {}

const CLOSED = api.constants.find((constant) => constant.name === 'CONSENT_E_CLOSED').value;

function bandOf(status) {
  if (status > -100) return CallerError;
  if (status > -200) return OutcomeError;
  if (status > -300) return StorageError;
  return status > -400 ? CryptoError : FatalError;
}

/** Takes over the error object `pointer` (may be null), which is freed. */
export function errorOf(status, pointer) {
  let detail = {};
  if (pointer) {
    const offset = C.consent_error_offset(pointer);
    detail = { message: C.consent_error_message(pointer), operation: C.consent_error_operation(pointer),
      where: C.consent_error_where(pointer), offset: offset === -1 ? null : offset,
      engineCode: C.consent_error_code(pointer) };
    C.consent_error_free(pointer);
  }
  return new (bandOf(status))(status, detail);
}

export const freedError = (what) =>
  new CallerError(CLOSED, { message: `this ${what} was freed`, operation: 'binding' });
