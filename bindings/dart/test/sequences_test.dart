// SPDX-License-Identifier: Apache-2.0
// The sequences of test/sequences, called natively. The same data is replayed
// where no Dart SDK is (check/run.mjs), with the signatures declared here.
import 'dart:convert';
import 'dart:ffi' as ffi;
import 'dart:io';
import 'dart:typed_data';

import 'package:ffi/ffi.dart';
import 'package:libconsent/src/bindings.g.dart' as c;
import 'package:libconsent/src/call.dart';
import 'package:test/test.dart';

import 'native_table.g.dart';

/// Constants that sequences use, by name.
int constant(String name) {
  final source = File('lib/src/bindings.g.dart').readAsStringSync();
  final found = RegExp('^const int $name = (-?\\d+);', multiLine: true)
      .firstMatch(source);
  return int.parse(found!.group(1)!);
}

/// What an out-parameter was filled with, by the type of what was asked.
Object? filled(String name, ffi.Pointer<ffi.Int64> box) => switch (name) {
      'now' || 'event' || 'size' || 'seq' => box.value,
      'kind' => box.cast<ffi.Int32>().value,
      _ => box.value == 0
          ? null
          : ffi.Pointer<ffi.Void>.fromAddress(box.value),
    };

Object? plain(Object? value) => value is ffi.Pointer<ffi.Char>
    ? textOf(value)
    : value;

void main() {
  final root = Platform.environment['CONSENT_SOURCE_DIR'] ?? '../..';
  for (final file in Directory('test/sequences').listSync()) {
    test(file.uri.pathSegments.last, () {
      final folder = Directory.systemTemp.createTempSync('consent-dart-');
      addTearDown(() => folder.deleteSync(recursive: true));
      final steps = jsonDecode(File(file.path).readAsStringSync()) as List;
      final known = <String, Object?>{};
      final arena = Arena(calloc);
      addTearDown(arena.releaseAll);

      ffi.Pointer<ffi.Uint8> bytes(Uint8List list) {
        final made = arena.allocate<ffi.Uint8>(list.length + 1);
        made.asTypedList(list.length).setAll(0, list);
        return made;
      }

      Uint8List content(Object? name) => File('$root/$name').readAsBytesSync();

      for (final step in steps.cast<Map<String, Object?>>()) {
        final value = step['value'];
        if (value != null) {
          if (step['isNull'] == true) expect(known[value], isNull);
          final above = step['above'];
          if (above != null) expect(known[value], greaterThan(above as int));
          continue;
        }
        final boxes = <String, ffi.Pointer<ffi.Int64>>{};
        final arguments = <Object?>[
          for (final argument in step['args']! as List)
            switch (argument) {
              final String text => text.toNativeUtf8(allocator: arena),
              {'ref': final String name} => known[name],
              {'path': final String name} =>
                '${folder.path}/$name'.toNativeUtf8(allocator: arena),
              {'file': final Object name} => bytes(content(name)),
              {'sizeof': final Object name} => content(name).length,
              {'bytes': final String hex} => bytes(
                  Uint8List.fromList([
                    for (var i = 0; i < hex.length; i += 2)
                      int.parse(hex.substring(i, i + 2), radix: 16),
                  ]),
                ),
              {'constant': final String name} => constant(name),
              {'out': final String name} => boxes[name] =
                  arena.allocate<ffi.Int64>(ffi.sizeOf<ffi.Int64>()),
              _ => argument,
            },
        ];
        final made = natives[step['call']]!(arguments);
        boxes.forEach((name, box) => known[name] = filled(name, box));
        final save = step['save'] as String?;
        if (save != null) known[save] = made;
        for (final key in ['status', 'constant']) {
          final name = step[key] as String?;
          if (name != null) expect(made, constant(name), reason: '$step');
        }
        if (step.containsKey('equals')) {
          final have = made == ffi.nullptr ? null : plain(made);
          expect(have, step['equals'], reason: '$step');
        }
        final length = step['length'];
        if (length != null) expect(plain(made), hasLength(length));
        final least = step['atLeast'];
        if (least != null) {
          expect(made, greaterThanOrEqualTo(least as int));
        }
      }
      expect(c.consent_version(), isNot(ffi.nullptr));
    });
  }
}
