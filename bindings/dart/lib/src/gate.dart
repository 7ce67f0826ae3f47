// SPDX-License-Identifier: Apache-2.0
import 'api.g.dart';
import 'error.dart';

/// What may start before the first frame: the start plan, as sets of names.
/// What it does not name may not start.
final class StartGate {
  StartGate._(this._allowed, this.reasons, [this.failure]);

  /// Asks the store; synchronous on purpose, because plugins are registered
  /// synchronously. Whatever goes wrong in the library is a deny, and stands in
  /// [failure]: a gate that throws would be skipped by somebody's catch.
  factory StartGate.of(Store store, String subject, [String? policy]) {
    final allowed = <(String, String)>{};
    final reasons = <(String, String), String>{};
    try {
      for (final row in store.start(subject, policy)) {
        final key = (row.text('kind')!, row.text('name')!);
        if (row.truth('allow')) allowed.add(key);
        reasons[key] = row.text('reason') ?? '';
      }
    } on ConsentException catch (failure) {
      return StartGate._(const {}, const {}, failure);
    }
    return StartGate._(allowed, reasons);
  }

  /// Nothing may start: before a store can be opened.
  StartGate.closed() : this._(const {}, const {});

  final Set<(String, String)> _allowed;

  /// Why, by kind ("permission", "recipient") and name.
  final Map<(String, String), String> reasons;

  /// Why the store could not be asked; null: it answered.
  final ConsentException? failure;

  bool permission(String name) => _allowed.contains(('permission', name));
  bool recipient(String key) => _allowed.contains(('recipient', key));
}
