// SPDX-License-Identifier: Apache-2.0
// canonical.mjs DRIVER COUNT SEED: COUNT random values, written down in random ways, made canonical by
// the driver and by the npm package `canonicalize`. The last line is the count.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const canonicalize = createRequire(import.meta.url)('canonicalize')
const [driver, countText, seedText] = process.argv.slice(2)
const count = Number(countText), seed = Number(seedText)
const DEPTH = 32

let state = seed >>> 0
function random(n) { // 0 <= … < n; mulberry32
  state = (state + 0x6d2b79f5) >>> 0
  let t = Math.imul(state ^ (state >>> 15), state | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return Math.floor(((t ^ (t >>> 14)) >>> 0) / 4294967296 * n)
}
const pick = list => list[random(list.length)]
const spaces = () => random(4) ? '' : pick([' ', '\t', '\r', '  ', ' \t '])

function character() {
  switch (random(8)) {
    case 0: return random(0x20) // control characters
    case 1: return pick([0x22, 0x5c, 0x2f, 0x7f, 0x80, 0x9f, 0xa0, 0xad, 0x2028, 0x2029, 0xfeff, 0xfffd, 0xfffe, 0xffff])
    case 2: return pick([0xd7ff, 0xe000, 0x10000, 0x10ffff, 0x1ffff, 0xff, 0x100, 0x7ff, 0x800])
    case 3: return 0x80 + random(0x780)
    case 4: case 5: { // the planes
      const plane = random(17), low = random(0x10000), c = plane * 0x10000 + low
      return c >= 0xd800 && c <= 0xdfff ? 0xe000 + low % 0x1000 : c
    }
    default: return 0x20 + random(0x5f)
  }
}
const string = longest => Array.from({ length: random(longest + 1) }, () => String.fromCodePoint(character())).join('')
function integer() {
  switch (random(5)) {
    case 0: return pick([0, -0, 1, -1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 52])
    case 1: return random(100) - 50
    default: return (random(2) ? 1 : -1) * (random(2 ** 21) * 2 ** 32 + random(2 ** 32))
  }
}

// Each gives [value, text].
function writeString(s) {
  let text = ''
  for (const c of s) {
    const code = c.codePointAt(0), units = [...Array(c.length).keys()].map(i => c.charCodeAt(i))
    const short = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r', 0x22: '\\"', 0x5c: '\\\\', 0x2f: '\\/' }[code]
    const long = units.map(u => '\\u' + (random(2) ? u.toString(16) : u.toString(16).toUpperCase()).padStart(4, '0')).join('')
    if (code < 0x20 || code === 0x22 || code === 0x5c)
      text += short && random(2) ? short : long
    else
      text += random(5) ? c : short && random(2) ? short : long
  }
  return `"${text}"`
}
function writeInteger(n) {
  const plain = Object.is(n, -0) ? '-0' : String(n)
  switch (random(6)) {
    case 0: return plain + '.' + '0'.repeat(1 + random(3))
    case 1: return plain + pick(['e', 'E']) + pick(['', '+', '-']) + '0'
    case 2: return n !== 0 && n % 10 === 0 ? String(n / 10) + pick(['e1', 'E+1', 'e01']) : plain
    default: return plain
  }
}
function scalar() {
  switch (random(5)) {
    case 0: { const value = pick([null, true, false]); return [value, String(value)] }
    case 1: case 2: { const value = integer(); return [value, writeInteger(value)] }
    default: { const value = string(12); return [value, writeString(value)] }
  }
}
function array(elements) {
  return [elements.map(e => e[0]), `[${spaces()}${elements.map(e => e[1] + spaces()).join(',' + spaces())}]`]
}
function object(members) { // [[name, [value, text]]…]
  const value = Object.create(null), seen = new Map()
  for (const [name, element] of members)
    if (!seen.has(name)) seen.set(name, element)
  for (const [name, element] of seen) value[name] = element[0]
  const texts = [...seen].map(([name, element]) => `${writeString(name)}${spaces()}:${spaces()}${element[1]}${spaces()}`)
  return [value, `{${spaces()}${texts.join(',' + spaces())}}`]
}
function name() { // names that share beginnings, names that look like numbers, names of JavaScript
  return random(6) ? string(4) : pick(['', 'a', 'aa', 'a\u0000', '1', '10', '2', '__proto__', 'toJSON', 'constructor', '\u{10000}', '\ue000', '\ud7ff'])
}
function value(depth) {
  if (depth === 0 || random(3) === 0) return scalar()
  const elements = () => Array.from({ length: random(5) }, () => value(depth - 1 - random(3) < 0 ? 0 : depth - 1))
  return random(2) ? array(elements()) : object(elements().map(e => [name(), e]))
}
function nested(depth) { // a chain exactly so deep
  let v = scalar()
  for (let i = 0; i < depth; i++) v = random(2) ? array([v]) : object([[name(), v]])
  return v
}

const cases = []
for (let i = 0; i < count; i++) {
  const [v, text] = i % 20 === 0 ? nested(1 + random(DEPTH)) : i % 100 === 1 ? nested(DEPTH) : value(random(7))
  cases.push({ input: spaces() + text + spaces(), want: canonicalize(v) })
}
for (const c of cases.slice(0, count)) cases.push({ input: c.want, want: c.want }) // canonical stays canonical
for (const open of ['[', '{"a":']) { // one too deep
  const close = open === '[' ? ']' : '}'
  cases.push({ input: open.repeat(DEPTH + 1) + '0' + close.repeat(DEPTH + 1), error: true })
}
for (const bad of ['1.5', '9007199254740992', '"\\ud800"', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '01', '"\t"', '[1,]'])
  cases.push({ input: bad, error: true })

console.log(`seed ${seed}`)
const run = spawnSync(driver, { input: cases.map(c => c.input + '\n').join(''), maxBuffer: 1 << 30, encoding: 'utf8' })
if (run.status !== 0) {
  console.log(`${driver} ended with ${run.status ?? run.signal}: ${run.stderr}`)
  process.exit(1)
}
const lines = run.stdout.split('\n')
let passed = 0, failed = lines.length === cases.length + 1 ? 0 : 1
cases.forEach((c, i) => {
  const good = c.error ? /^error -\d+$/.test(lines[i]) : lines[i] === c.want
  if (good) { passed++; return }
  if (failed++ < 5) console.log(`case ${i}\n input ${JSON.stringify(c.input)}\n ours  ${JSON.stringify(lines[i])}\n other ${JSON.stringify(c.want)}`)
})
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
