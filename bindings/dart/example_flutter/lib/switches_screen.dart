// SPDX-License-Identifier: Apache-2.0
import 'package:flutter/material.dart';
import 'package:libconsent/libconsent.dart';

/// One switch for each purpose: withdrawing is one tap, as granting was.
class SwitchesScreen extends StatefulWidget {
  const SwitchesScreen({super.key, required this.store, required this.subject});

  final Store store;
  final String subject;

  @override
  State<SwitchesScreen> createState() => _SwitchesScreenState();
}

class _SwitchesScreenState extends State<SwitchesScreen> {
  Future<void> _say(String purpose, bool yes) async {
    final subject = widget.subject;
    await widget.store.background(
      (store) => yes
          ? store.grant(subject, purpose)
          : store.withdraw(subject, purpose),
    );
    if (mounted) setState(() {});
  }

  @override
  Widget build(BuildContext context) {
    final store = widget.store;
    final purposes = store
        .policyShow()
        .where((row) => row.text('kind') == 'purpose');
    return Scaffold(
      appBar: AppBar(title: const Text('What I agreed to')),
      body: ListView(
        children: [
          for (final purpose in purposes)
            SwitchListTile(
              title: Text(purpose.text('title') ?? purpose.text('key')!),
              subtitle: Text(_why(purpose.text('key')!)),
              value: store.may(widget.subject, purpose.text('key')),
              onChanged: (yes) => _say(purpose.text('key')!, yes),
            ),
        ],
      ),
    );
  }

  String _why(String purpose) {
    final query = Query(widget.subject, purpose);
    try {
      return widget.store.check(query).reason.word;
    } finally {
      query.free();
    }
  }
}
