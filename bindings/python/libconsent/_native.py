# SPDX-License-Identifier: Apache-2.0
"""The C library, loaded and declared from api.json, which is made from the public headers."""
import ctypes
import ctypes.util
import json
import os

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'api.json'), encoding='utf-8') as _file:
    API = json.load(_file)

SCALARS = {
    'void': None, 'bool': ctypes.c_bool, 'status': ctypes.c_int32, 'int32': ctypes.c_int32,
    'int64': ctypes.c_int64, 'uint8': ctypes.c_uint8, 'size': ctypes.c_size_t, 'text': ctypes.c_char_p,
    'texts': ctypes.POINTER(ctypes.c_char_p), 'bytes': ctypes.c_char_p, 'pointer': ctypes.c_void_p,
}


def declare(library, model):
    """Sets argument and result types of every function; gives the types of callbacks."""
    types = dict(SCALARS)
    for kind in model['types']:
        types[kind['name']] = types['const ' + kind['name']] = ctypes.c_void_p
        types[kind['name'] + '[]'] = ctypes.POINTER(ctypes.c_void_p)
    def type_of(word):
        return ctypes.POINTER(types[word[1:]]) if word.startswith('*') else types[word]

    for callback in model['callbacks']:
        # Bytes that C hands out end where their length says, not at a NUL.
        types[callback['name']] = ctypes.CFUNCTYPE(
            types[callback['returns']],
            *[ctypes.c_void_p if word == 'bytes' else type_of(word) for _, word in callback['params']])
    for function in model['functions']:
        declared = getattr(library, function['name'])
        declared.restype = types[function['returns']]
        declared.argtypes = [type_of(word) for _, word in function['params']]
    return types


C = ctypes.CDLL(os.environ.get('CONSENT_LIBRARY') or ctypes.util.find_library('consent') or 'libconsent.so.0')
TYPES = declare(C, API)

_loaded = C.consent_version().decode()
_wanted = next(c['value'] for c in API['constants'] if c['name'] == 'CONSENT_VERSION')
if _loaded.split('.')[0] != _wanted.split('.')[0] or (_loaded.startswith('0.') and
                                                      _loaded.split('.')[1] != _wanted.split('.')[1]):
    raise ImportError(f'libconsent {_loaded} was loaded; this module is for {_wanted}')
