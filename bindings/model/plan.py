# SPDX-License-Identifier: Apache-2.0
"""How a function of C looks in a language with classes: which class it belongs to, what is put in, what
comes out. Decided once here, from names and types alone; each binding only spells it.

The plan of a function: 'class' (a handle's class, or None: of the module), 'form' (method, static, new,
free), 'name' (words joined by _), 'in' (name, kind, class) and 'out' (name, kind, class), 'throws' (a status
is returned), 'error' (an error object tells more), 'one' (its rows are one row), 'blocks' (may wait for the
disk or another writer), 'leaf' (short, calls nothing back).
"""
import re

INTERNAL = {'consent_error', 'consent_rows'}  # a binding turns them into exceptions and values


def bare(word):
    return word.removeprefix('const ').lstrip('*')


def is_handle(word, types):
    return not word.startswith('*') and bare(word) in types


def class_name(handle):
    return ''.join(part.capitalize() for part in handle.removeprefix('consent_').split('_'))


def put_in(params, types, callbacks):
    """Parameters that a caller gives; a length or user pointer belongs to the one before it."""
    given, at = [], 0
    while at < len(params):
        name, word = params[at]
        following = params[at + 1][1] if at + 1 < len(params) else None
        if word in ('bytes', 'texts') or word.endswith('[]'):
            if following != 'size':
                raise ValueError(f'`{name}` has no length after it')
            given.append({'name': name, 'kind': 'handles', 'type': word[:-2]} if word.endswith('[]') else
                         {'name': name, 'kind': word})
            at += 1
        elif word in callbacks:
            if following != 'pointer':
                raise ValueError(f'`{name}` has no user pointer after it')
            given.append({'name': name, 'kind': 'callback', 'type': word})
            if callbacks[word]['foreign']:
                given[-1]['foreign'] = True
            at += 1
        elif is_handle(word, types):
            given.append({'name': name, 'kind': 'handle', 'type': bare(word)})
        elif not word.startswith('*'):
            if word not in ('bool', 'status', 'int32', 'int64', 'size', 'text'):
                raise ValueError(f'`{name}` is a {word}, which no binding carries')
            given.append({'name': name, 'kind': 'int' if word in ('status', 'int32', 'int64', 'size') else word,
                          'word': word})
        at += 1
    return given


def give_back(params, types):
    results = []
    for name, word in params:
        if not word.startswith('*') or bare(word) == 'consent_error':
            continue
        to = bare(word)
        kind = 'rows' if to == 'consent_rows' else 'handle' if to in types else \
            'int' if to in ('int32', 'int64', 'size', 'status') else to
        if kind not in ('rows', 'handle', 'int', 'bool', 'text'):
            raise ValueError(f'`{name}` gives back a {word}, which no binding carries')
        short = name.removeprefix('out_') if name != 'out' else ('rows' if kind == 'rows' else to.removeprefix('consent_'))
        results.append({'name': short, 'kind': kind, 'type': to})
    return results


def plan_of(function, types, callbacks):
    params, name = function['params'], function['name'].removeprefix('consent_')
    try:
        given, results = put_in(params, types, callbacks), give_back(params, types)
    except ValueError as problem:
        raise ValueError(f'{function["where"]}: {function["name"]}: {problem}') from None
    made = function['returns'] if bare(function['returns']) in types else None
    owner, form = None, 'static'
    if name.endswith('_free') and given and given[0]['kind'] == 'handle':
        owner, form = given[0]['type'], 'free'
    elif made and 'const ' not in made:
        owner, form = bare(made), 'new'
    elif given and given[0]['kind'] == 'handle':
        owner, form = given[0]['type'], 'method'
    elif len(results) == 1 and results[0]['kind'] == 'handle':
        owner = results[0]['type']
    if owner:
        name = name.removeprefix(owner.removeprefix('consent_') + '_')
    if form == 'method':
        given = given[1:]
    error = any(word == '*consent_error' for _, word in params)
    first = params[0][1] if params else ''
    return {
        'class': owner, 'form': form, 'name': name, 'in': given, 'out': results,
        'throws': function['returns'] == 'status', 'error': error,
        'one': bool(re.search(r'\bOne row(?=:| as\b|\.)', function['doc'])),
        'blocks': error and 'consent_store' in [bare(w) for _, w in params] or form == 'static' and error,
        'leaf': not error and form not in ('free', 'new') and (first == '' or first.startswith('const ') or first in
                                                  ('status', 'int32', 'text')),
    }


ENUM_OF = {'blocker': 'reason', 'consent_class': 'class'}  # where the name is not the family's


def families(model):
    """Constants by family: {'operation': {'share': 3, …}}, spelled as JSON and the command line do."""
    found = {}
    for family in ('decision', 'class', 'operation', 'reason', *ends(model)):
        start = f'CONSENT_{family.upper()}_'
        values = {c['name'].removeprefix(start): c['value'] for c in model['constants'] if c['name'].startswith(start)}
        if family != 'reason':
            values = {name.lower().replace('_', '-'): value for name, value in values.items()}
        found[family] = values
    return found


def ends(model):
    """Families beyond the first ones: whatever has a function consent_x_name and constants CONSENT_X_…."""
    for function in model['functions']:
        found = re.fullmatch(r'consent_([a-z_]+)_name', function['name'])
        if found and found.group(1) not in ('decision', 'class', 'operation', 'reason', 'status') and \
                any(c['name'].startswith(f'CONSENT_{found.group(1).upper()}_') for c in model['constants']):
            yield found.group(1)


def enum_of(name, known):
    family = ENUM_OF.get(name, name)
    return family if family in known else None


def kinds_of_classes(model):
    """builder: made by new, then only set and added to; snapshot: given by a call, then only read;
    handle: everything else."""
    for kind in model['types']:
        own = [f for f in model['functions'] if f['plan']['class'] == kind['name'] and f['plan']['form'] != 'free']
        made = any(f['plan']['form'] == 'new' for f in own)
        rest = [f for f in own if f['plan']['form'] not in ('new', 'static')]
        if made and all(re.match(r'(set|add)_', f['plan']['name']) for f in rest):
            kind['kind'] = 'builder'
        elif not made and rest and all(f['plan']['leaf'] and f['params'][0][1].startswith('const ') for f in rest) \
                and not any(f['plan']['form'] == 'static' for f in own):
            kind['kind'] = 'snapshot'
        else:
            kind['kind'] = 'handle'


def add(model):
    types = {t['name'] for t in model['types']}
    for callback in model['callbacks']: # called on a thread that is not the host's
        callback['foreign'] = bool(re.search(r'[Cc]alled on a thread that belongs to', callback['doc']))
    callbacks = {c['name']: c for c in model['callbacks']}
    taken = {}
    for function in model['functions']:
        plan = function['plan'] = plan_of(function, types, callbacks)
        key = (plan['class'], plan['name'])
        if key in taken and plan['class'] not in INTERNAL:
            raise ValueError(f'{function["name"]} and {taken[key]} have the same name in a class')
        taken[key] = function['name']
    known = model['enums'] = families(model)
    for function in model['functions']:
        plan = function['plan']
        for given in plan['in']:
            family = enum_of(given['name'], known)
            if given['kind'] == 'int' and given['word'] == 'int32' and family:
                given['enum'] = family
        family = enum_of(plan['name'], known)
        if function['returns'] == 'int32' and family and plan['form'] == 'method':
            plan['enum'] = family
    for kind in model['types']:
        kind['class'] = class_name(kind['name'])
    kinds_of_classes(model)
    handles = {t['name'] for t in model['types'] if t['kind'] == 'handle'}
    for function in model['functions']: # of a handle: it may wait
        plan = function['plan']
        plan['blocks'] = plan['blocks'] or plan['error'] and plan['form'] == 'method' and plan['class'] in handles - INTERNAL
    columns_of_all(model)


def columns_of_all(model):
    by_name = {f['name']: f for f in model['functions']}
    before = None
    for function in model['functions']:
        if any(o['kind'] == 'rows' for o in function['plan']['out']):
            function['plan']['columns'] = columns_of(function, by_name, 0)
            same = re.search(r'\b[Rr]ow(?: and errors)? as (consent_\w+)', function['doc'])
            if same and same.group(1) in by_name:
                function['plan']['one'] = by_name[same.group(1)]['plan']['one']
            if before and not function['plan']['columns'] and function['doc'].startswith('The same'):
                function['plan'].update(columns=before['columns'], one=before['one'])
            before = function['plan']


def columns_of(function, by_name, depth):
    """[[name, type]…] as the comment lists them ("Columns: policy t, at u"); [] when it does not."""
    text = function['doc']
    while True:
        shorter = re.sub(r'\([^()]*\)', '', text)
        if shorter == text:
            break
        text = shorter
    found = re.search(r'(?:Columns|One row|one row each)\b', text)
    if found:
        listed = re.split(r'[.;](?:\s|$)', text[found.start():])[0]
        columns = re.findall(r'\b([a-z_][a-z0-9_]*) ([tnbuj])(?=[\s,:]|$)', listed)
        if columns:
            return [list(c) for c in columns]
    other = re.search(r'(?:[Cc]olumns|[Rr]ows?|row)(?: and errors)? (?:as|of|are those of) (consent_\w+)', text)
    if other and other.group(1) in by_name and depth < 3:
        return columns_of(by_name[other.group(1)], by_name, depth + 1)
    return []
