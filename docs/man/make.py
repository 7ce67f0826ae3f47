#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make.py CONSENTCTL: the man page (mdoc), from what the program says of itself: `--help --json` of the
program and of each command."""
import json
import re
import subprocess
import sys


def ask(program, *words):
    made = subprocess.run([program, *words, '--help', '--json'], capture_output=True, text=True, check=True)
    return json.loads(made.stdout)['help']


def text(line):
    """Words as mdoc wants them: no control line by accident, no escape."""
    line = line.replace('\\', '\\e').replace('-', '\\-')
    return '\\&' + line if line[:1] in ".'" else line


def words(line):
    """Prose: a new sentence starts a new line."""
    return '\n'.join(text(part) for part in re.split(r'(?<=[.?!]) +', ' '.join(line.split())))


def block(help_text, heading):
    found = re.search(rf'^{heading}:\n((?:  .*\n)+)', help_text, re.M)
    return [line[2:] for line in found.group(1).splitlines()] if found else []


def options(lines):
    out = ['.Bl -tag -width Ds']
    for line in lines:
        # A name longer than its column is followed by one blank only.
        flag, value, said = re.fullmatch(r'(--\S+)(?: ([A-Z0-9:|_-]+|[a-z|]+\|[a-z|]+))? +(.*)', line.strip()).groups()
        out += ['.It Fl \\-' + text(flag[2:]) + (' Ar ' + text(value) if value else ''), words(said)]
    return out + ['.El']


def command(program, name):
    said = ask(program, *name.split())
    first, *rest = said.split('\n')
    usage = first.split('[OPTION]... ', 1)[1]
    body = '\n'.join(rest).split('\nIts options:')[0].split('\nOptions of every')[0].strip()
    out = ['.Ss ' + text(name), '.Bd -literal -compact', text(usage), '.Ed', '.Pp']
    summary, _, body = body.partition('\n')
    out += [words(summary.rstrip('.') + '.')]
    for paragraph in re.split(r'\n\s*\n', body.strip('\n')):
        lines = paragraph.split('\n')
        if any(line.startswith(' ') for line in lines):
            out += ['.Bd -literal -compact', *[text(line) if line else '' for line in lines], '.Ed', '.Pp']
        else:
            out += [words(' '.join(lines))] + ['.Pp']
    while out[-1] in ('.Pp', ''):
        out.pop()
    own = block(said, 'Its options')
    return out + (options(own) if own else [])


def main():
    program = sys.argv[1]
    said = ask(program)
    lines = ['.\\" SPDX-License-Identifier: Apache-2.0', '.\\" Made by docs/man/make.py. Do not edit.',
             '.Dd November 24, 2026', '.Dt CONSENTCTL 1', '.Os libconsent', '.Sh NAME', '.Nm consentctl',
             '.Nd keep and ask a consent store', '.Sh SYNOPSIS', '.Nm', '.Fl \\-store Ar file',
             '.Op Ar option ...', '.Ar command ...', '.Sh DESCRIPTION', '.Nm',
             'is the tool of operators and auditors for stores of libconsent.',
             'Options may stand anywhere; after', '.Fl \\-', 'everything is an argument.', 'With', '.Fl \\-json',
             'the standard output is exactly one JSON value.', '.Sh OPTIONS', *options(block(said, 'Options of every command')),
             '.Sh COMMANDS']
    for line in block(said, 'Commands'):
        lines += command(program, re.split(r'  +', line)[0].strip())
    lines += ['.Sh FILES', '.Bl -tag -width Ds', '.It Pa store Ns .key',
              'the master key of a store, 64 hexadecimal digits, readable by its owner only.', '.El']
    lines += ['.Sh EXIT STATUS', '.Bl -tag -width Ds -compact']
    for line in block(said, 'Exit status'):
        code, meaning = line.strip().split('  ', 1)
        lines += ['.It ' + code, words(meaning)]
    lines += ['.El']
    print('\n'.join(line.rstrip() for line in lines))


main()
