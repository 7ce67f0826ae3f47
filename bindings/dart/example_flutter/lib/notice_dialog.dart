// SPDX-License-Identifier: Apache-2.0
import 'package:flutter/material.dart';
import 'package:libconsent/libconsent.dart';

/// The prominent notice of a changed policy: shown, recorded as shown, and
/// acknowledged when the user says so.
Future<void> showNotices(
  BuildContext context,
  Store store,
  String subject,
) async {
  for (final notice in store.noticePending(subject)) {
    final policy = notice.text('policy');
    final version = notice.text('version');
    store.noticeShown(subject, policy, version, 'app');
    if (!context.mounted) return;
    final read = await showDialog<bool>(
      context: context,
      builder: (context) => AlertDialog(
        title: const Text('Our privacy policy changes'),
        content: Text(notice.text('summary') ?? version ?? ''),
        actions: [
          TextButton(
            onPressed: () => Navigator.of(context).pop(false),
            child: const Text('Later'),
          ),
          TextButton(
            onPressed: () => Navigator.of(context).pop(true),
            child: const Text('I have read it'),
          ),
        ],
      ),
    );
    if (read ?? false) {
      store.noticeAcknowledge(subject, policy, version, 'app');
    }
  }
}
