// SPDX-License-Identifier: Apache-2.0
/// Decides, records and proves consent: libconsent for Dart and Flutter.
library libconsent;

export 'src/api.g.dart';
export 'src/background.dart';
export 'src/changes.dart';
export 'src/error.dart';
export 'src/gate.dart';
export 'src/rows.dart';
