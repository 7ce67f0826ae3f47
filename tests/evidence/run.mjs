// SPDX-License-Identifier: Apache-2.0
// run.mjs CONSENTCTL SOURCE_DIR: makes a store with consentctl and has strangers verify what it gives
// out. The last line is the count.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as jose from 'jose'
import { openCheckpoint, openNote, rootOf, verifierKey, verifyConsistency, verifyProven, verifyReceipt } from './evidence.mjs'

const [ctl, source] = process.argv.slice(2)
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'consent-evidence-'))
const store = path.join(folder, 'a.store')
let clock = Date.parse('2026-03-01T08:00:00Z')
let passed = 0, failed = 0

export function run(...args) {
  clock += 60_000
  const out = execFileSync(ctl, ['--store', store, '--json', '--now', new Date(clock).toISOString(), ...args],
    { maxBuffer: 1 << 28, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return JSON.parse(out)
}
async function test(name, fn) {
  try {
    await fn()
    passed++
  } catch (e) {
    failed++
    console.log(`FAIL ${name}: ${e.stack ?? e}${e.stderr ? '\n' + e.stderr : ''}`)
  }
}
const context = { run, test, ctl, source, store, folder, assert, fs, path, execFileSync, spawnSync, verifyReceipt, verifyProven, verifierKey }

run('init')
run('policy', 'import', path.join(source, 'policy/bundles/strida-fitness/1.0.json'))
run('policy', 'publish', 'strida-fitness', '1.0')
const purposes = JSON.parse(fs.readFileSync(path.join(source, 'policy/bundles/strida-fitness/1.0.json'))).purposes
  .filter(p => p.basis === 'consent').map(p => p.key)
const events = []
for (let i = 0; i < 40; i++) {
  run('subject', 'add', `person-${i}@example.org`, '--born', '1990-05-17')
  const say = [['grant', []], ['refuse', []], ['grant', ['--class', 'separate', '--surface', 'app', '--lang', 'en']]][i % 3]
  events.push(run('consent', say[0], `person-${i}@example.org`, '--purpose', purposes[i % purposes.length], ...say[1]).event)
  if (i % 5 === 0) events.push(run('consent', 'withdraw', `person-${i}@example.org`, '--purpose', purposes[i % purposes.length]).event)
}
const vkey = run('ledger', 'key').key

await test('jose and a second reading of RFC 9162 verify every receipt', async () => {
  for (const seq of events) {
    const { receipt } = run('receipt', 'issue', String(seq))
    const payload = await verifyReceipt(receipt, vkey)
    assert.equal(payload.ledger.seq, seq)
    assert.ok(!JSON.stringify(payload).includes('example.org'))
  }
})
await test('jose refuses a changed receipt and another key', async () => {
  const { receipt } = run('receipt', 'issue', String(events[0]))
  const [h, p, s] = receipt.split('.')
  const changed = [h, Buffer.from(Buffer.from(p, 'base64url').toString().replace('granted', 'refused')).toString('base64url'), s].join('.')
  await assert.rejects(verifyReceipt(changed, vkey), jose.errors.JWSSignatureVerificationFailed)
  const { publicKey } = crypto.generateKeyPairSync('ed25519')
  const key = await jose.importJWK(publicKey.export({ format: 'jwk' }), 'EdDSA')
  await assert.rejects(jose.compactVerify(receipt, key))
})
await test('consentctl verifies what jose signs, and refuses what jose would', async () => {
  const { receipt } = run('receipt', 'issue', String(events[1]))
  const file = path.join(folder, 'r.jws')
  fs.writeFileSync(file, receipt + '\n')
  const good = spawnSync(ctl, ['--json', 'receipt', 'verify', file, '--vkey', vkey], { encoding: 'utf8' })
  assert.equal(good.status, 0, good.stderr)
  assert.equal(JSON.parse(good.stdout).ok, true)
  fs.writeFileSync(file, receipt.slice(0, -8))
  const bad = spawnSync(ctl, ['--json', 'receipt', 'verify', file, '--vkey', vkey], { encoding: 'utf8' })
  assert.equal(bad.status, 1)
  assert.equal(JSON.parse(bad.stdout).ok, false)
})
await test('every event has an inclusion proof', () => {
  const { size } = run('ledger', 'head')
  for (let seq = 0; seq < size; seq++) {
    const p = run('ledger', 'prove', String(seq))
    const who = verifierKey(p.key)
    const point = openCheckpoint(p.checkpoint, who)
    assert.equal(point.root.toString('hex'), p.root)
    assert.deepEqual(rootOf(Buffer.from(p.leaf, 'hex'), BigInt(seq), point.size, p.proof.map(h => Buffer.from(h, 'hex'))), point.root)
  }
})
await test('consistency between any two sizes', () => {
  const { size } = run('ledger', 'head')
  for (let m = 0; m <= size; m += 7)
    for (let n = m; n <= size; n += 13) verifyConsistency(run('ledger', 'consistency', String(m), String(n)))
})
await test('a new log key is signed by the old one', async () => {
  run('ledger', 'checkpoint')
  const { keys, key } = run('ledger', 'key', 'rotate')
  assert.equal(keys.length, 2)
  const text = openNote(keys[1].note, verifierKey(keys[0].key))
  assert.deepEqual(text.split('\n').slice(1, 4), ['new log key', keys[0].key, key])
  const { receipt } = run('receipt', 'issue', String(events[0]))
  await verifyReceipt(receipt, key)
  await assert.rejects(verifyReceipt(receipt, vkey))
  assert.equal(run('ledger', 'verify').ok, true)
})
for (const file of fs.readdirSync(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname)).sort())
  if (/^case_.*\.mjs$/.test(file)) await (await import('./' + file)).default({ ...context, events, purposes, vkey: run('ledger', 'key').key })

fs.rmSync(folder, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
