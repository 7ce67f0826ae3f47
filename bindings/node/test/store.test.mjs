// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import test from 'node:test';
import * as consent from '../lib/index.js';
import { may } from '../lib/express.js';
import { C, api } from '../lib/native.js';
import { camel } from '../lib/values.js';
import { POLICY, fresh } from './fixture.mjs';

const { Act, CallerError, CryptoError, Options, OutcomeError, Query, StorageError, Store } = consent;

const openFiles = () => readdirSync('/proc/self/fd').length;

test('a decision is recorded, found and withdrawn', async (t) => {
  const { store } = fresh(t);
  assert.equal(store.may('王', 'statistics'), false);
  assert.equal(store.subjectAdd('王', '1990-05-01'), 0);
  assert.equal(store.subjectAdd('王', '1990-05-01'), 1);
  const row = store.record({ subject: '王', purpose: 'statistics', decision: 'granted', surface: 'app' });
  assert.equal(row.point, 'statistics');
  assert.equal(row.decision, 'granted');
  assert.equal(row.implied, false);
  assert.equal(store.may('王', 'statistics'), true);
  const answer = await store.checkAsync({ subject: '王', purpose: 'statistics' });
  assert.deepEqual([answer.allowed, answer.reason, answer.event], [true, 'CONSENTED', row.event]);
  assert.ok(Object.isFrozen(answer));
  assert.equal(await store.withdrawAsync('王', 'statistics'), row.event + 1);
  assert.equal(store.check({ subject: '王', purpose: 'statistics' }).reason, 'WITHDRAWN');
  assert.ok(store.history('王').some((event) => event.kind === 'consent.withdrawn'));
  assert.equal(typeof store.history('王')[0].body, 'object');
});

test('builders work as classes and as plain objects; an unknown member is refused', (t) => {
  const { store } = fresh(t);
  store.subjectAdd('a', '1990-01-01');
  const act = new Act('a', consent.constants.DECISION_REFUSED, 'statistics');
  act.setSurface('web');
  assert.equal(store.record(act).decision, 'refused');
  act.free();
  const query = new Query('a', 'statistics');
  assert.equal(store.check(query).reason, 'REFUSED');
  query.free();
  assert.throws(() => store.check({ subject: 'a', purpose: 'statistics', why: 1 }), /there is no 'why'/);
  assert.throws(() => store.record({ subject: 'a', purpose: 'statistics', decision: 'maybe' }), /no decision/);
});

test('many acts in one call', (t) => {
  const { store } = fresh(t);
  store.subjectAdd('a', '1990-01-01');
  const rows = store.recordMany(['a', 'b'].map((subject) => ({ subject, purpose: 'statistics', decision: 'granted' })));
  assert.deepEqual(rows.map((row) => row.status), [0, consent.constants.E_NOT_FOUND]);
  assert.deepEqual(store.recordMany([]), []);
  assert.throws(() => store.recordMany([store]), TypeError);
});

test('errors by band, with place', (t) => {
  const { store, path, key } = fresh(t);
  assert.throws(() => store.subjectGet('nobody'), (e) => e instanceof OutcomeError && e.code === 'CONSENT_E_NOT_FOUND');
  assert.throws(() => store.policyImport(Buffer.from('{"format":1,}')),
    (e) => e instanceof CallerError && e.code === 'CONSENT_E_SYNTAX' && e.offset > 0);
  assert.throws(() => store.subjectAdd(null), (e) => e instanceof CallerError && e.code === 'CONSENT_E_ARGUMENT');
  assert.throws(() => Store.create(path, { key }), (e) => e instanceof StorageError && e.code === 'CONSENT_E_EXISTS');
  assert.throws(() => Store.open(path, { key: Buffer.alloc(32, 9) }), (e) => e instanceof CryptoError);
  assert.throws(() => Store.open('/nowhere/at/all', { key }), StorageError);
});

test('a store is freed by dispose, close is separate, a freed handle is refused', (t) => {
  const { path, key, store } = fresh(t);
  const second = Store.open(path, { key });
  assert.equal(second.id(), store.id());
  assert.equal(second.close(), 0);
  assert.equal(second.close(), 1);
  assert.throws(() => second.now(), (e) => e.code === 'CONSENT_E_CLOSED');
  second[Symbol.dispose]();
  second.free();
  assert.ok(second.freed);
  assert.throws(() => second.now(), /this Store was freed/);
  assert.throws(() => second.may('a', 'b'), /this Store was freed/);
  const options = new Options();
  options.free();
  assert.throws(() => Store.open(path, options), /this Options was freed/);
});

test('handles of another class and half texts are refused before the call', (t) => {
  const { store } = fresh(t);
  assert.throws(() => store.check(store), TypeError);
  assert.throws(() => store.check(5), TypeError);
  assert.throws(() => Store.prototype.may.call({}, 'a', 'b'), TypeError);
  assert.throws(() => store.subjectAdd('a\0b', null), /U\+0000/);
  assert.throws(() => store.subjectAdd('\ud800', null), /surrogate/);
  assert.throws(() => store.subjectAdd(7, null), TypeError);
  assert.throws(() => store.subjectList(2n ** 64n, 0), RangeError);
  assert.throws(() => store.subjectList(0.5, 0), TypeError);
  assert.equal(store.subjectList(0, 0).length, 0);
});

test('free while a call is in flight waits for it', async (t) => {
  const { path, key } = fresh(t);
  const store = Store.open(path, { key });
  const running = Array.from({ length: 20 }, (_, i) => store.subjectAddAsync(`s${i}`, null));
  store.free();
  assert.deepEqual(await Promise.all(running), Array(20).fill(0));
  assert.throws(() => store.now(), /freed/);
});

test('more calls at once than threads can take wait for their turn', async (t) => {
  const { store } = fresh(t);
  const made = await Promise.all(Array.from({ length: 1000 }, (_, i) => store.subjectListAsync(0, i)));
  assert.equal(made.length, 1000);
  const { path, key } = fresh(t);
  const gone = Store.open(path, { key });
  const late = Array.from({ length: 400 }, () => gone.nowAsync());
  gone.free(); // those that wait go first
  for (const now of await Promise.all(late)) assert.ok(now > 0);
});

test('the bytes of a call that is awaited are those of its beginning', async (t) => {
  const { store } = fresh(t);
  const watches = Array.from({ length: 4 }, () => store.watchNew());
  const busy = watches.map((watch) => watch.waitAsync(100)); // every thread of Node's has something to do first
  const bundle = Buffer.from(store.policyBundle(POLICY, '1.0').bundle);
  const checked = consent.bundleCheckAsync(bundle).then(() => 'right', (e) => e.code);
  bundle.fill(0x20);
  assert.equal(await checked, 'right');
  await Promise.all(busy);
  for (const watch of watches) watch.free();
});

test('a handle that is forgotten while a call uses it stays as long', { skip: globalThis.gc ? false : 'needs --expose-gc' }, async (t) => {
  const { path, key } = fresh(t);
  const waiting = (() => Store.open(path, { key }).watchNew().waitAsync(400))();
  const answer = waiting.catch((problem) => problem);
  for (let round = 0; round < 10; round++) {
    globalThis.gc();
    await new Promise((later) => { setTimeout(later, 10); });
  }
  assert.deepEqual(await answer, { seq: 0, kind: 0 });
});

test('the clock may be a function', async (t) => {
  let now = Date.UTC(2030, 0, 1) * 1000;
  const { store } = fresh(t, { clock: () => now });
  assert.equal(store.now(), now);
  now += 5e6;
  assert.equal(await store.nowAsync(), now);
  assert.equal(consent.toDate(now).toISOString(), '2030-01-01T00:00:05.000Z');
  assert.equal(consent.fromDate(consent.toDate(now)), BigInt(now));
});

test('every plane of Unicode makes an id of its own', (t) => {
  const { store } = fresh(t);
  const ids = [];
  for (let plane = 0; plane <= 16; plane++)
    ids.push(`x${String.fromCodePoint(plane * 0x10000 + 0x4e2d)}`, `x${String.fromCodePoint(plane * 0x10000 + 0xfffd)}`);
  ids.push('\u{1F468}\u200D\u{1F469}\u200D\u{1F467}', 'e\u0301', '\u00e9', '\ufeff', '\u202e');
  for (const id of ids) assert.equal(store.subjectAdd(id, null), 0, id);
  assert.deepEqual(store.subjectList(0, 0).map((row) => row.subject), ids);
  for (const id of ids) assert.equal(store.subjectGet(id).subject, id);
});

test('rows have the columns that the headers list', (t) => {
  const { store } = fresh(t);
  store.subjectAdd('a', '1990-01-01');
  store.grant('a', 'statistics');
  store.restrict('a', store.policyShow(POLICY, '1.0').find((row) => row.kind === 'item').key, null);
  const given = { subjectList: [0, 0], policyShow: [POLICY, '1.0'], policyList: [POLICY], policyBundle: [POLICY, '1.0'],
    policyText: [POLICY, '1.0', 's0'], policyShown: [POLICY, '1.0', 'statistics'], ledgerHead: [], ask: ['a'],
    start: ['a'], history: ['a'], decisionList: ['a'], limitList: ['a'], subjectGet: ['a'],
    checkPurposes: ['a', POLICY], record: [{ subject: 'a', purpose: 'statistics', decision: 'granted' }] };
  let compared = 0;
  for (const fn of api.functions) {
    const arguments_ = given[camel(fn.plan.name)];
    if (fn.plan.class !== 'consent_store' || arguments_ === undefined) continue;
    const made = store[camel(fn.plan.name)](...arguments_);
    const row = fn.plan.one ? made : made[0];
    assert.ok(row, fn.name);
    for (const [name] of fn.plan.columns) assert.ok(name in row, `${fn.name}: no column ${name}`);
    compared++;
  }
  assert.equal(compared, Object.keys(given).length);
});

test('words are those of the library', () => {
  for (const [family, values] of Object.entries(api.enums)) {
    const name = C[`consent_${family}_name`];
    for (const [word, number] of Object.entries(values))
      if (word !== 'default') assert.equal(name(number), word, family);
  }
});

test('every function takes NULL and zero without a crash', () => {
  for (const fn of api.functions) {
    const args = fn.params.map(([, word]) => (word.startsWith('*') ? [null] : word === 'bool' ? false
      : /^(status|int32|int64|size|uint8)$/.test(word) ? 0 : null));
    const made = C[fn.name](...args);
    if (fn.returns === 'status' && fn.params.some(([, word]) => word === '*consent_error'))
      assert.ok(made <= 1, fn.name);
    if (fn.plan.form === 'new' && made) C[`${fn.plan.class}_free`](made);
  }
});

test('every function of the headers is reachable, and typed', () => {
  const types = readFileSync(new URL('../lib/api.d.ts', import.meta.url), 'utf8');
  for (const fn of api.functions) {
    const name = camel(fn.plan.name);
    if (fn.plan.form === 'free' || ['consent_error', 'consent_rows'].includes(fn.plan.class)) continue;
    if (fn.plan.in.some((p) => p.type === 'consent_memory_fn')) continue; // asked on any thread: no JavaScript there
    const type = api.types.find((each) => each.name === fn.plan.class);
    if (type === undefined) assert.equal(typeof consent[name], 'function', fn.name);
    else if (type.kind !== 'snapshot' && fn.plan.form === 'method') assert.equal(typeof consent[type.class].prototype[name], 'function', fn.name);
    if (fn.plan.form !== 'new' && !(type?.kind === 'snapshot' && fn.plan.in.length > 0)) assert.match(types, new RegExp(`\\b${name}\\b`), fn.name);
  }
});

test('the middleware answers "may"', async (t) => {
  const { store } = fresh(t);
  store.subjectAdd('wang', '1990-05-01');
  const guard = may(store, 'statistics', { subject: (request) => request.headers['x-user'] });
  const server = createServer((request, response) => guard(request, response, () => response.end(request.consent.reason)));
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  t.after(() => server.close());
  const ask = (headers) => fetch(`http://127.0.0.1:${server.address().port}/`, { headers });
  assert.equal((await ask({})).status, 401);
  const denied = await ask({ 'x-user': 'wang' });
  assert.equal(denied.status, 451);
  const body = await denied.json();
  assert.equal(body.reason, 'NOT_ASKED');
  assert.equal(body.next[0].do, 'ask');
  store.grant('wang', 'statistics');
  const allowed = await ask({ 'x-user': 'wang' });
  assert.deepEqual([allowed.status, await allowed.text()], [200, 'CONSENTED']);
});

test('a forgotten handle is freed by the collector', { skip: globalThis.gc ? false : 'needs --expose-gc' }, async (t) => {
  const { path, key } = fresh(t);
  for (let i = 0; i < 200; i++) Store.open(path, { key }).may('a', 'b');
  const before = openFiles();
  for (let round = 0; round < 50 && openFiles() > before / 2; round++) {
    globalThis.gc();
    await new Promise((later) => { setTimeout(later, 20); });
  }
  assert.ok(openFiles() <= before * 2 / 3, `${before} files before, ${openFiles()} after`);
});
