// SPDX-License-Identifier: Apache-2.0
// An evidence bundle as a stranger reads it: node's crypto and jose, the words of its README, nothing of
// libconsent's. `damage` sees that this reader and consentctl refuse the same folders.
import crypto from 'node:crypto'
import * as jose from 'jose'
import { leafHash, openCheckpoint, openNote, rootOf, verifierKey } from './evidence.mjs'

const hex = text => Buffer.from(text, 'hex')
const sha256 = bytes => crypto.createHash('sha256').update(bytes).digest('hex')
const canonical = v => Array.isArray(v) ? `[${v.map(canonical).join(',')}]`
  : v && typeof v === 'object' ? `{${Object.keys(v).sort().map(k => JSON.stringify(k) + ':' + canonical(v[k])).join(',')}}`
    : JSON.stringify(v)

export default async function ({ run, test, assert, fs, path, folder, spawnSync, ctl, vkey, purposes, source }) {
  const files = dir => fs.readdirSync(dir, { recursive: true, withFileTypes: true }).filter(f => f.isFile())
    .map(f => path.relative(dir, path.join(f.parentPath ?? f.path, f.name))).sort()

  // `shown` is the hash of the sections of the point, or of all of them, in one of the languages.
  function shownHashes(bundle, point) {
    const out = new Set(), [key, recipient] = point.split('@')
    const purpose = bundle.purposes.find(p => p.key === key)
    const order = [...bundle.documents.flatMap(d => d.sections), ...bundle.sections.map(s => s.id)]
      .filter((id, i, all) => all.indexOf(id) === i)
    const items = recipient ? purpose.shares.find(s => s.recipient === recipient).items : purpose.items
    const own = new Set(purpose.sections?.length ? purpose.sections
      : items.flatMap(i => bundle.items.find(x => x.key === i).sections ?? []))
    if (recipient) for (const s of bundle.recipients.find(r => r.key === recipient).sections ?? []) own.add(s)
    for (const ids of [order.filter(id => own.has(id)), order])
      for (const wanted of bundle.languages)
        out.add(sha256(canonical(ids.map(id => {
          const text = bundle.sections.find(s => s.id === id).text
          const lang = wanted in text ? wanted : bundle.languages[0]
          return { id, lang, sha256: sha256(Buffer.from(text[lang])) }
        }))))
    return out
  }

  async function verify(dir) {
    const read = name => fs.readFileSync(path.join(dir, name))
    const who = verifierKey(vkey)
    const manifest = JSON.parse(read('manifest.json'))
    assert.deepEqual(openNote(read('manifest.note').toString(), who).split('\n').slice(1, 3),
      ['evidence manifest', sha256(read('manifest.json'))])
    assert.deepEqual(files(dir), [...manifest.files.map(f => f.name), 'manifest.json', 'manifest.note'].sort())
    for (const f of manifest.files) assert.equal(sha256(read(f.name)), f.sha256, f.name)
    assert.equal(read('key.txt').toString(), vkey + '\n')
    const point = openCheckpoint(read('checkpoint.txt').toString(), who)
    const lines = name => read(name).toString().split('\n').slice(0, -1)
    const texts = new Map(), events = new Map()
    for (const line of lines('events.jsonl')) {
      const e = JSON.parse(line), leaf = leafHash(e), body = JSON.parse(e.body)
      assert.equal(canonical(e), line)
      assert.equal(leaf.toString('hex'), e.leaf)
      assert.deepEqual(rootOf(leaf, BigInt(e.seq), point.size, e.proof.map(hex)), point.root)
      events.set(e.seq, e)
      if (e.kind === 'policy.imported') {
        const text = read(`policies/${body.sha256}.json`)
        assert.equal(sha256(text), body.sha256)
        assert.equal(sha256(read(`profiles/${body.profile}.json`)), body.profile)
        texts.set(body.policy + ' ' + body.version, JSON.parse(text))
      } else if (e.kind.startsWith('consent.')) {
        const text = texts.get(body.policy + ' ' + body.version)
        assert.ok(text, 'the wording is there')
        if (body.shown) assert.ok(shownHashes(text, body.point).has(body.shown), 'what was shown is in the wording')
      }
    }
    const key = await jose.importJWK(who.jwk, 'EdDSA')
    const receipts = lines('receipts.txt')
    for (const jws of receipts) {
      const { payload } = await jose.compactVerify(jws, key, { algorithms: ['EdDSA'] })
      const receipt = JSON.parse(new TextDecoder().decode(payload)), e = events.get(receipt.ledger.seq)
      assert.equal(receipt.ledger.body, e.body)
      assert.equal(receipt.ledger.nonce, e.nonce)
      for (const s of receipt.sections ?? []) {
        const text = texts.get(receipt.decision.policy + ' ' + receipt.decision.version)
        assert.equal(sha256(Buffer.from(text.sections.find(x => x.id === s.id).text[s.lang])), s.sha256)
      }
    }
    assert.equal(receipts.length, manifest.receipts)
    assert.equal(events.size, manifest.events)
    return { receipts: receipts.length, decisions: [...events.values()].filter(e => e.kind.startsWith('consent.')) }
  }
  const consentctl = dir => spawnSync(ctl, ['--json', 'evidence', 'verify', dir, '--vkey', vkey], { encoding: 'utf8' })

  const all = path.join(folder, 'bundle-all'), one = path.join(folder, 'bundle-one')
  await test('a bundle verifies with the words of its README', async () => {
    run('subject', 'add', 'reader@example.org', '--born', '1990-05-17')
    for (const purpose of purposes) {
      const { shown } = run('ask', 'reader@example.org').asks.find(a => a.point === purpose) ?? {}
      if (shown) run('consent', 'grant', 'reader@example.org', '--purpose', purpose, '--shown', shown)
    }
    run('evidence', 'export', all)
    run('evidence', 'export', one, 'reader@example.org')
    const whole = await verify(all), part = await verify(one)
    assert.ok(whole.receipts > part.receipts && part.receipts > 0)
    assert.ok(part.decisions.some(e => JSON.parse(e.body).shown))
    assert.equal(new Set(part.decisions.map(e => JSON.parse(e.body).uid)).size, 1)
    assert.ok(!files(one).some(f => fs.readFileSync(path.join(one, f)).includes('reader@example.org')))
    for (const dir of [all, one]) assert.equal(consentctl(dir).status, 0)
  })
  await test('both readers refuse a damaged bundle', async () => {
    for (const file of files(one)) {
      const dir = path.join(folder, 'spoilt')
      fs.cpSync(one, dir, { recursive: true })
      const bytes = fs.readFileSync(path.join(dir, file))
      bytes[Math.floor(bytes.length / 2)] ^= 4
      fs.writeFileSync(path.join(dir, file), bytes)
      await assert.rejects(verify(dir), file)
      const got = consentctl(dir)
      assert.equal(got.status, 1, file + got.stderr)
      assert.equal(JSON.parse(got.stdout).trusted, false)
      fs.rmSync(dir, { recursive: true })
    }
  })
}
