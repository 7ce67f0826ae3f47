// SPDX-License-Identifier: Apache-2.0
// Functions of JavaScript as C calls them: pointers become Uint8Arrays. They run on JavaScript's own thread only, which is
// why a store that has one makes its …Async calls at once. What one throws is the `cause` of the error that follows.
import { koffi } from './native.js';

let problem;
export const raised = {
  /** { cause } of the last throw, once; {} when there was none. */
  take() {
    const found = problem;
    problem = undefined;
    return found ?? {};
  },
};

function guarded(call) {
  try {
    return call();
  } catch (thrown) {
    problem = { cause: thrown };
    return false;
  }
}

const bytesAt = (pointer, length) => new Uint8Array(koffi.view(pointer, Number(length)));

function put(made, to, most) {
  if (!(made instanceof Uint8Array) || made.length === 0 || made.length > most) return 0;
  bytesAt(to, most).set(made);
  return made.length;
}

/** 0 to go on; what throws, or answers false, stops the call. */
function stopped(call) {
  const made = guarded(() => call() !== false);
  return made ? 0 : 1;
}

const ADAPTED = {
  consent_random_fn: (fill) => (to, length) => guarded(() => put(fill(Number(length)), to, Number(length)) === Number(length)),
  consent_key_fn: (service) => (unwrap, from, length, to, capacity, outLength) => guarded(() => {
    const put_ = put(service(unwrap, bytesAt(from, length).slice()), to, Number(capacity));
    koffi.encode(outLength, 'size_t', put_);
    return put_ > 0;
  }),
  consent_sign_fn: (sign) => (from, length, to) => guarded(() => put(sign(bytesAt(from, length).slice()), to, 64) === 64),
  consent_sink_fn: (sink) => (from, length) => stopped(() => sink(bytesAt(from, length).slice())),
  consent_evidence_fn: (take) => (file, from, length) =>
    stopped(() => take(file, Number(length) === 0 ? new Uint8Array() : bytesAt(from, length).slice())),
};

export const callbackOf = (type, value) => ADAPTED[type]?.(value) ?? ((...given) => value(...given.slice(0, -1)));
