// SPDX-License-Identifier: Apache-2.0
// Exports of a store with everything that happens to a consent, over both shipped policies: held against
// schemas by ajv, read as linked data by jsonld, as a table by Python's csv.
import Ajv from 'ajv'
import jsonld from 'jsonld'

const year = 365 * 86_400_000

export default async function ({ test, assert, fs, path, folder, source, ctl, execFileSync, spawnSync, verifyReceipt }) {
  const data = name => JSON.parse(fs.readFileSync(path.join(source, 'tests/evidence/data', name)))
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true })
  const fits = { kantara: ajv.compile(data('kantara-cr-1.1.schema.json')), iso27560: ajv.compile(data('iso-27560.schema.json')) }
  const terms = data('dpv-2.3-terms.json')
  const people = ['adult@example.org', 'twice@example.org', 'child@example.org', 'guardian@example.org']

  // A store told through: grants, a refusal, a withdrawal, a renewal under another version, a share, a guardian's
  // yes, silence, an erasure, a cancelled account.
  function tell(name, { one, two, share, expires, child }) {
    const store = path.join(folder, name + '.store')
    let clock = Date.parse('2024-07-01T08:00:00Z')
    const run = (...args) => JSON.parse(execFileSync(ctl, ['--store', store, '--json', '--now',
      new Date(clock += 60_000).toISOString(), ...args], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] }))
    const policy = version => {
      run('policy', 'import', path.join(source, `policy/bundles/${name}/${version}.json`))
      run('policy', 'publish', name, version)
    }
    run('init')
    policy('1.0')
    for (const id of [...people, 'gone@example.org', 'left@example.org'])
      run('subject', 'add', id, '--born', id.startsWith('child') ? '2013-05-17' : '1980-05-17')
    run('consent', 'grant', people[0], '--purpose', one, '--surface', 'app', '--lang', 'en', '--class', 'separate')
    run('consent', 'refuse', people[0], '--purpose', two)
    run('consent', 'grant', people[1], '--purpose', one)
    run('consent', 'grant', 'gone@example.org', '--purpose', one)
    run('consent', 'withdraw', people[1], '--purpose', one, '--surface', 'web')
    clock = Date.parse('2025-05-01T08:00:00Z')
    policy('2.0')
    run('consent', 'grant', people[0], '--purpose', one, '--class', 'separate')
    run('consent', 'grant', people[0], '--purpose', one, '--class', 'separate') // renewed
    clock = Date.parse('2026-03-01T08:00:00Z')
    policy('3.0')
    const [purpose, recipient] = share.split('@')
    run('consent', 'grant', people[1], '--purpose', purpose, '--class', 'written', '--document', 'ab'.repeat(32))
    run('consent', 'grant', people[1], '--purpose', purpose, '--recipient', recipient, '--class', 'written', '--document', 'ab'.repeat(32))
    run('consent', 'grant', people[0], '--purpose', expires, '--class', 'separate')
    run('consent', 'grant', people[0], '--purpose', child, '--surface', 'implied')
    const bundle = JSON.parse(fs.readFileSync(path.join(source, `policy/bundles/${name}/3.0.json`)))
    run('guardian', 'link', people[2], people[3], '--evidence', bundle.minors.evidence[0])
    run('guardian', 'verify', people[2], people[3])
    const told = { guardian: run('consent', 'grant', people[2], '--purpose', child, '--by', people[3], '--class', 'separate').event }
    told.erased = run('erase', 'gone@example.org', '--request', String(told.deletion = run('request', 'open', 'gone@example.org', '--kind', 'delete').request))
    told.request = run('receipt', 'issue', String(run('cancel', 'open', 'left@example.org', '--acknowledge').request)).receipt
    clock += 30 * 86_400_000 // whatever the cooling-off
    for (const c of bundle.cancellation.conditions)
      run('fact', 'put', 'left@example.org', '--fact', c.fact, '--value', JSON.stringify(c.value), '--source', 'erp')
    told.cancelled = run('cancel', 'execute', 'left@example.org')
    told.head = run('ledger', 'head').size
    return { name, store, run, told, bundle, at: t => { clock = t } }
  }

  const stores = [
    tell('hnys-mobile-office', { one: 'statistics', two: 'performance', share: 'attendance@dongting-maps', expires: 'attendance', child: 'messages' }),
    tell('strida-fitness', { one: 'reminders', two: 'newsletter', share: 'medical-study@charlottenburg-hospital', expires: 'heart-training', child: 'analytics' })]
  const acts = s => people.flatMap(id => s.run('consent', 'history', id).events.filter(e => e.kind.startsWith('consent.')).map(e => ({ id, ...e })))
  const exported = (s, format, who = '--all') => s.run('export', who, '--format', format)

  for (const s of stores) {
    await test(`${s.name}: Kantara receipts fit the schema, and a refusal is no consent`, () => {
      const all = exported(s, 'kantara')
      assert.ok(fits.kantara(all), ajv.errorsText(fits.kantara.errors, { separator: '\n' }))
      const said = acts(s).filter(e => e.kind !== 'consent.implied')
      assert.equal(all.length, said.length)
      assert.deepEqual(all.map(r => [r.piiPrincipalId, r.decision.event, 'consent.' + r.decision.state]).sort(),
        said.map(e => [e.id, e.event, e.kind]).sort())
      for (const r of all) assert.equal(r.services.length, r.decision.state === 'granted' ? 1 : 0)
      for (const r of all.filter(each => each.services.length)) { // what it says of the policy, read from the bundle
        const bundle = JSON.parse(fs.readFileSync(path.join(source, `policy/bundles/${s.name}/${r.decision.version}.json`)))
        const [key, recipient] = r.decision.point.split('@')
        const purpose = bundle.purposes.find(p => p.key === key), lang = bundle.languages[0]
        const items = (recipient ? purpose.shares.find(x => x.recipient === recipient) : purpose).items
          .map(i => bundle.items.find(x => x.key === i))
        const rule = i => !i.retention ? 'not stated in the policy'
          : (i.retention.days ? `${i.retention.days} days after ${i.retention.until}` : `until ${i.retention.until}`) + `, then ${i.retention.then}`
        const once = list => [...new Set(list)]
        const [said] = r.services[0].purposes
        assert.equal(said.purpose, purpose.title[lang])
        assert.equal(said.termination, once(items.map(rule)).join('; '))
        assert.deepEqual(said.piiCategory, once(items.map(i => i.category)))
        assert.deepEqual(r.spiCat, once(items.filter(i => i.sensitive).map(i => i.category)))
        assert.equal(r.sensitive, items.some(i => i.sensitive))
        assert.equal(r.piiControllers[0].piiController, bundle.controller.name[lang])
      }
      const shares = all.filter(r => r.decision.point.includes('@'))
      assert.equal(shares.length, 1)
      assert.equal(shares[0].services[0].purposes[0].thirdPartyDisclosure, true)
      for (const id of people) assert.deepEqual(exported(s, 'kantara', id), all.filter(r => r.piiPrincipalId === id))
      for (const r of all) // the same id as the receipt that is signed
        assert.equal(JSON.parse(Buffer.from(s.run('receipt', 'issue', String(r.decision.event)).receipt.split('.')[1], 'base64url'))
          .consentReceiptID, r.consentReceiptID)
    })
    await test(`${s.name}: the schema of Kantara refuses what it must`, () => {
      const [good] = exported(s, 'kantara').filter(r => r.services.length)
      for (const field of ['version', 'jurisdiction', 'consentTimestamp', 'collectionMethod', 'consentReceiptID', 'piiPrincipalId',
        'piiControllers', 'policyUrl', 'services', 'sensitive', 'spiCat'])
        assert.ok(!fits.kantara([{ ...good, [field]: undefined }].map(r => JSON.parse(JSON.stringify(r)))), field)
      const named = structuredClone(good)
      named.services[0].purposes[0].thirdPartyDisclosure = true
      delete named.services[0].purposes[0].thirdPartyName
      assert.ok(!fits.kantara([named]))
    })
    await test(`${s.name}: records of ISO/IEC TS 27560 have every mandatory field`, () => {
      const all = exported(s, 'iso27560')
      assert.ok(fits.iso27560(all), ajv.errorsText(fits.iso27560.errors, { separator: '\n' }))
      const said = acts(s).filter(e => e.kind !== 'consent.implied')
      assert.equal(all.length, new Set(said.map(e => e.id + ' ' + e.body.point)).size)
      assert.equal(new Set(all.map(r => r.record_id)).size, all.length)
      assert.equal(all.flatMap(r => r.consent_record.events).filter(e => e.event_id).length, said.length)
      for (const { consent_record: r, record_id: id } of all) {
        assert.equal(r.record_id, id)
        const parties = r.party_identification.map(p => p.party_id)
        assert.equal(new Set(parties).size, parties.length)
        for (const e of r.events) assert.ok(parties.includes(e.entity_id), e.entity_id)
        for (const p of r.pii_processing.purposes)
          for (const party of [...p.pii_controllers, ...p.recipient_third_parties]) assert.ok(parties.includes(party), party)
        const times = r.events.map(e => e.event_time)
        assert.deepEqual(times, [...times].sort())
      }
      const states = all.filter(r => r.consent_record.pii_principal_id === people[0]).map(r => r.consent_record.events.map(e => e.event_state))
      assert.deepEqual(states[0], ['ConsentGiven', 'RenewedConsentGiven', 'RenewedConsentGiven'])
      assert.deepEqual(states[1], ['ConsentRefused'])
      const guarded = all.filter(r => r.consent_record.events.some(e => e.entity_role === 'guardian'))
      assert.deepEqual(guarded.map(r => r.consent_record.pii_principal_id), [people[2]])
    })
    await test(`${s.name}: DPV is linked data, every term of it exists, and statuses are right`, async () => {
      s.at(Date.parse('2026-04-01T00:00:00Z') + 3 * year)
      const document = exported(s, 'dpv')
      const offline = { documentLoader: url => { throw new Error(`it needs the network: ${url}`) } }
      const graph = await jsonld.expand(document, offline)
      const used = new Set()
      const dpv = 'https://w3id.org/dpv#', dct = 'http://purl.org/dc/terms/', schema = 'https://w3id.org/dpv/schema/dpv-27560#record'
      const known = (iri, kinds) => {
        used.add(iri)
        if (iri.startsWith(dpv)) return kinds.some(k => terms.dpv[k].includes(iri.slice(dpv.length)))
        return iri.startsWith(dct) && kinds.includes('properties') && terms.dct.properties.includes(iri.slice(dct.length))
      }
      const look = node => {
        if (Array.isArray(node)) return node.forEach(look)
        if (node === null || typeof node !== 'object') return
        if ('@value' in node) return assert.ok([undefined, 'http://www.w3.org/2001/XMLSchema#dateTime'].includes(node['@type']))
        if (node['@id'] && !/^(urn:|_:)/.test(node['@id']) && node['@id'] !== schema)
          assert.ok(known(node['@id'], ['classes']), node['@id'])
        for (const type of node['@type'] ?? []) assert.ok(known(type, ['classes']), type)
        for (const key of Object.keys(node).filter(k => k[0] !== '@')) {
          assert.ok(known(key, ['properties']), key)
          look(node[key])
        }
      }
      look(graph)
      assert.ok(used.size > 40)
      const quads = await jsonld.toRDF(document, { ...offline, format: 'application/n-quads' })
      assert.equal(quads.split('\n').filter(l => l.includes('<https://w3id.org/dpv#ConsentRecord>')).length, document['@graph'].length)
      const status = (who, purpose) => document['@graph'].filter(r => r['dpv:hasDataSubject']['dct:identifier'] === who &&
        r['dpv:hasProcess']['dpv:hasPurpose']['dct:identifier'] === purpose).map(r => r['dpv:hasConsentStatus']['@id'])
      const by = { 'hnys-mobile-office': ['statistics', 'performance', 'attendance'], 'strida-fitness': ['reminders', 'newsletter', 'heart-training'] }[s.name]
      assert.deepEqual(status(people[0], by[0]), ['dpv:RenewedConsentGiven'])
      assert.deepEqual(status(people[0], by[1]), ['dpv:ConsentRefused'])
      assert.deepEqual(status(people[0], by[2]), ['dpv:ConsentExpired'])
      assert.deepEqual(status(people[1], by[0]), ['dpv:ConsentWithdrawn'])
    })
    await test(`${s.name}: Python's csv reads the table, silence in it too`, () => {
      const file = path.join(folder, s.name + '.csv')
      const { records } = s.run('export', '--all', '--format', 'csv', '--out', file)
      const bytes = fs.readFileSync(file)
      assert.equal(bytes.subarray(0, 3).toString('hex'), 'efbbbf')
      assert.equal((fs.statSync(file).mode & 0o777).toString(8), '600')
      const read = spawnSync('python3', ['-I', '-c', 'import csv, json, sys\n' +
        'print(json.dumps(list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline=""), strict=True))))', file], { encoding: 'utf8' })
      assert.equal(read.status, 0, read.stderr)
      const rows = JSON.parse(read.stdout)
      assert.equal(rows.length, records)
      assert.deepEqual(rows.map(r => [r.subject, r.event, r.decision]).sort(),
        acts(s).map(e => [e.id, String(e.event), e.kind.slice(8)]).sort())
      for (const r of rows) {
        assert.equal(Object.keys(r).length, 18)
        assert.ok(Object.values(r).every(v => typeof v === 'string'))
      }
      const decided = rows.find(r => r.event === String(s.told.guardian))
      assert.equal(decided.by, 'guardian')
      assert.match(decided.guardian, /^[0-9a-f]{32}$/)
    })
    await test(`${s.name}: of who was erased nothing is exported`, () => {
      for (const format of ['kantara', 'iso27560', 'dpv'])
        for (const trace of ['gone@example.org', s.told.erased.uid, 'left@example.org', s.told.cancelled.uid]) assert.ok(!JSON.stringify(exported(s, format)).includes(trace))
    })
    await test(`${s.name}: receipts of a cancellation, an erasure, a guardian's attestation`, async () => {
      const key = s.run('ledger', 'key').key
      const kinds = {}
      for (let seq = 0; seq < s.told.head; seq++) {
        const { kind } = s.run('ledger', 'prove', String(seq))
        const issued = spawnSync(ctl, ['--store', s.store, 'receipt', 'issue', String(seq)], { encoding: 'utf8' })
        if (issued.status !== 0) continue
        const receipt = await verifyReceipt(issued.stdout, key)
        assert.equal(receipt.ledger.kind, kind)
        if (!kind.startsWith('consent.')) assert.deepEqual(receipt.services, [])
        kinds[kind] = (kinds[kind] ?? 0) + 1
        const own = spawnSync(ctl, ['--json', 'receipt', 'verify', '-', '--vkey', key], { encoding: 'utf8', input: issued.stdout })
        assert.equal(own.status, 0, own.stdout)
      }
      assert.equal(kinds['subject.erased'], 2) // on a request to delete, and by the cancellation
      const kept = await verifyReceipt(s.told.request, key) // what a person keeps is good after everything was erased
      assert.equal(kept.ledger.kind, 'request.opened')
      assert.equal(JSON.parse(kept.ledger.body).kind, 'cancel-account')
      for (const kind of ['consent.granted', 'consent.refused', 'consent.withdrawn', 'consent.implied', 'subject.erased', 'guardian.attested'])
        assert.ok(kinds[kind] > 0, kind)
    })
  }
}
