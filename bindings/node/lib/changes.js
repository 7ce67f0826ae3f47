// SPDX-License-Identifier: Apache-2.0
// The doorbell as an async iterator. A function that the watch's own thread calls would stand still until JavaScript's
// thread has time for it, and for ever when that waits for the watch to end; so the watch is looked at from here. A look
// reads a counter in memory: well under a microsecond while nothing happened.
import { constants, module } from './classes.js';

const LEAST = 10;
const MOST = 200;
const KINDS = [['subject', constants.CHANGE_SUBJECT], ['policy', constants.CHANGE_POLICY],
  ['erasure', constants.CHANGE_ERASURE], ['store', constants.CHANGE_STORE]];

const sleep = (pause, signal) => new Promise((resolve) => {
  const timer = setTimeout(wake, pause);
  function wake() {
    clearTimeout(timer);
    signal?.removeEventListener('abort', wake);
    resolve();
  }
  signal?.addEventListener('abort', wake);
});

/** Rings from now on; ends when the store is closed or freed, or by the signal. */
export function changes(store, { signal, most = MOST } = {}) {
  let watch = store.watchNew(null); // now, not at the first step: what is committed from here on rings
  let pause = LEAST;
  const end = () => {
    watch?.free();
    watch = null;
    return { done: true, value: undefined };
  };
  return {
    async next() {
      while (watch !== null && !store.freed && !signal?.aborted) {
        let heard;
        try {
          heard = watch.wait(0);
        } catch (problem) {
          end();
          if (problem.code === 'CONSENT_E_CLOSED') break;
          throw problem;
        }
        if (heard.kind !== 0) {
          pause = LEAST;
          return { done: false, value: Object.freeze({ seq: heard.seq, kinds: Object.freeze(KINDS.filter(([, bit]) => heard.kind & bit).map(([word]) => word)) }) };
        }
        await sleep(pause, signal);
        pause = Math.min(pause * 2, most);
      }
      return end();
    },
    async return() { return end(); },
    [Symbol.asyncIterator]() { return this; },
  };
}

Object.defineProperty(module.Store.prototype, 'changes', {
  value(options) { return changes(this, options); }, writable: true, configurable: true,
});
