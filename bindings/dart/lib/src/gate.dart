// SPDX-License-Identifier: Apache-2.0
import 'api.g.dart';

/// What may start before the first frame: the start plan, as sets of names.
/// What it does not name may not start.
final class StartGate {
  StartGate._(this._allowed, this.reasons);

  /// Asks the store; synchronous on purpose, because plugins are registered
  /// synchronously. Whatever goes wrong is a deny.
  factory StartGate.of(Store store, String subject, [String? policy]) {
    final allowed = <(String, String)>{};
    final reasons = <(String, String), String>{};
    for (final row in store.start(subject, policy)) {
      final key = (row.text('kind')!, row.text('name')!);
      if (row.truth('allow')) allowed.add(key);
      reasons[key] = row.text('reason') ?? '';
    }
    return StartGate._(allowed, reasons);
  }

  /// Nothing may start: before a store can be opened.
  StartGate.closed() : this._(const {}, const {});

  final Set<(String, String)> _allowed;

  /// Why, by kind ("permission", "recipient") and name.
  final Map<(String, String), String> reasons;

  bool permission(String name) => _allowed.contains(('permission', name));
  bool recipient(String key) => _allowed.contains(('recipient', key));
}
