// SPDX-License-Identifier: Apache-2.0
import 'package:flutter/material.dart';
import 'package:libconsent/libconsent.dart';

/// Cancelling the account: whether it may be now and why not, the agreement,
/// the application, and the erasure with its proof.
class CancelScreen extends StatefulWidget {
  const CancelScreen({super.key, required this.store, required this.subject});

  final Store store;
  final String subject;

  @override
  State<CancelScreen> createState() => _CancelScreenState();
}

class _CancelScreenState extends State<CancelScreen> {
  String _said = '';

  void _open(String? shown) => _try(() {
        final request = widget.store.cancelOpen(
          widget.subject,
          null,
          null,
          shown,
          'app',
        );
        return 'Received; due ${request?.text('due_local') ?? 'without delay'}';
      });

  void _execute() => _try(() {
        final done = widget.store.cancelExecute(widget.subject, false);
        return 'Erased. Keep this proof: ${done?.text('proof')}';
      });

  void _try(String Function() work) {
    String said;
    try {
      said = work();
    } on ConsentException catch (problem) {
      said = problem.message;
    }
    setState(() => _said = said);
  }

  @override
  Widget build(BuildContext context) {
    ConsentRow? check;
    try {
      check = widget.store.cancelCheck(widget.subject);
    } on OutcomeException catch (problem) {
      _said = problem.message; // nobody of that name any more
    }
    final conditions = (check?.json('conditions') as List<Object?>?) ?? [];
    return Scaffold(
      appBar: AppBar(title: const Text('Cancel my account')),
      body: ListView(
        children: [
          for (final each in conditions.cast<Map<String, Object?>>())
            ListTile(
              title: Text('${each['title'] ?? each['key']}'),
              subtitle: Text('${each['status']}: ${each['why']}'),
            ),
          Text(_said),
          FilledButton(
            onPressed: (check?.truth('eligible') ?? false)
                ? () => _open(check?.text('shown'))
                : null,
            child: const Text('I have read the agreement and apply'),
          ),
          FilledButton(
            onPressed: check?.number('request') == null ? null : _execute,
            child: const Text('Erase now; nothing comes back'),
          ),
        ],
      ),
    );
  }
}
