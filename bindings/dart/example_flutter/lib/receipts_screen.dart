// SPDX-License-Identifier: Apache-2.0
import 'package:flutter/material.dart';
import 'package:flutter/services.dart';
import 'package:libconsent/libconsent.dart';

/// A receipt for every decision that stands: signed, to be kept and verified
/// by anyone, without this app.
class ReceiptsScreen extends StatelessWidget {
  const ReceiptsScreen({super.key, required this.store, required this.subject});

  final Store store;
  final String subject;

  Future<void> _copy(BuildContext context, int event) async {
    final receipt = store.receiptIssue(event)?.text('receipt');
    if (receipt == null) return;
    await Clipboard.setData(ClipboardData(text: receipt));
    if (!context.mounted) return;
    ScaffoldMessenger.of(context).showSnackBar(
      const SnackBar(content: Text('Copied')),
    );
  }

  @override
  Widget build(BuildContext context) => Scaffold(
        appBar: AppBar(title: const Text('Receipts')),
        body: ListView(
          children: [
            for (final row in store.decisionList(subject))
              ListTile(
                title: Text('${row.text('point')}: ${row.text('decision')}'),
                subtitle: Text('${row.time('at')?.toLocal()}'),
                onTap: () => _copy(context, row.number('event')!),
              ),
          ],
        ),
      );
}
