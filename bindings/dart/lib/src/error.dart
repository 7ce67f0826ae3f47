// SPDX-License-Identifier: Apache-2.0
import 'dart:ffi' as ffi;

import 'package:ffi/ffi.dart';

import 'bindings.g.dart' as c;

/// What a call of the library failed with, by band of its [status].
sealed class ConsentException implements Exception {
  const ConsentException(
    this.status,
    this.message, {
    this.operation = '',
    this.where,
    this.offset,
  });

  /// Below 0; its name is [code].
  final int status;

  /// One English sentence; names no person and no value.
  final String message;

  /// The operation that failed, such as "policy import".
  final String operation;

  /// RFC 6901 pointer to what was refused in a document.
  final String? where;

  /// Byte offset of that place.
  final int? offset;

  /// Such as "CONSENT_E_NOT_FOUND".
  String get code =>
      c.consent_status_name(status).cast<Utf8>().toDartString();

  /// The exception for [status]; takes over the error object.
  static ConsentException of(int status, ffi.Pointer<c.consent_error> error) {
    var message = '', operation = '';
    String? where;
    int? offset;
    if (error != ffi.nullptr) {
      message = c.consent_error_message(error).cast<Utf8>().toDartString();
      operation = c.consent_error_operation(error).cast<Utf8>().toDartString();
      final place = c.consent_error_where(error);
      where = place == ffi.nullptr ? null : place.cast<Utf8>().toDartString();
      final at = c.consent_error_offset(error);
      offset = at < 0 ? null : at;
      c.consent_error_free(error);
    }
    return switch (status) {
      > -100 => CallerException(status, message,
          operation: operation, where: where, offset: offset),
      > -200 => OutcomeException(status, message, operation: operation),
      > -300 => StorageException(status, message, operation: operation),
      > -400 => CryptoException(status, message, operation: operation),
      _ => FatalException(status, message, operation: operation),
    };
  }

  @override
  String toString() => '$runtimeType($code): $message';
}

/// The call itself is wrong: an argument, a text, a document (-1 to -99).
final class CallerException extends ConsentException {
  const CallerException(super.status, super.message,
      {super.operation, super.where, super.offset});
}

/// The call is right, the state is not (-100 to -199).
final class OutcomeException extends ConsentException {
  const OutcomeException(super.status, super.message, {super.operation});
}

/// The file or the disk (-200 to -299).
final class StorageException extends ConsentException {
  const StorageException(super.status, super.message, {super.operation});
}

/// A key, a seal, a signature, a format (-300 to -399).
final class CryptoException extends ConsentException {
  const CryptoException(super.status, super.message, {super.operation});
}

/// Out of memory or randomness, or a defect of the library (below -900).
final class FatalException extends ConsentException {
  const FatalException(super.status, super.message, {super.operation});
}
