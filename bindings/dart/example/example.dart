// SPDX-License-Identifier: Apache-2.0
import 'dart:io';

import 'package:libconsent/libconsent.dart';

void main() {
  final options = Options()..setKeyFile('app.db.key');
  final store = File('app.db').existsSync()
      ? Store.open('app.db', options)
      : Store.create('app.db', options);
  options.free();
  store.subjectAdd('ann', '1990-05-17');
  final query = Query('ann', 'newsletter');
  final answer = store.check(query);
  stdout.writeln('${answer.allowed} ${answer.reason.word} ${answer.next}');
  query.free();
  store.free();
}
