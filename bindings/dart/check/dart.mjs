// SPDX-License-Identifier: Apache-2.0
// What can be held against Dart without an SDK: syntax by a grammar, @Native declarations and constants by their trees.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve('tree-sitter-wasms/out/tree-sitter-dart.wasm')));

export function dartFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'src', 'check', 'build', '.dart_tool'].includes(entry.name) && !(entry.name === 'src' && folder.endsWith('lib'))) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? dartFiles(path) : entry.name.endsWith('.dart') ? [path] : [];
  });
}

export const parse = (text) => parser.parse(text);

/** Places that are no Dart: "line:column what". */
export function syntaxErrors(text) {
  const found = [];
  const walk = (node) => {
    if (node.isError || node.isMissing)
      found.push(`${node.startPosition.row + 1}:${node.startPosition.column + 1} ${node.isMissing ? `missing ${node.type}` : node.text.slice(0, 40)}`);
    else if (node.hasError) for (const child of node.children) walk(child);
  };
  walk(parse(text).rootNode);
  return found;
}

const clean = (text) => text.replace(/\s+/g, ' ').replace(/\bffi\./g, '').trim();

/** "A, B<C, D>" at its commas. */
export function split(text) {
  const parts = [];
  let depth = 0, start = 0;
  for (let i = 0; i < text.length; i++) {
    if ('<('.includes(text[i])) depth++;
    else if ('>)'.includes(text[i])) depth--;
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter(Boolean);
}

/** @Native declarations: name of C, types in C, types in Dart, leaf, line. */
export function natives(text) {
  const found = [];
  const walk = (node) => {
    if (node.type === 'annotation' && /^@(ffi\.)?Native\b/.test(node.text)) {
      let next = node.nextNamedSibling;
      while (next && (next.type === 'annotation' || next.type === 'documentation_comment')) next = next.nextNamedSibling;
      found.push(native(clean(node.text), next, node.startPosition.row + 1));
    }
    for (const child of node.namedChildren) walk(child);
  };
  walk(parse(text).rootNode);
  return found;
}

function native(annotation, node, line) {
  const type = annotation.match(/^@Native<(.*)>\((.*)\)$/);
  const parts = type?.[1].match(/^(.*?) Function\((.*)\)$/);
  let text = clean(node?.text ?? '');
  if (node && !text.includes('(')) text = clean(node.parent.text.slice(node.startIndex - node.parent.startIndex).split(';')[0]);
  const head = text.replace(/^external /, '').match(/^(.*?) ?(\w+)\((.*?)\)?;?$/);
  if (!parts || !head) return { line, broken: `${annotation} ${text}` };
  return { line, name: head[2], symbol: type[2].match(/symbol: '(\w+)'/)?.[1] ?? head[2], leaf: /isLeaf: true/.test(type[2]),
    returns: parts[1], params: split(parts[2]), dartReturns: head[1],
    dartParams: split(head[3].replace(/\)$/, '')).map((each) => each.replace(/ \w+$/, '')) };
}

/** Top-level constants: name -> value. */
export function constants(text) {
  const found = new Map();
  for (const match of text.matchAll(/^const (int|String) (\w+) = (.*);$/gm))
    found.set(match[2], match[1] === 'int' ? BigInt.asIntN(64, match[3].startsWith('-') ? -BigInt(match[3].slice(1)) : BigInt(match[3]))
      : match[3].slice(1, -1));
  return found;
}
