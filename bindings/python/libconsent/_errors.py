# SPDX-License-Identifier: Apache-2.0
"""A status below 0 becomes an exception of its band."""
from typing import Optional

from ._native import C


class ConsentError(Exception):
    """What a call of the library failed with."""

    def __init__(self, status: int, message: str = '', operation: str = '', where: Optional[str] = None,
                 offset: Optional[int] = None, engine_code: int = 0):
        self.status = status
        self.code: str = C.consent_status_name(status).decode()
        self.operation, self.where, self.offset, self.engine_code = operation, where, offset, engine_code
        super().__init__(message or self.code)


class CallerError(ConsentError):
    """The call itself is wrong (-1 to -99)."""


class OutcomeError(ConsentError):
    """The call is right, the state is not (-100 to -199)."""


class StorageError(ConsentError):
    """The file or the disk (-200 to -299)."""


class CryptoError(ConsentError):
    """A key, a seal, a signature, a format (-300 to -399)."""


class FatalError(ConsentError):
    """Out of memory or randomness, or a defect of the library (below -900)."""


def error_of(status, pointer):
    """The exception for a status; takes over the error object."""
    band = CallerError if status > -100 else OutcomeError if status > -200 else \
        StorageError if status > -300 else CryptoError if status > -400 else FatalError
    if not pointer:
        return band(status)
    where = C.consent_error_where(pointer)
    offset = C.consent_error_offset(pointer)
    made = band(status, C.consent_error_message(pointer).decode(), C.consent_error_operation(pointer).decode(),
                where.decode() if where is not None else None, offset if offset >= 0 else None,
                C.consent_error_code(pointer))
    C.consent_error_free(pointer)
    return made
