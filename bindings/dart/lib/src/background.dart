// SPDX-License-Identifier: Apache-2.0
import 'dart:async';
import 'dart:isolate';

import 'api.g.dart';

/// Work that may wait for the disk or another writer, away from the isolate
/// that draws. `may` and `start` are meant to be called directly.
extension ConsentBackground on Store {
  /// Runs [work] on a helper isolate, with this very store: its handle may be
  /// used from every thread at once. What [work] takes along must be sendable;
  /// make builders inside. The store is not freed before it ends.
  Future<R> background<R>(R Function(Store store) work) async {
    final address = enter().address;
    try {
      return await _away(address, work);
    } finally {
      leave();
    }
  }
}

// Apart, so that the closure takes nothing along but its arguments.
Future<R> _away<R>(int address, R Function(Store store) work) =>
    Isolate.run(() => work(Store.borrow(address)));
