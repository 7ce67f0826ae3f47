// SPDX-License-Identifier: Apache-2.0
// Dart declarations against the model of the headers, both ways: missing, extra, different.
import { constants, natives, split } from './dart.mjs';

const C_OF = { void: 'Void', bool: 'Bool', status: 'Int32', int32: 'Int32', int64: 'Int64', size: 'Size', uint8: 'Uint8',
  text: 'Pointer<Char>', texts: 'Pointer<Pointer<Char>>', bytes: 'Pointer<Void>', pointer: 'Pointer<Void>' };
const DART_OF = { Void: 'void', Bool: 'bool', Int32: 'int', Int64: 'int', Size: 'int', Uint8: 'int' };

export function nativeType(word, api) {
  if (C_OF[word]) return C_OF[word];
  if (word.endsWith('[]')) return `Pointer<Pointer<${word.slice(0, -2)}>>`;
  if (word.startsWith('*')) return `Pointer<${nativeType(word.slice(1), api)}>`;
  const callback = api.callbacks.find((each) => each.name === word);
  if (callback)
    return `Pointer<NativeFunction<${nativeType(callback.returns, api)} Function(${callback.params.map(([, w]) => nativeType(w, api)).join(', ')})>>`;
  return `Pointer<${word.replace('const ', '')}>`;
}

export function compare(text, api) {
  const found = [];
  const declared = new Map();
  for (const each of natives(text)) {
    if (each.broken) found.push(`line ${each.line}: cannot be read: ${each.broken}`);
    else if (declared.has(each.symbol)) found.push(`line ${each.line}: ${each.symbol} twice`);
    else declared.set(each.symbol, each);
  }
  for (const fn of api.functions) {
    const dart = declared.get(fn.name);
    declared.delete(fn.name);
    if (!dart) {
      found.push(`${fn.name}: missing in Dart`);
      continue;
    }
    const want = { returns: nativeType(fn.returns, api), params: fn.params.map(([, word]) => nativeType(word, api)) };
    const say = (what, have, wanted) => found.push(`line ${dart.line}: ${fn.name}: ${what} is ${have}, the headers say ${wanted}`);
    if (dart.name !== fn.name) say('the name', dart.name, fn.name);
    if (dart.returns !== want.returns) say('what it returns', dart.returns, want.returns);
    if (dart.params.join(', ') !== want.params.join(', ')) say('the list of parameters', dart.params.join(', '), want.params.join(', '));
    const inDart = (type) => DART_OF[type] ?? type;
    if (dart.dartReturns !== inDart(want.returns)) say('the Dart type returned', dart.dartReturns, inDart(want.returns));
    if (dart.dartParams.join(', ') !== want.params.map(inDart).join(', '))
      say('the list of Dart parameters', dart.dartParams.join(', '), want.params.map(inDart).join(', '));
    if (dart.leaf !== fn.plan.leaf) say('leaf', dart.leaf, fn.plan.leaf);
  }
  for (const [name, { line }] of declared) found.push(`line ${line}: ${name}: not in the headers`);

  const values = constants(text);
  for (const { name, value } of api.constants) {
    const have = values.get(name);
    values.delete(name);
    const want = typeof value === 'number' ? BigInt(value) : value;
    if (have === undefined) found.push(`${name}: missing in Dart`);
    else if (have !== want) found.push(`${name}: ${have} in Dart, ${want} in the headers`);
  }
  for (const name of values.keys()) found.push(`${name}: a constant that is not in the headers`);
  return found;
}

/** What hand-written Dart does with native functions: calls by number of arguments, NativeCallables by type. */
export function natively(api) {
  const count = new Map(api.functions.map((fn) => [fn.name, fn.params.length]));
  const bell = nativeType('consent_watch_fn', api).match(/NativeFunction<(.*)>>$/)[1];
  return {
    arity(text) {
      const found = [];
      for (const match of text.matchAll(/\bc\.(consent_\w+)\(/g)) {
        let depth = 1, at = match.index + match[0].length;
        const from = at;
        for (; depth > 0 && at < text.length; at++) depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
        const given = split(text.slice(from, at - 1)).length;
        if (count.get(match[1]) !== given) found.push(`${match[1]}: ${given} arguments, the headers say ${count.get(match[1])}`);
      }
      return found;
    },
    callables(text) {
      return [...text.matchAll(/NativeCallable<([^]*?)>\.(\w+)\(/g)].filter(([, type, how]) =>
        how !== 'listener' || type.replace(/\bffi\./g, '').replace(/\s+/g, ' ').trim() !== bell).map(([, type, how]) => `NativeCallable<${type}>.${how} is not the doorbell's`);
    },
  };
}
