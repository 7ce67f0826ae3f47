# SPDX-License-Identifier: Apache-2.0
"""libconsent for Python: decides, records and proves consent. Every function of the C headers under its own
name: consent_policy_text is Store.policy_text. Failures raise ConsentError of a band; times are aware
datetimes; rows are lists of dicts. Calls release the GIL; a store may be used from every thread."""
from ._classes import NAMES as _NAMES
from ._classes import micros
from ._errors import CallerError, ConsentError, CryptoError, FatalError, OutcomeError, StorageError
from ._native import API as _API

globals().update(_NAMES)
globals().update({c['name'].removeprefix('CONSENT_'): c['value'] for c in _API['constants']
                  if not c['name'].startswith('CONSENT_VERSION')})
__version__ = next(c['value'] for c in _API['constants'] if c['name'] == 'CONSENT_VERSION')
__all__ = [*_NAMES, 'CallerError', 'ConsentError', 'CryptoError', 'FatalError', 'OutcomeError', 'StorageError', 'micros']
