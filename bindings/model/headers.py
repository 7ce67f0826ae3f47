# SPDX-License-Identifier: Apache-2.0
"""Reads the public headers with libclang: every CONSENT_API function, constant, opaque type and callback,
with its types and its comment. Anything that no binding could carry is an error here.

Types are words: void bool status int32 int64 uint8 size text (const char *) texts (const char *const *)
bytes (const void * or const uint8_t * with a length after it) pointer (void *) the name of a callback,
"consent_x" (a handle), "consent_x[]" (handles, with their number after them), "const consent_x" (the same, only read) and "*word" (where a result is put).
"""
import glob
import os
import re
import subprocess

from clang import cindex

SCALARS = {
    'void': 'void', '_Bool': 'bool', 'bool': 'bool', 'int32_t': 'int32', 'int64_t': 'int64',
    'uint8_t': 'uint8', 'size_t': 'size', 'consent_status': 'status',
}


class HeaderError(Exception):
    pass


def compiler_includes():
    """stddef.h and the like belong to the compiler; libclang brings none of its own on Debian."""
    made = subprocess.run(['cc', '-E', '-xc', '-v', os.devnull], capture_output=True, text=True, check=True)
    found = re.search(r'starts here:\n(.*?)End of search', made.stderr, re.S)
    lines = [line.strip() for line in found.group(1).splitlines() if line.startswith(' ')]
    return [f'-isystem{line}' for line in lines]


def word_of(kind, where):
    """The word for a clang type."""
    if kind.kind == cindex.TypeKind.ELABORATED:
        return word_of(kind.get_named_type(), where)
    if kind.kind == cindex.TypeKind.POINTER:
        return pointer_word(kind.get_pointee(), where)
    name = kind.spelling.replace('const ', '')
    if name in SCALARS:
        return SCALARS[name]
    if kind.kind == cindex.TypeKind.TYPEDEF and name.endswith('_fn') and \
            kind.get_declaration().underlying_typedef_type.kind == cindex.TypeKind.POINTER:
        return name
    raise HeaderError(f'{where}: no binding carries the type `{kind.spelling}`')


def pointer_word(to, where):
    name = to.spelling
    if name in ('const char', 'const char *const', 'const void', 'const uint8_t', 'void'):
        return {'const char': 'text', 'const char *const': 'texts', 'const void': 'bytes',
                'const uint8_t': 'bytes', 'void': 'pointer'}[name]
    listed = re.fullmatch(r'(?:const )?(consent_[a-z_]+) \*const', name)
    if listed:
        return listed.group(1) + '[]'
    bare = name.removeprefix('const ')
    if re.fullmatch(r'consent_[a-z_]+', bare) and bare not in SCALARS:
        return name
    return '*' + word_of(to, where)


def comments(path):
    """Line number of each declaration -> (comment above its paragraph, comment on its own line)."""
    lines = open(path, encoding='utf-8').read().split('\n')
    found, above, inside, start = {}, '', False, 0
    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if not inside and bare.startswith('/*'):
            inside, start, text = True, number, []
        if inside:
            text.append(re.sub(r'^\s*(/\*|\*(?!/))?\s?|\s*\*/\s*$', '', line))
            if '*/' in line:
                inside = False
                above = ' '.join(' '.join(text).split())
            continue
        if bare == '':
            above = ''
        beside = re.search(r'/\*\s*(.*?)\s*\*/\s*$', line)
        found[number] = (above, beside.group(1) if beside else '')
    return found


def parse(root, build):
    """The model of all public headers: {'functions': …, 'constants': …, 'types': …, 'callbacks': …}."""
    include = os.path.join(root, 'include')
    made = os.path.join(build, 'include')
    text = f'{include}/consent/consent.h'
    unit = cindex.Index.create().parse(
        text, args=['-xc', '-std=c11', f'-I{include}', f'-I{made}'] + compiler_includes(),
        options=cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
    for problem in unit.diagnostics:
        if problem.severity >= cindex.Diagnostic.Error:
            raise HeaderError(str(problem))
    ours = {os.path.realpath(p): p for d in (include, made) for p in glob.glob(f'{d}/consent/*.h')}
    said = {path: comments(path) for path in ours}
    seen = set()
    model = {'functions': [], 'constants': [], 'types': [], 'callbacks': []}
    for cursor in unit.cursor.get_children():
        if cursor.location.file is None:
            continue
        path = os.path.realpath(cursor.location.file.name)
        if path not in ours:
            continue
        seen.add(path)
        add(model, cursor, os.path.basename(path), said[path])
    missed = [os.path.basename(p) for p in set(ours) - seen]
    if missed:
        raise HeaderError(f'consent.h does not include {", ".join(sorted(missed))}')
    return model


def add(model, cursor, header, said):
    where = f'{header}:{cursor.location.line}'
    line = cursor.extent.start.line
    above, beside = said.get(line, ('', ''))
    last = said.get(cursor.extent.end.line, ('', ''))[1]
    doc = {'doc': above, 'note': beside or last, 'where': where}
    if cursor.kind == cindex.CursorKind.FUNCTION_DECL:
        params = [[p.spelling, word_of(p.type, where)] for p in cursor.get_arguments()]
        model['functions'].append({'name': cursor.spelling, 'returns': word_of(cursor.result_type, where),
                                   'params': params, **doc})
    elif cursor.kind == cindex.CursorKind.MACRO_DEFINITION:
        constant = constant_of(cursor, where)
        if constant is not None:
            model['constants'].append({**constant, **doc})
    elif cursor.kind == cindex.CursorKind.TYPEDEF_DECL:
        add_typedef(model, cursor, where, doc)


def add_typedef(model, cursor, where, doc):
    under = cursor.underlying_typedef_type
    if under.kind == cindex.TypeKind.POINTER:
        function = under.get_pointee()
        names = [c.spelling for c in cursor.get_children() if c.kind == cindex.CursorKind.PARM_DECL]
        params = [[n, word_of(t, where)] for n, t in zip(names, function.argument_types())]
        model['callbacks'].append({'name': cursor.spelling, 'returns': word_of(function.get_result(), where),
                                   'params': params, **doc})
    elif cursor.spelling not in SCALARS:
        if 'struct ' + cursor.spelling != under.spelling:
            raise HeaderError(f'{where}: `{cursor.spelling}` is neither opaque nor a callback')
        model['types'].append({'name': cursor.spelling, **doc})


def constant_of(cursor, where):
    """Value of `#define CONSENT_X 1`; None for a macro without one."""
    tokens = [t.spelling for t in cursor.get_tokens()][1:]
    if not tokens or cursor.spelling == 'CONSENT_API' or not cursor.spelling.startswith('CONSENT_'):
        return None
    value = ''.join(tokens)
    if value.startswith('"'):
        return {'name': cursor.spelling, 'value': value[1:-1]}
    value = value.strip('()')
    if value == 'INT64_MIN':
        return {'name': cursor.spelling, 'value': -(1 << 63)}
    if value == 'INT64_MAX':
        return {'name': cursor.spelling, 'value': (1 << 63) - 1}
    if re.fullmatch(r'-?\d+', value):
        return {'name': cursor.spelling, 'value': int(value)}
    raise HeaderError(f'{where}: `{cursor.spelling}` is not a plain number or text')
