#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Doxygen's input filter: gives the plain comments of our headers the marks Doxygen looks for, and every
declaration of a paragraph the comment above that paragraph."""
import re
import sys


def escape(text):
    return re.sub(r'([@\\<>#&$%"])', r'\\\1', text)


def declared(line):
    return re.match(r'(CONSENT_API|typedef|consent_)\b', line) or line.startswith('#define CONSENT_')


def main():
    lines = open(sys.argv[1], encoding='utf-8').read().split('\n')
    out, above, at, comments = [], [], 0, 0
    while at < len(lines):
        line = lines[at]
        if line.startswith('/*'):
            block = [line]
            while '*/' not in lines[at]:
                at += 1
                block.append(lines[at])
            comments += 1
            text = [escape(re.sub(r'^\s*(/\*|\*(?!/))?\s?|\s*\*/\s*$', '', part)) for part in block]
            if 'SPDX' in block[0]:
                text = []
            elif comments == 2:
                out += ['/** \\file', *text, '*/']
                text = []
            above = text
        elif declared(line):
            if above and (line.startswith(('CONSENT_API', 'typedef'))):
                out += ['/**', *above, '*/']
            out.append(re.sub(r'/\*\s*(.*?)\s*\*/\s*$', lambda m: '/**< ' + escape(m.group(1)) + ' */', line))
        else:
            if not line.strip():
                above = []
            out.append(line)
        at += 1
    sys.stdout.write('\n'.join(out))


main()
