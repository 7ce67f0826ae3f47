// SPDX-License-Identifier: Apache-2.0
// Where the native library comes from. By default it is compiled from the
// sources that tool/vendor.sh put below src/ (the library itself, SQLite,
// libsodium, cJSON). An application may choose in its pubspec.yaml:
//
//   hooks:
//     user_defines:
//       libconsent:
//         source: system        # libconsent.so.0 of the operating system
//         # or: prebuilt, with path: native/libconsent.so
import 'dart:io';

import 'package:code_assets/code_assets.dart';
import 'package:hooks/hooks.dart';
import 'package:logging/logging.dart';
import 'package:native_toolchain_c/native_toolchain_c.dart';

const asset = 'src/bindings.g.dart';

Future<void> main(List<String> args) async {
  await build(args, (input, output) async {
    if (!input.config.buildCodeAssets) return;
    final source = input.userDefines['source'] as String? ?? 'compile';
    switch (source) {
      case 'system':
        output.assets.code.add(
          CodeAsset(
            package: input.packageName,
            name: asset,
            linkMode: DynamicLoadingSystem(Uri.file(_fileName(input))),
          ),
        );
      case 'prebuilt':
        final file = input.userDefines.path('path');
        if (file == null) {
          throw ArgumentError('libconsent: source: prebuilt needs path:');
        }
        output.dependencies.add(file);
        output.assets.code.add(
          CodeAsset(
            package: input.packageName,
            name: asset,
            linkMode: DynamicLoadingBundled(),
            file: file,
          ),
        );
      case 'compile':
        await _compile(input, output);
      default:
        throw ArgumentError('libconsent: source: $source is none of compile, '
            'system, prebuilt');
    }
  });
}

String _fileName(BuildInput input) =>
    switch (input.config.code.targetOS) {
      OS.windows => 'consent.dll',
      OS.macOS || OS.iOS => 'libconsent.0.dylib',
      _ => 'libconsent.so.0',
    };

Future<void> _compile(BuildInput input, BuildOutputBuilder output) async {
  final root = Directory.fromUri(input.packageRoot.resolve('src/'));
  if (!root.existsSync()) {
    throw StateError('libconsent: no sources below src/: run tool/vendor.sh, '
        'or choose source: system or prebuilt');
  }
  final sources = [
    for (final file in root.listSync(recursive: true))
      if (file is File && file.path.endsWith('.c')) file.path,
  ]..sort();
  await CBuilder.library(
    name: 'consent',
    assetName: asset,
    sources: sources,
    includes: [
      'src/include',
      'src/lib',
      'src/generated',
      'src/sqlite',
      'src/sodium/include',
      'src/cjson',
    ],
    defines: {
      'CONSENT_BUILDING': null,
      'SQLITE_THREADSAFE': '1',
      'SQLITE_DQS': '0',
      'SQLITE_OMIT_LOAD_EXTENSION': null,
      'SODIUM_STATIC': null,
      'CJSON_HIDE_SYMBOLS': null,
      '_POSIX_C_SOURCE': '200809L',
    },
    flags: ['-fvisibility=hidden'],
  ).run(input: input, output: output, logger: Logger('libconsent'));
}
