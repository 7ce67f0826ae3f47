// SPDX-License-Identifier: Apache-2.0
// Four workers on one file, opening and closing in any order; memory over a million calls; cost of a call.
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
    while (open.length < 3) open.push(Store.open(path, { key: Buffer.from(key) }));
    const store = open[random(open.length)];
    const id = `w${who}-${round}-${String.fromCodePoint((round % 17) * 0x10000 + 0x4e2d)}`;
    store.subjectAdd(id, '1990-01-01');
    await store.grantAsync(id, 'statistics');
    written++;
    if (!open[random(open.length)].may(id, 'statistics')) throw new Error(`${id}: granted, and denied`);
    const [gone] = open.splice(random(open.length), 1);
    if (random(2)) gone.close();
    const late = random(2) ? gone.nowAsync().catch((problem) => { if (!(problem instanceof CallerError)) throw problem; }) : null;
    gone.free();
    await late;
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
      for (let i = 0; i < n; i++) store.may('a', 'statistics');
      for (let i = 0; i < n / 100; i++) {
        store.check({ subject: 'a', purpose: 'statistics' });
        store.subjectGet('a');
        assert.throws(() => store.subjectGet('b'));
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

  test('the cost of may beside a call that does nothing', (t) => {
    const { store } = fresh(t);
    store.subjectAdd('a', '1990-01-01');
    store.grant('a', 'statistics');
    const nothing = library.func('consent_error_code', 'int32_t', ['void *']);
    const pointer = Store.prototype.may && null;
    const time = (call) => {
      const started = process.hrtime.bigint();
      for (let i = 0; i < 200_000; i++) call();
      return Number(process.hrtime.bigint() - started) / 200_000;
    };
    const rounds = Array.from({ length: 3 }, () => ({
      empty: time(() => nothing(pointer)), texts: time(() => C.consent_may(null, 'a', 'statistics')),
      wrapped: time(() => store.may('a', 'statistics')) }));
    const [best] = rounds.sort((a, b) => a.wrapped - b.wrapped);
    console.log(`may: ${best.wrapped.toFixed(0)} ns; empty call ${best.empty.toFixed(0)} ns (ratio ${(best.wrapped / best.empty).toFixed(1)}); ` +
      `call with two texts on NULL ${best.texts.toFixed(0)} ns (ratio ${(best.wrapped / best.texts).toFixed(1)})`);
    assert.ok(best.wrapped < 100_000);
  });
}
