// SPDX-License-Identifier: Apache-2.0
// run.mjs ROOT LIBRARY: the three checks of the Dart package, each shown to be able to fail.
import koffi from 'koffi';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { compare, natively } from './compare.mjs';
import { dartFiles, syntaxErrors } from './dart.mjs';
import { declare, replay } from './replay.mjs';

const [root, libraryPath] = process.argv.slice(2);
const dart = join(root, 'bindings/dart');
const api = JSON.parse(readFileSync(join(root, 'bindings/api.json'), 'utf8'));
const bindings = readFileSync(join(dart, 'lib/src/bindings.g.dart'), 'utf8');
let passed = 0, failed = 0;
function check(name, problems) {
  if (problems.length === 0) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAILED: ${name}\n${problems.slice(0, 40).map((each) => `  ${each}`).join('\n')}`);
}
const noticed = (name, problems) => check(`planted and not noticed: ${name}`, problems.length > 0 ? [] : ['nothing was found']);

// 1. syntax
const files = dartFiles(dart);
for (const file of files) check(`syntax of ${file}`, syntaxErrors(readFileSync(file, 'utf8')));
noticed('a parenthesis', syntaxErrors(bindings.replace('external int consent_may', 'external int (consent_may').replace('external bool consent_may(', 'external bool (consent_may(')));
noticed('a comma', syntaxErrors('void f(int a, , int b) {}\n'));
console.log(`${files.length} Dart files parsed`);

// what hand-written files call is there
const offered = new Set([...readFileSync(join(dart, 'lib/src/api.g.dart'), 'utf8').matchAll(/^ {2}(?:static )?[^=\n]*?\b(\w+)\([^\n]*\{$/gm)].map((m) => m[1]));
for (const name of ['background', 'changes', 'free']) offered.add(name);
const called = (text) => [...text.matchAll(/\bstore\.(\w+)\(/g)].map((m) => m[1]).filter((name) => !offered.has(name)).map((name) => `store.${name} is not in the API`);
for (const file of files.filter((each) => !each.endsWith('.g.dart'))) check(`calls of ${file}`, called(readFileSync(file, 'utf8')));
noticed('a method that is not there', called('store.forgetEverything()'));

// what hand-written files hand to native functions: there, with that many arguments; callables of the callback's type
const { arity, callables } = natively(api);
for (const file of files.filter((each) => /lib\/src\/\w+\.dart$/.test(each))) check(`native calls of ${file}`, [...arity(readFileSync(file, 'utf8')), ...callables(readFileSync(file, 'utf8'))]);
const changes = readFileSync(join(dart, 'lib/src/changes.dart'), 'utf8');
noticed('an argument too few', arity(changes.replace('        ffi.nullptr,\n', '')));
noticed('a native function that is not there', arity('c.consent_watch_ring(a)'));
noticed('a callable of another type', callables(changes.replace('ffi.Int64, ffi.Int32,', 'ffi.Int64, ffi.Int64,')));
noticed('a callable that must answer', callables(changes.replace('.listener(', '.isolateLocal(')));

// 2. declarations and constants
check('bindings.g.dart is the headers', compare(bindings, api));
const plant = (name, from, to) => {
  const changed = bindings.replace(from, to);
  check(`nothing to plant: ${name}`, changed === bindings ? ['the text was not found'] : []);
  noticed(name, compare(changed, api));
};
plant('a narrower number', /ffi\.Pointer<ffi\.Int64>(?=.*symbol: 'consent_store_now')/, 'ffi.Pointer<ffi.Int32>');
plant('a wrong result', /Native<ffi\.Bool(?= Function.*symbol: 'consent_may')/, 'Native<ffi.Int32');
plant('a wrong Dart result', 'external bool consent_may(', 'external int consent_may(');
plant('a parameter left out', /(external bool consent_may\(\n.*\n).*subject,\n/, '$1');
plant('two parameters exchanged', /(symbol: 'consent_rows_text'[^]*?)( {2}int row,\n)( {2}ffi\.Pointer<ffi\.Char> column,\n)/, '$1$3$2');
plant('a leaf that waits', "symbol: 'consent_record')", "symbol: 'consent_record', isLeaf: true)");
plant('a function missing', /@ffi\.Native<[^\n]*symbol: 'consent_store_id'[^]*?;\n/, '');
plant('a function too many', '@ffi.Native', "@ffi.Native<ffi.Int32 Function()>(symbol: 'consent_more')\nexternal int consent_more();\n\n@ffi.Native");
plant('another handle', /Pointer<consent_act>(?=.*symbol: 'consent_record')/, 'Pointer<consent_query>');
plant('a wrong constant', 'CONSENT_E_BUSY = -104', 'CONSENT_E_BUSY = -103');
plant('a constant missing', /const int CONSENT_E_BUSY.*\n/, '');
plant('a constant too many', 'const int CONSENT_OK', 'const int CONSENT_E_MORE = -7;\nconst int CONSENT_OK');
console.log(`${api.functions.length} declarations and ${api.constants.length} constants compared`);

// 3. call sequences, with the signatures of the Dart declarations
const library = koffi.load(libraryPath);
const sequences = readdirSync(join(dart, 'test/sequences')).map((name) => join(dart, 'test/sequences', name));
function run(text, file) {
  const folder = mkdtempSync(join(tmpdir(), 'consent-dart-'));
  try {
    return [replay(JSON.parse(readFileSync(file, 'utf8')), declare(library, text), text, { root, folder }), []];
  } catch (problem) {
    return [0, [problem.message.split('\n').slice(0, 6).join(' ')]];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
let calls = 0;
for (const file of sequences) {
  const [made, problems] = run(bindings, file);
  calls += made;
  check(`sequence ${basename(file)}`, problems);
}
const wrong = bindings.replace(/Function\(ffi\.Pointer<consent_rows>, ffi\.Size, ffi\.Pointer<ffi\.Char>, ffi\.Int64\)(?=>\(symbol: 'consent_rows_number')/,
  'Function(ffi.Pointer<consent_rows>, ffi.Size, ffi.Pointer<ffi.Char>, ffi.Int32)');
noticed('a wrong signature in a sequence', wrong === bindings ? [] : run(wrong, join(dart, 'test/sequences/decision.json'))[1]);
console.log(`${sequences.length} sequences, ${calls} calls replayed`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
