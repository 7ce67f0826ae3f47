// SPDX-License-Identifier: Apache-2.0
import 'dart:io';
import 'dart:typed_data';

import 'package:libconsent/libconsent.dart';
import 'package:test/test.dart';

const policy = 'hnys-mobile-office';

void main() {
  late Directory folder;
  late Store store;
  final key = Uint8List(32)..fillRange(0, 32, 7);

  setUp(() {
    folder = Directory.systemTemp.createTempSync('consent-dart-');
    final options = Options()..setKey(key);
    store = Store.create('${folder.path}/a.db', options);
    options.free();
    final root = Platform.environment['CONSENT_SOURCE_DIR'] ?? '../..';
    store.policyImport(
      File('$root/policy/bundles/$policy/1.0.json').readAsBytesSync(),
    );
    store.policyPublish(policy, '1.0');
  });
  tearDown(() {
    store.free();
    folder.deleteSync(recursive: true);
  });

  test('a decision is recorded, found and withdrawn', () {
    store.subjectAdd('wang', '1990-05-01');
    expect(store.may('wang', 'statistics'), isFalse);
    final act = Act('wang', ConsentDecision.granted, 'statistics')
      ..setClass(ConsentClass.separate)
      ..setSurface('app');
    expect(store.record(act)!.text('decision'), 'granted');
    act.free();
    final query = Query('wang', 'statistics');
    expect(store.check(query).reason, ConsentReason.consented);
    store.withdraw('wang', 'statistics');
    expect(store.check(query).blockers.first, ConsentReason.withdrawn);
    query.free();
  });

  test('a failure is an exception of its band', () {
    expect(() => store.subjectGet('nobody'), throwsA(isA<OutcomeException>()));
    expect(
      () => store.policyImport(Uint8List.fromList('{"a":1}'.codeUnits)),
      throwsA(isA<CallerException>().having((e) => e.offset, 'offset', isNotNull)),
    );
    expect(() => store.subjectAdd('a\u0000b'), throwsArgumentError);
    expect(() => store.subjectAdd('\ud800'), throwsArgumentError);
  });

  test('a freed store is refused; work under way ends first', () async {
    final late = store.background((store) => store.subjectAdd('a'));
    store.free();
    expect(await late, isTrue);
    expect(() => store.may('a', 'b'), throwsA(isA<CallerException>()));
  });

  test('the gate is closed for what nobody agreed to', () {
    final gate = StartGate.of(store, 'nobody');
    expect(gate.recipient('jpush'), isFalse);
    expect(StartGate.closed().permission('android.permission.CAMERA'), isFalse);
  });

  test('the gate of a store that cannot be asked is closed, and says why', () {
    store.free();
    final gate = StartGate.of(store, 'nobody');
    expect(gate.failure, isA<CallerException>());
    expect(gate.recipient('jpush'), isFalse);
  });

  test('a number of a newer library is unknown', () {
    expect(ConsentReason.of(12345), ConsentReason.unknown);
  });
}
