# SPDX-License-Identifier: Apache-2.0
"""Classes and functions built from the plan in api.json; __init__.pyi says the same to type checkers."""
import ctypes
import datetime
import json
import keyword
import threading
import types as pytypes
import weakref

from ._errors import CallerError, FatalError, error_of
from ._native import API, C, TYPES

KINDS = {kind['name']: kind for kind in API['types']}
WORDS = {family: {number: word for word, number in values.items()} for family, values in API['enums'].items()}
VALUES = {c['name']: c['value'] for c in API['constants']}
INTERNAL = ('consent_error', 'consent_rows')
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
RANGES = {'status': 31, 'int32': 31, 'int64': 63}
CALLBACKS = {callback['name']: callback for callback in API['callbacks']}
CLASSES = {}


def micros(time):
    """An instant of the library, from an aware datetime or the microseconds themselves."""
    if isinstance(time, datetime.datetime):
        if time.tzinfo is None:
            raise TypeError('a datetime needs a time zone')
        return (time - EPOCH) // datetime.timedelta(microseconds=1)
    return time


def text_in(value, name):
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f'{name}: a str is needed')
    if '\0' in value:
        raise ValueError(f'{name}: a text cannot hold U+0000')
    return value.encode('utf-8')  # a lone surrogate raises UnicodeEncodeError, a ValueError


def int_in(value, name, word):
    value = micros(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f'{name}: an int is needed')
    low, high = (0, 2**(8 * ctypes.sizeof(ctypes.c_size_t))) if word == 'size' else (-2**RANGES[word], 2**RANGES[word])
    if not low <= value < high:
        raise OverflowError(f'{name}: out of range')
    return value


def enum_in(value, name, family):
    if not isinstance(value, str):
        return int_in(value, name, 'int32')
    if value not in API['enums'][family]:
        raise ValueError(f'{name}: {value!r} is no {family}')
    return API['enums'][family][value]


def text_out(value):
    return None if value is None else value.decode('utf-8')


def cell_out(rows, row, column, kind):
    name = column.encode()
    if not C.consent_rows_has(rows, row, name):
        return None
    if kind in 'tj':
        value = C.consent_rows_text(rows, row, name).decode('utf-8')
        return json.loads(value) if kind == 'j' else value
    number = C.consent_rows_number(rows, row, name, 0)
    if kind == 'b':
        return number != 0
    try:
        return EPOCH + datetime.timedelta(microseconds=number) if kind == 'u' else number
    except OverflowError:
        return number


def rows_out(rows):
    """Rows as dicts; frees them."""
    try:
        names = [C.consent_rows_column(rows, i).decode() for i in range(C.consent_rows_columns(rows))]
        columns = [(name, chr(C.consent_rows_type(rows, name.encode()))) for name in names]
        return [{name: cell_out(rows, row, name, kind) for name, kind in columns}
                for row in range(C.consent_rows_count(rows))]
    finally:
        C.consent_rows_free(rows)


WITHIN = threading.local()  # .calls: functions of Python that C is calling on this thread
BURIED = []  # what was freed from within itself: taking it away would be sawing off the branch


def called(function, kind):
    """As C calls it: without the user pointer, bytes and their length as bytes. One that answers a 32-bit number
    (a sink) stops the call when it answers anything but None or 0; what it raises is the cause of the error."""
    words = [word for _, word in CALLBACKS[kind]['params']]
    sink = CALLBACKS[kind]['returns'] == 'int32'

    def arguments(given):
        for i, (word, value) in enumerate(zip(words[:-1], given)):
            if word == 'bytes':
                yield ctypes.string_at(value, given[i + 1]) if given[i + 1] else b''
            elif not (word == 'size' and i > 0 and words[i - 1] == 'bytes'):
                yield text_out(value) if word == 'text' else value

    def call(*given):
        WITHIN.calls = getattr(WITHIN, 'calls', 0) + 1
        try:
            result = function(*arguments(given))
            return result or 0 if sink else result
        except BaseException as problem:
            if not sink:
                raise
            WITHIN.raised = problem
            return 1
        finally:
            WITHIN.calls -= 1
    return call


def free_pointer(free, pointer, keep):
    """Functions that C may call (keep) go after what calls them."""
    free(pointer)
    if getattr(WITHIN, 'calls', 0) > 0:
        BURIED.extend(keep)
    keep.clear()


class Handle:
    """What is common to all classes: one pointer, freed once and never while a call uses it."""

    _type = ''

    def _hold(self, pointer):
        self._lock, self._using, self._freed, self._keep = threading.Lock(), 0, False, []
        self._pointer = pointer
        self._final = weakref.finalize(self, free_pointer, getattr(C, self._type + '_free'), pointer, self._keep)

    def _enter(self):
        with self._lock:
            if self._freed:
                raise CallerError(VALUES['CONSENT_E_CLOSED'], f'this {type(self).__name__} was freed', 'binding')
            self._using += 1
        return self._pointer

    def _leave(self):
        with self._lock:
            self._using -= 1
            last = self._using == 0 and self._freed
        if last:
            self._final()

    def free(self):
        """Gives the handle up. Twice is allowed; every later call on it raises."""
        with self._lock:
            now = self._using == 0
            self._freed = True
        if now:
            self._final()

    @property
    def freed(self):
        """Whether free was called."""
        return self._freed

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.free()


class Call:
    """The arguments of one call; leaves every handle it entered."""

    def __init__(self, function, this, given):
        self.plan, self.held, self.args, self.keep = function['plan'], [], [], []
        names = [p['name'] for p in self.plan['in']]
        if len(given) > len(names):
            raise TypeError(f'{self.plan["name"]}: {len(given)} arguments for {len(names)}')
        try:
            if this is not None:
                self.enter(this)
            for p, value in zip(self.plan['in'], list(given) + [None] * (len(names) - len(given))):
                self.put(p, value)
        except BaseException:
            self.leave()
            raise
        self.outs = [ctypes.c_void_p() if out['kind'] in ('rows', 'handle') else TYPES[out['type']]()
                     for out in self.plan['out']]
        self.error = ctypes.c_void_p()
        self.args += [ctypes.byref(out) for out in self.outs]
        if self.plan['error']:
            self.args.append(ctypes.byref(self.error))

    def enter(self, handle):
        self.args.append(handle._enter())
        self.held.append(handle)

    def leave(self):
        for handle in self.held:
            handle._leave()

    def put(self, p, value):
        kind, name = p['kind'], p['name']
        if kind == 'handle':
            handle = handle_in(value, p['type'], name)
            if handle is None:
                self.args.append(None)
            else:
                self.enter(handle)
        elif kind == 'handles':
            start = len(self.args)
            for each in value or ():
                self.enter(handle_in(each, p['type'], name))
            pointers, self.args[start:] = self.args[start:], []
            self.args += [(ctypes.c_void_p * max(len(pointers), 1))(*pointers), len(pointers)]
        elif kind == 'callback':
            if value is not None and not callable(value):
                raise TypeError(f'{name}: a function is needed')
            made = TYPES[p['type']](0) if value is None else TYPES[p['type']](called(value, p['type']))
            self.keep.append(made)
            self.args += [made, None]
        elif kind == 'bytes':
            if not isinstance(value, (bytes, bytearray, memoryview)):
                raise TypeError(f'{name}: bytes are needed')
            self.args += [bytes(value), len(bytes(value))]
        elif kind == 'texts':
            texts = [text_in(each, name) for each in value or ()]
            self.args += [(ctypes.c_char_p * max(len(texts), 1))(*texts), len(texts)]
        elif kind == 'text':
            self.args.append(text_in(value, name))
        elif kind == 'bool':
            if not isinstance(value, bool):
                raise TypeError(f'{name}: True or False is needed')
            self.args.append(value)
        else:
            self.args.append(enum_in(value, name, p['enum']) if 'enum' in p else int_in(value, name, p['word']))


def handle_in(value, kind, name):
    if value is None or isinstance(value, CLASSES[kind]):
        return value
    if KINDS[kind]['kind'] == 'builder' and isinstance(value, dict):
        return CLASSES[kind].of(**value)
    raise TypeError(f'{name}: a {KINDS[kind]["class"]} is needed')


def out_value(plan, out, box, call):
    if out['kind'] == 'rows':
        rows = rows_out(box) if box.value else []
        return (rows[0] if rows else None) if plan['one'] else rows
    if out['kind'] == 'text':
        return text_out(box.value)
    if out['kind'] != 'handle':
        return box.value
    if KINDS[out['type']]['kind'] == 'snapshot':
        return snapshot(out['type'], box)
    made = CLASSES[out['type']].__new__(CLASSES[out['type']])
    made._hold(box.value)
    made._keep += [each for handle in call.held for each in handle._keep] + call.keep
    return made


def run(function, this, given):
    call = Call(function, this, given)
    plan = call.plan
    try:
        WITHIN.raised = None
        result = getattr(C, function['name'])(*call.args)
        if plan['throws'] and result < 0:
            raise error_of(result, call.error) from WITHIN.raised
        if this is not None and KINDS[plan['class']]['kind'] == 'builder':
            this._keep += call.keep
        if len(call.outs) == 1:
            return out_value(plan, plan['out'][0], call.outs[0], call)
        if call.outs:
            return {out['name']: out_value(plan, out, box, call) for out, box in zip(plan['out'], call.outs)}
    finally:
        call.leave()
    if function['returns'] == 'text':
        return text_out(result)
    if 'enum' in plan:
        return WORDS[plan['enum']].get(result, result)
    return result


def snapshot(kind, pointer):
    """An immutable object from a result that is only read."""
    own = {f['plan']['name']: f for f in functions_of(kind)}
    made = {}
    try:
        for name, function in own.items():
            if function['plan']['form'] != 'method' or function['plan']['in']:
                continue
            value = read(function, pointer)
            item = own.get(name[:-1]) if name.endswith('s') else None
            made[name] = tuple(read(item, pointer, i) for i in range(value)) if item else value
    finally:
        getattr(C, kind + '_free')(pointer)
    return CLASSES[kind](**made)


def read(function, pointer, *given):
    value = getattr(C, function['name'])(pointer, *given)
    if function['returns'] == 'text':
        return text_out(value)
    enum = function['plan'].get('enum')
    return WORDS[enum].get(value, value) if enum else value


def functions_of(kind):
    return [f for f in API['functions'] if f['plan']['class'] == kind]


def define(function, bound):
    names = [p['name'] + ('_' if keyword.iskeyword(p['name']) else '') for p in function['plan']['in']]

    def merge(given, named):
        for name in named:
            if name not in names or names.index(name) < len(given):
                raise TypeError(f'{function["plan"]["name"]}: unexpected argument {name!r}')
        return list(given) + [named.get(name) for name in names[len(given):]]

    if bound:
        def call(self, *given, **named):
            return run(function, self, merge(given, named))
    else:
        def call(*given, **named):
            return run(function, None, merge(given, named))
    call.__name__ = function['plan']['name']
    call.__doc__ = function['doc']
    return call


def make_builder(made, own):
    create = next(f for f in own if f['plan']['form'] == 'new')
    first = [p['name'] for p in create['plan']['in']]
    setters = {f['plan']['name'].split('_', 1)[1] + ('s' if f['plan']['name'].startswith('add_') else ''): f
               for f in own if f['plan']['form'] == 'method'}

    def init(self, *given):
        call = Call(create, None, given)
        pointer = getattr(C, create['name'])(*call.args)
        call.leave()
        if not pointer:
            missing = len(given) < len(first) or None in given
            raise (CallerError(VALUES['CONSENT_E_ARGUMENT']) if missing else FatalError(VALUES['CONSENT_E_MEMORY']))
        self._hold(pointer)

    def of(cls, **named):
        """Made from names: the arguments of the constructor, then a setter for each other name."""
        for name in named:
            if name not in first and name not in setters:
                raise TypeError(f'{cls.__name__}: there is no {name!r}')
        self = cls(*[named.get(name) for name in first])
        for name, function in setters.items():
            if name not in named:
                continue
            if function['plan']['name'].startswith('add_'):
                for each in named[name]:
                    run(function, self, [each])
            else:
                run(function, self, [named[name]])
        return self

    made.__init__ = init
    made.of = classmethod(of)


def make_class(kind):
    own = functions_of(kind['name'])
    if kind['kind'] == 'snapshot':
        return type(kind['class'], (pytypes.SimpleNamespace,), {'__doc__': kind['doc'], '__setattr__': refuse})
    made = type(kind['class'], (Handle,), {'__doc__': kind['doc'], '_type': kind['name'], '__init__': no_new})
    for function in own:
        if function['plan']['form'] == 'method':
            setattr(made, function['plan']['name'], define(function, True))
        elif function['plan']['form'] == 'static':
            setattr(made, function['plan']['name'], staticmethod(define(function, False)))
    if kind['kind'] == 'builder':
        make_builder(made, own)
    return made


def refuse(self, name, _):
    raise AttributeError(f'{name}: an answer does not change')


def no_new(self, *_):
    raise TypeError(f'a {type(self).__name__} is opened, created or given by a call')


for _kind in API['types']:
    if _kind['name'] not in INTERNAL:
        CLASSES[_kind['name']] = make_class(_kind)


class Change(pytypes.SimpleNamespace):
    """One or more commits, by anybody: seq is the newest event; kinds are words for what was changed."""


CHANGES = (('subject', 'CONSENT_CHANGE_SUBJECT'), ('policy', 'CONSENT_CHANGE_POLICY'),
           ('erasure', 'CONSENT_CHANGE_ERASURE'), ('store', 'CONSENT_CHANGE_STORE'))


def changes(self):
    """Waits for commits, also of other threads and processes, from now on and as long as the store is open."""
    return heard(self, self.watch_new())  # not at the first step: what is committed from here on rings


def heard(store, watch):
    with watch:
        while not store.freed:
            try:
                found = watch.wait(250)  # in slices, so that Python can handle signals
            except CallerError as problem:
                if problem.status != VALUES['CONSENT_E_CLOSED']:
                    raise
                return
            if found['kind']:
                yield Change(seq=found['seq'], kinds=frozenset(w for w, name in CHANGES if found['kind'] & VALUES[name]))


CLASSES['consent_store'].changes = changes
NAMES = {KINDS[name]['class']: made for name, made in CLASSES.items()}
NAMES['Change'] = Change
NAMES.update({f['plan']['name']: define(f, False) for f in functions_of(None)})
