// SPDX-License-Identifier: Apache-2.0
import 'dart:collection';
import 'dart:convert';
import 'dart:ffi' as ffi;

import 'package:ffi/ffi.dart';

import 'bindings.g.dart' as c;
import 'call.dart';

/// A row of a result: an unmodifiable map by column. Texts, numbers, truth
/// values, times (UTC) and JSON values, by the type of the column.
final class ConsentRow extends UnmodifiableMapView<String, Object?> {
  ConsentRow._(super.source);

  String? text(String column) => this[column] as String?;
  int? number(String column) => this[column] as int?;
  bool truth(String column) => this[column] as bool? ?? false;
  DateTime? time(String column) => this[column] as DateTime?;

  /// A cell of type j, decoded.
  Object? json(String column) => this[column];
}

/// Rows as values; frees them.
List<ConsentRow> rowsOf(ffi.Pointer<c.consent_rows> rows) {
  final arena = Arena(calloc);
  try {
    final columns = <(String, ffi.Pointer<ffi.Char>, String)>[];
    for (var i = 0; i < c.consent_rows_columns(rows); i++) {
      final name = textOf(c.consent_rows_column(rows, i))!;
      final native = name.toNativeUtf8(allocator: arena).cast<ffi.Char>();
      final type = String.fromCharCode(c.consent_rows_type(rows, native));
      columns.add((name, native, type));
    }
    return List.unmodifiable([
      for (var row = 0; row < c.consent_rows_count(rows); row++)
        ConsentRow._({
          for (final (name, native, type) in columns)
            name: _cell(rows, row, native, type),
        }),
    ]);
  } finally {
    arena.releaseAll();
    c.consent_rows_free(rows);
  }
}

Object? _cell(
  ffi.Pointer<c.consent_rows> rows,
  int row,
  ffi.Pointer<ffi.Char> column,
  String type,
) {
  if (!c.consent_rows_has(rows, row, column)) return null;
  switch (type) {
    case 't':
      return textOf(c.consent_rows_text(rows, row, column));
    case 'j':
      return jsonDecode(textOf(c.consent_rows_text(rows, row, column))!);
    case 'b':
      return c.consent_rows_number(rows, row, column, 0) != 0;
    case 'u':
      return DateTime.fromMicrosecondsSinceEpoch(
        c.consent_rows_number(rows, row, column, 0),
        isUtc: true,
      );
    default:
      return c.consent_rows_number(rows, row, column, 0);
  }
}
