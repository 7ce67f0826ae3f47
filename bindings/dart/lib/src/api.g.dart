// SPDX-License-Identifier: Apache-2.0
// Made by bindings/update.sh from the public headers. Do not edit.
// ignore_for_file: type=lint

import 'dart:ffi' as ffi;
import 'dart:typed_data';

import 'package:meta/meta.dart';

import 'bindings.g.dart' as c;
import 'call.dart';
import 'rows.dart';

/// A word of the family `decision`; [unknown] is a number of a newer library.
enum ConsentDecision {
  granted(1, 'granted'),
  refused(2, 'refused'),
  withdrawn(3, 'withdrawn'),
  unknown(-0x7fffffff, 'unknown');

  const ConsentDecision(this.value, this.word);

  final int value;
  final String word;

  static ConsentDecision of(int value) => values.firstWhere(
        (each) => each.value == value,
        orElse: () => unknown,
      );
}

/// A word of the family `class`; [unknown] is a number of a newer library.
enum ConsentClass {
  none(0, 'none'),
  general(1, 'general'),
  separate(2, 'separate'),
  written(3, 'written'),
  unknown(-0x7fffffff, 'unknown');

  const ConsentClass(this.value, this.word);

  final int value;
  final String word;

  static ConsentClass of(int value) => values.firstWhere(
        (each) => each.value == value,
        orElse: () => unknown,
      );
}

/// A word of the family `operation`; [unknown] is a number of a newer library.
enum ConsentOperation {
  default_(-1, 'default'),
  collect(0, 'collect'),
  store(1, 'store'),
  use(2, 'use'),
  share(3, 'share'),
  transfer(4, 'transfer'),
  disclose(5, 'disclose'),
  unknown(-0x7fffffff, 'unknown');

  const ConsentOperation(this.value, this.word);

  final int value;
  final String word;

  static ConsentOperation of(int value) => values.firstWhere(
        (each) => each.value == value,
        orElse: () => unknown,
      );
}

/// A word of the family `reason`; [unknown] is a number of a newer library.
enum ConsentReason {
  serviceStopped(0, 'SERVICE_STOPPED'),
  noPolicyInForce(1, 'NO_POLICY_IN_FORCE'),
  undeclaredPurpose(2, 'UNDECLARED_PURPOSE'),
  undeclaredOperation(3, 'UNDECLARED_OPERATION'),
  undeclaredRecipient(4, 'UNDECLARED_RECIPIENT'),
  undeclaredItem(5, 'UNDECLARED_ITEM'),
  undeclaredPermission(6, 'UNDECLARED_PERMISSION'),
  basisUnproven(7, 'BASIS_UNPROVEN'),
  assessmentMissing(8, 'ASSESSMENT_MISSING'),
  exportMechanismMissing(9, 'EXPORT_MECHANISM_MISSING'),
  contractEnded(10, 'CONTRACT_ENDED'),
  unknownSubject(11, 'UNKNOWN_SUBJECT'),
  processingRestricted(12, 'PROCESSING_RESTRICTED'),
  controllerChanged(13, 'CONTROLLER_CHANGED'),
  objected(14, 'OBJECTED'),
  preconditionUnmet(15, 'PRECONDITION_UNMET'),
  ageUnknown(16, 'AGE_UNKNOWN'),
  childRulesMissing(17, 'CHILD_RULES_MISSING'),
  guardianRequired(18, 'GUARDIAN_REQUIRED'),
  guardianUnverified(19, 'GUARDIAN_UNVERIFIED'),
  guardianRefused(20, 'GUARDIAN_REFUSED'),
  guardianLapsed(21, 'GUARDIAN_LAPSED'),
  notAsked(22, 'NOT_ASKED'),
  refused(23, 'REFUSED'),
  withdrawn(24, 'WITHDRAWN'),
  expired(25, 'EXPIRED'),
  staleVersion(26, 'STALE_VERSION'),
  separateConsentRequired(27, 'SEPARATE_CONSENT_REQUIRED'),
  writtenConsentRequired(28, 'WRITTEN_CONSENT_REQUIRED'),
  noticePending(29, 'NOTICE_PENDING'),
  permissionNotGranted(30, 'PERMISSION_NOT_GRANTED'),
  consented(40, 'CONSENTED'),
  guardianConsented(41, 'GUARDIAN_CONSENTED'),
  basisContract(42, 'BASIS_CONTRACT'),
  basisHr(43, 'BASIS_HR'),
  basisLegalObligation(44, 'BASIS_LEGAL_OBLIGATION'),
  basisVitalInterest(45, 'BASIS_VITAL_INTEREST'),
  basisPublicInterest(46, 'BASIS_PUBLIC_INTEREST'),
  basisPublicInformation(47, 'BASIS_PUBLIC_INFORMATION'),
  basisLegitimateInterest(48, 'BASIS_LEGITIMATE_INTEREST'),
  basisOtherLaw(49, 'BASIS_OTHER_LAW'),
  exempt(50, 'EXEMPT'),
  unknown(-0x7fffffff, 'unknown');

  const ConsentReason(this.value, this.word);

  final int value;
  final String word;

  static ConsentReason of(int value) => values.firstWhere(
        (each) => each.value == value,
        orElse: () => unknown,
      );
}

/// A word of the family `end`; [unknown] is a number of a newer library.
enum ConsentEnd {
  subject(1, 'subject'),
  guardian(2, 'guardian'),
  court(3, 'court'),
  majority(4, 'majority'),
  unknown(-0x7fffffff, 'unknown');

  const ConsentEnd(this.value, this.word);

  final int value;
  final String word;

  static ConsentEnd of(int value) => values.firstWhere(
        (each) => each.value == value,
        orElse: () => unknown,
      );
}

final class Options extends NativeHandle<c.consent_options> {
  Options._(ffi.Pointer<c.consent_options> pointer)
      : super(pointer, _finalizer, c.consent_options_free);

  static final _finalizer =
      ffi.NativeFinalizer(c.consentOptionsFreeAddress);

  /// New options: system clock, the operating system's randomness, malloc, no
  /// key. NULL only when out of memory. One thread at a time.
  factory Options() {
    final call = Call();
    try {
      return Options._(made(c.consent_options_new()));
    } finally {
      call.end();
    }
  }

  /// The 32-byte master key itself; copied. CONSENT_E_KEY_FORMAT unless len is
  /// 32.
  bool setKey(Uint8List key) {
    final call = Call();
    try {
      final status = call.check(c.consent_options_set_key(call.use(this), call.bytes(key), key.length, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// A file that holds the master key as 64 hex digits and a newline. It is
  /// created (mode 0600) by consent_store_create when it does not exist, and
  /// refused when group or others can read it. The file is read when a store is
  /// created or opened. CONSENT_E_ARGUMENT.
  bool setKeyFile([String? path]) {
    final call = Call();
    try {
      final status = call.check(c.consent_options_set_key_file(call.use(this), call.text(path), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// A passphrase of 1 to 1024 bytes (copied), from which Argon2id makes the
  /// master key; salt and costs are kept in the store. Opening then takes about
  /// a fifth of a second and 64 MiB. CONSENT_E_KEY_FORMAT for another length.
  bool setPassphrase(Uint8List passphrase) {
    final call = Call();
    try {
      final status = call.check(c.consent_options_set_passphrase(call.use(this), call.bytes(passphrase), passphrase.length, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The same from a file: its bytes without one newline at the end. It is read
  /// when a store is opened, and refused when group or others can read it.
  bool setPassphraseFile([String? path]) {
    final call = Call();
    try {
      final status = call.check(c.consent_options_set_passphrase_file(call.use(this), call.text(path), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// How long a write waits for other writers before CONSENT_E_BUSY, in
  /// milliseconds; default 10 000. 0: do not wait. Negative values are taken as
  /// 0.
  void setWait(int milliseconds) {
    final call = Call();
    try {
      c.consent_options_set_wait(call.use(this), milliseconds);
    } finally {
      call.end();
    }
  }

  /// Memory for what checks remember of subjects, in bytes; default 1 MiB, room
  /// for about 3 000 subjects. 0: nothing is remembered. It is taken from the
  /// store's memory function at the first check and given back when the store
  /// is freed. Opened states lie in it in clear, like everything a check works
  /// on.
  void setCache(int bytes) {
    final call = Call();
    try {
      c.consent_options_set_cache(call.use(this), bytes);
    } finally {
      call.end();
    }
  }

  /// Whether checks that memory has no answer for leave their read of the file
  /// open for the next check, for as long as nothing is committed anywhere:
  /// they then take no file lock, which is half of their time. What they answer
  /// is as fresh as otherwise. Default: no, because a process that holds a read
  /// and then falls silent keeps the log of the file from being used anew, and
  /// erasures of other processes pending: it calls consent_store_release_reads
  /// first. Our own commits, erasures, backups and closing end what is held by
  /// themselves.
  void setHoldReads(bool hold) {
    final call = Call();
    try {
      c.consent_options_set_hold_reads(call.use(this), hold);
    } finally {
      call.end();
    }
  }

  /// How many threads consent_record_many may use beside the caller's, for
  /// sealing and hashing; default 0, at most 16. They are started for a call of
  /// 512 acts or more and ended with it, run with all signals blocked, and call
  /// none of the functions set here. What is recorded is the same with any
  /// number of them.
  void setHelpers(int threads) {
    final call = Call();
    try {
      c.consent_options_set_helpers(call.use(this), threads);
    } finally {
      call.end();
    }
  }

  /// Signed checkpoints that the store keeps by itself: with the first commit
  /// that makes `events` or more new events, or comes `seconds` or more after
  /// the last checkpoint; and when it is closed with events newer than the last
  /// one. 0 or false: not for that reason. Default: none. They cost one
  /// signature and one row each and are kept for ever.
  void setCheckpoints(int events, int seconds, bool atClose) {
    final call = Call();
    try {
      c.consent_options_set_checkpoints(call.use(this), events, seconds, atClose);
    } finally {
      call.end();
    }
  }

}

final class Store extends NativeHandle<c.consent_store> {
  Store._(ffi.Pointer<c.consent_store> pointer)
      : super(pointer, _finalizer, c.consent_store_free);

  /// The store of another isolate, which goes on owning it.
  Store.borrow(int address)
      : super.borrowed(ffi.Pointer.fromAddress(address), c.consent_store_free);

  static final _finalizer =
      ffi.NativeFinalizer(c.consentStoreFreeAddress);

  /// Creates a new store file (mode 0600) with a fresh root key, store id and
  /// log key, and opens it. Errors: CONSENT_E_EXISTS, _OPEN, _READONLY, _FULL,
  /// _KEY_FORMAT, _KEY_EXPOSED, _ARGUMENT. On failure *out is NULL and no file
  /// is left behind. The host must never open the file with its own SQLite.
  static Store create([String? path, Options? options]) {
    final call = Call();
    try {
      final outStore = call.out<ffi.Pointer<c.consent_store>>(ffi.sizeOf<ffi.Pointer<c.consent_store>>());
      call.check(c.consent_store_create(call.text(path), options == null ? ffi.nullptr : call.use(options), outStore, call.error));
      return Store._(outStore.value);
    } finally {
      call.end();
    }
  }

  /// Opens an existing store. The file is examined before the key, so that a
  /// wrong file is called a wrong file. Errors: CONSENT_E_OPEN, _NOT_STORE,
  /// _NEWER, _CORRUPT, _READONLY, then _KEY, _KEY_FORMAT, _KEY_EXPOSED. Changes
  /// nothing on failure.
  static Store open([String? path, Options? options]) {
    final call = Call();
    try {
      final outStore = call.out<ffi.Pointer<c.consent_store>>(ffi.sizeOf<ffi.Pointer<c.consent_store>>());
      call.check(c.consent_store_open(call.text(path), options == null ? ffi.nullptr : call.use(options), outStore, call.error));
      return Store._(outStore.value);
    } finally {
      call.end();
    }
  }

  /// Ends all work on the store and says whether that went well; a second call
  /// answers CONSENT_DONE. Every later call with this handle answers
  /// CONSENT_E_CLOSED. Waits for calls in flight on other threads. The handle
  /// stays to be freed.
  bool close() {
    final call = Call();
    try {
      final status = call.check(c.consent_store_close(call.use(this), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The store's id: 32 hex digits. Lives as long as the handle. NULL for NULL.
  String? id() {
    final call = Call();
    try {
      return textOf(c.consent_store_id(call.use(this)));
    } finally {
      call.end();
    }
  }

  /// Ends the reads that checks left open (consent_options_set_hold_reads); the
  /// next check opens its own again. For a host about to fall silent. Never
  /// fails; nothing for NULL and for a closed store.
  void releaseReads() {
    final call = Call();
    try {
      c.consent_store_release_reads(call.use(this));
    } finally {
      call.end();
    }
  }

  /// "Now" as the store sees it: max(clock, time of the last event),
  /// microseconds. CONSENT_E_ARGUMENT, _CLOSED, storage.
  int now() {
    final call = Call();
    try {
      final outNow = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      call.check(c.consent_store_now(call.use(this), outNow, call.error));
      return outNow.value;
    } finally {
      call.end();
    }
  }

  /// Copies the store to a new file (mode 0600) while others go on writing: the
  /// copy is the store as it was at one instant. It appears whole or not at
  /// all. It needs the master key of now, and is read like any store; before it
  /// is written to, it must be restored, or two histories would be signed under
  /// one name. Errors: CONSENT_E_EXISTS, _OPEN, _READONLY, _FULL, _IO.
  bool backup([String? path]) {
    final call = Call();
    try {
      final status = call.check(c.consent_store_backup(call.use(this), call.text(path), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The store's keys, never their bytes. One row: id t (of the root key, 8 hex
  /// digits), kind t ("key", "passphrase" or "service"), passes n and memory n
  /// (Argon2id; absent otherwise), log t ("inside" or "outside"), log_key t
  /// (verifier key), store t, generation n. No error of its own.
  ConsentRow? keyShow() {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_key_show(call.use(this), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Changes the master key to the one that the options give (key, key file,
  /// passphrase or key service; the rest of them is not looked at; a key file
  /// that does not exist is made). Only the root key is wrapped anew, in one
  /// transaction with an event key.rotated; from then on the old key opens
  /// neither this file nor anything written later. Copies made before stay
  /// readable with the old key. Handles that are open stay good. On failure the
  /// old key stays. Errors: as consent_store_create for keys, and those of a
  /// write.
  bool keyRotate([Options? options]) {
    final call = Call();
    try {
      final status = call.check(c.consent_key_rotate(call.use(this), options == null ? ffi.nullptr : call.use(options), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Takes a calendar in; it replaces the one of the same key, the built-in
  /// too. Deadlines of open requests that count by it are computed anew, each
  /// change as an event. CONSENT_DONE when this very document is in use
  /// already. CONSENT_E_INPUT, _SYNTAX, _LIMIT, _ENCODING, _DUPLICATE with
  /// place; _REFUSED for the key "none".
  bool calendarImport(Uint8List bytes) {
    final call = Call();
    try {
      final status = call.check(c.consent_calendar_import(call.use(this), call.bytes(bytes), bytes.length, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// When something is due that was received at `from` (a date YYYY-MM-DD in
  /// the calendar's own offset, or RFC 3339) and has `count` units to be done:
  /// unit "working-days" (NULL), "days", "months", "hours"; convention "next"
  /// (NULL), "incl", "roll" (Civil Code of the PRC arts 200-204). One row: due
  /// u (the last second of the last day), due_local t (RFC 3339 in the
  /// calendar's offset), days j (the days counted), provisional b (a year
  /// without data, or days the next notice may still move). CONSENT_E_NOT_FOUND
  /// (calendar), _ARGUMENT, _LIMIT.
  ConsentRow? calendarDue(String? calendar, String? from, int count, [String? unit, String? convention]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_calendar_due(call.use(this), call.text(calendar), call.text(from), count, call.text(unit), call.text(convention), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// May the account be cancelled now; changes nothing. policy NULL: the only
  /// one; lang NULL: the binding language. One row: eligible b (absent: nothing
  /// failed, something is undetermined), conditions j
  /// ({"fact","key","resolve","sections","status" (met, failed,
  /// undetermined),"title","why" (MET, CONDITION_FAILED, FACT_MISSING,
  /// FACT_STALE, FACT_CONTRADICTORY)}), disputes j (dispute facts known true),
  /// holds j ({"authority","hold","items","until"}), acknowledge j (sections to
  /// be acknowledged), shown t (hash of their text), sections j, request n (the
  /// cancellation that runs). CONSENT_E_NOT_FOUND, _AMBIGUOUS.
  ConsentRow? cancelCheck([String? subject, String? policy, String? lang]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_cancel_check(call.use(this), call.text(subject), call.text(policy), call.text(lang), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Opens a cancellation, its agreement acknowledged as shown: `shown` is the
  /// hash that cancel check gives (NULL: the host vouches that this text was
  /// shown). A request of the kind cancel-account that is open without it is
  /// acknowledged. Offer the subject an export first. A dispute fact ends it
  /// from then on, and none is opened while a dispute is known:
  /// CONSENT_E_REFUSED names all that stands against it (docs/requests.md;
  /// consent_request_open takes the application in all the same). What else
  /// fails or is not known yet can be settled until it is executed. One row as
  /// consent_request_get. CONSENT_E_STATE (one runs already), _UNKNOWN_TEXT,
  /// _REFUSED.
  ConsentRow? cancelOpen([String? subject, String? policy, String? lang, String? shown, String? channel]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_cancel_open(call.use(this), call.text(subject), call.text(policy), call.text(lang), call.text(shown), call.text(channel), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Executes the open cancellation: the conditions are checked again in the
  /// transaction that erases. One row: uid t, events n (bodies erased), event
  /// n, at u, request n, scrub t (done, or pending while a reader holds the
  /// log; paid by the next commit or open), outcome j ({"item","reason","then"
  /// (delete, anonymise, restrict, retain),"until" (microseconds or null)}),
  /// proof t (signed proof of erasure: keep it, it cannot be made again).
  /// scrub: rewrite the file as well. CONSENT_E_NOT_FOUND (nothing runs),
  /// _REFUSED (ineligible: each condition is named), _STATE (not acknowledged,
  /// cooling off).
  ConsentRow? cancelExecute(String? subject, bool scrub) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_cancel_execute(call.use(this), call.text(subject), scrub, outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// What an erasure would do with each item (item NULL: all) by its retention
  /// rule, holds and what the policy retains. Columns: item t, deletable b, why
  /// t (DELETABLE, HELD, RETAINED, LEGAL_OBLIGATION), then t, until u, hold n,
  /// authority t, reason t. CONSENT_E_NOT_FOUND, _AMBIGUOUS, _ARGUMENT,
  /// _ENCODING.
  List<ConsentRow> deleteCheck([String? subject, String? policy, String? item]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_delete_check(call.use(this), call.text(subject), call.text(policy), call.text(item), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Erases a subject on its own open request of kind delete or cancel-account.
  /// Row and errors as consent_cancel_execute; _REFUSED also when a hold covers
  /// everything.
  ConsentRow? erase(String? subject, int request, bool scrub) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_erase(call.use(this), call.text(subject), request, scrub, outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Whether an erasure is not final yet because a reader holds the log. Tries
  /// to settle it first. No error of its own.
  bool erasurePending() {
    final call = Call();
    try {
      final outPending = call.out<ffi.Bool>(ffi.sizeOf<ffi.Bool>());
      call.check(c.consent_erasure_pending(call.use(this), outPending, call.error));
      return outPending.value;
    } finally {
      call.end();
    }
  }

  /// What recipients must erase; recipient "" is the host itself. Columns: uid
  /// t, recipient t, items j (what may go now), event n (the erasure), done b,
  /// held j (of an open task, what is under a hold, also one placed after the
  /// task was made: it must not go, and stands in items again when the hold is
  /// over: ({"authority","hold","item","then","until" (microseconds or
  /// null)})). No error of its own.
  List<ConsentRow> erasureTasks(bool openOnly) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_erasure_tasks(call.use(this), openOnly, outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// A recipient has done its part. CONSENT_E_NOT_FOUND (no such open task),
  /// _REFUSED (an item of it is under a hold: the task stays open until that is
  /// over).
  bool erasureDone([String? uid, String? recipient, String? actor]) {
    final call = Call();
    try {
      final status = call.check(c.consent_erasure_done(call.use(this), call.text(uid), call.text(recipient), call.text(actor), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// What is still kept of erased subjects (uid NULL: of all). Columns: uid t,
  /// item t, reason t, until u. No error of its own.
  List<ConsentRow> remainderList([String? uid]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_remainder_list(call.use(this), call.text(uid), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// The erasure list, signed, to be applied to a copy that is restored. One
  /// row: list t. No error of its own.
  ConsentRow? erasuresExport() {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_erasures_export(call.use(this), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Erases what the list of this very store names and this copy still has;
  /// *out_erased: how many. Signed by this store's log key, or by `vkey` when
  /// it is not NULL. CONSENT_E_FORMAT, _SIGNATURE, _REFUSED (another store's
  /// list).
  int erasuresApply(String? list, String? vkey, bool scrub) {
    final call = Call();
    try {
      final outErased = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      call.check(c.consent_erasures_apply(call.use(this), call.text(list), call.text(vkey), scrub, outErased, call.error));
      return outErased.value;
    } finally {
      call.end();
    }
  }

  /// Whether the subject's data may be used for the purpose now: consent_check
  /// with defaults, reduced to one bit. False also on every failure (NULL,
  /// closed store, several policies, damaged record). Allocates nothing in the
  /// steady state. Never answers from before a change that was committed when
  /// it began; what that rests on, and a faster form, is in <consent/handle.h>.
  /// Any thread.
  bool may([String? subject, String? purpose]) {
    final call = Call();
    try {
      return c.consent_may(call.use(this), call.text(subject), call.text(purpose));
    } finally {
      call.end();
    }
  }

  /// Answers a query; always, also for an unknown subject or purpose (a deny,
  /// not an error). Errors are those of the store: CONSENT_E_ARGUMENT,
  /// _ENCODING, _AMBIGUOUS, _CLOSED, _SEAL, storage.
  Answer check([Query? query]) {
    final call = Call();
    try {
      final outAnswer = call.out<ffi.Pointer<c.consent_answer>>(ffi.sizeOf<ffi.Pointer<c.consent_answer>>());
      call.check(c.consent_check(call.use(this), query == null ? ffi.nullptr : call.use(query), outAnswer, call.error));
      return Answer._(outAnswer.value);
    } finally {
      call.end();
    }
  }

  /// Every purpose of the policy in force (NULL: the only one) for one subject,
  /// with defaults. Columns: purpose t, required b, answer t (allow, deny),
  /// reason t, blockers j, event n. Always answers, also for an unknown
  /// subject; no rows where no policy is in force. CONSENT_E_AMBIGUOUS,
  /// _ARGUMENT, _ENCODING.
  List<ConsentRow> checkPurposes([String? subject, String? policy]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_check_purposes(call.use(this), call.text(subject), call.text(policy), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// One question about every subject now, by one scan: who may be written to,
  /// whose data may be used. Of the query its own subject and instant are not
  /// looked at. allowed_only: only those it is allowed for. Adopted device
  /// subjects are left out (their account is in). Columns: subject t, answer t,
  /// reason t, blockers j, event n; by order of registration. Errors are those
  /// of consent_check.
  List<ConsentRow> checkSubjects(Query? query, bool allowedOnly) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_check_subjects(call.use(this), query == null ? ffi.nullptr : call.use(query), allowedOnly, outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Records the act, durably, before it returns. One row: event n, at u, point
  /// t, decision t, class t, policy t, version t, evidenced b (a text hash was
  /// given), implied b. CONSENT_DONE: recorded before under this idempotency
  /// key. What is said is recorded as what it is: an act of too low a class, or
  /// of a child alone, is an event, and the check says what is missing. Errors:
  /// CONSENT_E_NOT_FOUND (subject, guardian, policy, version, purpose or
  /// recipient unknown), _STATE (no version in force, a draft; the subject
  /// takes no acts), _STALE_TEXT, _UNKNOWN_TEXT, _REFUSED (no guardian link;
  /// the subject decides alone), _CONFLICT, _ARGUMENT (also a written consent
  /// without its document), _ENCODING, _AMBIGUOUS, _BUSY. out may be NULL.
  ConsentRow? record([Act? act]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_record(call.use(this), act == null ? ffi.nullptr : call.use(act), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Records many acts, in their order, in one transaction: for imports, and
  /// wherever one commit for all is enough. Each act is recorded or refused for
  /// itself, and a refusal keeps none of the others from being recorded. One
  /// row per act: status n (0 recorded, 1 recorded before under its idempotency
  /// key, else the error), event n and at u (absent when refused), message t
  /// (absent when not). CONSENT_DONE when nothing had to be recorded. A failure
  /// of the store or of memory is one of the whole: nothing is recorded then,
  /// *out is NULL. At most 100 000 acts, CONSENT_E_LIMIT. Other writers wait
  /// until it ends.
  List<ConsentRow> recordMany(List<Act> acts) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_record_many(call.use(this), call.handles(acts), acts.length, outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Short forms for a general act on a purpose. out_event may be NULL.
  int grant([String? subject, String? purpose]) {
    final call = Call();
    try {
      final outEvent = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      call.check(c.consent_grant(call.use(this), call.text(subject), call.text(purpose), outEvent, call.error));
      return outEvent.value;
    } finally {
      call.end();
    }
  }

  /// Short forms for a general act on a purpose. out_event may be NULL.
  int refuse([String? subject, String? purpose]) {
    final call = Call();
    try {
      final outEvent = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      call.check(c.consent_refuse(call.use(this), call.text(subject), call.text(purpose), outEvent, call.error));
      return outEvent.value;
    } finally {
      call.end();
    }
  }

  /// Short forms for a general act on a purpose. out_event may be NULL.
  int withdraw([String? subject, String? purpose]) {
    final call = Call();
    try {
      final outEvent = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      call.check(c.consent_withdraw(call.use(this), call.text(subject), call.text(purpose), outEvent, call.error));
      return outEvent.value;
    } finally {
      call.end();
    }
  }

  /// The decisions that stand for a subject: last of each point and epoch.
  /// Columns: policy t, point t, decision t, class t, version t, epoch n, at u,
  /// from u, until u, event n, by t (subject, guardian), evidenced b, counts b
  /// (this one decides now), inherited b (taken over from a device), disputed b
  /// (another verified guardian says otherwise). CONSENT_E_NOT_FOUND,
  /// _ARGUMENT, _ENCODING.
  List<ConsentRow> decisionList([String? subject]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_decision_list(call.use(this), call.text(subject), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Every event of a subject, oldest first. Columns: event n, at u, kind t,
  /// body j. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING.
  List<ConsentRow> history([String? subject]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_history(call.use(this), call.text(subject), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Makes a new store at `path` out of a complete export (format "json" of
  /// consent_export) and opens it. It takes the place of the one exported - its
  /// id, its ledger, the public half of its log key - under keys of its own,
  /// and is read, never written: whatever would record, sign or erase answers
  /// CONSENT_E_STATE. Checks, histories, exports, proofs and verification work;
  /// head and proofs bear the signature that came with the export. key: the
  /// verifier key to trust, from elsewhere than the file; NULL: only that the
  /// file agrees with itself is known. Of an export of one subject the events
  /// of others have no bodies. All or nothing: on failure there is no store,
  /// and *out is NULL. Errors, with the line, its offset and the member in the
  /// error: CONSENT_E_SYNTAX, _INPUT, _LIMIT, _SIGNATURE, _PROOF (the events do
  /// not give the signed root), _FORMAT; CONSENT_E_NOT_FOUND, _OPEN, _IO for
  /// the file; and those of consent_store_create.
  static Store evidenceImport([String? path, Options? options, String? file, String? key]) {
    final call = Call();
    try {
      final outStore = call.out<ffi.Pointer<c.consent_store>>(ffi.sizeOf<ffi.Pointer<c.consent_store>>());
      call.check(c.consent_evidence_import(call.text(path), options == null ? ffi.nullptr : call.use(options), call.text(file), call.text(key), outStore, call.error));
      return Store._(outStore.value);
    } finally {
      call.end();
    }
  }

  /// Records the use. One row: answer t ("allow"), reason t ("EXEMPT"), event
  /// n, at u, exemption t, operation t, policy t, version t. It stands in for
  /// the consent (and who had to give it), for nothing else: what is not
  /// declared, a restriction, a missing assessment, mechanism or contract still
  /// stand in the way. Errors: CONSENT_E_NOT_FOUND (subject, policy, exemption,
  /// purpose), _REFUSED (the exemption does not cover the operation; something
  /// else than consent is missing, named), _STATE, _ARGUMENT, _ENCODING,
  /// _AMBIGUOUS. `out` may be NULL.
  ConsentRow? exemptionUse([Use? use]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_exemption_use(call.use(this), use == null ? ffi.nullptr : call.use(use), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// De-identified data that its recipient cannot trace back is no sharing.
  /// Somebody answers for that: the claim is recorded with method and date, of
  /// the store, without a subject. `recipient` NULL: nobody in particular;
  /// `items`, `item_count` of them (0: all of the purpose); `observed` when it
  /// was done (microseconds; INT64_MIN: now). It changes no answer: what is
  /// still personal is asked about by a check. CONSENT_E_NOT_FOUND, _STATE,
  /// _ARGUMENT, _ENCODING, _AMBIGUOUS.
  int deidentifiedClaim(String? policy, String? purpose, String? recipient, List<String> items, String? method, int observed, [String? actor]) {
    final call = Call();
    try {
      final outEvent = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      call.check(c.consent_deidentified_claim(call.use(this), call.text(policy), call.text(purpose), call.text(recipient), call.texts(items), items.length, call.text(method), observed, call.text(actor), outEvent, call.error));
      return outEvent.value;
    } finally {
      call.end();
    }
  }

  /// Records an observation. `value` is a JSON scalar: null, true, false, an
  /// integer of at most 2^53-1, a text in quotation marks; money is in minor
  /// units. `observed` is when the source saw it (microseconds) or
  /// CONSENT_OBSERVED_NOW, never later than now. Per source the newest
  /// observation counts; sources that disagree make the fact undetermined,
  /// which is never a yes. Errors: CONSENT_E_SYNTAX, _INPUT, _LIMIT (the
  /// value), _ARGUMENT, _ENCODING, _NOT_FOUND, _STATE.
  bool factPut(String? subject, String? fact, String? value, String? source, int observed) {
    final call = Call();
    try {
      final status = call.check(c.consent_fact_put(call.use(this), call.text(subject), call.text(fact), call.text(value), call.text(source), observed, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The newest observation of each fact by each source. Columns: fact t, value
  /// j, source t, observed u, event n. CONSENT_E_NOT_FOUND, _ARGUMENT,
  /// _ENCODING.
  List<ConsentRow> factList([String? subject]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_fact_list(call.use(this), call.text(subject), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Records the claim that `guardian` is a guardian of `child`. It counts for
  /// nothing until it is verified. Rules are those of the policy in force
  /// (`policy` NULL: the only one): the guardian is another registered subject
  /// whose known age makes an adult (`adult_from`); the child is not of age;
  /// `evidence` is a kind the policy accepts (a policy that lists none accepts
  /// any, and the kind named is recorded); `document`, 64 hex digits or NULL,
  /// is the SHA-256 of what was shown; `until` in the future, 0: no end.
  /// CONSENT_DONE when the two are linked so already. Errors:
  /// CONSENT_E_NOT_FOUND (either is not registered, no such policy), _STATE (no
  /// version in force; adopted subject), _REFUSED (names the rule), _CONFLICT
  /// (linked with other evidence or end), _ARGUMENT, _ENCODING, _AMBIGUOUS.
  /// Several guardians of one child are usual: among verified ones the last act
  /// counts.
  bool guardianLink(String? child, String? guardian, String? policy, String? evidence, String? document, int until) {
    final call = Call();
    try {
      final status = call.check(c.consent_guardian_link(call.use(this), call.text(child), call.text(guardian), call.text(policy), call.text(evidence), call.text(document), until, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Records that the claim was verified: by whom (`verifier`, may be NULL), on
  /// which evidence (NULL: that of the claim; may be a better one) and document
  /// (may be NULL). From then on what the guardian said since the link began
  /// counts. CONSENT_DONE when verified on that evidence already. Errors:
  /// CONSENT_E_NOT_FOUND also when no link stands; the others as
  /// consent_guardian_link.
  bool guardianVerify([String? child, String? guardian, String? policy, String? verifier, String? evidence, String? document]) {
    final call = Call();
    try {
      final status = call.check(c.consent_guardian_verify(call.use(this), call.text(child), call.text(guardian), call.text(policy), call.text(verifier), call.text(evidence), call.text(document), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Ends a link. What the guardian said while it stood goes on counting until
  /// the subject or another guardian is heard. CONSENT_END_MAJORITY needs a
  /// child that is of age under the policy (CONSENT_E_REFUSED).
  /// CONSENT_E_NOT_FOUND when no link stands.
  bool guardianEnd(String? child, String? guardian, String? policy, ConsentEnd end) {
    final call = Call();
    try {
      final status = call.check(c.consent_guardian_end(call.use(this), call.text(child), call.text(guardian), call.text(policy), end.value, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Every link a child ever had, oldest first. Columns: guardian t (absent
  /// when erased since), uid t, state t (claimed, verified, over: past its own
  /// end, ended), evidence t, since u, verified_at u, ended_at u, until u.
  /// CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING.
  List<ConsentRow> guardianList([String? child]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_guardian_list(call.use(this), call.text(child), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Whether the guardian may ask and speak for the child now: CONSENT_OK when
  /// linked, verified, not over, and the child not of age; else
  /// CONSENT_E_REFUSED, which says what is missing. A guardian's question and a
  /// request on behalf of a child need this.
  bool guardianStanding([String? child, String? guardian, String? policy]) {
    final call = Call();
    try {
      final status = call.check(c.consent_guardian_standing(call.use(this), call.text(child), call.text(guardian), call.text(policy), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// A handle for the host's id of a subject, registered or not: what is
  /// checked is who has the id when it is checked. Reads nothing. Errors:
  /// CONSENT_E_ARGUMENT, _ENCODING, _CLOSED, _MEMORY.
  Handle handleNew([String? subject]) {
    final call = Call();
    try {
      final outHandle = call.out<ffi.Pointer<c.consent_handle>>(ffi.sizeOf<ffi.Pointer<c.consent_handle>>());
      call.check(c.consent_handle_new(call.use(this), call.text(subject), outHandle, call.error));
      return Handle._(outHandle.value);
    } finally {
      call.end();
    }
  }

  /// The number of a purpose, for as long as the store is open: 0, 1, 2 … as
  /// they are asked for. CONSENT_E_NOT_FOUND when no version of any policy
  /// declares it, CONSENT_E_LIMIT for more than 1024 purposes,
  /// CONSENT_E_CLOSED, storage.
  int purposeNumber([String? purpose]) {
    final call = Call();
    try {
      final outNumber = call.out<ffi.Int32>(ffi.sizeOf<ffi.Int32>());
      call.check(c.consent_purpose_number(call.use(this), call.text(purpose), outNumber, call.error));
      return outNumber.value;
    } finally {
      call.end();
    }
  }

  /// Opens an incident. kind: "leak", "tamper", "loss"; what: in words;
  /// discovered: when it became known (0: now); items: what is affected, as far
  /// as known. Its deadline runs from `discovered`: the policy's, else the
  /// profile's. The row of consent_incident_get. policy NULL: the only one.
  /// CONSENT_E_ARGUMENT (kind, in the future, no text), _ENCODING, _NOT_FOUND
  /// (policy, item), _AMBIGUOUS, _STATE (no version in force).
  List<ConsentRow> incidentOpen(String? policy, String? kind, String? what, int discovered, List<String> items) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_incident_open(call.use(this), call.text(policy), call.text(kind), call.text(what), discovered, call.texts(items), items.length, outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Fills in one of the contents the notice must have; again: the newer text
  /// counts. Which: those of the policy, else what-happened, measures, self-
  /// protection, remedies. The row of consent_incident_get. CONSENT_E_NOT_FOUND
  /// (incident, content), _ARGUMENT, _ENCODING, _STATE (closed).
  List<ConsentRow> incidentDescribe(int incident, [String? content, String? text]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_incident_describe(call.use(this), incident, call.text(content), call.text(text), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// The incident was reported to an authority at `at` (0: now). method: how;
  /// may be NULL. The row of consent_incident_get. CONSENT_E_NOT_FOUND,
  /// _ARGUMENT (before it was discovered, in the future), _ENCODING, _STATE
  /// (closed).
  List<ConsentRow> incidentReport(int incident, String? authority, DateTime at, [String? method]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_incident_report(call.use(this), incident, call.text(authority), at.microsecondsSinceEpoch, call.text(method), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// These subjects are affected, all or none of the list; count 0: everybody
  /// registered, some hundred to a transaction, and a call that was interrupted
  /// is simply repeated. Adopted subjects are left out: their account is told.
  /// The verified guardians of whoever is not known to be of age are to be told
  /// as well (PIPL art. 31; Minors' Network Regulations art. 35; COPPA).
  /// *out_added: how many subjects were not on the list yet, guardians not
  /// counted; may be NULL. CONSENT_E_NOT_FOUND (incident, subject), _ARGUMENT,
  /// _STATE (closed).
  int incidentAffect(int incident, List<String> subjects) {
    final call = Call();
    try {
      final outAdded = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      call.check(c.consent_incident_affect(call.use(this), incident, call.texts(subjects), subjects.length, outAdded, call.error));
      return outAdded.value;
    } finally {
      call.end();
    }
  }

  /// One affected subject, or guardian of one, was told by a channel, or (told
  /// false) could not be reached by it. channel NULL: the next one in the
  /// policy's order; another is refused until those before it have failed. An
  /// event of the subject. One row: incident n, event n, channel t, told b,
  /// next t (the channel to try now; absent: it was told, or only an
  /// announcement is left). CONSENT_DONE when it was told before.
  /// CONSENT_E_NOT_FOUND (incident, subject, not affected), _ARGUMENT
  /// (channel), _STATE (closed; not that channel's turn; no channel left; the
  /// contents are not complete).
  ConsentRow? incidentNotify(int incident, String? subject, String? channel, bool told) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_incident_notify(call.use(this), incident, call.text(subject), call.text(channel), told, outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// It was announced in public, because telling each subject is impractical:
  /// why. Subjects not told do not keep the incident open any more. Refused
  /// where the policy names channels and "announcement" is none of them. The
  /// row of consent_incident_get. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING,
  /// _STATE (closed; the contents are not complete), _REFUSED.
  List<ConsentRow> incidentAnnounce(int incident, [String? why]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_incident_announce(call.use(this), incident, call.text(why), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Closes it: all contents filled, reported, everybody affected told or an
  /// announcement made. The row of consent_incident_get. CONSENT_E_NOT_FOUND,
  /// _ENCODING, _STATE (closed before; or incomplete: the message names what is
  /// missing).
  List<ConsentRow> incidentClose(int incident, [String? why, String? actor]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_incident_close(call.use(this), incident, call.text(why), call.text(actor), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// One incident. One row: incident n, kind t, state t (open, complete,
  /// closed), policy t, version t, reason t, discovered u, due u, overdue b
  /// (open, or closed, after it was due), provisional b, items j, contents j
  /// (({content, text}); text null: missing), channels j, reports j
  /// (({authority, at})), affected n, told n, untold n (erased and adopted
  /// subjects not counted), announced b, missing j (what keeps it from being
  /// complete), closed u, guardians n (of affected children; told and untold
  /// count them too). CONSENT_E_NOT_FOUND.
  ConsentRow? incidentGet(int incident) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_incident_get(call.use(this), incident, outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// All incidents in the order they were opened; columns as
  /// consent_incident_get.
  List<ConsentRow> incidentList() {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_incident_list(call.use(this), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Size and root of the tree now. One row: size n, root t (64 hex), at u
  /// (absent when empty), checkpoint t (C2SP signed note over size and root),
  /// key t (verifier key). No error of its own.
  ConsentRow? ledgerHead() {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_ledger_head(call.use(this), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Verifies the ledger: each event against its leaf hash, order and times,
  /// the tree against nodes and head, bodies against commitments, stubs against
  /// erasures, policies and documents against the hashes in their events, the
  /// schema against the built-in, and the checkpoint when one is given. All
  /// findings in one pass; one row each: seq n (absent when it is about no
  /// single event), what t (a code of docs/verify.md), message t. No rows: the
  /// ledger is good. CONSENT_OK whatever is found; *out_size (may be NULL) is
  /// the number of events according to the head. verification may be NULL.
  /// Errors: CONSENT_E_FORMAT for a checkpoint or key that is none, and those
  /// of storage.
  ({int size, List<ConsentRow> rows}) ledgerVerify([Verification? verification]) {
    final call = Call();
    try {
      final outSize = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_ledger_verify(call.use(this), verification == null ? ffi.nullptr : call.use(verification), outSize, outRows, call.error));
      return (size: outSize.value, rows: rowsOf(outRows.value));
    } finally {
      call.end();
    }
  }

  /// Proof that event `seq` is in the ledger (RFC 9162, 2.1.3). One row: seq n,
  /// at u, kind t, commitment t and leaf t (64 hex each: of the leaf's input
  /// and its hash), size n, root t (of the tree now), proof j (array of hashes,
  /// 64 hex each, from the leaf up), checkpoint t, key t. Reads O(log n) stored
  /// hashes; verified before it is given. CONSENT_E_NOT_FOUND,
  /// CONSENT_E_CORRUPT when what is stored does not lead to the head.
  ConsentRow? ledgerProve(int seq) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_ledger_prove(call.use(this), seq, outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Proof that the ledger of `second` events continues the one of `first` (RFC
  /// 9162, 2.1.4). One row: first n, second n, first_root t, second_root t,
  /// proof j, and, when second is the size now, checkpoint t and key t. second
  /// -1: the size now. CONSENT_E_ARGUMENT unless 0 <= first <= second <= size.
  ConsentRow? ledgerConsistency(int first, int second) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_ledger_consistency(call.use(this), first, second, outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Keeps a checkpoint over the ledger as it is now, for ever. One row as
  /// consent_ledger_head. CONSENT_DONE when one of that size is kept already.
  /// out may be NULL.
  ConsentRow? ledgerCheckpoint() {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_ledger_checkpoint(call.use(this), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Those that are kept, oldest first. Columns: size n, at u, checkpoint t. No
  /// error of its own.
  List<ConsentRow> ledgerCheckpoints() {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_ledger_checkpoints(call.use(this), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Verifier keys the log has had, first to present. Columns: seq n (event
  /// that brought it), at u, key t, note t (signed by the key before it, over
  /// itself and the new one; absent for the first). Whoever trusts one key
  /// follows the notes to the next. No error of its own.
  List<ConsentRow> ledgerKey() {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_ledger_key(call.use(this), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Gives the log a new random signing key; the old one signs it. Checkpoints
  /// and receipts of the old key stay good under the old key. CONSENT_E_STATE
  /// when the log key is kept outside.
  bool ledgerRekey() {
    final call = Call();
    try {
      final status = call.check(c.consent_ledger_rekey(call.use(this), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The subject objects to a purpose, on whatever basis it stands: the check
  /// answers OBJECTED until the subject grants that purpose expressly. `policy`
  /// NULL: the only one; `reason` in words may be NULL. CONSENT_DONE when it
  /// stands already: it is recorded as said again, so that a grant from in
  /// between that comes late from a device does not take it back.
  /// CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT, _ENCODING, _AMBIGUOUS.
  bool object([String? subject, String? policy, String? purpose, String? reason]) {
    final call = Call();
    try {
      final status = call.check(c.consent_object(call.use(this), call.text(subject), call.text(policy), call.text(purpose), call.text(reason), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// From now on only storing is allowed: for one item, or for all (`item`
  /// NULL). CONSENT_DONE when it stands already. CONSENT_E_NOT_FOUND (subject;
  /// an item no published version declares), _STATE.
  bool restrict([String? subject, String? item, String? reason]) {
    final call = Call();
    try {
      final status = call.check(c.consent_restrict(call.use(this), call.text(subject), call.text(item), call.text(reason), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Lifts the restriction that was set with the same `item`. CONSENT_DONE when
  /// there is none. CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT, _ENCODING.
  bool unrestrict([String? subject, String? item, String? reason]) {
    final call = Call();
    try {
      final status = call.check(c.consent_unrestrict(call.use(this), call.text(subject), call.text(item), call.text(reason), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// What stands. Columns: kind t (objection, restriction), policy t, purpose
  /// t, item t (absent: all), since u, event n. CONSENT_E_NOT_FOUND, _ARGUMENT,
  /// _ENCODING.
  List<ConsentRow> limitList([String? subject]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_limit_list(call.use(this), call.text(subject), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// The entries of the page of changes of one policy (NULL: the only one), the
  /// newest first. lang: for titles, summary and words; NULL or one there are
  /// no words for: the binding language, in words the nearest. Columns: policy
  /// t, version t, class t (as computed), triggers j, published_at u, from u
  /// (in force from), form t (page, notice, acknowledge: the strongest that is
  /// owed), summary t, changes j
  /// (({"text","type","key","class","trigger","sections"}…); changes of
  /// translations and of order alone are left out). CONSENT_E_NOT_FOUND,
  /// _AMBIGUOUS.
  List<ConsentRow> noticePage([String? policy, String? lang]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_notice_page(call.use(this), call.text(policy), call.text(lang), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// The notices a subject still waits for, the oldest first: the source of a
  /// pop-up, without a network. policy NULL: of all. The columns of
  /// consent_notice_page, and shown_at u (absent: never). Those that were
  /// published and are not in force yet are among them. CONSENT_E_NOT_FOUND.
  List<ConsentRow> noticePending([String? subject, String? policy, String? lang]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_notice_pending(call.use(this), call.text(subject), call.text(policy), call.text(lang), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// How many subjects wait: a row for every version after the first, of one
  /// policy (NULL: of all). Subjects are looked at by order of registration:
  /// those behind `after` (0: from the first), `limit` of them (0: all).
  /// *out_next: what to give as `after` to go on, 0 at the end; may be NULL;
  /// the numbers of the parts are added up by the caller. Memory does not grow
  /// with the subjects, and no snapshot is held for long: what is written
  /// meanwhile may be counted or not. Adopted subjects are left out, their
  /// account is counted. Columns: policy t, version t, class t (as computed),
  /// from u, form t (as consent_notice_page), subjects n (registered before it
  /// came into force), shown n, acknowledged n (of these; the acknowledged were
  /// shown it), waiting n (of these; as consent_notice_pending; 0 when only the
  /// page is owed). Use this one for notices: by parts, also of versions that
  /// only the page tells of; consent_summary_get counts those that are owed
  /// more along with all the rest of the store, in one snapshot: its waiting
  /// and shown are `waiting` here, and with its done they are `subjects`.
  /// CONSENT_E_NOT_FOUND, _ARGUMENT (negative).
  ({int next, List<ConsentRow> rows}) noticeCount(String? policy, int after, int limit) {
    final call = Call();
    try {
      final outNext = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_notice_count(call.use(this), call.text(policy), after, limit, outNext, outRows, call.error));
      return (next: outNext.value, rows: rowsOf(outRows.value));
    } finally {
      call.end();
    }
  }

  /// Records that notices were shown, or acknowledged: an event each, with
  /// surface (NULL: not said) and time; the first time counts. version NULL:
  /// every one that is pending. guardian: who acknowledges for a child, a
  /// verified one; who needs a guardian to consent needs one to acknowledge.
  /// NULL otherwise. One row for each event: event n, at u, policy t, version
  /// t; out may be NULL. CONSENT_DONE when there was nothing to record. Errors:
  /// CONSENT_E_NOT_FOUND, _AMBIGUOUS, _STATE (a draft, the first version, an
  /// adopted subject), _REFUSED (a child without a guardian, a guardian who may
  /// not speak, the surface "implied": going on using the service acknowledges
  /// nothing), _ARGUMENT, _ENCODING.
  List<ConsentRow> noticeShown([String? subject, String? policy, String? version, String? surface, String? lang]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_notice_shown(call.use(this), call.text(subject), call.text(policy), call.text(version), call.text(surface), call.text(lang), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Records that notices were shown, or acknowledged: an event each, with
  /// surface (NULL: not said) and time; the first time counts. version NULL:
  /// every one that is pending. guardian: who acknowledges for a child, a
  /// verified one; who needs a guardian to consent needs one to acknowledge.
  /// NULL otherwise. One row for each event: event n, at u, policy t, version
  /// t; out may be NULL. CONSENT_DONE when there was nothing to record. Errors:
  /// CONSENT_E_NOT_FOUND, _AMBIGUOUS, _STATE (a draft, the first version, an
  /// adopted subject), _REFUSED (a child without a guardian, a guardian who may
  /// not speak, the surface "implied": going on using the service acknowledges
  /// nothing), _ARGUMENT, _ENCODING.
  List<ConsentRow> noticeAcknowledge([String? subject, String? policy, String? version, String? surface, String? lang, String? guardian]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_notice_acknowledge(call.use(this), call.text(subject), call.text(policy), call.text(version), call.text(surface), call.text(lang), call.text(guardian), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Every obligation of a subject, or (open_only) those not met. Columns:
  /// obligation n (the event it arose with), kind t, policy t, point t,
  /// recipient t, guardian t (uid), act n (the event that caused it), since u,
  /// met_at u, held j (of a deletion that is open, items of the point that are
  /// under a hold and must not go now: ({"hold","item"})). Kinds: "inform-
  /// recipient" (one for each recipient that could get data under the consent;
  /// PIPL art. 47, GDPR art. 19), "delete-collected" (PIPL art. 47(1)(3)),
  /// "inform-guardian" (who refused). All are due at once. CONSENT_E_NOT_FOUND,
  /// _ARGUMENT, _ENCODING.
  List<ConsentRow> obligationList(String? subject, bool openOnly) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_obligation_list(call.use(this), call.text(subject), openOnly, outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// It was done: by whom, how (both may be NULL). CONSENT_DONE when met
  /// before; CONSENT_E_NOT_FOUND.
  bool obligationMet(String? subject, int obligation, [String? actor, String? method]) {
    final call = Call();
    try {
      final status = call.check(c.consent_obligation_met(call.use(this), call.text(subject), obligation, call.text(actor), call.text(method), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Records that the operating system granted or refused the permission of
  /// that name (1 to 256 bytes, as the system spells it). Any name is taken:
  /// whether the policy declares it is what the check says.
  /// CONSENT_E_NOT_FOUND, _STATE (adopted subject), _ARGUMENT, _ENCODING.
  bool permissionRecord(String? subject, String? name, bool granted) {
    final call = Call();
    try {
      final status = call.check(c.consent_permission_record(call.use(this), call.text(subject), call.text(name), granted, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The last answer for each name. Columns: name t, granted b, at u, ask_from
  /// u (present after a refusal where a policy in force sets `reask_hours`: not
  /// to be asked again before). CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING.
  List<ConsentRow> permissionList([String? subject]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_permission_list(call.use(this), call.text(subject), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// What a version of a policy (NULL: the only one; the one in force) declares
  /// for a platform ("android", "ios", "web", "desktop"; NULL: android) against
  /// the names an app asks the system for, at most 4096 of 1 to 256 bytes each;
  /// "android.permission." before a name counts for nothing. No row: they
  /// agree. Columns: kind t, name t, permission t (key of the entry), source t,
  /// items j, sections j; the last four empty for what is not declared. Kinds,
  /// in this order: not-declared the app asks for it, the policy does not say
  /// so not-in-app declared, and the app does not ask for it no-purpose
  /// declared for no purpose unexplained it reads items that none of its
  /// purposes processes: items sdk-no-recipient its source is no recipient, nor
  /// the first such source, which is the app's own list sdk-not-shared its
  /// source is a recipient with which no purpose shares anything Rules: PIPL
  /// arts 6, 17(1)(2); the Measures of 2019 for identifying unlawful collection
  /// by apps, groups 2 and 4. CONSENT_E_ARGUMENT, _ENCODING, _LIMIT,
  /// _AMBIGUOUS, _NOT_FOUND, _STATE.
  List<ConsentRow> permissionDiff(String? policy, String? version, String? platform, List<String> names) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_permission_diff(call.use(this), call.text(policy), call.text(version), call.text(platform), call.texts(names), names.length, outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// What to ask the subject (or its guardian) next: every consent point in
  /// force that an answer could open and none has. Columns: point t ("purpose"
  /// or "purpose@recipient"), class t, who t (subject, guardian), why t (reason
  /// code; GUARDIAN_CONSENTED: came of age, the guardian's consent stands until
  /// the subject answers), required b (the service needs the purpose; a refusal
  /// of any other point blocks nothing else), sections j (({id,lang,sha256}…)
  /// in `lang`, falling back to the binding language), shown t (what to give
  /// back with consent_act_set_shown), not_before u (after a clear no, where
  /// the policy sets reask_hours), screen n (0: may share one screen and one
  /// act; n > 0: an act of its own). `policy` NULL: the only one; `lang` NULL:
  /// the binding one. CONSENT_E_NOT_FOUND, _STATE (no version in force; adopted
  /// subject), _AMBIGUOUS.
  List<ConsentRow> ask([String? subject, String? policy, String? lang]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_ask(call.use(this), call.text(subject), call.text(policy), call.text(lang), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// What may start now: every permission the policy declares, and every
  /// recipient whose code runs in the app (SDKs, and whoever a permission is
  /// declared for). Synchronous, meant to run before any plugin is registered
  /// and before the first frame; a subject nobody registered yet has agreed to
  /// nothing, so only what needs no consent may start. One is allowed when one
  /// of its purposes is; of several denials the one that came furthest is told.
  /// Columns: kind t (permission, recipient), name t, allow b, reason t. No
  /// rows where no policy is in force. CONSENT_E_ARGUMENT, _ENCODING,
  /// _AMBIGUOUS.
  List<ConsentRow> start([String? subject, String? policy]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_start(call.use(this), call.text(subject), call.text(policy), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Takes a bundle in as a draft. CONSENT_DONE when this very document is
  /// there already. Errors: those of consent_bundle_check; CONSENT_E_CONFLICT
  /// when the label exists with other content, draft or not (a label always
  /// means one document: correct a draft under a new label); _INPUT when
  /// effective_at is not later than that of every published version of the
  /// policy.
  bool policyImport(Uint8List bytes) {
    final call = Call();
    try {
      final status = call.check(c.consent_policy_import(call.use(this), call.bytes(bytes), bytes.length, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The same from a file, of at most 16 MiB. Also CONSENT_E_NOT_FOUND, _OPEN,
  /// _IO for the file.
  bool policyImportFile([String? path]) {
    final call = Call();
    try {
      final status = call.check(c.consent_policy_import_file(call.use(this), call.text(path), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Publishes a draft: from now on it never changes. The class of the change
  /// is computed from the documents; the event carries the computed one. The
  /// first version may declare any class. Errors: CONSENT_E_NOT_FOUND, _STATE
  /// (published already), and CONSENT_E_INPUT with a pointer: /effective_at
  /// (not later than its predecessor's, or less than the lead time of the
  /// profile ahead, the longer of the two versions'), /change/class (declared
  /// lower than computed), /change/explicit_consent (rights are reduced and it
  /// is not set), /change/editorial (editorial without actor and reason).
  /// Source: the first customer's s6, PIPL art. 14(2), 17(2).
  bool policyPublish([String? policy, String? version]) {
    final call = Call();
    try {
      final status = call.check(c.consent_policy_publish(call.use(this), call.text(policy), call.text(version), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// A published version as a signed statement, for another store (the
  /// phone's): a compact JWS (typ consent-policy+jwt) by the log key, holding
  /// text, profile, the version before it, and the event that published it with
  /// its proof. version NULL: the one in force. One row: statement t, policy t,
  /// version t, sha256 t, in_force_from u, key t (the verifier key, to be given
  /// apart). Bytes: docs/phone-and-backend.md. CONSENT_E_NOT_FOUND, _AMBIGUOUS,
  /// _STATE (a draft), _LIMIT (a document too large to travel: over some 12
  /// MiB).
  ConsentRow? policyExportSigned([String? policy, String? version]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_export_signed(call.use(this), call.text(policy), call.text(version), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Takes such a statement in: verified with the verifier key `key`, which
  /// must come from elsewhere than the statement, imported and published. The
  /// version is in force here from the same instant as there, was held to the
  /// rules of publishing there and is not again. CONSENT_DONE: it is here
  /// already. One row: policy t, version t, sha256 t, in_force_from u, origin
  /// t. out may be NULL. Versions come in their order: a store without any may
  /// begin with one, after that none may be left out. Errors, the message
  /// naming the code of consent_receipt_verify: CONSENT_E_LIMIT, _FORMAT,
  /// _DUPLICATE, _SIGNATURE (not signed, by another key, or bringing a key),
  /// _PROOF; _FORMAT also when `key` is none; _STATE (no publishing is proven,
  /// or out of order), _CONFLICT (the label, or the instant it is in force
  /// from, means something else here); and those of consent_bundle_check.
  ConsentRow? policyImportSigned(Uint8List statement, [String? key]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_import_signed(call.use(this), call.bytes(statement), statement.length, call.text(key), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// A profile the store does not have built in, or another reading of one:
  /// used by later imports. Versions keep the profile they were imported with.
  /// CONSENT_E_SYNTAX, _LIMIT, _ENCODING, _DUPLICATE, _INPUT with pointer and
  /// offset; _ARGUMENT.
  bool profileImport(Uint8List bytes) {
    final call = Call();
    try {
      final status = call.check(c.consent_profile_import(call.use(this), call.bytes(bytes), bytes.length, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Every version of one policy (NULL: of all), in order of import. Columns:
  /// policy t, version t, state t (draft, published, in-force, superseded),
  /// effective_at u, published_at u (absent for drafts), sha256 t.
  /// CONSENT_E_NOT_FOUND for a policy that is not there.
  List<ConsentRow> policyList([String? policy]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_list(call.use(this), call.text(policy), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// The same as it stood at an instant (microseconds): versions imported later
  /// are not in it, those published later were drafts then.
  List<ConsentRow> policyListAt(String? policy, DateTime at) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_list_at(call.use(this), call.text(policy), at.microsecondsSinceEpoch, outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Catalogue of one version as rows; version NULL: the one in force. Columns:
  /// kind t (section, item, purpose, share, permission, recipient, exemption,
  /// right, document, assessment), key t, title t in `lang` (NULL: the binding
  /// language) with fallback to the binding one, detail j (the entry's other
  /// fields), sections j. CONSENT_E_NOT_FOUND, _AMBIGUOUS.
  List<ConsentRow> policyShow([String? policy, String? version, String? lang]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_show(call.use(this), call.text(policy), call.text(version), call.text(lang), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// The bundle's bytes exactly as imported. One row: bundle t, sha256 t,
  /// profile t (the profile's bytes). CONSENT_E_NOT_FOUND, _AMBIGUOUS.
  ConsentRow? policyBundle([String? policy, String? version]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_bundle(call.use(this), call.text(policy), call.text(version), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// One section's text of one version (NULL: in force) in a language (NULL:
  /// the binding one; a language that lacks the section falls back to it). One
  /// row: section t, lang t, title t, text t, sha256 t (SHA-256 of the exact
  /// UTF-8 bytes), policy t, version t. CONSENT_E_NOT_FOUND.
  ConsentRow? policyText([String? policy, String? version, String? section, String? lang]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_text(call.use(this), call.text(policy), call.text(version), call.text(section), call.text(lang), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// The same, of the version that was in force at an instant (microseconds).
  ConsentRow? policyTextAt(String? policy, DateTime at, [String? section, String? lang]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_text_at(call.use(this), call.text(policy), at.microsecondsSinceEpoch, call.text(section), call.text(lang), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Hash of what is shown when a point ("purpose" or "purpose@recipient") is
  /// asked: SHA-256 of the canonical JSON ({"id","lang","sha256"}…) of the
  /// sections it rests on (the purpose's, and for a share the recipient's), in
  /// the order of the document. point NULL: the whole policy was shown. One
  /// row: shown t (64 hex), sections j. CONSENT_E_NOT_FOUND, _AMBIGUOUS.
  ConsentRow? policyShown([String? policy, String? version, String? point, String? lang]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_shown(call.use(this), call.text(policy), call.text(version), call.text(point), call.text(lang), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// What differs between two versions, drafts or not, and what that means. One
  /// row: class t (none, editorial, minor, material: as computed), triggers j
  /// ((1..6): which of the policy's kinds of material change, the first
  /// customer's s6), restricts_rights b, controller_changed b, points j (the
  /// consent points whose grants end), changes j:
  /// ({"type","key","trigger","sections","detail", "before","after","class","na
  /// rrowing","restricts_rights","text_only","points","mentions"}…) in a fixed
  /// order, whatever the order of entries was; mentions are points it concerns
  /// without asking again. The kinds are listed in lib/core/diff_types.h.
  /// CONSENT_E_NOT_FOUND.
  ConsentRow? policyDiff([String? policy, String? older, String? newer]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_diff(call.use(this), call.text(policy), call.text(older), call.text(newer), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// What is wrong in a version (NULL: the one in force) before a regulator
  /// says so; docs/lint.md lists the rules. profile NULL: the one it was
  /// imported with; else that one's rules and values. One row a finding, the
  /// gravest first: id t, severity t (error, warning, hint), sections j, source
  /// t (the law, standard or promise), message t, remedy t, from_text b (found
  /// in the words, not the structure). CONSENT_E_NOT_FOUND for version or
  /// profile; _REFUSED when the profile does not allow a basis.
  List<ConsentRow> policyLint([String? policy, String? version, String? profile]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_policy_lint(call.use(this), call.text(policy), call.text(version), call.text(profile), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// A receipt of one event: a decision, a request, an objection, a
  /// restriction, a notice, an erasure, a guardian's attestation (of the act
  /// for a child, by the leaf hash of the child's event). One row: receipt t,
  /// id t (the consentReceiptID), payload j, key t (verifier key to give
  /// apart). CONSENT_E_NOT_FOUND for a number the ledger does not have,
  /// CONSENT_E_STATE for an event whose subject was erased, CONSENT_E_REFUSED
  /// for a kind that has no receipt (its body holds the external id, or it is
  /// no act of anybody).
  ConsentRow? receiptIssue(int event) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_receipt_issue(call.use(this), event, outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Takes in the receipt of a decision that was said on another store (the
  /// phone's), verified with the verifier key `key` of that store's log, which
  /// must come from elsewhere than the receipt. `subject` is the external id of
  /// the subject here; NULL when a receipt of the same subject there was taken
  /// in before, which bound the two. `guardian` the same for a guardian's
  /// decision. Recorded once: the same receipt again answers the first event
  /// (CONSENT_DONE). Ordered by when it was said there, by place among receipts
  /// of one store and by time between stores, at the same instant a no stands;
  /// what was withdrawn later is never revived, an act that comes late is
  /// recorded as evidence alone. A device whose clock is ahead said it no later
  /// than it came. One row: event n, at u, point t, decision t, class t, policy
  /// t, version t, receipt t (its id), said_at u, stands b (it is what that
  /// speaker said last). out may be NULL. Errors: those of
  /// consent_policy_import_signed for the receipt and the key (at most 96 KiB);
  /// CONSENT_E_REFUSED for a receipt of no decision, of one that was itself
  /// taken in, or of a guardian without a link that stood then and stands;
  /// _NOT_FOUND (subject or guardian not registered, or not named the first
  /// time; policy, version or point not known here), _STATE (a draft; the
  /// subject was erased or adopted; an event of this very store), _UNKNOWN_TEXT
  /// (the version has another text here, or shows another), _CONFLICT (receipts
  /// of that subject belong to another here; the file was rolled back),
  /// _ARGUMENT, _BUSY.
  ConsentRow? receiptImport(Uint8List receipt, [String? key, String? subject, String? guardian]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_receipt_import(call.use(this), call.bytes(receipt), receipt.length, call.text(key), call.text(subject), call.text(guardian), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Opens it. One row as consent_request_get. CONSENT_E_NOT_FOUND (subject,
  /// guardian), _ARGUMENT, _REFUSED (no standing; the subject directed that
  /// relatives get nothing: fact "directive.no-relatives"), _STATE (a
  /// cancellation runs already), _AMBIGUOUS.
  ConsentRow? requestOpen([Request? request]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_request_open(call.use(this), request == null ? ffi.nullptr : call.use(request), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// One request by its number. One row: request n, kind t, state t (received,
  /// verifying, paused, accepted, in-progress, done, refused, terminated,
  /// withdrawn), received_at u, due u (absent: none), due_local t (with the
  /// offset of the calendar), provisional b, overdue b, subject t, standing t,
  /// policy t, version t, extended b, acknowledged b, until u (end of the
  /// cooling-off), sections j, history j. Of an erased subject's request only
  /// what stands before `subject` is known. CONSENT_E_NOT_FOUND.
  ConsentRow? requestGet(int number) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_request_get(call.use(this), number, outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Requests of one subject (NULL: of all), by number; columns as
  /// consent_request_get, without history.
  List<ConsentRow> requestList([String? subject]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_request_list(call.use(this), call.text(subject), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Open requests in the order they are due; those past their date have
  /// overdue set. Columns as consent_request_list; no error of its own.
  List<ConsentRow> requestDue() {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_request_due(call.use(this), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Moves a request. why: in words, required for paused, refused and
  /// terminated (PIPL art. 50); actor: who decided; method: how the identity
  /// was checked; document: SHA-256 of the answer (64 hex). Each may be NULL
  /// otherwise. One row as consent_request_get. CONSENT_E_STATE names a move
  /// that does not exist.
  ConsentRow? requestAdvance(int number, [String? state, String? why, String? actor, String? method, String? document]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_request_advance(call.use(this), number, call.text(state), call.text(why), call.text(actor), call.text(method), call.text(document), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Extends the deadline once, before it has passed, where policy or profile
  /// allow it. One row as consent_request_get. CONSENT_E_NOT_FOUND, _STATE,
  /// _REFUSED, _ARGUMENT.
  ConsentRow? requestExtend(int number, [String? why, String? actor]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_request_extend(call.use(this), number, call.text(why), call.text(actor), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Places a hold: an authority orders that some items (item_count 0:
  /// everything) are kept. It blocks erasure of exactly these until `until` (0:
  /// until released); one on everything blocks cancellation and erasing as a
  /// whole. One row: hold n (its number), subject t, uid t, authority t, items
  /// j, until u, state t. CONSENT_E_NOT_FOUND (subject, item), _ARGUMENT,
  /// _ENCODING, _STATE.
  ConsentRow? holdPlace(String? subject, String? authority, List<String> items, int until, [String? why]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_hold_place(call.use(this), call.text(subject), call.text(authority), call.texts(items), items.length, until, call.text(why), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Releases a hold, also of a subject that was erased since: what was kept of
  /// it for this hold may go. One row as consent_hold_place.
  /// CONSENT_E_NOT_FOUND, _STATE (released before).
  ConsentRow? holdRelease(int hold, [String? why, String? actor]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_hold_release(call.use(this), hold, call.text(why), call.text(actor), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// The holds that were not released, of one subject or (NULL) of all by order
  /// of registration. Columns as consent_hold_place, state placed or over (past
  /// its end), and since u. What is kept of erased subjects for a hold:
  /// consent_remainder_list. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING.
  List<ConsentRow> holdList([String? subject]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_hold_list(call.use(this), call.text(subject), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// What the policy in force does not let be kept any longer, by the items'
  /// retention rules, then what was kept of erased subjects until a date that
  /// has come. At most `limit` rows (0: all). Columns: subject t (absent:
  /// erased), uid t, item t, then t (delete, anonymise, restrict), since u
  /// (start of the period), due u, held b, hold n, why t, extended u and
  /// extended_why t (the period is over, but the item may be kept until then:
  /// due says the same). What was acted upon already is not listed any more
  /// (consent_retention_apply). CONSENT_E_ARGUMENT (a negative limit),
  /// _AMBIGUOUS, _NOT_FOUND, _STATE (no version in force).
  List<ConsentRow> retentionDue(String? policy, int limit) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_retention_due(call.use(this), call.text(policy), limit, outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Acts upon what consent_retention_due lists and nothing holds or extends,
  /// as an event of each subject: delete and anonymise become a task of the
  /// host (consent_erasure_tasks, recipient "": together with what is open
  /// there), restrict restricts the item (checks answer PROCESSING_RESTRICTED;
  /// only store passes). What was kept of erased subjects and may go becomes a
  /// task as well. About `most` subjects in this call (0: to the end), some
  /// hundred to a transaction: a call that was interrupted is simply repeated
  /// and goes on where it stood; when nothing is due, nothing is written.
  /// actor: who orders it; may be NULL. One row: looked n (subjects looked at),
  /// erase n (items to erase), restrict n, held n (items a hold keeps), left n
  /// (about how many subjects are still to be looked at; 0: the end was
  /// reached). CONSENT_E_ARGUMENT (a negative number), _ENCODING, _AMBIGUOUS,
  /// _NOT_FOUND, _STATE.
  ConsentRow? retentionApply(String? policy, String? actor, int most) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_retention_apply(call.use(this), call.text(policy), call.text(actor), most, outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// One item of a subject may be kept until `until` although its period is
  /// over sooner: why, in words (PIPL art. 19: the shortest time needed). A
  /// later call for the same item replaces it. It ends by itself, or by
  /// consent_retention_release. CONSENT_E_NOT_FOUND (subject; an item without a
  /// retention period), _ARGUMENT (not in the future, no reason), _ENCODING,
  /// _STATE (adopted).
  bool retentionExtend(String? subject, String? item, int until, [String? why, String? actor]) {
    final call = Call();
    try {
      final status = call.check(c.consent_retention_extend(call.use(this), call.text(subject), call.text(item), until, call.text(why), call.text(actor), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Ends that before its time. CONSENT_E_NOT_FOUND (subject; the item is not
  /// extended), _ARGUMENT, _ENCODING, _STATE (adopted).
  bool retentionRelease([String? subject, String? item, String? why, String? actor]) {
    final call = Call();
    try {
      final status = call.check(c.consent_retention_release(call.use(this), call.text(subject), call.text(item), call.text(why), call.text(actor), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The service ends: from now on every check answers SERVICE_STOPPED.
  /// CONSENT_DONE when it ended before. CONSENT_E_ARGUMENT (no reason, or too
  /// long), _ENCODING.
  bool serviceStop([String? why]) {
    final call = Call();
    try {
      final status = call.check(c.consent_service_stop(call.use(this), call.text(why), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// After that: puts a task to tell (recipient "@notice") and one to erase
  /// (recipient "") for every subject into consent_erasure_tasks, about `most`
  /// subjects in this call (0: all). Can be interrupted and called again: it
  /// goes on where it stood. CONSENT_E_STATE when the service goes on.
  ({int done, int left}) serviceWindDown(int most) {
    final call = Call();
    try {
      final outDone = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      final outLeft = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      call.check(c.consent_service_wind_down(call.use(this), most, outDone, outLeft, call.error));
      return (done: outDone.value, left: outLeft.value);
    } finally {
      call.end();
    }
  }

  /// Another controller takes over (PIPL art. 22). Where it does not accept the
  /// policy, consents given before end: checks answer CONTROLLER_CHANGED until
  /// the subject is asked again. CONSENT_E_ARGUMENT (no name, or too long),
  /// _ENCODING.
  bool controllerChange(String? successor, bool acceptsPolicy) {
    final call = Call();
    try {
      final status = call.check(c.consent_controller_change(call.use(this), call.text(successor), acceptsPolicy, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Registers a subject. `born`: "YYYY-MM-DD", or NULL for an age that is not
  /// known (which is never taken for adult). CONSENT_DONE when it is registered
  /// already with the same birth date; CONSENT_E_CONFLICT with another.
  /// CONSENT_E_ARGUMENT for an empty or too long id or a date that does not
  /// exist or lies in the future, CONSENT_E_ENCODING for one that is not UTF-8.
  bool subjectAdd([String? subject, String? born]) {
    final call = Call();
    try {
      final status = call.check(c.consent_subject_add(call.use(this), call.text(subject), call.text(born), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Sets or corrects the birth date (NULL: not known). CONSENT_E_NOT_FOUND.
  bool subjectSetBorn([String? subject, String? born]) {
    final call = Call();
    try {
      final status = call.check(c.consent_subject_set_born(call.use(this), call.text(subject), call.text(born), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// One row: subject t, uid t, state t (active, adopted), born t (absent: not
  /// known), registered_at u, decisions n. CONSENT_E_NOT_FOUND.
  ConsentRow? subjectGet([String? subject]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_subject_get(call.use(this), call.text(subject), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// All subjects by order of registration, `limit` of them (0: all) after the
  /// first `skip`. Columns as consent_subject_get.
  List<ConsentRow> subjectList(int skip, int limit) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_subject_list(call.use(this), skip, limit, outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Takes what was said on a device before sign-in over into the account: per
  /// point only where the account has said nothing itself; time, class, expiry
  /// and text shown are kept, objections and restrictions too. The device
  /// subject becomes "adopted" and takes no further acts. To the account of a
  /// child (who needs a guardian under a policy in force) only with a verified
  /// `guardian`, who then stands for the grants; what a child said on a device
  /// that is known to be a child's goes over without, and counts no more than
  /// before. guardian is NULL otherwise. out_count (may be NULL): decisions
  /// taken over. Errors: CONSENT_E_NOT_FOUND, _STATE (either was adopted),
  /// _REFUSED, _ARGUMENT, _ENCODING.
  int subjectAdopt([String? from, String? to, String? guardian]) {
    final call = Call();
    try {
      final outCount = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      call.check(c.consent_subject_adopt(call.use(this), call.text(from), call.text(to), call.text(guardian), outCount, call.error));
      return outCount.value;
    } finally {
      call.end();
    }
  }

  /// Watches from now on: what is committed after this returned rings. ring
  /// NULL: no thread is made, consent_watch_wait hears it. The watch keeps the
  /// store, so that it is open until this is freed, too, or consent_store_close
  /// is called. CONSENT_E_MEMORY also when no thread can be made. A process
  /// that forks keeps its watches; in the child they are dead and may only be
  /// freed.
  Watch watchNew() {
    final call = Call();
    try {
      final outWatch = call.out<ffi.Pointer<c.consent_watch>>(ffi.sizeOf<ffi.Pointer<c.consent_watch>>());
      call.check(c.consent_watch_new(call.use(this), ffi.nullptr, ffi.nullptr, outWatch, call.error));
      return Watch._(outWatch.value);
    } finally {
      call.end();
    }
  }

}

/// What is asked; a builder, one thread at a time.
final class Query extends NativeHandle<c.consent_query> {
  Query._(ffi.Pointer<c.consent_query> pointer)
      : super(pointer, _finalizer, c.consent_query_free);

  static final _finalizer =
      ffi.NativeFinalizer(c.consentQueryFreeAddress);

  /// A query; a builder. NULL only when out of memory or an argument is NULL.
  factory Query([String? subject, String? purpose]) {
    final call = Call();
    try {
      return Query._(made(c.consent_query_new(call.text(subject), call.text(purpose))));
    } finally {
      call.end();
    }
  }

  /// Needed only when the store holds several policies.
  bool setPolicy([String? policy]) {
    final call = Call();
    try {
      final status = call.check(c.consent_query_set_policy(call.use(this), call.text(policy)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Needed only when the store holds several policies.
  bool setOperation(ConsentOperation operation) {
    final call = Call();
    try {
      final status = call.check(c.consent_query_set_operation(call.use(this), operation.value));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Adds one item; none: all items of the purpose, or of the share when a
  /// recipient is given.
  bool addItem([String? item]) {
    final call = Call();
    try {
      final status = call.check(c.consent_query_add_item(call.use(this), call.text(item)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Adds one item; none: all items of the purpose, or of the share when a
  /// recipient is given.
  bool setRecipient([String? recipient]) {
    final call = Call();
    try {
      final status = call.check(c.consent_query_set_recipient(call.use(this), call.text(recipient)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The operating system's name of a permission, such as
  /// android.permission.CAMERA.
  bool setPermission([String? permission]) {
    final call = Call();
    try {
      final status = call.check(c.consent_query_set_permission(call.use(this), call.text(permission)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The instant asked about (microseconds); a past one is answered from the
  /// ledger as it stood then.
  bool setAt(DateTime at) {
    final call = Call();
    try {
      final status = call.check(c.consent_query_set_at(call.use(this), at.microsecondsSinceEpoch));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

}

/// What was answered; an immutable snapshot.
@immutable
final class Answer {
  const Answer.of({
    required this.allowed,
    required this.reason,
    required this.blockers,
    required this.policy,
    required this.version,
    required this.event,
    required this.sections,
    required this.next,
    required this.at,
    required this.clockBehind,
    required this.source,
    required this.identifies,
  });

  factory Answer._(ffi.Pointer<c.consent_answer> pointer) {
    try {
      return Answer.of(
        allowed: c.consent_answer_allowed(pointer),
        reason: ConsentReason.of(c.consent_answer_reason(pointer)),
        blockers: List.unmodifiable(<ConsentReason>[
          for (var i = 0; i < c.consent_answer_blockers(pointer); i++) ConsentReason.of(c.consent_answer_blocker(pointer, i)),
        ]),
        policy: textOf(c.consent_answer_policy(pointer)),
        version: textOf(c.consent_answer_version(pointer)),
        event: c.consent_answer_event(pointer),
        sections: List.unmodifiable(<String?>[
          for (var i = 0; i < c.consent_answer_sections(pointer); i++) textOf(c.consent_answer_section(pointer, i)),
        ]),
        next: textOf(c.consent_answer_next(pointer)),
        at: c.consent_answer_at(pointer),
        clockBehind: c.consent_answer_clock_behind(pointer),
        source: textOf(c.consent_answer_source(pointer)),
        identifies: c.consent_answer_identifies(pointer),
      );
    } finally {
      c.consent_answer_free(pointer);
    }
  }

  /// Getters; pointers live as long as the answer. Any thread.
  final bool allowed;

  /// CONSENT_REASON_*
  final ConsentReason reason;

  /// Getters; pointers live as long as the answer. Any thread.
  final List<ConsentReason> blockers;

  /// NULL when none
  final String? policy;

  /// NULL when none
  final String? version;

  /// relied on; -1 when none
  final int event;

  /// Getters; pointers live as long as the answer. Any thread.
  final List<String?> sections;

  /// What to do about the blockers, as JSON:
  /// ({"do":"ask","point":…,"class":…}…). "()" when allowed.
  final String? next;

  /// The instant answered about, and whether the clock stood behind the ledger.
  final int at;

  /// The instant answered about, and whether the clock stood behind the ledger.
  final bool clockBehind;

  /// Which law the reason rests on under the policy's profile; static text.
  final String? source;

  /// Whether the items asked about identify a person, alone or together
  /// (`combined` items need one they combine with). Told for the record: it
  /// loosens no rule.
  final bool identifies;

}

/// An act to be recorded; a builder. Not for two threads at once.
final class Act extends NativeHandle<c.consent_act> {
  Act._(ffi.Pointer<c.consent_act> pointer)
      : super(pointer, _finalizer, c.consent_act_free);

  static final _finalizer =
      ffi.NativeFinalizer(c.consentActFreeAddress);

  /// decision: CONSENT_DECISION_*. NULL only when out of memory or when an
  /// argument is NULL.
  factory Act(String? subject, ConsentDecision decision, [String? purpose]) {
    final call = Call();
    try {
      return Act._(made(c.consent_act_new(call.text(subject), decision.value, call.text(purpose))));
    } finally {
      call.end();
    }
  }

  /// All texts are copied; NULL takes a value back.
  bool setPolicy([String? policy]) {
    final call = Call();
    try {
      final status = call.check(c.consent_act_set_policy(call.use(this), call.text(policy)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// All texts are copied; NULL takes a value back.
  bool setRecipient([String? recipient]) {
    final call = Call();
    try {
      final status = call.check(c.consent_act_set_recipient(call.use(this), call.text(recipient)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// CONSENT_CLASS_GENERAL (default), _SEPARATE (this act named this point
  /// alone), _WRITTEN.
  bool setClass(ConsentClass consentClass) {
    final call = Call();
    try {
      final status = call.check(c.consent_act_set_class(call.use(this), consentClass.value));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Where it was said: "app", "web", "paper" … "implied" (silence, use of the
  /// service, a pre-ticked box) is recorded and never counts.
  bool setSurface([String? surface]) {
    final call = Call();
    try {
      final status = call.check(c.consent_act_set_surface(call.use(this), call.text(surface)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Language the text was shown in (BCP 47).
  bool setLang([String? lang]) {
    final call = Call();
    try {
      final status = call.check(c.consent_act_set_lang(call.use(this), call.text(lang)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// 64 hex digits: hash of the sections shown, as consent_policy_shown and the
  /// ask plan give it.
  bool setShown([String? shown]) {
    final call = Call();
    try {
      final status = call.check(c.consent_act_set_shown(call.use(this), call.text(shown)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// 64 hex digits: SHA-256 of the signed document of a written consent.
  bool setDocument([String? sha256]) {
    final call = Call();
    try {
      final status = call.check(c.consent_act_set_document(call.use(this), call.text(sha256)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// A guardian's id when the guardian says it for the child.
  bool setGuardian([String? guardian]) {
    final call = Call();
    try {
      final status = call.check(c.consent_act_set_guardian(call.use(this), call.text(guardian)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// A published version that is not yet in force, when the act is given in
  /// advance.
  bool setVersion([String? version]) {
    final call = Call();
    try {
      final status = call.check(c.consent_act_set_version(call.use(this), call.text(version)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Up to 128 bytes; the same key with the same content answers the first
  /// event (CONSENT_DONE), with other content CONSENT_E_CONFLICT.
  bool setIdempotency([String? key]) {
    final call = Call();
    try {
      final status = call.check(c.consent_act_set_idempotency(call.use(this), call.text(key)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

}

/// A verification. It asks for the files one after another; whoever has them
/// gives their bytes: while ((name = consent_evidence_wants(e)))
/// consent_evidence_give(e, bytes, len, err) … ; consent_evidence_end(e, there,
/// err); One thread at a time. Damage is never an error here, but a finding.
final class Evidence extends NativeHandle<c.consent_evidence> {
  Evidence._(ffi.Pointer<c.consent_evidence> pointer)
      : super(pointer, _finalizer, c.consent_evidence_free);

  static final _finalizer =
      ffi.NativeFinalizer(c.consentEvidenceFreeAddress);

  /// key: the verifier key to trust, which must come from elsewhere than the
  /// bundle; NULL: only whether the bundle agrees with itself is looked at.
  /// CONSENT_E_FORMAT when the key is none.
  static Evidence new_([String? key]) {
    final call = Call();
    try {
      final outEvidence = call.out<ffi.Pointer<c.consent_evidence>>(ffi.sizeOf<ffi.Pointer<c.consent_evidence>>());
      call.check(c.consent_evidence_new(call.text(key), outEvidence, call.error));
      return Evidence._(outEvidence.value);
    } finally {
      call.end();
    }
  }

  /// Name of the file that is wanted now: letters, digits and . - _, not
  /// beginning with a point, or profiles/ or policies/ and that; NULL: all that
  /// the manifest lists were asked for. Lives until the next call.
  String? wants() {
    final call = Call();
    try {
      return textOf(c.consent_evidence_wants(call.use(this)));
    } finally {
      call.end();
    }
  }

  /// The next bytes of the file that is wanted. Parts of any size.
  /// CONSENT_DONE: it is larger than such a file may be; the rest need not be
  /// given. CONSENT_E_ARGUMENT, _STATE (no file is wanted), _MEMORY.
  bool give(Uint8List bytes) {
    final call = Call();
    try {
      final status = call.check(c.consent_evidence_give(call.use(this), call.bytes(bytes), bytes.length, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The file that is wanted is over (there false: there is no such file).
  /// CONSENT_E_STATE, _ARGUMENT, _MEMORY.
  bool end(bool there) {
    final call = Call();
    try {
      final status = call.check(c.consent_evidence_end(call.use(this), there, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// A file that was found beside the others: a finding unless the manifest
  /// lists it. After the manifest was given. CONSENT_E_ARGUMENT, _MEMORY.
  bool found([String? file]) {
    final call = Call();
    try {
      final status = call.check(c.consent_evidence_found(call.use(this), call.text(file), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The verdict. One row: ok b (nothing was found), trusted b (ok, and under
  /// the key given apart; false without one), subject t (uid, absent for all),
  /// size n, root t, key t (the bundle's), events n, receipts n, findings n.
  /// CONSENT_E_STATE while files are wanted; CONSENT_E_MEMORY, too, when a call
  /// before ended so: not everything was looked at.
  ConsentRow? verdict() {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_evidence_verdict(call.use(this), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// What was found. Columns: file t, line n (absent when it is about the whole
  /// file), event n, what t (a code of docs/evidence.md), message t. At most 10
  /// 000 rows, then one with what MORE. CONSENT_E_ARGUMENT, _MEMORY.
  List<ConsentRow> findings() {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_evidence_findings(call.use(this), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

}

/// One use; a builder. NULL only when out of memory or an argument is NULL. Not
/// for two threads at once.
final class Use extends NativeHandle<c.consent_use> {
  Use._(ffi.Pointer<c.consent_use> pointer)
      : super(pointer, _finalizer, c.consent_use_free);

  static final _finalizer =
      ffi.NativeFinalizer(c.consentUseFreeAddress);

  /// exemption: its key in the policy; why: the justification in words; actor:
  /// who decided it. NULL when out of memory or when an argument is NULL.
  factory Use([String? subject, String? exemption, String? purpose, String? why, String? actor]) {
    final call = Call();
    try {
      return Use._(made(c.consent_use_new(call.text(subject), call.text(exemption), call.text(purpose), call.text(why), call.text(actor))));
    } finally {
      call.end();
    }
  }

  /// exemption: its key in the policy; why: the justification in words; actor:
  /// who decided it. NULL when out of memory or when an argument is NULL.
  bool setPolicy([String? policy]) {
    final call = Call();
    try {
      final status = call.check(c.consent_use_set_policy(call.use(this), call.text(policy)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Default: the purpose's usual one if the exemption covers it, else the
  /// first both name, else the exemption's first.
  bool setOperation(ConsentOperation operation) {
    final call = Call();
    try {
      final status = call.check(c.consent_use_set_operation(call.use(this), operation.value));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// An authority needs no declared share: this is the only way it gets
  /// anything on a consent purpose.
  bool setRecipient([String? recipient]) {
    final call = Call();
    try {
      final status = call.check(c.consent_use_set_recipient(call.use(this), call.text(recipient)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// An authority needs no declared share: this is the only way it gets
  /// anything on a consent purpose.
  bool addItem([String? item]) {
    final call = Call();
    try {
      final status = call.check(c.consent_use_add_item(call.use(this), call.text(item)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

}

/// A subject of one store; remembers its look-up and its last answers.
final class Handle extends NativeHandle<c.consent_handle> {
  Handle._(ffi.Pointer<c.consent_handle> pointer)
      : super(pointer, _finalizer, c.consent_handle_free);

  static final _finalizer =
      ffi.NativeFinalizer(c.consentHandleFreeAddress);

  /// consent_may by handle and number; false also for NULL and for a number
  /// that was never given. A repeated check takes no lock, allocates nothing
  /// and makes no system call. Any thread; one handle may serve several at
  /// once.
  bool may(int purpose) {
    final call = Call();
    try {
      return c.consent_handle_may(call.use(this), purpose);
    } finally {
      call.end();
    }
  }

}

/// What to verify against, and how.
final class Verification extends NativeHandle<c.consent_verification> {
  Verification._(ffi.Pointer<c.consent_verification> pointer)
      : super(pointer, _finalizer, c.consent_verification_free);

  static final _finalizer =
      ffi.NativeFinalizer(c.consentVerificationFreeAddress);

  /// Everything on, no checkpoint, as many threads as the ledger is worth. NULL
  /// only when out of memory. One thread at a time.
  factory Verification() {
    final call = Call();
    try {
      return Verification._(made(c.consent_verification_new()));
    } finally {
      call.end();
    }
  }

  /// A checkpoint that was kept outside the store (the note of
  /// consent_ledger_head; copied). Only with one can a ledger that was cut off,
  /// rolled back or rewritten as a whole be told from the true one. key:
  /// verifier key of who signed it, or NULL for this store's own log key.
  /// CONSENT_E_ARGUMENT; whether note and key can be read is found by
  /// consent_ledger_verify.
  bool setCheckpoint(Uint8List note, [String? key]) {
    final call = Call();
    try {
      final status = call.check(c.consent_verification_set_checkpoint(call.use(this), call.bytes(note), note.length, call.text(key), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Whether bodies are opened and held against their commitments; default
  /// true. Without, only hashes are verified, which is faster.
  void setBodies(bool bodies) {
    final call = Call();
    try {
      c.consent_verification_set_bodies(call.use(this), bodies);
    } finally {
      call.end();
    }
  }

  /// At most so many threads; default 0: by the number of CPUs.
  void setThreads(int threads) {
    final call = Call();
    try {
      c.consent_verification_set_threads(call.use(this), threads);
    } finally {
      call.end();
    }
  }

}

/// What is requested; a builder.
final class Request extends NativeHandle<c.consent_request> {
  Request._(ffi.Pointer<c.consent_request> pointer)
      : super(pointer, _finalizer, c.consent_request_free);

  static final _finalizer =
      ffi.NativeFinalizer(c.consentRequestFreeAddress);

  /// A request to be opened; a builder, one thread at a time. kind: access,
  /// copy, portability, correct, restrict, object, delete, withdraw, explain,
  /// guardian-inquiry, deceased-relative, cancel-account, complaint. NULL only
  /// when out of memory or an argument is NULL.
  factory Request([String? subject, String? kind]) {
    final call = Call();
    try {
      return Request._(made(c.consent_request_new(call.text(subject), call.text(kind))));
    } finally {
      call.end();
    }
  }

  /// Needed only when the store holds several policies.
  bool setPolicy([String? policy]) {
    final call = Call();
    try {
      final status = call.check(c.consent_request_set_policy(call.use(this), call.text(policy)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The channel it came through: "app", "email" …
  bool setChannel([String? channel]) {
    final call = Call();
    try {
      final status = call.check(c.consent_request_set_channel(call.use(this), call.text(channel)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Who asks: "self" (default), "guardian", "relative" (of a deceased
  /// subject), "agent".
  bool setStanding([String? standing]) {
    final call = Call();
    try {
      final status = call.check(c.consent_request_set_standing(call.use(this), call.text(standing)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The guardian who asks, by external id; the standing becomes "guardian". A
  /// verified link must stand.
  bool setGuardian([String? guardian]) {
    final call = Call();
    try {
      final status = call.check(c.consent_request_set_guardian(call.use(this), call.text(guardian)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// What the standing was shown by: a kind of document.
  bool setEvidence([String? evidence]) {
    final call = Call();
    try {
      final status = call.check(c.consent_request_set_evidence(call.use(this), call.text(evidence)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// How the identity was checked when it was received.
  bool setMethod([String? method]) {
    final call = Call();
    try {
      final status = call.check(c.consent_request_set_method(call.use(this), call.text(method)));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// When it was received, if not now; the deadline runs from then. Never in
  /// the future.
  bool setReceived(DateTime receivedAt) {
    final call = Call();
    try {
      final status = call.check(c.consent_request_set_received(call.use(this), receivedAt.microsecondsSinceEpoch));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

}

final class Watch extends NativeHandle<c.consent_watch> {
  Watch._(ffi.Pointer<c.consent_watch> pointer)
      : super(pointer, _finalizer, c.consent_watch_free);

  /// What a call of the native function gave.
  @internal
  Watch.adopt(ffi.Pointer<c.consent_watch> pointer) : this._(pointer);

  static final _finalizer =
      ffi.NativeFinalizer(c.consentWatchFreeAddress);

  /// Waits at most so many milliseconds (0: looks only; negative: for ever) for
  /// a ring that was not taken yet, and takes it: CONSENT_OK with *out_seq and
  /// *out_kind. CONSENT_DONE when the time is over, with 0 in both.
  /// CONSENT_E_CLOSED when the store was closed or the watch ended, also while
  /// waiting. CONSENT_E_STATE for a watch with a function, and after a fork.
  /// Any thread; of several that wait, one gets the ring. Errors: of storage;
  /// the ring is not lost by them.
  ({int seq, int kind}) wait(int milliseconds) {
    final call = Call();
    try {
      final outSeq = call.out<ffi.Int64>(ffi.sizeOf<ffi.Int64>());
      final outKind = call.out<ffi.Int32>(ffi.sizeOf<ffi.Int32>());
      call.check(c.consent_watch_wait(call.use(this), milliseconds, outSeq, outKind, call.error));
      return (seq: outSeq.value, kind: outKind.value);
    } finally {
      call.end();
    }
  }

  /// No call begins after this, and none is in flight when it returns, except
  /// when it is called from within: then that one is the last. Who waits is
  /// told. Twice is allowed; NULL too; any thread. The watch stays to be freed.
  /// A function that waits for a lock its ender holds waits for ever.
  void end() {
    final call = Call();
    try {
      c.consent_watch_end(call.use(this));
    } finally {
      call.end();
    }
  }

}

/// Functions without a handle.
abstract final class Consent {
  /// Name of a status, such as "CONSENT_E_KEY"; "CONSENT_E_UNNAMED" for a
  /// number this library does not know. Static text. Any thread.
  static String? statusName(int status) {
    final call = Call();
    try {
      return textOf(c.consent_status_name(status));
    } finally {
      call.end();
    }
  }

  /// Names of the constants, as JSON and the command line spell them:
  /// "granted", "separate", "share", "NOT_ASKED". NULL for a number that is
  /// none. Static text. Any thread.
  static String? decisionName(ConsentDecision decision) {
    final call = Call();
    try {
      return textOf(c.consent_decision_name(decision.value));
    } finally {
      call.end();
    }
  }

  /// Names of the constants, as JSON and the command line spell them:
  /// "granted", "separate", "share", "NOT_ASKED". NULL for a number that is
  /// none. Static text. Any thread.
  static String? className(ConsentClass consentClass) {
    final call = Call();
    try {
      return textOf(c.consent_class_name(consentClass.value));
    } finally {
      call.end();
    }
  }

  /// Names of the constants, as JSON and the command line spell them:
  /// "granted", "separate", "share", "NOT_ASKED". NULL for a number that is
  /// none. Static text. Any thread.
  static String? operationName(ConsentOperation operation) {
    final call = Call();
    try {
      return textOf(c.consent_operation_name(operation.value));
    } finally {
      call.end();
    }
  }

  /// Names of the constants, as JSON and the command line spell them:
  /// "granted", "separate", "share", "NOT_ASKED". NULL for a number that is
  /// none. Static text. Any thread.
  static String? reasonName(ConsentReason reason) {
    final call = Call();
    try {
      return textOf(c.consent_reason_name(reason.value));
    } finally {
      call.end();
    }
  }

  /// The same backwards; -1 when the name is none (or NULL).
  /// CONSENT_OPERATION_DEFAULT is also -1: for operations an unknown name
  /// answers -2.
  static int classValue([String? name]) {
    final call = Call();
    try {
      return c.consent_class_value(call.text(name));
    } finally {
      call.end();
    }
  }

  /// The same backwards; -1 when the name is none (or NULL).
  /// CONSENT_OPERATION_DEFAULT is also -1: for operations an unknown name
  /// answers -2.
  static int operationValue([String? name]) {
    final call = Call();
    try {
      return c.consent_operation_value(call.text(name));
    } finally {
      call.end();
    }
  }

  /// Makes a store at `path` (where nothing may be) out of a backup: copies it,
  /// raises the generation, which is part of the name that checkpoints are
  /// signed under, and writes store.restored with size and root of the ledger
  /// as it was. The backup stays as it is. What was erased since the backup is
  /// in it still: apply the list of erasures before use. options: the backup's
  /// key. Nothing is left behind on failure. Errors: as consent_store_open for
  /// the backup, as consent_store_create for the path.
  static bool storeRestore([String? backup, String? path, Options? options]) {
    final call = Call();
    try {
      final status = call.check(c.consent_store_restore(call.text(backup), call.text(path), options == null ? ffi.nullptr : call.use(options), call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// Verifies a proof of erasure without a store, against a verifier key given
  /// apart. One row: uid t, events n, event n, at u, store t, stubs j.
  /// CONSENT_E_FORMAT, _DUPLICATE, _SIGNATURE, _PROOF.
  static ConsentRow? erasureVerify([String? proof, String? vkey]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_erasure_verify(call.text(proof), call.text(vkey), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Which law a reason rests on under a profile ("cn", "eu", "us-coppa", "in";
  /// NULL or another: a general source), in words for a report. NULL for a
  /// number that is no reason. Static text. Any thread.
  static String? reasonSource(ConsentReason reason, [String? profile]) {
    final call = Call();
    try {
      return textOf(c.consent_reason_source(reason.value, call.text(profile)));
    } finally {
      call.end();
    }
  }

  /// "subject", "guardian", "court", "majority"; NULL for a number that is
  /// none. Static text.
  static String? endName(ConsentEnd end) {
    final call = Call();
    try {
      return textOf(c.consent_end_name(end.value));
    } finally {
      call.end();
    }
  }

  /// Reads a bundle without a store: CONSENT_OK when policy import would take
  /// it. Profiles: built-in. Errors: CONSENT_E_SYNTAX, _LIMIT, _ENCODING,
  /// _DUPLICATE, _INPUT, _REFERENCE; each with JSON pointer and byte offset.
  static bool bundleCheck(Uint8List bytes) {
    final call = Call();
    try {
      final status = call.check(c.consent_bundle_check(call.bytes(bytes), bytes.length, call.error));
      return status == c.CONSENT_OK;
    } finally {
      call.end();
    }
  }

  /// The same for a bundle without a store, with built-in profiles. Also the
  /// errors of consent_bundle_check. Any thread.
  static List<ConsentRow> bundleLint(Uint8List bytes, [String? profile]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_bundle_lint(call.bytes(bytes), bytes.length, call.text(profile), outRows, call.error));
      return rowsOf(outRows.value);
    } finally {
      call.end();
    }
  }

  /// Verifies a receipt with the verifier key `key` (name+id+base64, as
  /// consent_ledger_key gives it), which must come from elsewhere than the
  /// receipt. Needs no store. One row: ok b, why t (absent when ok, else one of
  /// the codes below), payload j (absent when there is none that can be read).
  /// Answers CONSENT_OK for a good and for a bad receipt; CONSENT_E_FORMAT when
  /// the key is none. why: OVERSIZED, MALFORMED, DUPLICATE_MEMBER, KEY_EMBEDDED
  /// (jwk, jku, x5c …), ALG_NONE, ALG_WRONG, TYPE_WRONG, HEADER_MEMBER (any
  /// other), KEY_FOREIGN (kid is not that of the key), SIGNATURE,
  /// LEDGER_MISSING, CHECKPOINT_FOREIGN (of another origin),
  /// CHECKPOINT_SIGNATURE, CHECKPOINT_MALFORMED, PROOF (the event does not lead
  /// to the checkpoint's root), CONTENT_MISMATCH (the payload says something
  /// else than the event).
  static ConsentRow? receiptVerify(Uint8List receipt, [String? key]) {
    final call = Call();
    try {
      final outRows = call.out<ffi.Pointer<c.consent_rows>>(ffi.sizeOf<ffi.Pointer<c.consent_rows>>());
      call.check(c.consent_receipt_verify(call.bytes(receipt), receipt.length, call.text(key), outRows, call.error));
      return rowsOf(outRows.value).firstOrNull;
    } finally {
      call.end();
    }
  }

  /// Version of the library that is loaded, "major.minor.patch". Static text,
  /// never freed. Any thread, at any time. Compare it with CONSENT_VERSION to
  /// find a mismatched pair.
  static String? version() {
    final call = Call();
    try {
      return textOf(c.consent_version());
    } finally {
      call.end();
    }
  }

}
