# SPDX-License-Identifier: Apache-2.0
"""Type hints of the Python module: what _classes.py builds from api.json when loaded."""
import keyword

CELLS = {'t': 'str', 'n': 'int', 'b': 'bool', 'u': 'datetime', 'j': 'Any'}
HEAD = '''# SPDX-License-Identifier: Apache-2.0
# Made by bindings/update.sh from the public headers. Do not edit.
from datetime import datetime
from typing import Any, Callable, FrozenSet, Iterator, List, Literal, Optional, Sequence, Tuple, TypedDict, Union

class ConsentError(Exception):
    status: int
    code: str
    operation: str
    where: Optional[str]
    offset: Optional[int]
    engine_code: int

class CallerError(ConsentError): ...
class OutcomeError(ConsentError): ...
class StorageError(ConsentError): ...
class CryptoError(ConsentError): ...
class FatalError(ConsentError): ...

class Change:
    seq: int
    kinds: FrozenSet[Literal['subject', 'policy', 'erasure', 'store']]

__version__: str
def micros(time: Union[datetime, int]) -> int: ...
'''


def pascal(name):
    return ''.join(part.capitalize() for part in name.split('_'))


def own_name(name):
    return name + '_' if keyword.iskeyword(name) else name


class Emitter:
    def __init__(self, model):
        self.model, self.types = model, {t['name']: t for t in model['types']}
        self.callbacks = {c['name']: c for c in model['callbacks']}

    def type_in(self, given):
        kind = given['kind']
        if 'enum' in given:
            return f'Union[{pascal(given["enum"])}Word, int]'
        if kind == 'handles':
            of = self.types[given['type']]
            return f'Sequence[Union[{of["class"]}, {of["class"]}Init]]' if of['kind'] == 'builder' else f'Sequence[{of["class"]}]'
        if kind == 'handle':
            of = self.types[given['type']]
            return f'Union[{of["class"]}, {of["class"]}Init, None]' if of['kind'] == 'builder' else of['class']
        if kind == 'callback':
            back = {'int64': 'int', 'int32': 'int', 'void': 'None', 'bool': 'bool', 'pointer': 'Optional[int]'}
            return f'Optional[Callable[..., {back[self.callbacks[given["type"]]["returns"]]}]]'
        if kind == 'int' and given['word'] == 'int64':
            return 'Union[int, datetime]'
        return {'text': 'Optional[str]', 'texts': 'Sequence[str]', 'bytes': 'bytes', 'int': 'int', 'bool': 'bool'}[kind]

    def type_out(self, function, out):
        if out['kind'] == 'rows':
            row = 'Row' + pascal(function['name'].removeprefix('consent_'))
            return row if function['plan']['one'] else f'List[{row}]'
        if out['kind'] == 'handle':
            return self.types[out['type']]['class']
        return {'int': 'int', 'bool': 'bool', 'text': 'Optional[str]'}[out['kind']]

    def type_back(self, function):
        plan = function['plan']
        if len(plan['out']) == 1:
            return self.type_out(function, plan['out'][0])
        if plan['out']:
            return 'dict[str, Any]'
        if 'enum' in plan:
            return f'Union[{pascal(plan["enum"])}Word, int]'
        return {'text': 'Optional[str]', 'bool': 'bool', 'void': 'None'}.get(function['returns'], 'int')

    def arguments(self, plan):
        given, optional = [], True
        for p in reversed(plan['in']):
            of = self.types.get(p.get('type'))
            optional = optional and (p['kind'] in ('text', 'callback') or p['kind'] == 'handle' and of['kind'] == 'builder')
            given.insert(0, f'{own_name(p["name"])}: {self.type_in(p)}{" = ..." if optional else ""}')
        return given

    def emit(self):
        lines = [HEAD]
        for family, values in self.model['enums'].items():
            lines.append(f'{pascal(family)}Word = Literal[{", ".join(repr(word) for word in values)}]')
        for function in self.model['functions']:
            columns = function['plan'].get('columns')
            if columns is None:
                continue
            cells = ', '.join(f'{name!r}: Optional[{CELLS[kind]}]' for name, kind in columns)
            row = 'Row' + pascal(function['name'].removeprefix('consent_'))
            lines.append(f'{row} = TypedDict({row!r}, {{{cells}}})')
        for kind in self.model['types']:
            if kind['name'] not in ('consent_error', 'consent_rows'):
                lines += self.one_class(kind)
        for function in self.model['functions']:
            if function['plan']['class'] is None:
                lines.append(f'def {function["plan"]["name"]}({", ".join(self.arguments(function["plan"]))}) -> '
                             f'{self.type_back(function)}: ...')
        for constant in self.model['constants']:
            if not constant['name'].startswith('CONSENT_VERSION'):
                lines.append(f'{constant["name"].removeprefix("CONSENT_")}: int')
        return '\n'.join(lines) + '\n'

    def one_class(self, kind):
        own = [f for f in self.model['functions'] if f['plan']['class'] == kind['name']]
        if kind['kind'] == 'snapshot':
            return self.snapshot(kind, own)
        lines = self.init(kind, own) if kind['kind'] == 'builder' else []
        lines.append(f'class {kind["class"]}:')
        for function in own:
            plan = function['plan']
            given = ', '.join((['self'] if plan['form'] in ('method', 'new') else []) + self.arguments(plan))
            if plan['form'] == 'new':
                lines.append(f'    def __init__({given}) -> None: ...')
            elif plan['form'] != 'free':
                lines += ['    @staticmethod'] if plan['form'] == 'static' else []
                lines.append(f'    def {plan["name"]}({given}) -> {self.type_back(function)}: ...')
        if kind['name'] == 'consent_store':
            lines.append('    def changes(self) -> Iterator[Change]: ...')
        return lines + ['    @property', '    def freed(self) -> bool: ...', '    def free(self) -> None: ...',
                        f'    def __enter__(self) -> {kind["class"]}: ...', '    def __exit__(self, *_: Any) -> None: ...']

    def init(self, kind, own):
        members = []
        for function in own:
            plan = function['plan']
            if plan['form'] == 'new':
                members += [f'{p["name"]!r}: {self.type_in(p)}' for p in plan['in']]
            elif plan['form'] == 'method' and len(plan['in']) == 1:
                name, many = plan['name'].split('_', 1)[1], plan['name'].startswith('add_')
                given = self.type_in(plan['in'][0])
                members.append(f'{name + "s" if many else name!r}: {f"Sequence[{given}]" if many else given}')
                if many:
                    members[-1] = f'{name + "s"!r}: Sequence[{given}]'
        return [f'{kind["class"]}Init = TypedDict({kind["class"] + "Init"!r}, {{{", ".join(members)}}}, total=False)']

    def snapshot(self, kind, own):
        lines, names = [f'class {kind["class"]}:'], {f['plan']['name'] for f in own}
        for function in own:
            name = function['plan']['name']
            if function['plan']['form'] != 'method' or function['plan']['in']:
                continue
            back = self.type_back(function)
            if name.endswith('s') and name[:-1] in names:
                of = next(f for f in own if f['plan']['name'] == name[:-1])
                back = f'Tuple[{self.type_back(of)}, ...]'
            lines += ['    @property', f'    def {name}(self) -> {back}: ...']
        return lines


def emit(model):
    return Emitter(model).emit()
