// SPDX-License-Identifier: Apache-2.0
import 'dart:io';

import 'package:flutter/material.dart';
import 'package:flutter/services.dart';
import 'package:libconsent/libconsent.dart';
import 'package:path_provider/path_provider.dart';

import 'cancel_screen.dart';
import 'consent_sheet.dart';
import 'guardian_screen.dart';
import 'notice_dialog.dart';
import 'receipts_screen.dart';
import 'switches_screen.dart';

/// Before sign-in the device is the subject; consentSubjectAdopt carries its
/// decisions over to the account later.
const subject = 'this-device';

Future<void> main() async {
  WidgetsFlutterBinding.ensureInitialized();
  final store = await openStore();
  // The gate: one synchronous call before any plugin is started.
  final gate = StartGate.of(store, subject);
  startPlugins(gate);
  runApp(ConsentApp(store: store));
}

Future<Store> openStore() async {
  final folder = (await getApplicationSupportDirectory()).path;
  final path = '$folder/consent.db';
  final options = Options()..setKeyFile('$path.key');
  try {
    if (File(path).existsSync()) return Store.open(path, options);
    final store = Store.create(path, options);
    final bundle = await rootBundle.load('assets/policy.json');
    store.policyImport(bundle.buffer.asUint8List());
    for (final row in store.policyList()) {
      store.policyPublish(row.text('policy'), row.text('version'));
    }
    store.subjectAdd(subject);
    return store;
  } finally {
    options.free();
  }
}

/// What an app has of plugins; each stays off until the gate lets it on.
void startPlugins(StartGate gate) {
  if (gate.recipient('jpush')) debugPrint('push may start');
  if (gate.recipient('statistics')) debugPrint('statistics may start');
}

class ConsentApp extends StatelessWidget {
  const ConsentApp({super.key, required this.store});

  final Store store;

  @override
  Widget build(BuildContext context) => MaterialApp(
        title: 'libconsent',
        home: HomeScreen(store: store),
      );
}

class HomeScreen extends StatefulWidget {
  const HomeScreen({super.key, required this.store});

  final Store store;

  @override
  State<HomeScreen> createState() => _HomeScreenState();
}

class _HomeScreenState extends State<HomeScreen> {
  @override
  void initState() {
    super.initState();
    WidgetsBinding.instance.addPostFrameCallback((_) => _greet());
  }

  /// What must be said and asked, in this order: a changed policy, then what
  /// nobody has answered yet.
  Future<void> _greet() async {
    await showNotices(context, widget.store, subject);
    if (!mounted) return;
    await showConsentSheet(context, widget.store, subject);
    if (mounted) setState(() {});
  }

  void _open(Widget screen) => Navigator.of(context).push(
        MaterialPageRoute<void>(builder: (_) => screen),
      );

  @override
  Widget build(BuildContext context) {
    final store = widget.store;
    return Scaffold(
      appBar: AppBar(title: const Text('Privacy centre')),
      body: ListView(
        children: [
          ListTile(
            title: const Text('What I agreed to'),
            onTap: () => _open(SwitchesScreen(store: store, subject: subject)),
          ),
          ListTile(
            title: const Text('My child'),
            onTap: () => _open(GuardianScreen(store: store)),
          ),
          ListTile(
            title: const Text('Receipts'),
            onTap: () => _open(ReceiptsScreen(store: store, subject: subject)),
          ),
          ListTile(
            title: const Text('Cancel my account'),
            onTap: () => _open(CancelScreen(store: store, subject: subject)),
          ),
        ],
      ),
    );
  }
}
