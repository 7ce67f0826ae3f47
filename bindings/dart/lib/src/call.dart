// SPDX-License-Identifier: Apache-2.0
import 'dart:convert';
import 'dart:ffi' as ffi;
import 'dart:typed_data';

import 'package:ffi/ffi.dart';
import 'package:meta/meta.dart';

import 'bindings.g.dart' as c;
import 'error.dart';

/// What all classes have in common: one pointer, freed once, by [free] or by
/// the collector, and never while a call uses it.
abstract base class NativeHandle<T extends ffi.Opaque> implements ffi.Finalizable {
  NativeHandle(this._pointer, ffi.NativeFinalizer finalizer, this._free)
      : _finalizer = finalizer {
    finalizer.attach(this, _pointer.cast(), detach: this);
  }

  /// A handle that another isolate owns.
  NativeHandle.borrowed(this._pointer, this._free) : _finalizer = null;

  final ffi.Pointer<T> _pointer;
  final ffi.NativeFinalizer? _finalizer;
  final void Function(ffi.Pointer<T>) _free;
  int _using = 0;
  bool _freed = false;

  /// Whether [free] was called.
  bool get freed => _freed;

  /// Gives the handle up. Twice is allowed; every later call on it throws.
  void free() {
    if (_freed) return;
    _freed = true;
    if (_using == 0) _destroy();
  }

  /// For as long as work on another isolate uses it.
  @internal
  ffi.Pointer<T> enter() {
    if (_freed) {
      throw CallerException(c.CONSENT_E_CLOSED, 'this $runtimeType was freed',
          operation: 'binding');
    }
    _using++;
    return _pointer;
  }

  @internal
  void leave() {
    if (--_using == 0 && _freed) _destroy();
  }

  void _destroy() {
    final finalizer = _finalizer;
    if (finalizer == null) return;
    finalizer.detach(this);
    _free(_pointer);
  }
}

/// One call of the library: the memory of its arguments and the handles it
/// uses. [end] gives all of it back.
final class Call {
  final Arena _arena = Arena(calloc);
  final List<NativeHandle<ffi.Opaque>> _held = [];

  /// Where the library puts the error object.
  late final ffi.Pointer<ffi.Pointer<c.consent_error>> error =
      _arena.allocate(ffi.sizeOf<ffi.Pointer<c.consent_error>>());

  ffi.Pointer<T> use<T extends ffi.Opaque>(NativeHandle<T> handle) {
    final pointer = handle.enter();
    _held.add(handle);
    return pointer;
  }

  /// Text with NUL or half a surrogate pair is refused: cut or replaced, it
  /// could become the id of somebody else.
  ffi.Pointer<ffi.Char> text(String? value) {
    if (value == null) return ffi.nullptr;
    var pair = false;
    for (var i = 0; i < value.length; i++) {
      final unit = value.codeUnitAt(i);
      final low = unit >= 0xdc00 && unit < 0xe000;
      if (unit == 0 || low != pair) {
        throw ArgumentError.value(value, null, 'not a text');
      }
      pair = unit >= 0xd800 && unit < 0xdc00;
    }
    if (pair) throw ArgumentError.value(value, null, 'not a text');
    return value.toNativeUtf8(allocator: _arena).cast();
  }

  ffi.Pointer<ffi.Pointer<ffi.Char>> texts(List<String> values) {
    final size = ffi.sizeOf<ffi.Pointer<ffi.Char>>();
    final made = _arena.allocate<ffi.Pointer<ffi.Char>>(
      size * (values.isEmpty ? 1 : values.length),
    );
    for (var i = 0; i < values.length; i++) {
      made[i] = text(values[i]);
    }
    return made;
  }

  ffi.Pointer<ffi.Pointer<T>> handles<T extends ffi.Opaque>(
    List<NativeHandle<T>> values,
  ) {
    final size = ffi.sizeOf<ffi.Pointer<ffi.Void>>();
    final made = _arena.allocate<ffi.Pointer<ffi.Void>>(
      size * (values.isEmpty ? 1 : values.length),
    );
    for (var i = 0; i < values.length; i++) {
      made[i] = use(values[i]).cast();
    }
    return made.cast();
  }

  ffi.Pointer<ffi.Void> bytes(Uint8List value) {
    final made = _arena.allocate<ffi.Uint8>(value.isEmpty ? 1 : value.length);
    made.asTypedList(value.length).setAll(0, value);
    return made.cast();
  }

  ffi.Pointer<T> out<T extends ffi.NativeType>(int size) =>
      _arena.allocate<T>(size);

  /// A status below 0 becomes an exception.
  int check(int status) {
    if (status < 0) throw ConsentException.of(status, error.value);
    return status;
  }

  void end() {
    for (final handle in _held) {
      handle.leave();
    }
    _arena.releaseAll();
  }
}

/// What a constructor of the library gave; NULL is out of memory or an
/// argument that is NULL.
ffi.Pointer<T> made<T extends ffi.Opaque>(ffi.Pointer<T> pointer) {
  if (pointer == ffi.nullptr) {
    throw CallerException(c.CONSENT_E_ARGUMENT, 'an argument is missing');
  }
  return pointer;
}

String? textOf(ffi.Pointer<ffi.Char> text) => text == ffi.nullptr
    ? null
    : utf8.decode(
        text.cast<ffi.Uint8>().asTypedList(text.cast<Utf8>().length),
      );
