// SPDX-License-Identifier: Apache-2.0
// The doorbell from JavaScript: what it says, by whom it is rung, and how it ends while somebody waits.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { CallerError, Store, constants } from '../lib/index.js';

if (!isMainThread) {
  const { path, key, ids } = workerData;
  const store = Store.open(path, { key: Buffer.from(key), wait: 60_000 });
  for (const id of ids) store.subjectAdd(id, null);
  store.free();
} else {
  const { fresh } = await import('./fixture.mjs');
  const newest = (store) => store.ledgerHead().size - 1;

  test('changes tells what was changed, coalesced', async (t) => {
    const { store } = fresh(t);
    const changes = store.changes();
    store.subjectAdd('a', '1990-01-01');
    store.grant('a', 'statistics');
    store.serviceStop('over');
    const { value, done } = await changes.next();
    assert.equal(done, false);
    assert.deepEqual(value, { seq: newest(store), kinds: ['subject', 'policy'] });
    assert.ok(Object.isFrozen(value) && Object.isFrozen(value.kinds));
    const later = changes.next();
    setTimeout(() => store.subjectAdd('b', null), 30);
    assert.deepEqual((await later).value, { seq: newest(store), kinds: ['subject'] });
    assert.deepEqual(await changes.return(), { done: true, value: undefined });
    assert.deepEqual(await changes.next(), { done: true, value: undefined });
  });

  test('another thread with a handle of its own is heard', async (t) => {
    const { store, path, key } = fresh(t);
    const changes = store.changes();
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { path, key, ids: ['x', 'y'] } });
    const ended = new Promise((resolve) => { worker.once('exit', resolve); });
    const { value } = await changes.next();
    assert.deepEqual(value.kinds, ['subject']);
    assert.equal(await ended, 0);
    for (let seq = value.seq; seq < newest(store);) ({ value: { seq } } = await changes.next());
    await changes.return();
  });

  test('for await ends when the store is closed, freed, or the signal comes', async (t) => {
    for (const way of ['close', 'free', 'abort']) {
      const { path, key } = fresh(t);
      const store = Store.open(path, { key });
      const stop = new AbortController();
      const heard = [];
      const over = (async () => { for await (const change of store.changes({ signal: stop.signal })) heard.push(change); })();
      store.subjectAdd('a', null);
      while (heard.length === 0) await new Promise((later) => { setTimeout(later, 5); });
      if (way === 'abort') stop.abort();
      else store[way]();
      await over;
      assert.equal(heard.length, 1, way);
      store.free();
    }
  });

  test('closing while a call waits on another thread', async (t) => {
    for (const way of ['close', 'end', 'free']) {
      const { path, key } = fresh(t);
      const store = Store.open(path, { key });
      const watch = store.watchNew();
      const waiting = watch.waitAsync(way === 'free' ? 300 : -1);
      await new Promise((later) => { setTimeout(later, 30); });
      if (way === 'close') store.close();
      else watch[way]();
      if (way === 'free') assert.deepEqual(await waiting, { seq: 0, kind: 0 }); // it ends, then the watch goes
      else await assert.rejects(waiting, (e) => e instanceof CallerError && e.code === 'CONSENT_E_CLOSED');
      watch.free();
      store.free();
    }
  });

  test('a waiting call hears it', async (t) => {
    const { store } = fresh(t);
    const watch = store.watchNew(null);
    const waiting = watch.waitAsync(30_000);
    store.subjectAdd('a', null);
    assert.deepEqual(await waiting, { seq: newest(store), kind: constants.CHANGE_SUBJECT });
    assert.deepEqual(watch.wait(0), { seq: 0, kind: 0 });
    watch.free();
    assert.throws(() => watch.wait(0), /this Watch was freed/);
  });

  test('a store whose clock is a function is watched like any other', async (t) => {
    const { store } = fresh(t, { clock: () => Date.now() * 1000 });
    const watch = store.watchNew();
    const waiting = watch.waitAsync(30_000);
    store.subjectAdd('a', null);
    assert.equal((await waiting).kind, constants.CHANGE_SUBJECT);
    watch.free();
  });

  test('a function for another thread is refused', (t) => {
    const { store } = fresh(t);
    assert.throws(() => store.watchNew(() => {}), /not called from another thread; use changes\(\)/);
  });

  test('opened, watched, written, closed in every order', async (t) => {
    const { path, key } = fresh(t);
    for (let round = 0; round < 60; round++) {
      const store = Store.open(path, { key });
      const watches = [store.watchNew(), store.watchNew(), store.watchNew()];
      const waiting = watches.map((watch) => watch.waitAsync(-1).catch((problem) => {
        if (problem.code !== 'CONSENT_E_CLOSED') throw problem;
      }));
      const writing = store.subjectAddAsync(`r${round}`, null).catch((problem) => {
        if (problem.code !== 'CONSENT_E_CLOSED') throw problem;
      });
      if (round % 3 === 0) store.close();
      if (round % 3 === 1) for (const watch of watches) watch.end();
      await Promise.all([...waiting, writing]);
      if (round % 2) store.free();
      for (const watch of watches) if (round % 4) watch.free(); // the others are left to the collector
      store.free();
    }
  });
}
