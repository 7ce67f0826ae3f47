// SPDX-License-Identifier: Apache-2.0
import 'package:flutter/material.dart';
import 'package:libconsent/libconsent.dart';

/// Shows what the ask plan says, one screen after another: points that may
/// share an act come together, each other one alone. Refusing is as easy as
/// agreeing; closing the sheet records nothing.
Future<void> showConsentSheet(
  BuildContext context,
  Store store,
  String subject, {
  String? guardian,
}) async {
  final screens = <int, List<ConsentRow>>{};
  for (final ask in store.ask(subject)) {
    final later = ask.time('not_before');
    if (later != null && later.isAfter(DateTime.now().toUtc())) continue;
    final who = ask.text('who');
    if (who != (guardian == null ? 'subject' : 'guardian')) continue;
    screens.putIfAbsent(ask.number('screen') ?? 0, () => []).add(ask);
  }
  for (final asks in screens.values) {
    if (!context.mounted) return;
    final said = await showModalBottomSheet<ConsentDecision>(
      context: context,
      isScrollControlled: true,
      builder: (context) => _Sheet(store: store, asks: asks),
    );
    if (said == null) continue;
    await record(store, subject, asks, said, guardian: guardian);
  }
}

/// Records one act for each point shown, with the hash of what was shown.
Future<void> record(
  Store store,
  String subject,
  List<ConsentRow> asks,
  ConsentDecision said, {
  String? guardian,
}) {
  final acts = [
    for (final ask in asks)
      (ask.text('point')!, ask.text('class')!, ask.text('shown')),
  ];
  return store.background((store) {
    for (final (point, wanted, shown) in acts) {
      final parts = point.split('@');
      final act = Act(subject, said, parts.first)
        ..setClass(ConsentClass.values.firstWhere((c) => c.word == wanted))
        ..setSurface('app')
        ..setShown(shown);
      if (parts.length > 1) act.setRecipient(parts.last);
      if (guardian != null) act.setGuardian(guardian);
      try {
        store.record(act);
      } finally {
        act.free();
      }
    }
  });
}

class _Sheet extends StatelessWidget {
  const _Sheet({required this.store, required this.asks});

  final Store store;
  final List<ConsentRow> asks;

  Iterable<Widget> _texts() sync* {
    for (final ask in asks) {
      yield Text(ask.text('point')!, style: const TextStyle(fontSize: 18));
      final sections = ask.json('sections')! as List<Object?>;
      for (final section in sections.cast<Map<String, Object?>>()) {
        final row = store.policyText(
          null,
          null,
          section['id'] as String?,
          section['lang'] as String?,
        );
        yield Text(row?.text('text') ?? '');
      }
    }
  }

  @override
  Widget build(BuildContext context) => SafeArea(
        child: Padding(
          padding: const EdgeInsets.all(24),
          child: Column(
            mainAxisSize: MainAxisSize.min,
            children: [
              Flexible(child: ListView(shrinkWrap: true, children: [..._texts()])),
              TwoAnswers(
                onSaid: (said) => Navigator.of(context).pop(said),
              ),
            ],
          ),
        ),
      );
}

/// Two answers of the same size.
class TwoAnswers extends StatelessWidget {
  const TwoAnswers({super.key, required this.onSaid});

  final void Function(ConsentDecision said) onSaid;

  @override
  Widget build(BuildContext context) => OverflowBar(
        alignment: MainAxisAlignment.spaceEvenly,
        children: [
          OutlinedButton(
            onPressed: () => onSaid(ConsentDecision.refused),
            child: const Text('No'),
          ),
          OutlinedButton(
            onPressed: () => onSaid(ConsentDecision.granted),
            child: const Text('I agree'),
          ),
        ],
      );
}
