// SPDX-License-Identifier: Apache-2.0
// What a stranger needs to verify our evidence: written from RFC 9162, RFC 8785 and the C2SP notes,
// with nothing of libconsent's; the JWS is left to jose.
import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import * as jose from 'jose'

const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), crypto.createHash('sha256')).digest()
const hex = text => Buffer.from(text, 'hex')

export function verifierKey(vkey) {
  const [name, id, ...rest] = vkey.split('+')
  const typed = Buffer.from(rest.join('+'), 'base64')
  assert.equal(typed.length, 33)
  assert.equal(typed[0], 1, 'Ed25519')
  const keyId = sha256(name, '\n', typed).subarray(0, 4)
  assert.equal(keyId.toString('hex'), id)
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: typed.subarray(1).toString('base64url') }
  return { name, keyId, jwk, key: crypto.createPublicKey({ key: jwk, format: 'jwk' }) }
}

// C2SP signed note, tlog-checkpoint: origin, size, root.
export function openNote(note, who) {
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2).split('\n').filter(Boolean)
  const own = lines.map(line => line.match(/^\u2014 (\S+) (\S+)$/))
    .filter(m => m && m[1] === who.name)
    .map(m => Buffer.from(m[2], 'base64'))
    .filter(s => s.subarray(0, 4).equals(who.keyId))
  assert.equal(own.length, 1, 'signed once by the known key')
  assert.ok(crypto.verify(null, Buffer.from(text), who.key, own[0].subarray(4)), 'signature of the note')
  return text
}

export function openCheckpoint(note, who) {
  const [origin, size, root] = openNote(note, who).split('\n')
  assert.equal(origin, who.name)
  assert.match(size, /^(0|[1-9][0-9]*)$/)
  return { size: BigInt(size), root: Buffer.from(root, 'base64') }
}

export function leafHash({ seq, at, kind, nonce, body }) {
  const commitment = sha256(hex(nonce), Buffer.from(body, 'utf8')).toString('hex')
  const input = `{"at":${at},"body":"${commitment}","kind":${JSON.stringify(kind)},"seq":${seq},"v":1}`
  return sha256(Buffer.from([0]), input)
}

const node = (l, r) => sha256(Buffer.from([1]), l, r)

// Recursive, as RFC 9162 2.1.3 defines it (the library walks the loop of 2.1.3.2).
export function rootOf(leaf, index, size, proof) {
  if (size === 1n) {
    assert.equal(proof.length, 0)
    return leaf
  }
  let k = 1n
  while (k * 2n < size) k *= 2n
  const last = proof.at(-1), rest = proof.slice(0, -1)
  assert.ok(last, 'the proof is too short')
  return index < k ? node(rootOf(leaf, index, k, rest), last) : node(last, rootOf(leaf, index - k, size - k, rest))
}

export function verifyProven(ledger, who) {
  const { size, root } = openCheckpoint(ledger.checkpoint, who)
  const seq = BigInt(ledger.seq)
  assert.ok(seq < size)
  const leaf = leafHash(ledger)
  assert.deepEqual(rootOf(leaf, seq, size, ledger.proof.map(hex)), root, 'inclusion')
  return leaf
}

export async function verifyReceipt(jws, vkey) {
  const who = verifierKey(vkey)
  const key = await jose.importJWK(who.jwk, 'EdDSA')
  const { payload, protectedHeader } = await jose.compactVerify(jws.trim(), key, { algorithms: ['EdDSA'] })
  assert.deepEqual(protectedHeader, { alg: 'EdDSA', kid: who.keyId.toString('hex'), typ: 'consent-receipt+jwt' })
  const receipt = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  verifyProven(receipt.ledger, who)
  const body = JSON.parse(receipt.ledger.body)
  assert.equal(receipt.piiPrincipalId, body.uid ?? 'none')
  assert.equal(receipt.shown, body.shown ?? null)
  assert.equal(receipt.consentTimestamp, Math.floor(receipt.ledger.at / 1e6))
  if (receipt.decision?.point) assert.equal(receipt.decision.point, body.point)
  // `shown` is the hash of the canonical list of sections (RFC 8785).
  return receipt
}

// RFC 9162 2.1.4, recursively: both roots from the same hashes.
export function verifyConsistency({ first, second, first_root, second_root, proof }) {
  const path = proof.map(hex)
  const sub = (m, n, whole) => {
    if (m === n) {
      if (whole) return [hex(first_root), hex(first_root)]
      const h = path.shift()
      return [h, h]
    }
    let k = 1
    while (k * 2 < n) k *= 2
    if (m <= k) {
      const [a, b] = sub(m, k, whole)
      return [a, node(b, path.shift())]
    }
    const [a, b] = sub(m - k, n - k, false)
    const left = path.shift()
    return [node(left, a), node(left, b)]
  }
  if (first === 0 || first === second) {
    assert.equal(path.length, 0)
    return
  }
  const [a, b] = sub(first, second, true)
  assert.equal(path.length, 0)
  assert.equal(a.toString('hex'), first_root)
  assert.equal(b.toString('hex'), second_root)
}
