// SPDX-License-Identifier: Apache-2.0
// Values of JavaScript as C takes them, and back. What C would cut or replace is refused here.
import { api, C } from './native.js';

export const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

const LIMITS = { status: 31n, int32: 31n, int64: 63n };

export function textIn(value, name) {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string') throw new TypeError(`${name}: a string is needed`);
  if (value.includes('\0')) throw new TypeError(`${name}: a text cannot hold U+0000`);
  if (!value.isWellFormed()) throw new TypeError(`${name}: a text cannot hold half a surrogate pair`);
  return value;
}

export function intIn(value, name, word) {
  if (typeof value === 'number' && (value | 0) === value && (value >= 0 || word !== 'size')) return value; // nearly always
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw new TypeError(`${name}: an integer is needed`);
  const big = BigInt(value);
  const [low, high] = word === 'size' ? [0n, (1n << 64n) - 1n] : [-(1n << LIMITS[word]), (1n << LIMITS[word]) - 1n];
  if (big < low || big > high) throw new RangeError(`${name}: out of range`);
  return value;
}

export function boolIn(value, name) {
  if (typeof value !== 'boolean') throw new TypeError(`${name}: true or false is needed`);
  return value;
}

/** A word of a family, or its number. */
export function enumIn(value, name, family) {
  if (typeof value !== 'string') return intIn(value, name, 'int32');
  const number = api.enums[family][value];
  if (number === undefined) throw new TypeError(`${name}: '${value}' is no ${family}`);
  return number;
}

const WORDS = Object.fromEntries(Object.entries(api.enums).map(([family, values]) =>
  [family, new Map(Object.entries(values).map(([word, number]) => [number, word]))]));

/** The word of a number; the number itself when this package does not know it. */
export const enumOut = (value, family) => WORDS[family].get(value) ?? value;

const ABSENT = -(2n ** 63n);
const CELL = {
  t: (rows, row, column) => C.consent_rows_text(rows, row, column),
  j: (rows, row, column) => {
    const text = C.consent_rows_text(rows, row, column);
    return text === null ? null : JSON.parse(text);
  },
  n: (rows, row, column) => C.consent_rows_number(rows, row, column, ABSENT),
  u: (rows, row, column) => C.consent_rows_number(rows, row, column, ABSENT),
  b: (rows, row, column) => C.consent_rows_number(rows, row, column, ABSENT) === 1,
};

/** Rows as objects; frees them. */
export function rowsOut(rows) {
  if (!rows) return [];
  try {
    const columns = [];
    for (let i = 0; i < C.consent_rows_columns(rows); i++) {
      const name = C.consent_rows_column(rows, i);
      columns.push([name, CELL[String.fromCharCode(C.consent_rows_type(rows, name))] ?? CELL.t]);
    }
    return Array.from({ length: C.consent_rows_count(rows) }, (_, row) => Object.fromEntries(
      columns.map(([name, cell]) => [name, C.consent_rows_has(rows, row, name) ? cell(rows, row, name) : null])));
  } finally {
    C.consent_rows_free(rows);
  }
}
