# SPDX-License-Identifier: Apache-2.0
"""Types of the Node package: what lib/classes.js builds from api.json at run time, said to TypeScript."""
import re

HEAD = '''// SPDX-License-Identifier: Apache-2.0
// Made by bindings/update.sh from the public headers. Do not edit.

/** A 64-bit number: a bigint only where a number would not be exact. */
export type Int = number | bigint;
/** A cell of type j: the JSON value itself. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** 0: done; 1: nothing had to be done, or nothing more to give. */
export type Done = 0 | 1;
/** An instant: microseconds since 1970-01-01T00:00:00Z. */
export type Micros = Int;
'''
CELLS = {'t': 'string', 'n': 'Int', 'b': 'boolean', 'u': 'Micros', 'j': 'Json'}


def camel(name):
    first, *rest = name.split('_')
    return first + ''.join(part.capitalize() for part in rest)


def pascal(name):
    return ''.join(part.capitalize() for part in re.split('[_-]', name))


def comment(doc, indent):
    if not doc:
        return []
    return [f'{indent}/** {doc.replace("*/", "* /")} */']


CALLBACKS = {'consent_clock_fn': '() => Int', 'consent_random_fn': '(length: number) => Uint8Array | null',
             'consent_key_fn': '(unwrap: boolean, bytes: Uint8Array) => Uint8Array | null',
             'consent_sign_fn': '(message: Uint8Array) => Uint8Array | null',
             'consent_sink_fn': '(bytes: Uint8Array) => void | boolean',
             'consent_evidence_fn': '(file: string, bytes: Uint8Array) => void | boolean'}


class Emitter:
    def __init__(self, model):
        self.model = model
        self.types = {t['name']: t for t in model['types']}
        self.callbacks = {c['name']: c for c in model['callbacks']}
        self.lines = [HEAD]

    def type_in(self, given):
        kind = given['kind']
        if given.get('enum'):
            return f'{pascal(given["enum"])} | number'
        if kind in ('handle', 'handles'):
            of = self.types[given['type']]
            one = f'{of["class"]} | {of["class"]}Init' if of['kind'] == 'builder' else of['class']
            return one if kind == 'handle' else f'({one})[]'
        if kind == 'callback':
            if 'foreign' in given:
                return 'null'
            return f'({CALLBACKS.get(given["type"], "(...args: Int[]) => void")}) | null'
        return {'text': 'string | null', 'texts': 'string[]', 'bytes': 'Uint8Array', 'int': 'Int',
                'bool': 'boolean'}[kind]

    def row_name(self, function):
        return 'Row' + pascal(function['name'].removeprefix('consent_'))

    def type_out(self, function, out):
        plan = function['plan']
        if out['kind'] == 'rows':
            return self.row_name(function) + ('' if plan['one'] else '[]')
        if out['kind'] == 'handle':
            return self.types[out['type']]['class']
        return {'int': 'Int', 'bool': 'boolean', 'text': 'string | null'}[out['kind']]

    def type_back(self, function):
        plan = function['plan']
        outs = plan['out']
        if plan['throws'] and function['params'][0][1] != 'const consent_error':
            if not outs:
                return 'Done'
            if len(outs) == 1:
                return self.type_out(function, outs[0])
            return '{ ' + '; '.join(f'{camel(o["name"])}: {self.type_out(function, o)}' for o in outs) + ' }'
        if plan.get('enum'):
            return f'{pascal(plan["enum"])} | number'
        return {'text': 'string | null', 'bool': 'boolean', 'void': 'void'}.get(function['returns'], 'Int')

    def arguments(self, plan):
        given, optional = [], True
        for p in reversed(plan['in']):  # null at the end may be left out
            of = self.types.get(p.get('type'))
            optional = optional and (p['kind'] in ('text', 'callback') or p['kind'] == 'handle' and of['kind'] == 'builder')
            given.insert(0, f'{camel(p["name"])}{"?" if optional else ""}: {self.type_in(p)}')
        return ', '.join(given)

    def rows(self):
        for function in self.model['functions']:
            columns = function['plan'].get('columns')
            if columns is None:
                continue
            self.lines.append(f'/** A row of {function["name"]}. '
                              'A cell without a value is null. */')
            self.lines.append(f'export interface {self.row_name(function)} {{')
            self.lines += [f'  {name}: {CELLS[kind]} | null;' for name, kind in columns]
            self.lines.append('}')

    def builder(self, kind, own):
        lines = [f'/** What makes a {kind["class"]}, as one object. */', f'export interface {kind["class"]}Init {{']
        for function in own:
            plan = function['plan']
            if plan['form'] == 'new':
                lines += [f'  {camel(p["name"])}: {self.type_in(p)};' for p in plan['in']]
            elif plan['form'] == 'method' and len(plan['in']) == 1 and not self.left_out(function):
                name, many = plan['name'].split('_', 1)[1], plan['name'].startswith('add_')
                kind_in = self.type_in(plan['in'][0])
                lines.append(f'  {camel(name + "s" if many else name)}?: {f"({kind_in})[]" if many else kind_in};')
        self.lines += lines + ['}']

    def left_out(self, function):
        return any(p['kind'] == 'callback' and p['type'] == 'consent_memory_fn' for p in function['plan']['in'])

    def method(self, function):
        plan = function['plan']
        if self.left_out(function):
            return
        self.lines += comment(function['doc'], '  ')
        name, arguments = camel(plan['name']), self.arguments(plan)
        if plan['form'] == 'new':
            self.lines.append(f'  constructor({arguments});')
            return
        static = 'static ' if plan['form'] == 'static' else ''
        self.lines.append(f'  {static}{name}({arguments}): {self.type_back(function)};')
        if plan['blocks']:
            self.lines.append(f'  {static}{name}Async({arguments}): Promise<{self.type_back(function)}>;')

    def snapshot(self, kind, own):
        self.lines += comment(kind['doc'], '')
        self.lines.append(f'export interface {kind["class"]} {{')
        names = {f['plan']['name'] for f in own}
        for function in own:
            plan = function['plan']
            if plan['form'] != 'method' or plan['in']:
                continue
            item = plan['name'].removesuffix('s')
            back = self.type_back(function)
            if item != plan['name'] and item in names:
                of = next(f for f in own if f['plan']['name'] == item)
                back = f'readonly ({self.type_back(of)})[]'
            self.lines += comment(function['note'] or function['doc'], '  ')
            self.lines.append(f'  readonly {camel(plan["name"])}: {back};')
        self.lines.append('}')

    def emit(self):
        for family, values in self.model['enums'].items():
            words = ' | '.join(f"'{word}'" for word in values)
            self.lines.append(f'export type {pascal(family)} = {words};')
        self.rows()
        for kind in self.model['types']:
            own = [f for f in self.model['functions'] if f['plan']['class'] == kind['name']]
            if kind['name'] in ('consent_error', 'consent_rows'):
                continue
            if kind['kind'] == 'snapshot':
                self.snapshot(kind, own)
                continue
            if kind['kind'] == 'builder':
                self.builder(kind, own)
            self.lines += comment(kind['doc'], '')
            self.lines.append(f'export class {kind["class"]} {{')
            if not any(f['plan']['form'] == 'new' for f in own):
                self.lines.append('  private constructor();')
            for function in own:
                if function['plan']['form'] != 'free':
                    self.method(function)
            self.lines += ['  /** Gives the handle up. Twice is allowed; every later call on it throws. */',
                           '  free(): void;', '  /** Whether free was called. */', '  readonly freed: boolean;',
                           '  [Symbol.dispose](): void;', '}']
        for function in self.model['functions']:
            plan = function['plan']
            if plan['class'] is None and not self.left_out(function):
                self.lines += comment(function['doc'], '')
                head = f'export function {camel(plan["name"])}'
                self.lines.append(f'{head}({self.arguments(plan)}): {self.type_back(function)};')
                if plan['blocks']:
                    self.lines.append(f'{head}Async({self.arguments(plan)}): Promise<{self.type_back(function)}>;')
        self.lines.append('/** Every constant of the headers, without CONSENT_. */')
        self.lines.append('export const constants: {')
        for constant in self.model['constants']:
            value = f'"{constant["value"]}"' if isinstance(constant['value'], str) else constant['value']
            if isinstance(value, int) and abs(value) > 2**53 - 1:
                value = f'{value}n'
            if not constant['name'].startswith('CONSENT_VERSION'):
                self.lines.append(f'  readonly {constant["name"].removeprefix("CONSENT_")}: {value};')
        self.lines.append('};')
        return '\n'.join(self.lines) + '\n'


def emit(model):
    return Emitter(model).emit()


def exports(model):
    """Names that an ES module must spell out."""
    names = [t['class'] for t in model['types']
             if t['name'] not in ('consent_error', 'consent_rows') and t['kind'] != 'snapshot']
    for function in model['functions']:
        if function['plan']['class'] is None:
            name = camel(function['plan']['name'])
            names += [name, name + 'Async'] if function['plan']['blocks'] else [name]
    listed = ',\n  '.join(names)
    return ('// SPDX-License-Identifier: Apache-2.0\n'
            '// Made by bindings/update.sh from the public headers. Do not edit.\n'
            "import { module } from './classes.js';\n\n"
            "export { constants } from './classes.js';\n"
            f'export const {{\n  {listed},\n}} = module;\n')
