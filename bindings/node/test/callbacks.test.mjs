// SPDX-License-Identifier: Apache-2.0
// Functions of JavaScript that C calls: randomness, key service, signer. What they answer wrongly is an error that says so.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { CryptoError, FatalError, Options, Store } from '../lib/index.js';
import { fresh } from './fixture.mjs';

function folder(t) {
  const made = mkdtempSync(join(tmpdir(), 'consent-node-'));
  t.after(() => rmSync(made, { recursive: true }));
  return join(made, 'a.db');
}

test('randomness comes from the function, on this thread, also for calls that are awaited', async (t) => {
  let asked = 0;
  const { store } = fresh(t, { random: (length) => { asked++; return randomBytes(length); } });
  assert.ok(asked > 0);
  const before = asked;
  store.subjectAdd('a', '1990-01-01');
  assert.ok(asked > before);
  await store.grantAsync('a', 'statistics');
  assert.deepEqual((await store.ledgerVerifyAsync()).rows, []);
  assert.equal(store.may('a', 'statistics'), true);
});

test('randomness that fails changes nothing and says why', (t) => {
  let random = randomBytes;
  const { store } = fresh(t, { random: (length) => random(length) });
  const size = store.ledgerHead().size;
  const why = new Error('the source is dry');
  const throws = () => { throw why; };
  for (const wrong of [throws, () => null, (n) => randomBytes(n - 1), (n) => randomBytes(n + 1), () => 'text', () => Array(32).fill(0)]) {
    random = wrong;
    assert.throws(() => store.subjectAdd('a', null), (e) => e instanceof FatalError && e.code === 'CONSENT_E_RANDOM' &&
      e.cause === (wrong === throws ? why : undefined));
    random = randomBytes;
    assert.equal(store.ledgerHead().size, size);
  }
  assert.equal(store.subjectAdd('a', null), 0);
});

test('a key service wraps and unwraps the master key', async (t) => {
  const path = folder(t);
  const pad = randomBytes(32);
  const asked = [];
  const keyService = (unwrap, bytes) => {
    asked.push([unwrap, bytes.length]);
    return unwrap ? bytes.subarray(4).map((byte, i) => byte ^ pad[i]) : Buffer.concat([Buffer.from('wrap'), bytes.map((byte, i) => byte ^ pad[i])]);
  };
  const made = await Store.createAsync(path, { keyService });
  made.subjectAdd('a', null);
  assert.equal(made.keyShow().kind, 'service');
  made.free();
  const store = Store.open(path, { keyService });
  assert.deepEqual(asked, [[false, 32], [true, 36], [true, 36]]);
  assert.equal(store.subjectGet('a').subject, 'a');
  assert.equal(typeof await store.nowAsync(), 'number'); // on another thread: the service is not asked any more
  store.free();
  const why = new Error('the service is away');
  assert.throws(() => Store.open(path, { keyService() { throw why; } }), (e) => e instanceof CryptoError && e.code === 'CONSENT_E_KEY' && e.cause === why);
  for (const wrong of [() => null, () => Buffer.alloc(31), () => Buffer.alloc(32), () => Buffer.alloc(5000), () => 'key'])
    assert.throws(() => Store.open(path, { keyService: wrong }), CryptoError);
});

test('a signer outside signs checkpoints', async (t) => {
  const path = folder(t);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  let signer = (message) => sign(null, message, privateKey);
  const options = new Options();
  options.setKey(Buffer.alloc(32, 7));
  options.setLogKey(raw, (message) => signer(message));
  const store = Store.create(path, options);
  options.free(); // the function stays as long as the store
  store.subjectAdd('a', null);
  const head = store.ledgerHead();
  assert.match(head.checkpoint, /^libconsent\//);
  assert.equal(store.ledgerCheckpoint().size, head.size);
  await store.subjectAddAsync('b', null);
  const why = new Error('no card');
  for (const wrong of [() => { throw why; }, () => null, () => Buffer.alloc(64), () => Buffer.alloc(63)]) {
    signer = wrong;
    assert.throws(() => store.ledgerCheckpoint(), (e) => e.status < 0 && (e.cause === undefined || e.cause === why));
  }
  store.free();
  const without = Store.open(path, { key: Buffer.alloc(32, 7) });
  without.subjectAdd('c', null);
  assert.throws(() => without.ledgerCheckpoint());
  without.free();
});

test('what is thrown once is not the cause of a later error', (t) => {
  let dry = true;
  const { store } = fresh(t, { clock: () => Date.now() * 1000, random: (n) => randomBytes(n) });
  assert.throws(() => Store.create(folder(t), { key: Buffer.alloc(32), random() { if (dry) throw new Error('dry'); } }), (e) => e.cause?.message === 'dry');
  dry = false;
  assert.throws(() => store.subjectGet('nobody'), (e) => e.cause === undefined);
});

test('a function that only the store knows outlives the collector', { skip: globalThis.gc ? false : 'needs --expose-gc' }, async (t) => {
  const { store, path, key } = fresh(t);
  let asked = 0;
  const plain = Store.open(path, { key, clock: () => { asked++; return Date.now() * 1000; } });
  const options = new Options();
  options.setKey(key);
  options.setClock(() => { asked++; return Date.now() * 1000; });
  const built = (() => Store.open(path, options))();
  for (let round = 0; round < 10; round++) {
    globalThis.gc();
    await new Promise((later) => { setTimeout(later, 5); });
  }
  const before = asked;
  for (const each of [plain, built]) assert.ok(each.now() >= store.now() - 1e6);
  assert.ok(asked >= before + 2);
  plain.free();
  built.free();
  options.free();
});

test('an export goes to a function, which can stop it', (t) => {
  const { store } = fresh(t);
  store.subjectAdd('a', '1990-01-01');
  store.grant('a', 'statistics');
  const pieces = [];
  assert.equal(store.export(null, 'kantara', (bytes) => { pieces.push(bytes); }), 1);
  assert.equal(JSON.parse(Buffer.concat(pieces).toString())[0].piiPrincipalId, 'a');
  const why = new Error('the disk is full');
  assert.throws(() => store.export('a', 'csv', () => { throw why; }), (e) => e.code === 'CONSENT_E_STOPPED' && e.cause === why);
  assert.throws(() => store.export('a', 'csv', () => false), (e) => e.code === 'CONSENT_E_STOPPED');
  const files = new Map();
  const row = store.evidenceExport(null, (file, bytes) => { files.set(file, Buffer.concat([files.get(file) ?? Buffer.alloc(0), bytes])); });
  assert.equal(files.size, row.files);
  assert.ok(JSON.parse(files.get('manifest.json').toString()));
});
