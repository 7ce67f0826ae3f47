// SPDX-License-Identifier: Apache-2.0
import 'dart:async';
import 'dart:ffi' as ffi;

import 'api.g.dart';
import 'bindings.g.dart' as c;
import 'call.dart';
import 'error.dart';

/// What was changed, in words.
enum ConsentChangeKind {
  subject(c.CONSENT_CHANGE_SUBJECT),
  policy(c.CONSENT_CHANGE_POLICY),
  erasure(c.CONSENT_CHANGE_ERASURE),
  store(c.CONSENT_CHANGE_STORE);

  const ConsentChangeKind(this.bit);

  final int bit;
}

/// One or more commits, by this process or another.
final class ConsentChange {
  ConsentChange(this.seq, int kind)
      : kinds = Set.unmodifiable({
          for (final each in ConsentChangeKind.values)
            if (kind & each.bit != 0) each,
        });

  /// The newest event of the ledger.
  final int seq;
  final Set<ConsentChangeKind> kinds;
}

/// The doorbell. It says that something was committed; read what you show
/// anew.
extension ConsentChanges on Store {
  /// Rings from when it is listened to until the subscription is cancelled.
  /// When the store is closed it rings no more; the stream then ends by itself
  /// only with [polling], which looks from a timer instead of letting a thread
  /// of the library ring. That is also done where no thread can be had.
  Stream<ConsentChange> changes({bool polling = false}) {
    void Function()? end;
    late final StreamController<ConsentChange> controller;
    controller = StreamController<ConsentChange>(
      onListen: () {
        end = (polling ? null : _listen(this, controller)) ??
            _poll(this, controller);
      },
      onCancel: () => end?.call(),
    );
    return controller.stream;
  }
}

/// The thread of the watch only posts three numbers to this isolate, so that
/// freeing it here never waits for Dart. Null when it has no thread.
void Function()? _listen(
  Store store,
  StreamController<ConsentChange> controller,
) {
  final ring = ffi.NativeCallable<
      ffi.Void Function(ffi.Int64, ffi.Int32, ffi.Pointer<ffi.Void>)>.listener(
    (int seq, int kind, ffi.Pointer<ffi.Void> _) {
      if (!controller.isClosed) controller.add(ConsentChange(seq, kind));
    },
  )..keepIsolateAlive = false;
  final call = Call();
  try {
    final out = call.out<ffi.Pointer<c.consent_watch>>(
      ffi.sizeOf<ffi.Pointer<c.consent_watch>>(),
    );
    call.check(
      c.consent_watch_new(
        call.use(store),
        ring.nativeFunction,
        ffi.nullptr,
        out,
        call.error,
      ),
    );
    final watch = Watch.adopt(out.value);
    return () {
      watch.free(); // no call is in flight after this
      ring.close();
    };
  } on FatalException {
    ring.close();
    return null;
  } on Object {
    ring.close();
    rethrow;
  } finally {
    call.end();
  }
}

/// A look reads a counter in memory while nothing happens.
void Function() _poll(
  Store store,
  StreamController<ConsentChange> controller,
) {
  const least = Duration(milliseconds: 10);
  const most = Duration(milliseconds: 200);
  final watch = store.watchNew();
  var pause = least;
  Timer? timer;
  void end() {
    timer?.cancel();
    watch.free();
    controller.close();
  }

  void look() {
    if (store.freed) return end();
    try {
      final heard = watch.wait(0);
      if (heard.kind != 0) {
        controller.add(ConsentChange(heard.seq, heard.kind));
        pause = least;
      }
    } on CallerException {
      return end(); // the store was closed
    }
    timer = Timer(pause, look);
    pause = pause * 2 > most ? most : pause * 2;
  }

  timer = Timer(pause, look);
  return end;
}
