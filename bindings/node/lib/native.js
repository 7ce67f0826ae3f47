// SPDX-License-Identifier: Apache-2.0
// The C library: found, loaded and declared from api.json, which is made from the public headers.
import koffi from 'koffi';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const api = JSON.parse(readFileSync(new URL('./api.json', import.meta.url), 'utf8'));

const FILES = { win32: 'consent.dll', darwin: 'libconsent.0.dylib' };

/** CONSENT_LIBRARY, else a file shipped with the package, else what the system's loader finds. */
function libraryPath() {
  const file = FILES[process.platform] ?? 'libconsent.so.0';
  if (process.env.CONSENT_LIBRARY) return process.env.CONSENT_LIBRARY;
  const own = new URL(`../prebuilds/${process.platform}-${process.arch}/${file}`, import.meta.url);
  return existsSync(own) ? fileURLToPath(own) : file;
}

/** Declares functions of `library` with signatures as api.json has them. */
export function declare(library, model) {
  const types = { bool: 'bool', status: 'int32_t', int32: 'int32_t', int64: 'int64_t', uint8: 'uint8_t',
    size: 'size_t', void: 'void', text: 'str', texts: koffi.pointer('str'), bytes: koffi.pointer('void'),
    pointer: koffi.pointer('void') };
  for (const { name } of model.types) {
    const opaque = koffi.pointer(koffi.opaque());
    types[name] = types[`const ${name}`] = opaque;
    types[`${name}[]`] = koffi.pointer(opaque);
  }
  const inside = (word) => (word.startsWith('*') ? koffi.pointer(types[word.slice(1)]) : types[word]);
  for (const { name, returns, params } of model.callbacks)
    types[name] = koffi.pointer(koffi.proto(types[returns], params.map(([, word]) => inside(word))));
  const typeOf = (word) => (word.startsWith('*') ? koffi.out(koffi.pointer(types[word.slice(1)])) : types[word]);
  const functions = {};
  for (const { name, returns, params } of model.functions)
    functions[name] = library.func(name, types[returns], params.map(([, word]) => typeOf(word)));
  return { functions, types };
}

const path = libraryPath();
export const library = koffi.load(path);
export const { functions: C, types } = declare(library, api);
export { koffi };

const version = C.consent_version();
const compiled = api.constants.find((constant) => constant.name === 'CONSENT_VERSION').value;
if (version.split('.')[0] !== compiled.split('.')[0] || (version.startsWith('0.') && version.split('.')[1] !== compiled.split('.')[1]))
  throw new Error(`${path} is libconsent ${version}; this package is for ${compiled}`);
