// SPDX-License-Identifier: Apache-2.0
// The declarations as ffigen would write them, for who has an SDK:
// `dart run tool/ffigen.dart` makes lib/src/bindings.ffigen.dart, to be
// compared with lib/src/bindings.g.dart, which bindings/update.sh makes
// without one.
import 'dart:io';

import 'package:ffigen/ffigen.dart';

void main() {
  final root = Platform.script.resolve('../');
  final headers = root.resolve('../../include/consent/');
  FfiGenerator(
    output: Output(
      dartFile: root.resolve('lib/src/bindings.ffigen.dart'),
      style: const NativeExternalBindings(
        assetId: 'package:libconsent/src/bindings.g.dart',
      ),
    ),
    headers: Headers(
      entryPoints: [headers.resolve('consent.h')],
      include: (header) => header.path.contains('/consent/'),
    ),
    functions: Functions.includeAll,
    structs: Structs.includeAll,
    typedefs: Typedefs.includeAll,
    macros: Macros.includeAll,
  ).generate();
}
