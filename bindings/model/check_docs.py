# SPDX-License-Identifier: Apache-2.0
"""What the comment of a public function must say. The general rules (ownership, threads of stores,
builders and results, functions without a handle) stand once in consent.h; this holds the rest to them.
"""
import re

# Words by which a comment says how long a borrowed text lives.
LIVES = re.compile(r'\b([Ll]ives?|as long as|[Ss]tatic text)\b')
ERRORS = re.compile(r'CONSENT_E_[A-Z]|\b_[A-Z][A-Z_]+\b|\b[Ee]rrors?\b')
REFERS = re.compile(r'\b(as|like|of) (consent_\w+)|The same\b|[Ss]hort forms?')


def check(model):
    """[(where, function, what is missing)…]"""
    found = []
    for function in model['functions']:
        for missing in missing_in(function, model):
            found.append((function['where'], function['name'], missing))
    for kind in model['types'] + model['callbacks']:
        if not kind['doc'] and not is_plain_result(kind['name'], model):
            found.append((kind['where'], kind['name'], 'no comment says what it is'))
    for kind in model['callbacks']:
        if not re.search(r'\bthreads?\b', kind['doc']):
            found.append((kind['where'], kind['name'], 'the comment does not say on which thread it is called'))
    return found


def is_plain_result(name, model):
    return any(f['plan']['out'] and f['plan']['out'][0]['type'] == name for f in model['functions']) or \
        name in ('consent_error', 'consent_rows', 'consent_options')


def missing_in(function, model):
    plan, doc = function['plan'], function['doc'] + ' ' + function['note']
    if plan['form'] == 'free':
        return # rule 4 of consent.h: NULL, any thread, any order
    if not doc.strip():
        yield 'no comment above it or above its paragraph'
        return
    if function['returns'] == 'text' and not (LIVES.search(doc) or borrowed_from_result(plan, model)):
        yield 'does not say how long the text lives'
    if plan['error'] and not (ERRORS.search(doc) or REFERS.search(doc)):
        yield 'names no error, nor a function with the same ones'
    if any(o['kind'] == 'rows' for o in plan['out']) and not plan['columns']:
        yield 'lists no columns ("Columns: name t, …", "One row: …" or "Columns as consent_…")'
    if plan['form'] == 'new' and 'NULL' not in doc:
        yield 'does not say when NULL is returned'


def borrowed_from_result(plan, model):
    """A getter of a handle whose other comment gives the rule for all of them (rule 2 of consent.h)."""
    if plan['form'] != 'method':
        return False
    return any(f['plan']['class'] == plan['class'] and re.search(r'pointers? lives?', f['doc'])
               for f in model['functions'])
