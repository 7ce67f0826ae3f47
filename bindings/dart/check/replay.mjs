// SPDX-License-Identifier: Apache-2.0
// Replays the package's call sequences through koffi, with the signatures that the Dart declarations have.
import assert from 'node:assert/strict';
import koffi from 'koffi';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, natives, split } from './dart.mjs';

const SCALARS = { Void: 'void', Bool: 'bool', Int32: 'int32_t', Int64: 'int64_t', Size: 'size_t', Uint8: 'uint8_t' };

function typeOf(dart, opaque) {
  if (SCALARS[dart]) return SCALARS[dart];
  const inner = dart.match(/^Pointer<(.*)>$/)?.[1];
  if (inner === undefined) throw new Error(`no type of C for ${dart}`);
  if (inner === 'Char') return 'str';
  if (inner === 'Void' || inner.startsWith('NativeFunction<')) return koffi.pointer('void');
  if (inner === 'Pointer<Char>') return koffi.pointer('str');
  if (inner.startsWith('Pointer<') || SCALARS[inner]) return koffi.out(koffi.pointer(typeOf(inner, opaque)));
  return (opaque[inner] ??= koffi.pointer(koffi.opaque()));
}

export function declare(library, text) {
  const opaque = {};
  const functions = {};
  for (const { symbol, returns, params } of natives(text))
    functions[symbol] = library.func(symbol, typeOf(returns, opaque), params.map((each) => typeOf(each, opaque)));
  return functions;
}

export function replay(steps, functions, text, { root, folder }) {
  const named = constants(text);
  const known = new Map();
  const constant = (name) => {
    assert.ok(named.has(name), `no constant ${name}`);
    return Number(named.get(name));
  };
  let calls = 0;
  for (const [i, step] of steps.entries()) {
    const at = `step ${i + 1}: ${step.call ?? step.value}`;
    if (step.value) {
      const value = known.get(step.value);
      if (step.isNull) assert.equal(value, null, at);
      if (step.above !== undefined) assert.ok(value > step.above, `${at}: ${value}`);
      continue;
    }
    const boxes = [];
    const args = step.args.map((arg) => {
      if (arg === null || typeof arg !== 'object') return arg;
      if (arg.ref) return known.get(arg.ref) ?? null;
      if (arg.path) return join(folder, arg.path);
      if (arg.file) return readFileSync(join(root, arg.file));
      if (arg.sizeof) return readFileSync(join(root, arg.sizeof)).length;
      if (arg.bytes) return Buffer.from(arg.bytes, 'hex');
      if (arg.constant) return constant(arg.constant);
      const box = [null];
      boxes.push([arg.out, box]);
      return box;
    });
    const made = functions[step.call](...args);
    calls++;
    for (const [name, box] of boxes) known.set(name, box[0]);
    if (step.save) known.set(step.save, made);
    if ('status' in step) assert.equal(made, constant(step.status), at);
    if ('constant' in step) assert.equal(made, constant(step.constant), at);
    if ('equals' in step) assert.equal(made, step.equals, at);
    if ('length' in step) assert.equal(made.length, step.length, at);
    if ('atLeast' in step) assert.ok(made >= step.atLeast, at);
  }
  return calls;
}
export { split };
