// SPDX-License-Identifier: Apache-2.0
import 'package:flutter/material.dart';
import 'package:libconsent/libconsent.dart';

import 'consent_sheet.dart';

const child = 'child';
const guardian = 'guardian';

/// Child mode: a guardian is registered, claims the child, is verified by the
/// host's desk, and only then answers what the child cannot.
class GuardianScreen extends StatefulWidget {
  const GuardianScreen({super.key, required this.store});

  final Store store;

  @override
  State<GuardianScreen> createState() => _GuardianScreenState();
}

class _GuardianScreenState extends State<GuardianScreen> {
  String _said = '';

  void _link() {
    final store = widget.store;
    try {
      store.subjectAdd(child, '2014-06-01');
      store.subjectAdd(guardian, '1985-03-02');
      store.guardianLink(child, guardian, null, 'id-card', null, 0);
      setState(() => _said = 'Claimed; the desk verifies it');
    } on OutcomeException catch (problem) {
      setState(() => _said = problem.message);
    }
  }

  /// In a real app this is the host's back office, not a button.
  void _verify() {
    widget.store.guardianVerify(child, guardian, null, 'desk');
    setState(() => _said = 'Verified');
  }

  Future<void> _ask() => showConsentSheet(
        context,
        widget.store,
        child,
        guardian: guardian,
      );

  @override
  Widget build(BuildContext context) => Scaffold(
        appBar: AppBar(title: const Text('My child')),
        body: Column(
          children: [
            Text(_said),
            FilledButton(onPressed: _link, child: const Text('It is my child')),
            FilledButton(onPressed: _verify, child: const Text('Verify')),
            FilledButton(onPressed: _ask, child: const Text('Answer for it')),
          ],
        ),
      );
}
