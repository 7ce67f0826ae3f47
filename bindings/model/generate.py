#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""generate.py ROOT BUILD OUT: everything the bindings take from the public headers, written below OUT as it
lies below bindings/. Ends with 1 when a comment of a header lacks what it must say."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_docs  # noqa: E402
import emit_dart  # noqa: E402
import emit_py  # noqa: E402
import emit_ts  # noqa: E402
import headers  # noqa: E402
import plan  # noqa: E402


def json_lines(model):
    """One entry a line, so that a difference shows what changed."""
    parts = []
    for kind in ('constants', 'types', 'callbacks', 'functions'):
        rows = []
        for entry in model[kind]:
            entry = {**entry, 'where': entry['where'].split(':')[0]}
            rows.append('  ' + json.dumps(entry, ensure_ascii=False, separators=(',', ':')))
        parts.append(f' "{kind}": [\n' + ',\n'.join(rows) + '\n ]')
    parts.append(' "enums": ' + json.dumps(model['enums'], ensure_ascii=False))
    return '{\n' + ',\n'.join(parts) + '\n}\n'


def main():
    root, build, out = sys.argv[1:4]
    try:
        model = headers.parse(root, build)
        plan.add(model)
    except (headers.HeaderError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1
    found = check_docs.check(model)
    for where, name, missing in found:
        print(f'{where}: {name}: {missing}', file=sys.stderr)
    text = json_lines(model)
    files = {
        'api.json': text,
        'node/lib/api.json': text,
        'python/libconsent/api.json': text,
        'python/libconsent/__init__.pyi': emit_py.emit(model),
        'node/lib/api.d.ts': emit_ts.emit(model),
        'node/lib/api.js': emit_ts.exports(model),
        **emit_dart.emit(model),
    }
    for name, content in files.items():
        path = os.path.join(out, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(content)
    print(f'{len(model["functions"])} functions, {len(model["constants"])} constants, '
          f'{len(files)} files, {len(found)} gaps in comments')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
