// SPDX-License-Identifier: Apache-2.0
// Four workers on one file, opening and closing in any order while doorbells ring; memory over a million calls; cost of a call.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { CallerError, Store } from '../lib/index.js';
import { C, library } from '../lib/native.js';

const WORKERS = 4;
const ROUNDS = 12;

if (!isMainThread) {
  const { path, key, who } = workerData;
  let seed = who + 1;
  const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  const open = [];
  let written = 0;
  for (let round = 0; round < ROUNDS; round++) {
    while (open.length < 3) open.push(Store.open(path, { key: Buffer.from(key), wait: 60_000 }));
    const store = open[random(open.length)];
    const watch = store.watchNew();
    const bell = watch.waitAsync(round % 3 ? 50 : 0).then((heard) => heard.kind, (problem) => {
      if (!(problem instanceof CallerError)) throw problem; // it was closed or ended meanwhile
      return 0;
    });
    const id = `w${who}-${round}-${String.fromCodePoint((round % 17) * 0x10000 + 0x4e2d)}`;
    store.subjectAdd(id, '1990-01-01');
    await store.grantAsync(id, 'statistics');
    written++;
    if (!open[random(open.length)].may(id, 'statistics')) throw new Error(`${id}: granted, and denied`);
    const [gone] = open.splice(random(open.length), 1);
    if (random(2)) watch.end(); // before or after its store is closed, or never: the collector frees it
    if (random(2)) gone.close();
    const late = random(2) ? gone.nowAsync().catch((problem) => { if (!(problem instanceof CallerError)) throw problem; }) : null;
    gone.free();
    if (random(2)) watch.free();
    await late;
    if (![0, 1].includes(await bell)) throw new Error('nothing but subjects was written');
  }
  for (const store of open) if (random(2)) store.free(); // the others are left to the collector
  parentPort.postMessage(written);
} else {
  const { fresh } = await import('./fixture.mjs');

  test('four workers on one file', async (t) => {
    const { store, path, key } = fresh(t);
    const run = (who) => new Promise((resolve, reject) => {
      const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { path, key, who } });
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    const written = await Promise.all(Array.from({ length: WORKERS }, (_, who) => run(who)));
    assert.deepEqual(written, Array(WORKERS).fill(ROUNDS));
    const subjects = store.subjectList(0, 0);
    assert.equal(subjects.length, WORKERS * ROUNDS);
    for (const { subject } of subjects) assert.equal(store.may(subject, 'statistics'), true, subject);
    assert.deepEqual(store.ledgerVerify().rows, []);
  });

  test('a million calls keep no memory', (t) => {
    const { store } = fresh(t);
    store.subjectAdd('a', '1990-01-01');
    store.grant('a', 'statistics');
    const some = (n) => {
      const handle = store.handleNew('a');
      const number = store.purposeNumber('statistics');
      for (let i = 0; i < n; i += 2) if (store.may('a', 'statistics') !== handle.may(number)) throw new Error('two answers');
      handle.free();
      for (let i = 0; i < n / 100; i++) {
        store.check({ subject: 'a', purpose: 'statistics' });
        store.subjectGet('a');
        assert.throws(() => store.subjectGet('b'));
        const watch = store.watchNew();
        watch.wait(0);
        watch.free();
      }
    };
    some(100_000);
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    some(900_000);
    globalThis.gc?.();
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    console.log(`1 000 000 calls: ${grown.toFixed(1)} MiB more resident`);
    assert.ok(grown < 48, `${grown} MiB`);
  });

  test('handles that are no handles', (t) => {
    const { store, path, key } = fresh(t);
    const other = Store.open(path, { key });
    const handle = other.handleNew('a');
    const watch = other.watchNew();
    other.free(); // what came from it keeps it
    assert.equal(handle.may(0), false);
    assert.deepEqual(watch.wait(0), { seq: 0, kind: 0 });
    for (const wrong of [handle, watch, {}, null, undefined, 0, 'store', C]) {
      assert.throws(() => Store.prototype.may.call(wrong, 'a', 'b'), TypeError);
      assert.throws(() => Object.getPrototypeOf(watch).wait.call(wrong === watch ? store : wrong, 0), TypeError);
      if (![null, undefined].includes(wrong) && wrong.constructor !== Object) assert.throws(() => store.check(wrong), TypeError);
    }
    assert.throws(() => handle.may('0'), TypeError);
    assert.throws(() => handle.may(2 ** 31), RangeError);
    assert.equal(handle.may(-1), false);
    assert.equal(handle.may(1023), false);
    handle.free();
    watch.free();
    for (const freed of [() => handle.may(0), () => watch.wait(0), () => watch.end()])
      assert.throws(freed, (e) => e instanceof CallerError && e.code === 'CONSENT_E_CLOSED');
  });

  test('the cost of may beside a call that does nothing', (t) => {
    const { store } = fresh(t);
    store.subjectAdd('a', '1990-01-01');
    store.grant('a', 'statistics');
    const handle = store.handleNew('a');
    const number = store.purposeNumber('statistics');
    const nothing = library.func('consent_error_code', 'int32_t', ['void *']);
    const calls = { empty: () => nothing(null), handle: () => handle.may(number),
      texts: () => C.consent_may(null, 'a', 'statistics'), may: () => store.may('a', 'statistics') };
    const best = {};
    // The best of many short ones, because others work here, too; on a busy machine of more.
    for (let round = 0; round < 40 || (round < 1000 && best.handle >= 5 * best.empty); round++) {
      for (const [name, each] of Object.entries(calls)) {
        const started = process.hrtime.bigint();
        for (let i = 0; i < 5_000; i++) each();
        best[name] = Math.min(best[name] ?? Infinity, Number(process.hrtime.bigint() - started) / 5_000);
      }
    }
    const of = (name, beside) => `${best[name].toFixed(0)} ns, ratio ${(best[name] / best[beside]).toFixed(2)}`;
    console.log(`empty call ${best.empty.toFixed(0)} ns; by handle and number ${of('handle', 'empty')}; ` +
      `with two texts on NULL ${of('texts', 'empty')}; may by text ${of('may', 'texts')} to that`);
    handle.free();
    assert.ok(best.handle < 6 * best.empty); // below 3 on a Release build: docs/performance.md
  });
}
