# SPDX-License-Identifier: Apache-2.0
"""The Dart package's generated files: native declarations in ffigen's form, an idiomatic API over them, and a
table by which its tests replay call sequences. Layout by hand: 80 columns where a name allows it."""
import re
import textwrap

HEAD = '''// SPDX-License-Identifier: Apache-2.0
// Made by bindings/update.sh from the public headers. Do not edit.
// ignore_for_file: type=lint
'''
NATIVE = {'void': ('ffi.Void', 'void'), 'bool': ('ffi.Bool', 'bool'), 'status': ('ffi.Int32', 'int'),
          'int32': ('ffi.Int32', 'int'), 'int64': ('ffi.Int64', 'int'), 'size': ('ffi.Size', 'int'),
          'uint8': ('ffi.Uint8', 'int')}
POINTERS = {'text': 'ffi.Pointer<ffi.Char>', 'texts': 'ffi.Pointer<ffi.Pointer<ffi.Char>>',
            'bytes': 'ffi.Pointer<ffi.Void>', 'pointer': 'ffi.Pointer<ffi.Void>'}
RESERVED = {'assert', 'break', 'case', 'catch', 'class', 'const', 'continue', 'default', 'do', 'else', 'enum', 'extends',
            'false', 'final', 'finally', 'for', 'if', 'in', 'is', 'new', 'null', 'rethrow', 'return', 'super', 'switch',
            'this', 'throw', 'true', 'try', 'var', 'void', 'while', 'with'}


def camel(name):
    first, *rest = re.split('[_-]', name)
    made = first.lower() + ''.join(part.capitalize() for part in rest)
    return made + '_' if made in RESERVED else made


def pascal(name):
    return ''.join(part.capitalize() for part in re.split('[_-]', name))


def doc(text, indent=''):
    text = text.replace('[', '(').replace(']', ')')
    return [f'{indent}/// {line}' for line in textwrap.wrap(text, 76 - len(indent))]


class Emitter:
    def __init__(self, model):
        self.model = model
        self.types = {t['name']: t for t in model['types']}
        self.callbacks = {c['name']: c for c in model['callbacks']}

    # ---- bindings.g.dart ------------------------------------------------------------------------

    def native(self, word):
        """(type in C, type in Dart)"""
        if word in NATIVE:
            return NATIVE[word]
        if word in POINTERS:
            return POINTERS[word], POINTERS[word]
        if word in self.callbacks:
            made = f'ffi.Pointer<ffi.NativeFunction<{self.signature(self.callbacks[word])}>>'
            return made, made
        if word.endswith('[]'):
            made = f'ffi.Pointer<ffi.Pointer<{word[:-2]}>>'
            return made, made
        if word.startswith('*'):
            made = f'ffi.Pointer<{self.native(word[1:])[0]}>'
            return made, made
        made = f'ffi.Pointer<{word.removeprefix("const ")}>'
        return made, made

    def signature(self, function):
        params = ', '.join(self.native(word)[0] for _, word in function['params'])
        return f'{self.native(function["returns"])[0]} Function({params})'

    def bindings(self):
        lines = [HEAD + "@ffi.DefaultAsset('package:libconsent/src/bindings.g.dart')",
                 'library libconsent_bindings;', '', "import 'dart:ffi' as ffi;", '']
        for kind in self.model['types']:
            lines += [*doc(kind['doc']), f'final class {kind["name"]} extends ffi.Opaque {{}}', '']
        for function in self.model['functions']:
            leaf = ', isLeaf: true' if function['plan']['leaf'] else ''
            lines += doc(function['doc'])
            lines.append(f"@ffi.Native<{self.signature(function)}>(symbol: '{function['name']}'{leaf})")
            params = [f'  {self.native(word)[1]} {camel(name)},' for name, word in function['params']]
            head = f'external {self.native(function["returns"])[1]} {function["name"]}('
            lines += [head, *params, ');', ''] if params else [head + ');', '']
        for constant in self.model['constants']:
            value = f"'{constant['value']}'" if isinstance(constant['value'], str) else constant['value']
            if constant['value'] == -(1 << 63):
                value = '-0x8000000000000000'
            kind = 'String' if isinstance(constant['value'], str) else 'int'
            lines.append(f'const {kind} {constant["name"]} = {value};')
        lines.append('')
        frees = [f for f in self.model['functions'] if f['plan']['form'] == 'free']
        for function in frees:
            lines += [f'final ffi.Pointer<ffi.NativeFinalizerFunction> {camel(function["name"])}Address =',
                      f'    ffi.Native.addressOf<ffi.NativeFunction<{self.signature(function)}>>(',
                      f'  {function["name"]},', ').cast();', '']
        return '\n'.join(lines)

    # ---- api.g.dart -----------------------------------------------------------------------------

    def enums(self):
        lines = []
        for family, values in self.model['enums'].items():
            name = 'Consent' + pascal(family)
            members = [f"  {camel(word)}({number}, '{word}')," for word, number in values.items()]
            lines += [f'/// A word of the family `{family}`; [unknown] is a number of a newer library.', f'enum {name} {{',
                      *members, "  unknown(-0x7fffffff, 'unknown');", '', f'  const {name}(this.value, this.word);', '',
                      '  final int value;', '  final String word;', '',
                      f'  static {name} of(int value) => values.firstWhere(', '        (each) => each.value == value,',
                      '        orElse: () => unknown,', '      );', '}', '']
        return lines

    def offered(self, function):
        return all(p['kind'] != 'callback' or 'foreign' in p for p in function['plan']['in'])

    def type_in(self, given):
        if 'enum' in given:
            return 'Consent' + pascal(given['enum'])
        kind = given['kind']
        if kind == 'handles':
            return f'List<{self.types[given["type"]]["class"]}>'
        if kind == 'handle':
            of = self.types[given['type']]
            return of['class'] + ('?' if of['kind'] == 'builder' else '')
        if kind == 'int':
            return 'DateTime' if is_time(given) else 'int'
        return {'text': 'String?', 'texts': 'List<String>', 'bytes': 'Uint8List', 'bool': 'bool'}[kind]

    def type_out(self, function, out):
        if out['kind'] == 'rows':
            return 'ConsentRow?' if function['plan']['one'] else 'List<ConsentRow>'
        if out['kind'] == 'handle':
            return self.types[out['type']]['class']
        return {'int': 'int', 'bool': 'bool', 'text': 'String?'}[out['kind']]

    def type_back(self, function):
        plan, outs = function['plan'], function['plan']['out']
        if len(outs) == 1:
            return self.type_out(function, outs[0])
        if outs:
            return '({' + ', '.join(f'{self.type_out(function, o)} {camel(o["name"])}' for o in outs) + '})'
        if plan['throws']:
            return 'bool'
        if 'enum' in plan:
            return 'Consent' + pascal(plan['enum'])
        return {'text': 'String?', 'bool': 'bool', 'void': 'void'}.get(function['returns'], 'int')

    def parameters(self, plan):
        """Texts that may be null, and builders, are named; the rest stands in order."""
        at, named = [], []
        trailing = True
        for p in reversed(plan['in']):
            if p['kind'] == 'callback': # see changes.dart
                continue
            kind = self.type_in(p)
            trailing = trailing and kind.endswith('?')
            (named if trailing else at).insert(0, f'{kind} {camel(p["name"])}')
        return ', '.join(at + (['[' + ', '.join(named) + ']'] if named else []))

    def argument(self, p):
        name, kind = camel(p['name']), p['kind']
        if kind == 'text':
            return f'call.text({name})'
        if kind == 'callback':
            return 'ffi.nullptr, ffi.nullptr'
        if kind == 'texts':
            return f'call.texts({name}), {name}.length'
        if kind == 'handles':
            return f'call.handles({name}), {name}.length'
        if kind == 'bytes':
            return f'call.bytes({name}), {name}.length'
        if kind == 'handle':
            builder = self.types[p['type']]['kind'] == 'builder'
            return f'{name} == null ? ffi.nullptr : call.use({name})' if builder else f'call.use({name})'
        if 'enum' in p:
            return f'{name}.value'
        return f'{name}.microsecondsSinceEpoch' if is_time(p) else name

    def body(self, function, this):
        """Statements of a method over one Call, which frees and leaves all it took."""
        plan = function['plan']
        lines = ['final call = Call();', 'try {']
        arguments = ['call.use(this)'] if this else []
        arguments += [self.argument(p) for p in plan['in']]
        for out in plan['out']:
            box = camel('out_' + out['name'])
            kind = {'rows': 'ffi.Pointer<c.consent_rows>', 'handle': f'ffi.Pointer<c.{out["type"]}>',
                    'text': 'ffi.Pointer<ffi.Char>'}.get(out['kind']) or NATIVE[out['type']][0]
            make = f'call.out<{kind}>(ffi.sizeOf<{kind}>())'
            lines.append(f'  final {box} = {make};')
            arguments.append(box)
        arguments += ['call.error'] if plan['error'] else []
        invoke = f'c.{function["name"]}(' + ', '.join(arguments) + ')'
        if plan['throws']:
            lines.append(f'  {"" if plan["out"] else "final status = "}call.check({invoke});')
            lines.append('  ' + self.result(function))
        elif function['returns'] == 'text':
            lines.append(f'  return textOf({invoke});')
        elif 'enum' in plan:
            lines.append(f'  return Consent{pascal(plan["enum"])}.of({invoke});')
        elif function['returns'] == 'void':
            lines.append(f'  {invoke};')
        else:
            lines.append(f'  return {invoke};')
        return lines + ['} finally {', '  call.end();', '}']

    def value(self, function, out):
        box = camel('out_' + out['name'])
        if out['kind'] == 'rows':
            return f'rowsOf({box}.value)' + ('.firstOrNull' if function['plan']['one'] else '')
        if out['kind'] == 'handle':
            of = self.types[out['type']]
            return f'{of["class"]}._({box}.value)'
        return f'textOf({box}.value)' if out['kind'] == 'text' else f'{box}.value'

    def result(self, function):
        outs = function['plan']['out']
        if not outs:
            return 'return status == c.CONSENT_OK;'
        if len(outs) == 1:
            return f'return {self.value(function, outs[0])};'
        return 'return (' + ', '.join(f'{camel(o["name"])}: {self.value(function, o)}' for o in outs) + ');'

    def method(self, function, indent, static=False):
        plan = function['plan']
        if not self.offered(function):
            return []
        head = f'{"static " if static else ""}{self.type_back(function)} {camel(plan["name"])}({self.parameters(plan)}) {{'
        this = plan['form'] == 'method'
        lines = [*doc(function['doc'], indent), indent + head]
        return lines + [f'{indent}  {line}' for line in self.body(function, this)] + [indent + '}', '']

    def handle(self, kind, own):
        name, c_name = kind['class'], kind['name']
        lines = [*doc(kind['doc']), f'final class {name} extends NativeHandle<c.{c_name}> {{',
                 f'  {name}._(ffi.Pointer<c.{c_name}> pointer)', f'      : super(pointer, _finalizer, c.{c_name}_free);', '',
                 *([f'  /// The store of another isolate, which goes on owning it.', f'  {name}.borrow(int address)',
                    f'      : super.borrowed(ffi.Pointer.fromAddress(address), c.{c_name}_free);', ''] if c_name == 'consent_store' else []),
                 *([f'  /// What a call of the native function gave.', '  @internal', f'  {name}.adopt(ffi.Pointer<c.{c_name}> pointer) : this._(pointer);', '']
                   if c_name == 'consent_watch' else []),
                 f'  static final _finalizer =', f'      ffi.NativeFinalizer(c.{camel(c_name + "_free")}Address);', '']
        for function in own:
            plan = function['plan']
            if plan['form'] == 'new' and self.offered(function):
                arguments = ', '.join(self.argument(p) for p in plan['in'])
                lines += [*doc(function['doc'], '  '), f'  factory {name}({self.parameters(plan)}) {{',
                          '    final call = Call();', '    try {',
                          f'      return {name}._(made(c.{function["name"]}({arguments})));',
                          '    } finally {', '      call.end();', '    }', '  }', '']
            elif plan['form'] in ('method', 'static'):
                lines += self.method(function, '  ', plan['form'] == 'static')
        return lines + ['}', '']

    def snapshot(self, kind, own):
        """Read once, then freed: an answer is a value."""
        name, names = kind['class'], {f['plan']['name']: f for f in own}
        lines = [*doc(kind['doc']), '@immutable', f'final class {name} {{']
        fields = []
        for function in own:
            plan = function['plan']
            if plan['form'] != 'method' or plan['in']:
                continue
            item = names.get(plan['name'].removesuffix('s')) if plan['name'].endswith('s') else None
            back = f'List<{self.type_back(item)}>' if item else self.type_back(function)
            fields.append((camel(plan['name']), back, function, item))
        private = ', '.join(f'this.{field}' for field, *_ in fields)
        lines += [f'  const {name}.of({{', *[f'    required this.{field},' for field, *_ in fields], '  });', '']
        lines += [f'  factory {name}._(ffi.Pointer<c.{kind["name"]}> pointer) {{', '    try {', f'      return {name}.of(']
        for field, back, function, item in fields:
            read = self.read(function)
            if item:
                read = f'List.unmodifiable(<{self.type_back(item)}>[\n          for (var i = 0; i < {read}; i++) ' + \
                       f'{self.read(item, ", i")},\n        ])'
            lines.append(f'        {field}: {read},')
        lines += ['      );', '    } finally {', f'      c.{kind["name"]}_free(pointer);', '    }', '  }', '']
        for field, back, function, _ in fields:
            lines += [*doc(function['note'] or function['doc'], '  '), f'  final {back} {field};', '']
        assert private
        return lines + ['}', '']

    def read(self, function, more=''):
        call = f'c.{function["name"]}(pointer{more})'
        if function['returns'] == 'text':
            return f'textOf({call})'
        if 'enum' in function['plan']:
            return f'Consent{pascal(function["plan"]["enum"])}.of({call})'
        return call

    def api(self):
        lines = [HEAD, "import 'dart:ffi' as ffi;", "import 'dart:typed_data';", '', "import 'package:meta/meta.dart';", '',
                 "import 'bindings.g.dart' as c;", "import 'call.dart';", "import 'rows.dart';", '', *self.enums()]
        for kind in self.model['types']:
            if kind['name'] in ('consent_error', 'consent_rows'):
                continue
            own = [f for f in self.model['functions'] if f['plan']['class'] == kind['name']]
            lines += self.snapshot(kind, own) if kind['kind'] == 'snapshot' else self.handle(kind, own)
        lines += ['/// Functions without a handle.', 'abstract final class Consent {']
        for function in self.model['functions']:
            if function['plan']['class'] is None:
                lines += self.method(function, '  ', True)
        return '\n'.join(lines + ['}', ''])

    # ---- test/native_table.g.dart ---------------------------------------------------------------

    def table(self):
        lines = [HEAD, "import 'dart:ffi' as ffi;", '', "import 'package:libconsent/src/bindings.g.dart' as c;", '',
                 'ffi.Pointer<ffi.NativeType> pointer(Object? value) =>',
                 '    value == null ? ffi.nullptr : value as ffi.Pointer<ffi.NativeType>;', '',
                 '/// Every native function by name, for sequences that are data.',
                 'final Map<String, Object? Function(List<Object?> a)> natives = {']
        for function in self.model['functions']:
            given = ', '.join(f'a[{i}]! as {self.native(word)[1]}' if word in NATIVE else f'pointer(a[{i}]).cast()'
                              for i, (_, word) in enumerate(function['params']))
            call = f'c.{function["name"]}({given})'
            if function['returns'] == 'void':
                lines += [f"  '{function['name']}': (a) {{", f'    {call};', '    return null;', '  },']
            else:
                lines.append(f"  '{function['name']}': (a) => {call},")
        return '\n'.join(lines + ['};', ''])


def is_time(given):
    return given['kind'] == 'int' and given.get('word') == 'int64' and \
        given['name'] in ('at', 'received_at')


def emit(model):
    emitter = Emitter(model)
    return {'dart/lib/src/bindings.g.dart': emitter.bindings(), 'dart/lib/src/api.g.dart': emitter.api(),
            'dart/test/native_table.g.dart': emitter.table()}
