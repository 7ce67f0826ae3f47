// SPDX-License-Identifier: Apache-2.0
// Made by bindings/update.sh from the public headers. Do not edit.
// ignore_for_file: type=lint
@ffi.DefaultAsset('package:libconsent/src/bindings.g.dart')
library libconsent_bindings;

import 'dart:ffi' as ffi;

final class consent_error extends ffi.Opaque {}

final class consent_rows extends ffi.Opaque {}

final class consent_options extends ffi.Opaque {}

final class consent_store extends ffi.Opaque {}

/// What is asked; a builder, one thread at a time.
final class consent_query extends ffi.Opaque {}

/// What was answered; an immutable snapshot.
final class consent_answer extends ffi.Opaque {}

/// An act to be recorded; a builder. Not for two threads at once.
final class consent_act extends ffi.Opaque {}

/// A verification. It asks for the files one after another; whoever has them
/// gives their bytes: while ((name = consent_evidence_wants(e)))
/// consent_evidence_give(e, bytes, len, err) … ; consent_evidence_end(e, there,
/// err); One thread at a time. Damage is never an error here, but a finding.
final class consent_evidence extends ffi.Opaque {}

/// One use; a builder. NULL only when out of memory or an argument is NULL. Not
/// for two threads at once.
final class consent_use extends ffi.Opaque {}

/// A subject of one store; remembers its look-up and its last answers.
final class consent_handle extends ffi.Opaque {}

/// What to verify against, and how.
final class consent_verification extends ffi.Opaque {}

/// What is requested; a builder.
final class consent_request extends ffi.Opaque {}

final class consent_watch extends ffi.Opaque {}

/// Name of a status, such as "CONSENT_E_KEY"; "CONSENT_E_UNNAMED" for a number
/// this library does not know. Static text. Any thread.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Int32)>(symbol: 'consent_status_name', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_status_name(
  int status,
);

/// Names of the constants, as JSON and the command line spell them: "granted",
/// "separate", "share", "NOT_ASKED". NULL for a number that is none. Static
/// text. Any thread.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Int32)>(symbol: 'consent_decision_name', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_decision_name(
  int decision,
);

/// Names of the constants, as JSON and the command line spell them: "granted",
/// "separate", "share", "NOT_ASKED". NULL for a number that is none. Static
/// text. Any thread.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Int32)>(symbol: 'consent_class_name', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_class_name(
  int consentClass,
);

/// Names of the constants, as JSON and the command line spell them: "granted",
/// "separate", "share", "NOT_ASKED". NULL for a number that is none. Static
/// text. Any thread.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Int32)>(symbol: 'consent_operation_name', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_operation_name(
  int operation,
);

/// Names of the constants, as JSON and the command line spell them: "granted",
/// "separate", "share", "NOT_ASKED". NULL for a number that is none. Static
/// text. Any thread.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Int32)>(symbol: 'consent_reason_name', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_reason_name(
  int reason,
);

/// The same backwards; -1 when the name is none (or NULL).
/// CONSENT_OPERATION_DEFAULT is also -1: for operations an unknown name answers
/// -2.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Char>)>(symbol: 'consent_class_value', isLeaf: true)
external int consent_class_value(
  ffi.Pointer<ffi.Char> name,
);

/// The same backwards; -1 when the name is none (or NULL).
/// CONSENT_OPERATION_DEFAULT is also -1: for operations an unknown name answers
/// -2.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Char>)>(symbol: 'consent_operation_value', isLeaf: true)
external int consent_operation_value(
  ffi.Pointer<ffi.Char> name,
);

/// The status the call returned. CONSENT_OK for NULL.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_error>)>(symbol: 'consent_error_status', isLeaf: true)
external int consent_error_status(
  ffi.Pointer<consent_error> error,
);

/// The engine's own code (SQLite's extended code, errno), 0 when there is none.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_error>)>(symbol: 'consent_error_code', isLeaf: true)
external int consent_error_code(
  ffi.Pointer<consent_error> error,
);

/// The operation that failed, such as "policy import". Lives as long as the
/// error. "" for NULL.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_error>)>(symbol: 'consent_error_operation', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_error_operation(
  ffi.Pointer<consent_error> error,
);

/// One English sentence, UTF-8. Lives as long as the error. "" for NULL.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_error>)>(symbol: 'consent_error_message', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_error_message(
  ffi.Pointer<consent_error> error,
);

/// RFC 6901 pointer to the place in the document that was refused, NULL when
/// there is none. Lives as long as the error.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_error>)>(symbol: 'consent_error_where', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_error_where(
  ffi.Pointer<consent_error> error,
);

/// Byte offset of that place in the document, -1 when there is none.
@ffi.Native<ffi.Int64 Function(ffi.Pointer<consent_error>)>(symbol: 'consent_error_offset', isLeaf: true)
external int consent_error_offset(
  ffi.Pointer<consent_error> error,
);

/// Takes NULL. Any thread. Freeing the error of an out-of-memory condition is
/// allowed and does nothing.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_error>)>(symbol: 'consent_error_free')
external void consent_error_free(
  ffi.Pointer<consent_error> error,
);

/// 0 for NULL. Getters are safe from any thread.
@ffi.Native<ffi.Size Function(ffi.Pointer<consent_rows>)>(symbol: 'consent_rows_count', isLeaf: true)
external int consent_rows_count(
  ffi.Pointer<consent_rows> rows,
);

/// Number of columns and the name of one (NULL beyond the last); it lives as
/// long as rows.
@ffi.Native<ffi.Size Function(ffi.Pointer<consent_rows>)>(symbol: 'consent_rows_columns', isLeaf: true)
external int consent_rows_columns(
  ffi.Pointer<consent_rows> rows,
);

/// Number of columns and the name of one (NULL beyond the last); it lives as
/// long as rows.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_rows>, ffi.Size)>(symbol: 'consent_rows_column', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_rows_column(
  ffi.Pointer<consent_rows> rows,
  int column,
);

/// Text of a cell; NULL when the row, the column or the value is not there.
/// Lives as long as rows.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_rows>, ffi.Size, ffi.Pointer<ffi.Char>)>(symbol: 'consent_rows_text', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_rows_text(
  ffi.Pointer<consent_rows> rows,
  int row,
  ffi.Pointer<ffi.Char> column,
);

/// Number of a cell; `otherwise` when it is not there or is text. Truth values
/// are 0 and 1.
@ffi.Native<ffi.Int64 Function(ffi.Pointer<consent_rows>, ffi.Size, ffi.Pointer<ffi.Char>, ffi.Int64)>(symbol: 'consent_rows_number', isLeaf: true)
external int consent_rows_number(
  ffi.Pointer<consent_rows> rows,
  int row,
  ffi.Pointer<ffi.Char> column,
  int otherwise,
);

/// Whether the cell has a value.
@ffi.Native<ffi.Bool Function(ffi.Pointer<consent_rows>, ffi.Size, ffi.Pointer<ffi.Char>)>(symbol: 'consent_rows_has', isLeaf: true)
external bool consent_rows_has(
  ffi.Pointer<consent_rows> rows,
  int row,
  ffi.Pointer<ffi.Char> column,
);

/// Type of a column: 't' text, 'n' number, 'b' truth value, 'u' time, 'j' JSON
/// text; 0 when none.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_rows>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_rows_type', isLeaf: true)
external int consent_rows_type(
  ffi.Pointer<consent_rows> rows,
  ffi.Pointer<ffi.Char> column,
);

/// Type of a column: 't' text, 'n' number, 'b' truth value, 'u' time, 'j' JSON
/// text; 0 when none.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_rows>)>(symbol: 'consent_rows_free')
external void consent_rows_free(
  ffi.Pointer<consent_rows> rows,
);

/// New options: system clock, the operating system's randomness, malloc, no
/// key. NULL only when out of memory. One thread at a time.
@ffi.Native<ffi.Pointer<consent_options> Function()>(symbol: 'consent_options_new')
external ffi.Pointer<consent_options> consent_options_new();

/// New options: system clock, the operating system's randomness, malloc, no
/// key. NULL only when out of memory. One thread at a time.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_options>)>(symbol: 'consent_options_free')
external void consent_options_free(
  ffi.Pointer<consent_options> options,
);

/// The 32-byte master key itself; copied. CONSENT_E_KEY_FORMAT unless len is
/// 32.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_options>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_options_set_key')
external int consent_options_set_key(
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.Void> key,
  int len,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// A file that holds the master key as 64 hex digits and a newline. It is
/// created (mode 0600) by consent_store_create when it does not exist, and
/// refused when group or others can read it. The file is read when a store is
/// created or opened. CONSENT_E_ARGUMENT.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_options>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_options_set_key_file')
external int consent_options_set_key_file(
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.Char> path,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// A passphrase of 1 to 1024 bytes (copied), from which Argon2id makes the
/// master key; salt and costs are kept in the store. Opening then takes about a
/// fifth of a second and 64 MiB. CONSENT_E_KEY_FORMAT for another length.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_options>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_options_set_passphrase')
external int consent_options_set_passphrase(
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.Void> passphrase,
  int len,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The same from a file: its bytes without one newline at the end. It is read
/// when a store is opened, and refused when group or others can read it.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_options>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_options_set_passphrase_file')
external int consent_options_set_passphrase_file(
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.Char> path,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The host's key service keeps the master key: it wraps one that the library
/// made (unwrap false: 32 bytes in, at most `capacity` = 4096 bytes out, kept
/// in the store) and unwraps it again when the store is opened (unwrap true: 32
/// bytes out). False when it cannot. Called only while a store is made, opened
/// or given another key, on the thread of that call.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_options>, ffi.Pointer<ffi.NativeFunction<ffi.Bool Function(ffi.Bool, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Uint8>, ffi.Size, ffi.Pointer<ffi.Size>, ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>)>(symbol: 'consent_options_set_key_service')
external void consent_options_set_key_service(
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.NativeFunction<ffi.Bool Function(ffi.Bool, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Uint8>, ffi.Size, ffi.Pointer<ffi.Size>, ffi.Pointer<ffi.Void>)>> service,
  ffi.Pointer<ffi.Void> user,
);

/// The log key stays outside: the store knows its public key only, and
/// checkpoints are signed by the host: an Ed25519 signature over exactly these
/// bytes, false when it cannot. Decided when a store is made; opened without
/// it, the store does everything but sign. Called from any thread that asks for
/// a checkpoint or receipt; what it answers is verified before it is used.
/// CONSENT_E_KEY_FORMAT unless len is 32.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_options>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.NativeFunction<ffi.Bool Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Uint8>, ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_options_set_log_key')
external int consent_options_set_log_key(
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.Void> publicKey,
  int len,
  ffi.Pointer<ffi.NativeFunction<ffi.Bool Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Uint8>, ffi.Pointer<ffi.Void>)>> sign,
  ffi.Pointer<ffi.Void> user,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The log key stays outside: the store knows its public key only, and
/// checkpoints are signed by the host: an Ed25519 signature over exactly these
/// bytes, false when it cannot. Decided when a store is made; opened without
/// it, the store does everything but sign. Called from any thread that asks for
/// a checkpoint or receipt; what it answers is verified before it is used.
/// CONSENT_E_KEY_FORMAT unless len is 32.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_options>, ffi.Pointer<ffi.NativeFunction<ffi.Int64 Function(ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>)>(symbol: 'consent_options_set_clock')
external void consent_options_set_clock(
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.NativeFunction<ffi.Int64 Function(ffi.Pointer<ffi.Void>)>> clock,
  ffi.Pointer<ffi.Void> user,
);

/// The log key stays outside: the store knows its public key only, and
/// checkpoints are signed by the host: an Ed25519 signature over exactly these
/// bytes, false when it cannot. Decided when a store is made; opened without
/// it, the store does everything but sign. Called from any thread that asks for
/// a checkpoint or receipt; what it answers is verified before it is used.
/// CONSENT_E_KEY_FORMAT unless len is 32.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_options>, ffi.Pointer<ffi.NativeFunction<ffi.Bool Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>)>(symbol: 'consent_options_set_random')
external void consent_options_set_random(
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.NativeFunction<ffi.Bool Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Void>)>> random,
  ffi.Pointer<ffi.Void> user,
);

/// The log key stays outside: the store knows its public key only, and
/// checkpoints are signed by the host: an Ed25519 signature over exactly these
/// bytes, false when it cannot. Decided when a store is made; opened without
/// it, the store does everything but sign. Called from any thread that asks for
/// a checkpoint or receipt; what it answers is verified before it is used.
/// CONSENT_E_KEY_FORMAT unless len is 32.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_options>, ffi.Pointer<ffi.NativeFunction<ffi.Pointer<ffi.Void> Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>)>(symbol: 'consent_options_set_memory')
external void consent_options_set_memory(
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.NativeFunction<ffi.Pointer<ffi.Void> Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Void>)>> memory,
  ffi.Pointer<ffi.Void> user,
);

/// How long a write waits for other writers before CONSENT_E_BUSY, in
/// milliseconds; default 10 000. 0: do not wait. Negative values are taken as
/// 0.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_options>, ffi.Int32)>(symbol: 'consent_options_set_wait')
external void consent_options_set_wait(
  ffi.Pointer<consent_options> options,
  int milliseconds,
);

/// Memory for what checks remember of subjects, in bytes; default 1 MiB, room
/// for about 3 000 subjects. 0: nothing is remembered. It is taken from the
/// store's memory function at the first check and given back when the store is
/// freed. Opened states lie in it in clear, like everything a check works on.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_options>, ffi.Int64)>(symbol: 'consent_options_set_cache')
external void consent_options_set_cache(
  ffi.Pointer<consent_options> options,
  int bytes,
);

/// Whether checks that memory has no answer for leave their read of the file
/// open for the next check, for as long as nothing is committed anywhere: they
/// then take no file lock, which is half of their time. What they answer is as
/// fresh as otherwise. Default: no, because a process that holds a read and
/// then falls silent keeps the log of the file from being used anew, and
/// erasures of other processes pending: it calls consent_store_release_reads
/// first. Our own commits, erasures, backups and closing end what is held by
/// themselves.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_options>, ffi.Bool)>(symbol: 'consent_options_set_hold_reads')
external void consent_options_set_hold_reads(
  ffi.Pointer<consent_options> options,
  bool hold,
);

/// How many threads consent_record_many may use beside the caller's, for
/// sealing and hashing; default 0, at most 16. They are started for a call of
/// 512 acts or more and ended with it, run with all signals blocked, and call
/// none of the functions set here. What is recorded is the same with any number
/// of them.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_options>, ffi.Int32)>(symbol: 'consent_options_set_helpers')
external void consent_options_set_helpers(
  ffi.Pointer<consent_options> options,
  int threads,
);

/// Signed checkpoints that the store keeps by itself: with the first commit
/// that makes `events` or more new events, or comes `seconds` or more after the
/// last checkpoint; and when it is closed with events newer than the last one.
/// 0 or false: not for that reason. Default: none. They cost one signature and
/// one row each and are kept for ever.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_options>, ffi.Int64, ffi.Int64, ffi.Bool)>(symbol: 'consent_options_set_checkpoints')
external void consent_options_set_checkpoints(
  ffi.Pointer<consent_options> options,
  int events,
  int seconds,
  bool atClose,
);

/// Creates a new store file (mode 0600) with a fresh root key, store id and log
/// key, and opens it. Errors: CONSENT_E_EXISTS, _OPEN, _READONLY, _FULL,
/// _KEY_FORMAT, _KEY_EXPOSED, _ARGUMENT. On failure *out is NULL and no file is
/// left behind. The host must never open the file with its own SQLite.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Char>, ffi.Pointer<consent_options>, ffi.Pointer<ffi.Pointer<consent_store>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_store_create')
external int consent_store_create(
  ffi.Pointer<ffi.Char> path,
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.Pointer<consent_store>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Opens an existing store. The file is examined before the key, so that a
/// wrong file is called a wrong file. Errors: CONSENT_E_OPEN, _NOT_STORE,
/// _NEWER, _CORRUPT, _READONLY, then _KEY, _KEY_FORMAT, _KEY_EXPOSED. Changes
/// nothing on failure.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Char>, ffi.Pointer<consent_options>, ffi.Pointer<ffi.Pointer<consent_store>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_store_open')
external int consent_store_open(
  ffi.Pointer<ffi.Char> path,
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.Pointer<consent_store>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Ends all work on the store and says whether that went well; a second call
/// answers CONSENT_DONE. Every later call with this handle answers
/// CONSENT_E_CLOSED. Waits for calls in flight on other threads. The handle
/// stays to be freed.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_store_close')
external int consent_store_close(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Gives the handle up, closing it first when needed. NULL is allowed; any
/// thread, once. Objects made from the store stay valid: each holds its own
/// reference.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_store>)>(symbol: 'consent_store_free')
external void consent_store_free(
  ffi.Pointer<consent_store> store,
);

/// The store's id: 32 hex digits. Lives as long as the handle. NULL for NULL.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_store>)>(symbol: 'consent_store_id', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_store_id(
  ffi.Pointer<consent_store> store,
);

/// Ends the reads that checks left open (consent_options_set_hold_reads); the
/// next check opens its own again. For a host about to fall silent. Never
/// fails; nothing for NULL and for a closed store.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_store>)>(symbol: 'consent_store_release_reads')
external void consent_store_release_reads(
  ffi.Pointer<consent_store> store,
);

/// "Now" as the store sees it: max(clock, time of the last event),
/// microseconds. CONSENT_E_ARGUMENT, _CLOSED, storage.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_store_now')
external int consent_store_now(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Int64> outNow,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Copies the store to a new file (mode 0600) while others go on writing: the
/// copy is the store as it was at one instant. It appears whole or not at all.
/// It needs the master key of now, and is read like any store; before it is
/// written to, it must be restored, or two histories would be signed under one
/// name. Errors: CONSENT_E_EXISTS, _OPEN, _READONLY, _FULL, _IO.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_store_backup')
external int consent_store_backup(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> path,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Makes a store at `path` (where nothing may be) out of a backup: copies it,
/// raises the generation, which is part of the name that checkpoints are signed
/// under, and writes store.restored with size and root of the ledger as it was.
/// The backup stays as it is. What was erased since the backup is in it still:
/// apply the list of erasures before use. options: the backup's key. Nothing is
/// left behind on failure. Errors: as consent_store_open for the backup, as
/// consent_store_create for the path.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<consent_options>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_store_restore')
external int consent_store_restore(
  ffi.Pointer<ffi.Char> backup,
  ffi.Pointer<ffi.Char> path,
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The store's keys, never their bytes. One row: id t (of the root key, 8 hex
/// digits), kind t ("key", "passphrase" or "service"), passes n and memory n
/// (Argon2id; absent otherwise), log t ("inside" or "outside"), log_key t
/// (verifier key), store t, generation n. No error of its own.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_key_show')
external int consent_key_show(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Changes the master key to the one that the options give (key, key file,
/// passphrase or key service; the rest of them is not looked at; a key file
/// that does not exist is made). Only the root key is wrapped anew, in one
/// transaction with an event key.rotated; from then on the old key opens
/// neither this file nor anything written later. Copies made before stay
/// readable with the old key. Handles that are open stay good. On failure the
/// old key stays. Errors: as consent_store_create for keys, and those of a
/// write.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<consent_options>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_key_rotate')
external int consent_key_rotate(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Examines the store: replays the ledger into the state of every subject and
/// compares it with the sealed rows byte by byte; works out points and epochs
/// anew from the published texts; and looks at the file itself: SQLite's
/// integrity check, references, schema, settings, permissions, leftovers of
/// processes that died, erasures that are not finished, a clock that is behind.
/// One row a finding: seq n (absent when it is about no event), what t (a code
/// of docs/verify.md), message t. No rows: all is well. CONSENT_OK whatever is
/// found; *out_subjects (may be NULL): subjects compared; progress (may be
/// NULL) counts them. Does not verify hashes: that is consent_ledger_verify.
/// Errors: of storage.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.NativeFunction<ffi.Void Function(ffi.Int64, ffi.Int64, ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_store_examine')
external int consent_store_examine(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.NativeFunction<ffi.Void Function(ffi.Int64, ffi.Int64, ffi.Pointer<ffi.Void>)>> progress,
  ffi.Pointer<ffi.Void> user,
  ffi.Pointer<ffi.Int64> outSubjects,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Takes a calendar in; it replaces the one of the same key, the built-in too.
/// Deadlines of open requests that count by it are computed anew, each change
/// as an event. CONSENT_DONE when this very document is in use already.
/// CONSENT_E_INPUT, _SYNTAX, _LIMIT, _ENCODING, _DUPLICATE with place; _REFUSED
/// for the key "none".
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_calendar_import')
external int consent_calendar_import(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Void> bytes,
  int len,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// When something is due that was received at `from` (a date YYYY-MM-DD in the
/// calendar's own offset, or RFC 3339) and has `count` units to be done: unit
/// "working-days" (NULL), "days", "months", "hours"; convention "next" (NULL),
/// "incl", "roll" (Civil Code of the PRC arts 200-204). One row: due u (the
/// last second of the last day), due_local t (RFC 3339 in the calendar's
/// offset), days j (the days counted), provisional b (a year without data, or
/// days the next notice may still move). CONSENT_E_NOT_FOUND (calendar),
/// _ARGUMENT, _LIMIT.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_calendar_due')
external int consent_calendar_due(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> calendar,
  ffi.Pointer<ffi.Char> from,
  int count,
  ffi.Pointer<ffi.Char> unit,
  ffi.Pointer<ffi.Char> convention,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// May the account be cancelled now; changes nothing. policy NULL: the only
/// one; lang NULL: the binding language. One row: eligible b (absent: nothing
/// failed, something is undetermined), conditions j
/// ({"fact","key","resolve","sections","status" (met, failed,
/// undetermined),"title","why" (MET, CONDITION_FAILED, FACT_MISSING,
/// FACT_STALE, FACT_CONTRADICTORY)}), disputes j (dispute facts known true),
/// holds j ({"authority","hold","items","until"}), acknowledge j (sections to
/// be acknowledged), shown t (hash of their text), sections j, request n (the
/// cancellation that runs). CONSENT_E_NOT_FOUND, _AMBIGUOUS.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_cancel_check')
external int consent_cancel_check(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Opens a cancellation, its agreement acknowledged as shown: `shown` is the
/// hash that cancel check gives (NULL: the host vouches that this text was
/// shown). A request of the kind cancel-account that is open without it is
/// acknowledged. Offer the subject an export first. A dispute fact ends it from
/// then on, and none is opened while a dispute is known: CONSENT_E_REFUSED
/// names all that stands against it (docs/requests.md; consent_request_open
/// takes the application in all the same). What else fails or is not known yet
/// can be settled until it is executed. One row as consent_request_get.
/// CONSENT_E_STATE (one runs already), _UNKNOWN_TEXT, _REFUSED.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_cancel_open')
external int consent_cancel_open(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Char> shown,
  ffi.Pointer<ffi.Char> channel,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Executes the open cancellation: the conditions are checked again in the
/// transaction that erases. One row: uid t, events n (bodies erased), event n,
/// at u, request n, scrub t (done, or pending while a reader holds the log;
/// paid by the next commit or open), outcome j ({"item","reason","then"
/// (delete, anonymise, restrict, retain),"until" (microseconds or null)}),
/// proof t (signed proof of erasure: keep it, it cannot be made again). scrub:
/// rewrite the file as well. CONSENT_E_NOT_FOUND (nothing runs), _REFUSED
/// (ineligible: each condition is named), _STATE (not acknowledged, cooling
/// off).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Bool, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_cancel_execute')
external int consent_cancel_execute(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  bool scrub,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What an erasure would do with each item (item NULL: all) by its retention
/// rule, holds and what the policy retains. Columns: item t, deletable b, why t
/// (DELETABLE, HELD, RETAINED, LEGAL_OBLIGATION), then t, until u, hold n,
/// authority t, reason t. CONSENT_E_NOT_FOUND, _AMBIGUOUS, _ARGUMENT,
/// _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_delete_check')
external int consent_delete_check(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> item,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Erases a subject on its own open request of kind delete or cancel-account.
/// Row and errors as consent_cancel_execute; _REFUSED also when a hold covers
/// everything.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Bool, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_erase')
external int consent_erase(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  int request,
  bool scrub,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Whether an erasure is not final yet because a reader holds the log. Tries to
/// settle it first. No error of its own.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Bool>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_erasure_pending')
external int consent_erasure_pending(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Bool> outPending,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Verifies a proof of erasure without a store, against a verifier key given
/// apart. One row: uid t, events n, event n, at u, store t, stubs j.
/// CONSENT_E_FORMAT, _DUPLICATE, _SIGNATURE, _PROOF.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_erasure_verify')
external int consent_erasure_verify(
  ffi.Pointer<ffi.Char> proof,
  ffi.Pointer<ffi.Char> vkey,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What recipients must erase; recipient "" is the host itself. Columns: uid t,
/// recipient t, items j (what may go now), event n (the erasure), done b, held
/// j (of an open task, what is under a hold, also one placed after the task was
/// made: it must not go, and stands in items again when the hold is over:
/// ({"authority","hold","item","then","until" (microseconds or null)})). No
/// error of its own.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Bool, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_erasure_tasks')
external int consent_erasure_tasks(
  ffi.Pointer<consent_store> store,
  bool openOnly,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// A recipient has done its part. CONSENT_E_NOT_FOUND (no such open task),
/// _REFUSED (an item of it is under a hold: the task stays open until that is
/// over).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_erasure_done')
external int consent_erasure_done(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> uid,
  ffi.Pointer<ffi.Char> recipient,
  ffi.Pointer<ffi.Char> actor,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What is still kept of erased subjects (uid NULL: of all). Columns: uid t,
/// item t, reason t, until u. No error of its own.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_remainder_list')
external int consent_remainder_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> uid,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The erasure list, signed, to be applied to a copy that is restored. One row:
/// list t. No error of its own.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_erasures_export')
external int consent_erasures_export(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Erases what the list of this very store names and this copy still has;
/// *out_erased: how many. Signed by this store's log key, or by `vkey` when it
/// is not NULL. CONSENT_E_FORMAT, _SIGNATURE, _REFUSED (another store's list).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Bool, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_erasures_apply')
external int consent_erasures_apply(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> list,
  ffi.Pointer<ffi.Char> vkey,
  bool scrub,
  ffi.Pointer<ffi.Int64> outErased,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Whether the subject's data may be used for the purpose now: consent_check
/// with defaults, reduced to one bit. False also on every failure (NULL, closed
/// store, several policies, damaged record). Allocates nothing in the steady
/// state. Never answers from before a change that was committed when it began;
/// what that rests on, and a faster form, is in <consent/handle.h>. Any thread.
@ffi.Native<ffi.Bool Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_may')
external bool consent_may(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> purpose,
);

/// A query; a builder. NULL only when out of memory or an argument is NULL.
@ffi.Native<ffi.Pointer<consent_query> Function(ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_query_new')
external ffi.Pointer<consent_query> consent_query_new(
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> purpose,
);

/// A query; a builder. NULL only when out of memory or an argument is NULL.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_query>)>(symbol: 'consent_query_free')
external void consent_query_free(
  ffi.Pointer<consent_query> query,
);

/// Needed only when the store holds several policies.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_query>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_query_set_policy')
external int consent_query_set_policy(
  ffi.Pointer<consent_query> query,
  ffi.Pointer<ffi.Char> policy,
);

/// Needed only when the store holds several policies.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_query>, ffi.Int32)>(symbol: 'consent_query_set_operation')
external int consent_query_set_operation(
  ffi.Pointer<consent_query> query,
  int operation,
);

/// Adds one item; none: all items of the purpose, or of the share when a
/// recipient is given.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_query>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_query_add_item')
external int consent_query_add_item(
  ffi.Pointer<consent_query> query,
  ffi.Pointer<ffi.Char> item,
);

/// Adds one item; none: all items of the purpose, or of the share when a
/// recipient is given.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_query>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_query_set_recipient')
external int consent_query_set_recipient(
  ffi.Pointer<consent_query> query,
  ffi.Pointer<ffi.Char> recipient,
);

/// The operating system's name of a permission, such as
/// android.permission.CAMERA.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_query>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_query_set_permission')
external int consent_query_set_permission(
  ffi.Pointer<consent_query> query,
  ffi.Pointer<ffi.Char> permission,
);

/// The instant asked about (microseconds); a past one is answered from the
/// ledger as it stood then.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_query>, ffi.Int64)>(symbol: 'consent_query_set_at')
external int consent_query_set_at(
  ffi.Pointer<consent_query> query,
  int at,
);

/// Answers a query; always, also for an unknown subject or purpose (a deny, not
/// an error). Errors are those of the store: CONSENT_E_ARGUMENT, _ENCODING,
/// _AMBIGUOUS, _CLOSED, _SEAL, storage.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<consent_query>, ffi.Pointer<ffi.Pointer<consent_answer>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_check')
external int consent_check(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<consent_query> query,
  ffi.Pointer<ffi.Pointer<consent_answer>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Getters; pointers live as long as the answer. Any thread.
@ffi.Native<ffi.Bool Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_allowed', isLeaf: true)
external bool consent_answer_allowed(
  ffi.Pointer<consent_answer> answer,
);

/// Getters; pointers live as long as the answer. Any thread.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_reason', isLeaf: true)
external int consent_answer_reason(
  ffi.Pointer<consent_answer> answer,
);

/// Getters; pointers live as long as the answer. Any thread.
@ffi.Native<ffi.Size Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_blockers', isLeaf: true)
external int consent_answer_blockers(
  ffi.Pointer<consent_answer> answer,
);

/// Getters; pointers live as long as the answer. Any thread.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_answer>, ffi.Size)>(symbol: 'consent_answer_blocker', isLeaf: true)
external int consent_answer_blocker(
  ffi.Pointer<consent_answer> answer,
  int index,
);

/// Getters; pointers live as long as the answer. Any thread.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_policy', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_answer_policy(
  ffi.Pointer<consent_answer> answer,
);

/// Getters; pointers live as long as the answer. Any thread.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_version', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_answer_version(
  ffi.Pointer<consent_answer> answer,
);

/// Getters; pointers live as long as the answer. Any thread.
@ffi.Native<ffi.Int64 Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_event', isLeaf: true)
external int consent_answer_event(
  ffi.Pointer<consent_answer> answer,
);

/// Getters; pointers live as long as the answer. Any thread.
@ffi.Native<ffi.Size Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_sections', isLeaf: true)
external int consent_answer_sections(
  ffi.Pointer<consent_answer> answer,
);

/// Getters; pointers live as long as the answer. Any thread.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_answer>, ffi.Size)>(symbol: 'consent_answer_section', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_answer_section(
  ffi.Pointer<consent_answer> answer,
  int index,
);

/// What to do about the blockers, as JSON: ({"do":"ask","point":…,"class":…}…).
/// "()" when allowed.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_next', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_answer_next(
  ffi.Pointer<consent_answer> answer,
);

/// The instant answered about, and whether the clock stood behind the ledger.
@ffi.Native<ffi.Int64 Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_at', isLeaf: true)
external int consent_answer_at(
  ffi.Pointer<consent_answer> answer,
);

/// The instant answered about, and whether the clock stood behind the ledger.
@ffi.Native<ffi.Bool Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_clock_behind', isLeaf: true)
external bool consent_answer_clock_behind(
  ffi.Pointer<consent_answer> answer,
);

/// Which law the reason rests on under the policy's profile; static text.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_source', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_answer_source(
  ffi.Pointer<consent_answer> answer,
);

/// Whether the items asked about identify a person, alone or together
/// (`combined` items need one they combine with). Told for the record: it
/// loosens no rule.
@ffi.Native<ffi.Bool Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_identifies', isLeaf: true)
external bool consent_answer_identifies(
  ffi.Pointer<consent_answer> answer,
);

/// Whether the items asked about identify a person, alone or together
/// (`combined` items need one they combine with). Told for the record: it
/// loosens no rule.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_answer>)>(symbol: 'consent_answer_free')
external void consent_answer_free(
  ffi.Pointer<consent_answer> answer,
);

/// Every purpose of the policy in force (NULL: the only one) for one subject,
/// with defaults. Columns: purpose t, required b, answer t (allow, deny),
/// reason t, blockers j, event n. Always answers, also for an unknown subject;
/// no rows where no policy is in force. CONSENT_E_AMBIGUOUS, _ARGUMENT,
/// _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_check_purposes')
external int consent_check_purposes(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// One question about every subject now, by one scan: who may be written to,
/// whose data may be used. Of the query its own subject and instant are not
/// looked at. allowed_only: only those it is allowed for. Adopted device
/// subjects are left out (their account is in). Columns: subject t, answer t,
/// reason t, blockers j, event n; by order of registration. Errors are those of
/// consent_check.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<consent_query>, ffi.Bool, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_check_subjects')
external int consent_check_subjects(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<consent_query> query,
  bool allowedOnly,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Which law a reason rests on under a profile ("cn", "eu", "us-coppa", "in";
/// NULL or another: a general source), in words for a report. NULL for a number
/// that is no reason. Static text. Any thread.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Int32, ffi.Pointer<ffi.Char>)>(symbol: 'consent_reason_source', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_reason_source(
  int reason,
  ffi.Pointer<ffi.Char> profile,
);

/// decision: CONSENT_DECISION_*. NULL only when out of memory or when an
/// argument is NULL.
@ffi.Native<ffi.Pointer<consent_act> Function(ffi.Pointer<ffi.Char>, ffi.Int32, ffi.Pointer<ffi.Char>)>(symbol: 'consent_act_new')
external ffi.Pointer<consent_act> consent_act_new(
  ffi.Pointer<ffi.Char> subject,
  int decision,
  ffi.Pointer<ffi.Char> purpose,
);

/// decision: CONSENT_DECISION_*. NULL only when out of memory or when an
/// argument is NULL.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_act>)>(symbol: 'consent_act_free')
external void consent_act_free(
  ffi.Pointer<consent_act> act,
);

/// All texts are copied; NULL takes a value back.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_act>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_act_set_policy')
external int consent_act_set_policy(
  ffi.Pointer<consent_act> act,
  ffi.Pointer<ffi.Char> policy,
);

/// All texts are copied; NULL takes a value back.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_act>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_act_set_recipient')
external int consent_act_set_recipient(
  ffi.Pointer<consent_act> act,
  ffi.Pointer<ffi.Char> recipient,
);

/// CONSENT_CLASS_GENERAL (default), _SEPARATE (this act named this point
/// alone), _WRITTEN.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_act>, ffi.Int32)>(symbol: 'consent_act_set_class')
external int consent_act_set_class(
  ffi.Pointer<consent_act> act,
  int consentClass,
);

/// Where it was said: "app", "web", "paper" … "implied" (silence, use of the
/// service, a pre-ticked box) is recorded and never counts.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_act>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_act_set_surface')
external int consent_act_set_surface(
  ffi.Pointer<consent_act> act,
  ffi.Pointer<ffi.Char> surface,
);

/// Language the text was shown in (BCP 47).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_act>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_act_set_lang')
external int consent_act_set_lang(
  ffi.Pointer<consent_act> act,
  ffi.Pointer<ffi.Char> lang,
);

/// 64 hex digits: hash of the sections shown, as consent_policy_shown and the
/// ask plan give it.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_act>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_act_set_shown')
external int consent_act_set_shown(
  ffi.Pointer<consent_act> act,
  ffi.Pointer<ffi.Char> shown,
);

/// 64 hex digits: SHA-256 of the signed document of a written consent.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_act>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_act_set_document')
external int consent_act_set_document(
  ffi.Pointer<consent_act> act,
  ffi.Pointer<ffi.Char> sha256,
);

/// A guardian's id when the guardian says it for the child.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_act>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_act_set_guardian')
external int consent_act_set_guardian(
  ffi.Pointer<consent_act> act,
  ffi.Pointer<ffi.Char> guardian,
);

/// A published version that is not yet in force, when the act is given in
/// advance.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_act>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_act_set_version')
external int consent_act_set_version(
  ffi.Pointer<consent_act> act,
  ffi.Pointer<ffi.Char> version,
);

/// Up to 128 bytes; the same key with the same content answers the first event
/// (CONSENT_DONE), with other content CONSENT_E_CONFLICT.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_act>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_act_set_idempotency')
external int consent_act_set_idempotency(
  ffi.Pointer<consent_act> act,
  ffi.Pointer<ffi.Char> key,
);

/// Records the act, durably, before it returns. One row: event n, at u, point
/// t, decision t, class t, policy t, version t, evidenced b (a text hash was
/// given), implied b. CONSENT_DONE: recorded before under this idempotency key.
/// What is said is recorded as what it is: an act of too low a class, or of a
/// child alone, is an event, and the check says what is missing. Errors:
/// CONSENT_E_NOT_FOUND (subject, guardian, policy, version, purpose or
/// recipient unknown), _STATE (no version in force, a draft; the subject takes
/// no acts), _STALE_TEXT, _UNKNOWN_TEXT, _REFUSED (no guardian link; the
/// subject decides alone), _CONFLICT, _ARGUMENT (also a written consent without
/// its document), _ENCODING, _AMBIGUOUS, _BUSY. out may be NULL.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<consent_act>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_record')
external int consent_record(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<consent_act> act,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Records many acts, in their order, in one transaction: for imports, and
/// wherever one commit for all is enough. Each act is recorded or refused for
/// itself, and a refusal keeps none of the others from being recorded. One row
/// per act: status n (0 recorded, 1 recorded before under its idempotency key,
/// else the error), event n and at u (absent when refused), message t (absent
/// when not). CONSENT_DONE when nothing had to be recorded. A failure of the
/// store or of memory is one of the whole: nothing is recorded then, *out is
/// NULL. At most 100 000 acts, CONSENT_E_LIMIT. Other writers wait until it
/// ends.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_act>>, ffi.Size, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_record_many')
external int consent_record_many(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_act>> acts,
  int count,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Short forms for a general act on a purpose. out_event may be NULL.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_grant')
external int consent_grant(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> purpose,
  ffi.Pointer<ffi.Int64> outEvent,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Short forms for a general act on a purpose. out_event may be NULL.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_refuse')
external int consent_refuse(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> purpose,
  ffi.Pointer<ffi.Int64> outEvent,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Short forms for a general act on a purpose. out_event may be NULL.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_withdraw')
external int consent_withdraw(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> purpose,
  ffi.Pointer<ffi.Int64> outEvent,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The decisions that stand for a subject: last of each point and epoch.
/// Columns: policy t, point t, decision t, class t, version t, epoch n, at u,
/// from u, until u, event n, by t (subject, guardian), evidenced b, counts b
/// (this one decides now), inherited b (taken over from a device), disputed b
/// (another verified guardian says otherwise). CONSENT_E_NOT_FOUND, _ARGUMENT,
/// _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_decision_list')
external int consent_decision_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Every event of a subject, oldest first. Columns: event n, at u, kind t, body
/// j. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_history')
external int consent_history(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Gives out the bundle of one subject (NULL: of all), as the ledger is at one
/// instant: the published texts, every event that has a receipt with its proof,
/// the receipts, the signed head, the log's keys. Names of files hold nothing
/// personal; no external id is in it. manifest.json and manifest.note come
/// last: without them a bundle is not whole. Memory does not grow with the
/// ledger. One row: files n, events n, receipts n, size n (of the ledger), root
/// t, key t (verifier key to give apart). Errors: CONSENT_E_NOT_FOUND (no such
/// subject), _ARGUMENT, _ENCODING, _IO, _KEY (the log key is outside and nobody
/// signs), storage.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.NativeFunction<ffi.Int32 Function(ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_evidence_export')
external int consent_evidence_export(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.NativeFunction<ffi.Int32 Function(ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Void>)>> give,
  ffi.Pointer<ffi.Void> user,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// key: the verifier key to trust, which must come from elsewhere than the
/// bundle; NULL: only whether the bundle agrees with itself is looked at.
/// CONSENT_E_FORMAT when the key is none.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_evidence>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_evidence_new')
external int consent_evidence_new(
  ffi.Pointer<ffi.Char> key,
  ffi.Pointer<ffi.Pointer<consent_evidence>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// key: the verifier key to trust, which must come from elsewhere than the
/// bundle; NULL: only whether the bundle agrees with itself is looked at.
/// CONSENT_E_FORMAT when the key is none.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_evidence>)>(symbol: 'consent_evidence_free')
external void consent_evidence_free(
  ffi.Pointer<consent_evidence> evidence,
);

/// Name of the file that is wanted now: letters, digits and . - _, not
/// beginning with a point, or profiles/ or policies/ and that; NULL: all that
/// the manifest lists were asked for. Lives until the next call.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Pointer<consent_evidence>)>(symbol: 'consent_evidence_wants', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_evidence_wants(
  ffi.Pointer<consent_evidence> evidence,
);

/// The next bytes of the file that is wanted. Parts of any size. CONSENT_DONE:
/// it is larger than such a file may be; the rest need not be given.
/// CONSENT_E_ARGUMENT, _STATE (no file is wanted), _MEMORY.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_evidence>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_evidence_give')
external int consent_evidence_give(
  ffi.Pointer<consent_evidence> evidence,
  ffi.Pointer<ffi.Void> bytes,
  int len,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The file that is wanted is over (there false: there is no such file).
/// CONSENT_E_STATE, _ARGUMENT, _MEMORY.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_evidence>, ffi.Bool, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_evidence_end')
external int consent_evidence_end(
  ffi.Pointer<consent_evidence> evidence,
  bool there,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// A file that was found beside the others: a finding unless the manifest lists
/// it. After the manifest was given. CONSENT_E_ARGUMENT, _MEMORY.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_evidence>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_evidence_found')
external int consent_evidence_found(
  ffi.Pointer<consent_evidence> evidence,
  ffi.Pointer<ffi.Char> file,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The verdict. One row: ok b (nothing was found), trusted b (ok, and under the
/// key given apart; false without one), subject t (uid, absent for all), size
/// n, root t, key t (the bundle's), events n, receipts n, findings n.
/// CONSENT_E_STATE while files are wanted; CONSENT_E_MEMORY, too, when a call
/// before ended so: not everything was looked at.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_evidence>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_evidence_verdict')
external int consent_evidence_verdict(
  ffi.Pointer<consent_evidence> evidence,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What was found. Columns: file t, line n (absent when it is about the whole
/// file), event n, what t (a code of docs/evidence.md), message t. At most 10
/// 000 rows, then one with what MORE. CONSENT_E_ARGUMENT, _MEMORY.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_evidence>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_evidence_findings')
external int consent_evidence_findings(
  ffi.Pointer<consent_evidence> evidence,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Makes a new store at `path` out of a complete export (format "json" of
/// consent_export) and opens it. It takes the place of the one exported - its
/// id, its ledger, the public half of its log key - under keys of its own, and
/// is read, never written: whatever would record, sign or erase answers
/// CONSENT_E_STATE. Checks, histories, exports, proofs and verification work;
/// head and proofs bear the signature that came with the export. key: the
/// verifier key to trust, from elsewhere than the file; NULL: only that the
/// file agrees with itself is known. Of an export of one subject the events of
/// others have no bodies. All or nothing: on failure there is no store, and
/// *out is NULL. Errors, with the line, its offset and the member in the error:
/// CONSENT_E_SYNTAX, _INPUT, _LIMIT, _SIGNATURE, _PROOF (the events do not give
/// the signed root), _FORMAT; CONSENT_E_NOT_FOUND, _OPEN, _IO for the file; and
/// those of consent_store_create.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Char>, ffi.Pointer<consent_options>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_store>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_evidence_import')
external int consent_evidence_import(
  ffi.Pointer<ffi.Char> path,
  ffi.Pointer<consent_options> options,
  ffi.Pointer<ffi.Char> file,
  ffi.Pointer<ffi.Char> key,
  ffi.Pointer<ffi.Pointer<consent_store>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// exemption: its key in the policy; why: the justification in words; actor:
/// who decided it. NULL when out of memory or when an argument is NULL.
@ffi.Native<ffi.Pointer<consent_use> Function(ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_use_new')
external ffi.Pointer<consent_use> consent_use_new(
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> exemption,
  ffi.Pointer<ffi.Char> purpose,
  ffi.Pointer<ffi.Char> why,
  ffi.Pointer<ffi.Char> actor,
);

/// exemption: its key in the policy; why: the justification in words; actor:
/// who decided it. NULL when out of memory or when an argument is NULL.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_use>)>(symbol: 'consent_use_free')
external void consent_use_free(
  ffi.Pointer<consent_use> use,
);

/// exemption: its key in the policy; why: the justification in words; actor:
/// who decided it. NULL when out of memory or when an argument is NULL.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_use>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_use_set_policy')
external int consent_use_set_policy(
  ffi.Pointer<consent_use> use,
  ffi.Pointer<ffi.Char> policy,
);

/// Default: the purpose's usual one if the exemption covers it, else the first
/// both name, else the exemption's first.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_use>, ffi.Int32)>(symbol: 'consent_use_set_operation')
external int consent_use_set_operation(
  ffi.Pointer<consent_use> use,
  int operation,
);

/// An authority needs no declared share: this is the only way it gets anything
/// on a consent purpose.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_use>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_use_set_recipient')
external int consent_use_set_recipient(
  ffi.Pointer<consent_use> use,
  ffi.Pointer<ffi.Char> recipient,
);

/// An authority needs no declared share: this is the only way it gets anything
/// on a consent purpose.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_use>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_use_add_item')
external int consent_use_add_item(
  ffi.Pointer<consent_use> use,
  ffi.Pointer<ffi.Char> item,
);

/// Records the use. One row: answer t ("allow"), reason t ("EXEMPT"), event n,
/// at u, exemption t, operation t, policy t, version t. It stands in for the
/// consent (and who had to give it), for nothing else: what is not declared, a
/// restriction, a missing assessment, mechanism or contract still stand in the
/// way. Errors: CONSENT_E_NOT_FOUND (subject, policy, exemption, purpose),
/// _REFUSED (the exemption does not cover the operation; something else than
/// consent is missing, named), _STATE, _ARGUMENT, _ENCODING, _AMBIGUOUS. `out`
/// may be NULL.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<consent_use>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_exemption_use')
external int consent_exemption_use(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<consent_use> use,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// De-identified data that its recipient cannot trace back is no sharing.
/// Somebody answers for that: the claim is recorded with method and date, of
/// the store, without a subject. `recipient` NULL: nobody in particular;
/// `items`, `item_count` of them (0: all of the purpose); `observed` when it
/// was done (microseconds; INT64_MIN: now). It changes no answer: what is still
/// personal is asked about by a check. CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT,
/// _ENCODING, _AMBIGUOUS.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<ffi.Char>>, ffi.Size, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_deidentified_claim')
external int consent_deidentified_claim(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> purpose,
  ffi.Pointer<ffi.Char> recipient,
  ffi.Pointer<ffi.Pointer<ffi.Char>> items,
  int itemCount,
  ffi.Pointer<ffi.Char> method,
  int observed,
  ffi.Pointer<ffi.Char> actor,
  ffi.Pointer<ffi.Int64> outEvent,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Exports one subject, or with subject NULL everybody registered, in the order
/// they were registered. Formats: "kantara" Kantara Consent Receipt 1.1: a JSON
/// array, one receipt a line, one receipt per decision "iso27560" ISO/IEC TS
/// 27560:2023: a JSON array, one receipt a line, each holding the record of one
/// subject and consent point with all its events "dpv" the same records as
/// JSON-LD 1.1 in terms of the W3C Data Privacy Vocabulary 2.3; one document
/// whose context needs no network "csv" one row per act: RFC 4180, UTF-8 with a
/// byte order mark (else spreadsheets take it for another encoding); a cell
/// that a spreadsheet would take for a formula begins with an apostrophe "json"
/// everything that is evidence, of all or of one subject: a JSON array, one
/// element a line, signed at its end (docs/export-json.md);
/// consent_evidence_import reads it The first three hold decisions only: what
/// was recorded from silence ("implied") never counts and stands in csv and
/// json alone. Of erased subjects there is nothing, in json that they were.
/// Bytes are a function of what the store holds and, where a consent has
/// expired or a record says when it was made, of the clock. One snapshot: what
/// is written meanwhile is not in it. While it is open one of the store's two
/// reading connections is taken, and an erasure keeps owing the emptying of the
/// log (see consent_erasure_pending): do not hold it open by a slow sink.
/// *out_records (may be NULL): receipts, records, rows or elements given; 0
/// after a failure. What the sink has got is whole only when the call answers
/// CONSENT_OK. Errors: CONSENT_E_ARGUMENT (an unknown format, no sink, an id
/// that is empty or longer than 512 bytes), CONSENT_E_ENCODING (an id that is
/// not UTF-8), CONSENT_E_NOT_FOUND (no such subject, or erased),
/// CONSENT_E_STOPPED (the sink said so), CONSENT_E_KEY (json: the log key is
/// outside and nobody signs).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.NativeFunction<ffi.Int32 Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_export')
external int consent_export(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> format,
  ffi.Pointer<ffi.NativeFunction<ffi.Int32 Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Void>)>> sink,
  ffi.Pointer<ffi.Void> user,
  ffi.Pointer<ffi.Int64> outRecords,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Records an observation. `value` is a JSON scalar: null, true, false, an
/// integer of at most 2^53-1, a text in quotation marks; money is in minor
/// units. `observed` is when the source saw it (microseconds) or
/// CONSENT_OBSERVED_NOW, never later than now. Per source the newest
/// observation counts; sources that disagree make the fact undetermined, which
/// is never a yes. Errors: CONSENT_E_SYNTAX, _INPUT, _LIMIT (the value),
/// _ARGUMENT, _ENCODING, _NOT_FOUND, _STATE.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_fact_put')
external int consent_fact_put(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> fact,
  ffi.Pointer<ffi.Char> value,
  ffi.Pointer<ffi.Char> source,
  int observed,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The newest observation of each fact by each source. Columns: fact t, value
/// j, source t, observed u, event n. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_fact_list')
external int consent_fact_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// "subject", "guardian", "court", "majority"; NULL for a number that is none.
/// Static text.
@ffi.Native<ffi.Pointer<ffi.Char> Function(ffi.Int32)>(symbol: 'consent_end_name', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_end_name(
  int end,
);

/// Records the claim that `guardian` is a guardian of `child`. It counts for
/// nothing until it is verified. Rules are those of the policy in force
/// (`policy` NULL: the only one): the guardian is another registered subject
/// whose known age makes an adult (`adult_from`); the child is not of age;
/// `evidence` is a kind the policy accepts (a policy that lists none accepts
/// any, and the kind named is recorded); `document`, 64 hex digits or NULL, is
/// the SHA-256 of what was shown; `until` in the future, 0: no end.
/// CONSENT_DONE when the two are linked so already. Errors: CONSENT_E_NOT_FOUND
/// (either is not registered, no such policy), _STATE (no version in force;
/// adopted subject), _REFUSED (names the rule), _CONFLICT (linked with other
/// evidence or end), _ARGUMENT, _ENCODING, _AMBIGUOUS. Several guardians of one
/// child are usual: among verified ones the last act counts.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_guardian_link')
external int consent_guardian_link(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> child,
  ffi.Pointer<ffi.Char> guardian,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> evidence,
  ffi.Pointer<ffi.Char> document,
  int until,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Records that the claim was verified: by whom (`verifier`, may be NULL), on
/// which evidence (NULL: that of the claim; may be a better one) and document
/// (may be NULL). From then on what the guardian said since the link began
/// counts. CONSENT_DONE when verified on that evidence already. Errors:
/// CONSENT_E_NOT_FOUND also when no link stands; the others as
/// consent_guardian_link.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_guardian_verify')
external int consent_guardian_verify(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> child,
  ffi.Pointer<ffi.Char> guardian,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> verifier,
  ffi.Pointer<ffi.Char> evidence,
  ffi.Pointer<ffi.Char> document,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Ends a link. What the guardian said while it stood goes on counting until
/// the subject or another guardian is heard. CONSENT_END_MAJORITY needs a child
/// that is of age under the policy (CONSENT_E_REFUSED). CONSENT_E_NOT_FOUND
/// when no link stands.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Int32, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_guardian_end')
external int consent_guardian_end(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> child,
  ffi.Pointer<ffi.Char> guardian,
  ffi.Pointer<ffi.Char> policy,
  int end,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Every link a child ever had, oldest first. Columns: guardian t (absent when
/// erased since), uid t, state t (claimed, verified, over: past its own end,
/// ended), evidence t, since u, verified_at u, ended_at u, until u.
/// CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_guardian_list')
external int consent_guardian_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> child,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Whether the guardian may ask and speak for the child now: CONSENT_OK when
/// linked, verified, not over, and the child not of age; else
/// CONSENT_E_REFUSED, which says what is missing. A guardian's question and a
/// request on behalf of a child need this.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_guardian_standing')
external int consent_guardian_standing(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> child,
  ffi.Pointer<ffi.Char> guardian,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// A handle for the host's id of a subject, registered or not: what is checked
/// is who has the id when it is checked. Reads nothing. Errors:
/// CONSENT_E_ARGUMENT, _ENCODING, _CLOSED, _MEMORY.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_handle>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_handle_new')
external int consent_handle_new(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Pointer<consent_handle>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// A handle for the host's id of a subject, registered or not: what is checked
/// is who has the id when it is checked. Reads nothing. Errors:
/// CONSENT_E_ARGUMENT, _ENCODING, _CLOSED, _MEMORY.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_handle>)>(symbol: 'consent_handle_free')
external void consent_handle_free(
  ffi.Pointer<consent_handle> handle,
);

/// The number of a purpose, for as long as the store is open: 0, 1, 2 … as they
/// are asked for. CONSENT_E_NOT_FOUND when no version of any policy declares
/// it, CONSENT_E_LIMIT for more than 1024 purposes, CONSENT_E_CLOSED, storage.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Int32>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_purpose_number')
external int consent_purpose_number(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> purpose,
  ffi.Pointer<ffi.Int32> outNumber,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// consent_may by handle and number; false also for NULL and for a number that
/// was never given. A repeated check takes no lock, allocates nothing and makes
/// no system call. Any thread; one handle may serve several at once.
@ffi.Native<ffi.Bool Function(ffi.Pointer<consent_handle>, ffi.Int32)>(symbol: 'consent_handle_may')
external bool consent_handle_may(
  ffi.Pointer<consent_handle> handle,
  int purpose,
);

/// Opens an incident. kind: "leak", "tamper", "loss"; what: in words;
/// discovered: when it became known (0: now); items: what is affected, as far
/// as known. Its deadline runs from `discovered`: the policy's, else the
/// profile's. The row of consent_incident_get. policy NULL: the only one.
/// CONSENT_E_ARGUMENT (kind, in the future, no text), _ENCODING, _NOT_FOUND
/// (policy, item), _AMBIGUOUS, _STATE (no version in force).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Pointer<ffi.Char>>, ffi.Size, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_incident_open')
external int consent_incident_open(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> kind,
  ffi.Pointer<ffi.Char> what,
  int discovered,
  ffi.Pointer<ffi.Pointer<ffi.Char>> items,
  int itemCount,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Fills in one of the contents the notice must have; again: the newer text
/// counts. Which: those of the policy, else what-happened, measures, self-
/// protection, remedies. The row of consent_incident_get. CONSENT_E_NOT_FOUND
/// (incident, content), _ARGUMENT, _ENCODING, _STATE (closed).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_incident_describe')
external int consent_incident_describe(
  ffi.Pointer<consent_store> store,
  int incident,
  ffi.Pointer<ffi.Char> content,
  ffi.Pointer<ffi.Char> text,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The incident was reported to an authority at `at` (0: now). method: how; may
/// be NULL. The row of consent_incident_get. CONSENT_E_NOT_FOUND, _ARGUMENT
/// (before it was discovered, in the future), _ENCODING, _STATE (closed).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_incident_report')
external int consent_incident_report(
  ffi.Pointer<consent_store> store,
  int incident,
  ffi.Pointer<ffi.Char> authority,
  int at,
  ffi.Pointer<ffi.Char> method,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// These subjects are affected, all or none of the list; count 0: everybody
/// registered, some hundred to a transaction, and a call that was interrupted
/// is simply repeated. Adopted subjects are left out: their account is told.
/// The verified guardians of whoever is not known to be of age are to be told
/// as well (PIPL art. 31; Minors' Network Regulations art. 35; COPPA).
/// *out_added: how many subjects were not on the list yet, guardians not
/// counted; may be NULL. CONSENT_E_NOT_FOUND (incident, subject), _ARGUMENT,
/// _STATE (closed).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Pointer<ffi.Char>>, ffi.Size, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_incident_affect')
external int consent_incident_affect(
  ffi.Pointer<consent_store> store,
  int incident,
  ffi.Pointer<ffi.Pointer<ffi.Char>> subjects,
  int count,
  ffi.Pointer<ffi.Int64> outAdded,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// One affected subject, or guardian of one, was told by a channel, or (told
/// false) could not be reached by it. channel NULL: the next one in the
/// policy's order; another is refused until those before it have failed. An
/// event of the subject. One row: incident n, event n, channel t, told b, next
/// t (the channel to try now; absent: it was told, or only an announcement is
/// left). CONSENT_DONE when it was told before. CONSENT_E_NOT_FOUND (incident,
/// subject, not affected), _ARGUMENT (channel), _STATE (closed; not that
/// channel's turn; no channel left; the contents are not complete).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Bool, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_incident_notify')
external int consent_incident_notify(
  ffi.Pointer<consent_store> store,
  int incident,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> channel,
  bool told,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// It was announced in public, because telling each subject is impractical:
/// why. Subjects not told do not keep the incident open any more. Refused where
/// the policy names channels and "announcement" is none of them. The row of
/// consent_incident_get. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING, _STATE
/// (closed; the contents are not complete), _REFUSED.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_incident_announce')
external int consent_incident_announce(
  ffi.Pointer<consent_store> store,
  int incident,
  ffi.Pointer<ffi.Char> why,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Closes it: all contents filled, reported, everybody affected told or an
/// announcement made. The row of consent_incident_get. CONSENT_E_NOT_FOUND,
/// _ENCODING, _STATE (closed before; or incomplete: the message names what is
/// missing).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_incident_close')
external int consent_incident_close(
  ffi.Pointer<consent_store> store,
  int incident,
  ffi.Pointer<ffi.Char> why,
  ffi.Pointer<ffi.Char> actor,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// One incident. One row: incident n, kind t, state t (open, complete, closed),
/// policy t, version t, reason t, discovered u, due u, overdue b (open, or
/// closed, after it was due), provisional b, items j, contents j (({content,
/// text}); text null: missing), channels j, reports j (({authority, at})),
/// affected n, told n, untold n (erased and adopted subjects not counted),
/// announced b, missing j (what keeps it from being complete), closed u,
/// guardians n (of affected children; told and untold count them too).
/// CONSENT_E_NOT_FOUND.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_incident_get')
external int consent_incident_get(
  ffi.Pointer<consent_store> store,
  int incident,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// All incidents in the order they were opened; columns as
/// consent_incident_get.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_incident_list')
external int consent_incident_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Size and root of the tree now. One row: size n, root t (64 hex), at u
/// (absent when empty), checkpoint t (C2SP signed note over size and root), key
/// t (verifier key). No error of its own.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_ledger_head')
external int consent_ledger_head(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Everything on, no checkpoint, as many threads as the ledger is worth. NULL
/// only when out of memory. One thread at a time.
@ffi.Native<ffi.Pointer<consent_verification> Function()>(symbol: 'consent_verification_new')
external ffi.Pointer<consent_verification> consent_verification_new();

/// Everything on, no checkpoint, as many threads as the ledger is worth. NULL
/// only when out of memory. One thread at a time.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_verification>)>(symbol: 'consent_verification_free')
external void consent_verification_free(
  ffi.Pointer<consent_verification> verification,
);

/// A checkpoint that was kept outside the store (the note of
/// consent_ledger_head; copied). Only with one can a ledger that was cut off,
/// rolled back or rewritten as a whole be told from the true one. key: verifier
/// key of who signed it, or NULL for this store's own log key.
/// CONSENT_E_ARGUMENT; whether note and key can be read is found by
/// consent_ledger_verify.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_verification>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_verification_set_checkpoint')
external int consent_verification_set_checkpoint(
  ffi.Pointer<consent_verification> verification,
  ffi.Pointer<ffi.Void> note,
  int len,
  ffi.Pointer<ffi.Char> key,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Whether bodies are opened and held against their commitments; default true.
/// Without, only hashes are verified, which is faster.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_verification>, ffi.Bool)>(symbol: 'consent_verification_set_bodies')
external void consent_verification_set_bodies(
  ffi.Pointer<consent_verification> verification,
  bool bodies,
);

/// At most so many threads; default 0: by the number of CPUs.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_verification>, ffi.Int32)>(symbol: 'consent_verification_set_threads')
external void consent_verification_set_threads(
  ffi.Pointer<consent_verification> verification,
  int threads,
);

/// At most so many threads; default 0: by the number of CPUs.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_verification>, ffi.Pointer<ffi.NativeFunction<ffi.Void Function(ffi.Int64, ffi.Int64, ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>)>(symbol: 'consent_verification_set_progress')
external void consent_verification_set_progress(
  ffi.Pointer<consent_verification> verification,
  ffi.Pointer<ffi.NativeFunction<ffi.Void Function(ffi.Int64, ffi.Int64, ffi.Pointer<ffi.Void>)>> progress,
  ffi.Pointer<ffi.Void> user,
);

/// Verifies the ledger: each event against its leaf hash, order and times, the
/// tree against nodes and head, bodies against commitments, stubs against
/// erasures, policies and documents against the hashes in their events, the
/// schema against the built-in, and the checkpoint when one is given. All
/// findings in one pass; one row each: seq n (absent when it is about no single
/// event), what t (a code of docs/verify.md), message t. No rows: the ledger is
/// good. CONSENT_OK whatever is found; *out_size (may be NULL) is the number of
/// events according to the head. verification may be NULL. Errors:
/// CONSENT_E_FORMAT for a checkpoint or key that is none, and those of storage.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<consent_verification>, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_ledger_verify')
external int consent_ledger_verify(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<consent_verification> verification,
  ffi.Pointer<ffi.Int64> outSize,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Proof that event `seq` is in the ledger (RFC 9162, 2.1.3). One row: seq n,
/// at u, kind t, commitment t and leaf t (64 hex each: of the leaf's input and
/// its hash), size n, root t (of the tree now), proof j (array of hashes, 64
/// hex each, from the leaf up), checkpoint t, key t. Reads O(log n) stored
/// hashes; verified before it is given. CONSENT_E_NOT_FOUND, CONSENT_E_CORRUPT
/// when what is stored does not lead to the head.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_ledger_prove')
external int consent_ledger_prove(
  ffi.Pointer<consent_store> store,
  int seq,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Proof that the ledger of `second` events continues the one of `first` (RFC
/// 9162, 2.1.4). One row: first n, second n, first_root t, second_root t, proof
/// j, and, when second is the size now, checkpoint t and key t. second -1: the
/// size now. CONSENT_E_ARGUMENT unless 0 <= first <= second <= size.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_ledger_consistency')
external int consent_ledger_consistency(
  ffi.Pointer<consent_store> store,
  int first,
  int second,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Keeps a checkpoint over the ledger as it is now, for ever. One row as
/// consent_ledger_head. CONSENT_DONE when one of that size is kept already. out
/// may be NULL.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_ledger_checkpoint')
external int consent_ledger_checkpoint(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Those that are kept, oldest first. Columns: size n, at u, checkpoint t. No
/// error of its own.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_ledger_checkpoints')
external int consent_ledger_checkpoints(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Verifier keys the log has had, first to present. Columns: seq n (event that
/// brought it), at u, key t, note t (signed by the key before it, over itself
/// and the new one; absent for the first). Whoever trusts one key follows the
/// notes to the next. No error of its own.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_ledger_key')
external int consent_ledger_key(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Gives the log a new random signing key; the old one signs it. Checkpoints
/// and receipts of the old key stay good under the old key. CONSENT_E_STATE
/// when the log key is kept outside.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_ledger_rekey')
external int consent_ledger_rekey(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The subject objects to a purpose, on whatever basis it stands: the check
/// answers OBJECTED until the subject grants that purpose expressly. `policy`
/// NULL: the only one; `reason` in words may be NULL. CONSENT_DONE when it
/// stands already: it is recorded as said again, so that a grant from in
/// between that comes late from a device does not take it back.
/// CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT, _ENCODING, _AMBIGUOUS.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_object')
external int consent_object(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> purpose,
  ffi.Pointer<ffi.Char> reason,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// From now on only storing is allowed: for one item, or for all (`item` NULL).
/// CONSENT_DONE when it stands already. CONSENT_E_NOT_FOUND (subject; an item
/// no published version declares), _STATE.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_restrict')
external int consent_restrict(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> item,
  ffi.Pointer<ffi.Char> reason,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Lifts the restriction that was set with the same `item`. CONSENT_DONE when
/// there is none. CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT, _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_unrestrict')
external int consent_unrestrict(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> item,
  ffi.Pointer<ffi.Char> reason,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What stands. Columns: kind t (objection, restriction), policy t, purpose t,
/// item t (absent: all), since u, event n. CONSENT_E_NOT_FOUND, _ARGUMENT,
/// _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_limit_list')
external int consent_limit_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The entries of the page of changes of one policy (NULL: the only one), the
/// newest first. lang: for titles, summary and words; NULL or one there are no
/// words for: the binding language, in words the nearest. Columns: policy t,
/// version t, class t (as computed), triggers j, published_at u, from u (in
/// force from), form t (page, notice, acknowledge: the strongest that is owed),
/// summary t, changes j (({"text","type","key","class","trigger","sections"}…);
/// changes of translations and of order alone are left out).
/// CONSENT_E_NOT_FOUND, _AMBIGUOUS.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_notice_page')
external int consent_notice_page(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The notices a subject still waits for, the oldest first: the source of a
/// pop-up, without a network. policy NULL: of all. The columns of
/// consent_notice_page, and shown_at u (absent: never). Those that were
/// published and are not in force yet are among them. CONSENT_E_NOT_FOUND.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_notice_pending')
external int consent_notice_pending(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// How many subjects wait: a row for every version after the first, of one
/// policy (NULL: of all). Subjects are looked at by order of registration:
/// those behind `after` (0: from the first), `limit` of them (0: all).
/// *out_next: what to give as `after` to go on, 0 at the end; may be NULL; the
/// numbers of the parts are added up by the caller. Memory does not grow with
/// the subjects, and no snapshot is held for long: what is written meanwhile
/// may be counted or not. Adopted subjects are left out, their account is
/// counted. Columns: policy t, version t, class t (as computed), from u, form t
/// (as consent_notice_page), subjects n (registered before it came into force),
/// shown n, acknowledged n (of these; the acknowledged were shown it), waiting
/// n (of these; as consent_notice_pending; 0 when only the page is owed). Use
/// this one for notices: by parts, also of versions that only the page tells
/// of; consent_summary_get counts those that are owed more along with all the
/// rest of the store, in one snapshot: its waiting and shown are `waiting`
/// here, and with its done they are `subjects`. CONSENT_E_NOT_FOUND, _ARGUMENT
/// (negative).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Int64, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_notice_count')
external int consent_notice_count(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  int after,
  int limit,
  ffi.Pointer<ffi.Int64> outNext,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Records that notices were shown, or acknowledged: an event each, with
/// surface (NULL: not said) and time; the first time counts. version NULL:
/// every one that is pending. guardian: who acknowledges for a child, a
/// verified one; who needs a guardian to consent needs one to acknowledge. NULL
/// otherwise. One row for each event: event n, at u, policy t, version t; out
/// may be NULL. CONSENT_DONE when there was nothing to record. Errors:
/// CONSENT_E_NOT_FOUND, _AMBIGUOUS, _STATE (a draft, the first version, an
/// adopted subject), _REFUSED (a child without a guardian, a guardian who may
/// not speak, the surface "implied": going on using the service acknowledges
/// nothing), _ARGUMENT, _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_notice_shown')
external int consent_notice_shown(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> version,
  ffi.Pointer<ffi.Char> surface,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Records that notices were shown, or acknowledged: an event each, with
/// surface (NULL: not said) and time; the first time counts. version NULL:
/// every one that is pending. guardian: who acknowledges for a child, a
/// verified one; who needs a guardian to consent needs one to acknowledge. NULL
/// otherwise. One row for each event: event n, at u, policy t, version t; out
/// may be NULL. CONSENT_DONE when there was nothing to record. Errors:
/// CONSENT_E_NOT_FOUND, _AMBIGUOUS, _STATE (a draft, the first version, an
/// adopted subject), _REFUSED (a child without a guardian, a guardian who may
/// not speak, the surface "implied": going on using the service acknowledges
/// nothing), _ARGUMENT, _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_notice_acknowledge')
external int consent_notice_acknowledge(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> version,
  ffi.Pointer<ffi.Char> surface,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Char> guardian,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Every obligation of a subject, or (open_only) those not met. Columns:
/// obligation n (the event it arose with), kind t, policy t, point t, recipient
/// t, guardian t (uid), act n (the event that caused it), since u, met_at u,
/// held j (of a deletion that is open, items of the point that are under a hold
/// and must not go now: ({"hold","item"})). Kinds: "inform-recipient" (one for
/// each recipient that could get data under the consent; PIPL art. 47, GDPR
/// art. 19), "delete-collected" (PIPL art. 47(1)(3)), "inform-guardian" (who
/// refused). All are due at once. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Bool, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_obligation_list')
external int consent_obligation_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  bool openOnly,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// It was done: by whom, how (both may be NULL). CONSENT_DONE when met before;
/// CONSENT_E_NOT_FOUND.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_obligation_met')
external int consent_obligation_met(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  int obligation,
  ffi.Pointer<ffi.Char> actor,
  ffi.Pointer<ffi.Char> method,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Records that the operating system granted or refused the permission of that
/// name (1 to 256 bytes, as the system spells it). Any name is taken: whether
/// the policy declares it is what the check says. CONSENT_E_NOT_FOUND, _STATE
/// (adopted subject), _ARGUMENT, _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Bool, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_permission_record')
external int consent_permission_record(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> name,
  bool granted,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The last answer for each name. Columns: name t, granted b, at u, ask_from u
/// (present after a refusal where a policy in force sets `reask_hours`: not to
/// be asked again before). CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_permission_list')
external int consent_permission_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What a version of a policy (NULL: the only one; the one in force) declares
/// for a platform ("android", "ios", "web", "desktop"; NULL: android) against
/// the names an app asks the system for, at most 4096 of 1 to 256 bytes each;
/// "android.permission." before a name counts for nothing. No row: they agree.
/// Columns: kind t, name t, permission t (key of the entry), source t, items j,
/// sections j; the last four empty for what is not declared. Kinds, in this
/// order: not-declared the app asks for it, the policy does not say so not-in-
/// app declared, and the app does not ask for it no-purpose declared for no
/// purpose unexplained it reads items that none of its purposes processes:
/// items sdk-no-recipient its source is no recipient, nor the first such
/// source, which is the app's own list sdk-not-shared its source is a recipient
/// with which no purpose shares anything Rules: PIPL arts 6, 17(1)(2); the
/// Measures of 2019 for identifying unlawful collection by apps, groups 2 and
/// 4. CONSENT_E_ARGUMENT, _ENCODING, _LIMIT, _AMBIGUOUS, _NOT_FOUND, _STATE.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<ffi.Char>>, ffi.Size, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_permission_diff')
external int consent_permission_diff(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> version,
  ffi.Pointer<ffi.Char> platform,
  ffi.Pointer<ffi.Pointer<ffi.Char>> names,
  int nameCount,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What to ask the subject (or its guardian) next: every consent point in force
/// that an answer could open and none has. Columns: point t ("purpose" or
/// "purpose@recipient"), class t, who t (subject, guardian), why t (reason
/// code; GUARDIAN_CONSENTED: came of age, the guardian's consent stands until
/// the subject answers), required b (the service needs the purpose; a refusal
/// of any other point blocks nothing else), sections j (({id,lang,sha256}…) in
/// `lang`, falling back to the binding language), shown t (what to give back
/// with consent_act_set_shown), not_before u (after a clear no, where the
/// policy sets reask_hours), screen n (0: may share one screen and one act; n >
/// 0: an act of its own). `policy` NULL: the only one; `lang` NULL: the binding
/// one. CONSENT_E_NOT_FOUND, _STATE (no version in force; adopted subject),
/// _AMBIGUOUS.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_ask')
external int consent_ask(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What may start now: every permission the policy declares, and every
/// recipient whose code runs in the app (SDKs, and whoever a permission is
/// declared for). Synchronous, meant to run before any plugin is registered and
/// before the first frame; a subject nobody registered yet has agreed to
/// nothing, so only what needs no consent may start. One is allowed when one of
/// its purposes is; of several denials the one that came furthest is told.
/// Columns: kind t (permission, recipient), name t, allow b, reason t. No rows
/// where no policy is in force. CONSENT_E_ARGUMENT, _ENCODING, _AMBIGUOUS.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_start')
external int consent_start(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Reads a bundle without a store: CONSENT_OK when policy import would take it.
/// Profiles: built-in. Errors: CONSENT_E_SYNTAX, _LIMIT, _ENCODING, _DUPLICATE,
/// _INPUT, _REFERENCE; each with JSON pointer and byte offset.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_bundle_check')
external int consent_bundle_check(
  ffi.Pointer<ffi.Void> bytes,
  int len,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Takes a bundle in as a draft. CONSENT_DONE when this very document is there
/// already. Errors: those of consent_bundle_check; CONSENT_E_CONFLICT when the
/// label exists with other content, draft or not (a label always means one
/// document: correct a draft under a new label); _INPUT when effective_at is
/// not later than that of every published version of the policy.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_import')
external int consent_policy_import(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Void> bytes,
  int len,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The same from a file, of at most 16 MiB. Also CONSENT_E_NOT_FOUND, _OPEN,
/// _IO for the file.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_import_file')
external int consent_policy_import_file(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> path,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Publishes a draft: from now on it never changes. The class of the change is
/// computed from the documents; the event carries the computed one. The first
/// version may declare any class. Errors: CONSENT_E_NOT_FOUND, _STATE
/// (published already), and CONSENT_E_INPUT with a pointer: /effective_at (not
/// later than its predecessor's, or less than the lead time of the profile
/// ahead, the longer of the two versions'), /change/class (declared lower than
/// computed), /change/explicit_consent (rights are reduced and it is not set),
/// /change/editorial (editorial without actor and reason). Source: the first
/// customer's s6, PIPL art. 14(2), 17(2).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_publish')
external int consent_policy_publish(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> version,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// A published version as a signed statement, for another store (the phone's):
/// a compact JWS (typ consent-policy+jwt) by the log key, holding text,
/// profile, the version before it, and the event that published it with its
/// proof. version NULL: the one in force. One row: statement t, policy t,
/// version t, sha256 t, in_force_from u, key t (the verifier key, to be given
/// apart). Bytes: docs/phone-and-backend.md. CONSENT_E_NOT_FOUND, _AMBIGUOUS,
/// _STATE (a draft), _LIMIT (a document too large to travel: over some 12 MiB).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_export_signed')
external int consent_policy_export_signed(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> version,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Takes such a statement in: verified with the verifier key `key`, which must
/// come from elsewhere than the statement, imported and published. The version
/// is in force here from the same instant as there, was held to the rules of
/// publishing there and is not again. CONSENT_DONE: it is here already. One
/// row: policy t, version t, sha256 t, in_force_from u, origin t. out may be
/// NULL. Versions come in their order: a store without any may begin with one,
/// after that none may be left out. Errors, the message naming the code of
/// consent_receipt_verify: CONSENT_E_LIMIT, _FORMAT, _DUPLICATE, _SIGNATURE
/// (not signed, by another key, or bringing a key), _PROOF; _FORMAT also when
/// `key` is none; _STATE (no publishing is proven, or out of order), _CONFLICT
/// (the label, or the instant it is in force from, means something else here);
/// and those of consent_bundle_check.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_import_signed')
external int consent_policy_import_signed(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Void> statement,
  int len,
  ffi.Pointer<ffi.Char> key,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// A profile the store does not have built in, or another reading of one: used
/// by later imports. Versions keep the profile they were imported with.
/// CONSENT_E_SYNTAX, _LIMIT, _ENCODING, _DUPLICATE, _INPUT with pointer and
/// offset; _ARGUMENT.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_profile_import')
external int consent_profile_import(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Void> bytes,
  int len,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Every version of one policy (NULL: of all), in order of import. Columns:
/// policy t, version t, state t (draft, published, in-force, superseded),
/// effective_at u, published_at u (absent for drafts), sha256 t.
/// CONSENT_E_NOT_FOUND for a policy that is not there.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_list')
external int consent_policy_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The same as it stood at an instant (microseconds): versions imported later
/// are not in it, those published later were drafts then.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_list_at')
external int consent_policy_list_at(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  int at,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Catalogue of one version as rows; version NULL: the one in force. Columns:
/// kind t (section, item, purpose, share, permission, recipient, exemption,
/// right, document, assessment), key t, title t in `lang` (NULL: the binding
/// language) with fallback to the binding one, detail j (the entry's other
/// fields), sections j. CONSENT_E_NOT_FOUND, _AMBIGUOUS.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_show')
external int consent_policy_show(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> version,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The bundle's bytes exactly as imported. One row: bundle t, sha256 t, profile
/// t (the profile's bytes). CONSENT_E_NOT_FOUND, _AMBIGUOUS.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_bundle')
external int consent_policy_bundle(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> version,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// One section's text of one version (NULL: in force) in a language (NULL: the
/// binding one; a language that lacks the section falls back to it). One row:
/// section t, lang t, title t, text t, sha256 t (SHA-256 of the exact UTF-8
/// bytes), policy t, version t. CONSENT_E_NOT_FOUND.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_text')
external int consent_policy_text(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> version,
  ffi.Pointer<ffi.Char> section,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The same, of the version that was in force at an instant (microseconds).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_text_at')
external int consent_policy_text_at(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  int at,
  ffi.Pointer<ffi.Char> section,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Hash of what is shown when a point ("purpose" or "purpose@recipient") is
/// asked: SHA-256 of the canonical JSON ({"id","lang","sha256"}…) of the
/// sections it rests on (the purpose's, and for a share the recipient's), in
/// the order of the document. point NULL: the whole policy was shown. One row:
/// shown t (64 hex), sections j. CONSENT_E_NOT_FOUND, _AMBIGUOUS.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_shown')
external int consent_policy_shown(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> version,
  ffi.Pointer<ffi.Char> point,
  ffi.Pointer<ffi.Char> lang,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What differs between two versions, drafts or not, and what that means. One
/// row: class t (none, editorial, minor, material: as computed), triggers j
/// ((1..6): which of the policy's kinds of material change, the first
/// customer's s6), restricts_rights b, controller_changed b, points j (the
/// consent points whose grants end), changes j:
/// ({"type","key","trigger","sections","detail", "before","after","class","narr
/// owing","restricts_rights","text_only","points","mentions"}…) in a fixed
/// order, whatever the order of entries was; mentions are points it concerns
/// without asking again. The kinds are listed in lib/core/diff_types.h.
/// CONSENT_E_NOT_FOUND.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_diff')
external int consent_policy_diff(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> older,
  ffi.Pointer<ffi.Char> newer,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What is wrong in a version (NULL: the one in force) before a regulator says
/// so; docs/lint.md lists the rules. profile NULL: the one it was imported
/// with; else that one's rules and values. One row a finding, the gravest
/// first: id t, severity t (error, warning, hint), sections j, source t (the
/// law, standard or promise), message t, remedy t, from_text b (found in the
/// words, not the structure). CONSENT_E_NOT_FOUND for version or profile;
/// _REFUSED when the profile does not allow a basis.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_policy_lint')
external int consent_policy_lint(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> version,
  ffi.Pointer<ffi.Char> profile,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The same for a bundle without a store, with built-in profiles. Also the
/// errors of consent_bundle_check. Any thread.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_bundle_lint')
external int consent_bundle_lint(
  ffi.Pointer<ffi.Void> bytes,
  int len,
  ffi.Pointer<ffi.Char> profile,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// A receipt of one event: a decision, a request, an objection, a restriction,
/// a notice, an erasure, a guardian's attestation (of the act for a child, by
/// the leaf hash of the child's event). One row: receipt t, id t (the
/// consentReceiptID), payload j, key t (verifier key to give apart).
/// CONSENT_E_NOT_FOUND for a number the ledger does not have, CONSENT_E_STATE
/// for an event whose subject was erased, CONSENT_E_REFUSED for a kind that has
/// no receipt (its body holds the external id, or it is no act of anybody).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_receipt_issue')
external int consent_receipt_issue(
  ffi.Pointer<consent_store> store,
  int event,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Verifies a receipt with the verifier key `key` (name+id+base64, as
/// consent_ledger_key gives it), which must come from elsewhere than the
/// receipt. Needs no store. One row: ok b, why t (absent when ok, else one of
/// the codes below), payload j (absent when there is none that can be read).
/// Answers CONSENT_OK for a good and for a bad receipt; CONSENT_E_FORMAT when
/// the key is none. why: OVERSIZED, MALFORMED, DUPLICATE_MEMBER, KEY_EMBEDDED
/// (jwk, jku, x5c …), ALG_NONE, ALG_WRONG, TYPE_WRONG, HEADER_MEMBER (any
/// other), KEY_FOREIGN (kid is not that of the key), SIGNATURE, LEDGER_MISSING,
/// CHECKPOINT_FOREIGN (of another origin), CHECKPOINT_SIGNATURE,
/// CHECKPOINT_MALFORMED, PROOF (the event does not lead to the checkpoint's
/// root), CONTENT_MISMATCH (the payload says something else than the event).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_receipt_verify')
external int consent_receipt_verify(
  ffi.Pointer<ffi.Void> receipt,
  int len,
  ffi.Pointer<ffi.Char> key,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Takes in the receipt of a decision that was said on another store (the
/// phone's), verified with the verifier key `key` of that store's log, which
/// must come from elsewhere than the receipt. `subject` is the external id of
/// the subject here; NULL when a receipt of the same subject there was taken in
/// before, which bound the two. `guardian` the same for a guardian's decision.
/// Recorded once: the same receipt again answers the first event
/// (CONSENT_DONE). Ordered by when it was said there, by place among receipts
/// of one store and by time between stores, at the same instant a no stands;
/// what was withdrawn later is never revived, an act that comes late is
/// recorded as evidence alone. A device whose clock is ahead said it no later
/// than it came. One row: event n, at u, point t, decision t, class t, policy
/// t, version t, receipt t (its id), said_at u, stands b (it is what that
/// speaker said last). out may be NULL. Errors: those of
/// consent_policy_import_signed for the receipt and the key (at most 96 KiB);
/// CONSENT_E_REFUSED for a receipt of no decision, of one that was itself taken
/// in, or of a guardian without a link that stood then and stands; _NOT_FOUND
/// (subject or guardian not registered, or not named the first time; policy,
/// version or point not known here), _STATE (a draft; the subject was erased or
/// adopted; an event of this very store), _UNKNOWN_TEXT (the version has
/// another text here, or shows another), _CONFLICT (receipts of that subject
/// belong to another here; the file was rolled back), _ARGUMENT, _BUSY.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Void>, ffi.Size, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_receipt_import')
external int consent_receipt_import(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Void> receipt,
  int len,
  ffi.Pointer<ffi.Char> key,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> guardian,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// A request to be opened; a builder, one thread at a time. kind: access, copy,
/// portability, correct, restrict, object, delete, withdraw, explain, guardian-
/// inquiry, deceased-relative, cancel-account, complaint. NULL only when out of
/// memory or an argument is NULL.
@ffi.Native<ffi.Pointer<consent_request> Function(ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_request_new')
external ffi.Pointer<consent_request> consent_request_new(
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> kind,
);

/// A request to be opened; a builder, one thread at a time. kind: access, copy,
/// portability, correct, restrict, object, delete, withdraw, explain, guardian-
/// inquiry, deceased-relative, cancel-account, complaint. NULL only when out of
/// memory or an argument is NULL.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_request>)>(symbol: 'consent_request_free')
external void consent_request_free(
  ffi.Pointer<consent_request> request,
);

/// Needed only when the store holds several policies.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_request>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_request_set_policy')
external int consent_request_set_policy(
  ffi.Pointer<consent_request> request,
  ffi.Pointer<ffi.Char> policy,
);

/// The channel it came through: "app", "email" …
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_request>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_request_set_channel')
external int consent_request_set_channel(
  ffi.Pointer<consent_request> request,
  ffi.Pointer<ffi.Char> channel,
);

/// Who asks: "self" (default), "guardian", "relative" (of a deceased subject),
/// "agent".
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_request>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_request_set_standing')
external int consent_request_set_standing(
  ffi.Pointer<consent_request> request,
  ffi.Pointer<ffi.Char> standing,
);

/// The guardian who asks, by external id; the standing becomes "guardian". A
/// verified link must stand.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_request>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_request_set_guardian')
external int consent_request_set_guardian(
  ffi.Pointer<consent_request> request,
  ffi.Pointer<ffi.Char> guardian,
);

/// What the standing was shown by: a kind of document.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_request>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_request_set_evidence')
external int consent_request_set_evidence(
  ffi.Pointer<consent_request> request,
  ffi.Pointer<ffi.Char> evidence,
);

/// How the identity was checked when it was received.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_request>, ffi.Pointer<ffi.Char>)>(symbol: 'consent_request_set_method')
external int consent_request_set_method(
  ffi.Pointer<consent_request> request,
  ffi.Pointer<ffi.Char> method,
);

/// When it was received, if not now; the deadline runs from then. Never in the
/// future.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_request>, ffi.Int64)>(symbol: 'consent_request_set_received')
external int consent_request_set_received(
  ffi.Pointer<consent_request> request,
  int receivedAt,
);

/// Opens it. One row as consent_request_get. CONSENT_E_NOT_FOUND (subject,
/// guardian), _ARGUMENT, _REFUSED (no standing; the subject directed that
/// relatives get nothing: fact "directive.no-relatives"), _STATE (a
/// cancellation runs already), _AMBIGUOUS.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<consent_request>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_request_open')
external int consent_request_open(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<consent_request> request,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// One request by its number. One row: request n, kind t, state t (received,
/// verifying, paused, accepted, in-progress, done, refused, terminated,
/// withdrawn), received_at u, due u (absent: none), due_local t (with the
/// offset of the calendar), provisional b, overdue b, subject t, standing t,
/// policy t, version t, extended b, acknowledged b, until u (end of the
/// cooling-off), sections j, history j. Of an erased subject's request only
/// what stands before `subject` is known. CONSENT_E_NOT_FOUND.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_request_get')
external int consent_request_get(
  ffi.Pointer<consent_store> store,
  int number,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Requests of one subject (NULL: of all), by number; columns as
/// consent_request_get, without history.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_request_list')
external int consent_request_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Open requests in the order they are due; those past their date have overdue
/// set. Columns as consent_request_list; no error of its own.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_request_due')
external int consent_request_due(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Moves a request. why: in words, required for paused, refused and terminated
/// (PIPL art. 50); actor: who decided; method: how the identity was checked;
/// document: SHA-256 of the answer (64 hex). Each may be NULL otherwise. One
/// row as consent_request_get. CONSENT_E_STATE names a move that does not
/// exist.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_request_advance')
external int consent_request_advance(
  ffi.Pointer<consent_store> store,
  int number,
  ffi.Pointer<ffi.Char> state,
  ffi.Pointer<ffi.Char> why,
  ffi.Pointer<ffi.Char> actor,
  ffi.Pointer<ffi.Char> method,
  ffi.Pointer<ffi.Char> document,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Extends the deadline once, before it has passed, where policy or profile
/// allow it. One row as consent_request_get. CONSENT_E_NOT_FOUND, _STATE,
/// _REFUSED, _ARGUMENT.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_request_extend')
external int consent_request_extend(
  ffi.Pointer<consent_store> store,
  int number,
  ffi.Pointer<ffi.Char> why,
  ffi.Pointer<ffi.Char> actor,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Places a hold: an authority orders that some items (item_count 0:
/// everything) are kept. It blocks erasure of exactly these until `until` (0:
/// until released); one on everything blocks cancellation and erasing as a
/// whole. One row: hold n (its number), subject t, uid t, authority t, items j,
/// until u, state t. CONSENT_E_NOT_FOUND (subject, item), _ARGUMENT, _ENCODING,
/// _STATE.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<ffi.Char>>, ffi.Size, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_hold_place')
external int consent_hold_place(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> authority,
  ffi.Pointer<ffi.Pointer<ffi.Char>> items,
  int itemCount,
  int until,
  ffi.Pointer<ffi.Char> why,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Releases a hold, also of a subject that was erased since: what was kept of
/// it for this hold may go. One row as consent_hold_place. CONSENT_E_NOT_FOUND,
/// _STATE (released before).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_hold_release')
external int consent_hold_release(
  ffi.Pointer<consent_store> store,
  int hold,
  ffi.Pointer<ffi.Char> why,
  ffi.Pointer<ffi.Char> actor,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The holds that were not released, of one subject or (NULL) of all by order
/// of registration. Columns as consent_hold_place, state placed or over (past
/// its end), and since u. What is kept of erased subjects for a hold:
/// consent_remainder_list. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_hold_list')
external int consent_hold_list(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// What the policy in force does not let be kept any longer, by the items'
/// retention rules, then what was kept of erased subjects until a date that has
/// come. At most `limit` rows (0: all). Columns: subject t (absent: erased),
/// uid t, item t, then t (delete, anonymise, restrict), since u (start of the
/// period), due u, held b, hold n, why t, extended u and extended_why t (the
/// period is over, but the item may be kept until then: due says the same).
/// What was acted upon already is not listed any more
/// (consent_retention_apply). CONSENT_E_ARGUMENT (a negative limit),
/// _AMBIGUOUS, _NOT_FOUND, _STATE (no version in force).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_retention_due')
external int consent_retention_due(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  int limit,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Acts upon what consent_retention_due lists and nothing holds or extends, as
/// an event of each subject: delete and anonymise become a task of the host
/// (consent_erasure_tasks, recipient "": together with what is open there),
/// restrict restricts the item (checks answer PROCESSING_RESTRICTED; only store
/// passes). What was kept of erased subjects and may go becomes a task as well.
/// About `most` subjects in this call (0: to the end), some hundred to a
/// transaction: a call that was interrupted is simply repeated and goes on
/// where it stood; when nothing is due, nothing is written. actor: who orders
/// it; may be NULL. One row: looked n (subjects looked at), erase n (items to
/// erase), restrict n, held n (items a hold keeps), left n (about how many
/// subjects are still to be looked at; 0: the end was reached).
/// CONSENT_E_ARGUMENT (a negative number), _ENCODING, _AMBIGUOUS, _NOT_FOUND,
/// _STATE.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_retention_apply')
external int consent_retention_apply(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> policy,
  ffi.Pointer<ffi.Char> actor,
  int most,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// One item of a subject may be kept until `until` although its period is over
/// sooner: why, in words (PIPL art. 19: the shortest time needed). A later call
/// for the same item replaces it. It ends by itself, or by
/// consent_retention_release. CONSENT_E_NOT_FOUND (subject; an item without a
/// retention period), _ARGUMENT (not in the future, no reason), _ENCODING,
/// _STATE (adopted).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Int64, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_retention_extend')
external int consent_retention_extend(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> item,
  int until,
  ffi.Pointer<ffi.Char> why,
  ffi.Pointer<ffi.Char> actor,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Ends that before its time. CONSENT_E_NOT_FOUND (subject; the item is not
/// extended), _ARGUMENT, _ENCODING, _STATE (adopted).
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_retention_release')
external int consent_retention_release(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> item,
  ffi.Pointer<ffi.Char> why,
  ffi.Pointer<ffi.Char> actor,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// The service ends: from now on every check answers SERVICE_STOPPED.
/// CONSENT_DONE when it ended before. CONSENT_E_ARGUMENT (no reason, or too
/// long), _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_service_stop')
external int consent_service_stop(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> why,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// After that: puts a task to tell (recipient "@notice") and one to erase
/// (recipient "") for every subject into consent_erasure_tasks, about `most`
/// subjects in this call (0: all). Can be interrupted and called again: it goes
/// on where it stood. CONSENT_E_STATE when the service goes on.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_service_wind_down')
external int consent_service_wind_down(
  ffi.Pointer<consent_store> store,
  int most,
  ffi.Pointer<ffi.Int64> outDone,
  ffi.Pointer<ffi.Int64> outLeft,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Another controller takes over (PIPL art. 22). Where it does not accept the
/// policy, consents given before end: checks answer CONTROLLER_CHANGED until
/// the subject is asked again. CONSENT_E_ARGUMENT (no name, or too long),
/// _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Bool, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_controller_change')
external int consent_controller_change(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> successor,
  bool acceptsPolicy,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Registers a subject. `born`: "YYYY-MM-DD", or NULL for an age that is not
/// known (which is never taken for adult). CONSENT_DONE when it is registered
/// already with the same birth date; CONSENT_E_CONFLICT with another.
/// CONSENT_E_ARGUMENT for an empty or too long id or a date that does not exist
/// or lies in the future, CONSENT_E_ENCODING for one that is not UTF-8.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_subject_add')
external int consent_subject_add(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> born,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Sets or corrects the birth date (NULL: not known). CONSENT_E_NOT_FOUND.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_subject_set_born')
external int consent_subject_set_born(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Char> born,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// One row: subject t, uid t, state t (active, adopted), born t (absent: not
/// known), registered_at u, decisions n. CONSENT_E_NOT_FOUND.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_subject_get')
external int consent_subject_get(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> subject,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// All subjects by order of registration, `limit` of them (0: all) after the
/// first `skip`. Columns as consent_subject_get.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Int64, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_subject_list')
external int consent_subject_list(
  ffi.Pointer<consent_store> store,
  int skip,
  int limit,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Takes what was said on a device before sign-in over into the account: per
/// point only where the account has said nothing itself; time, class, expiry
/// and text shown are kept, objections and restrictions too. The device subject
/// becomes "adopted" and takes no further acts. To the account of a child (who
/// needs a guardian under a policy in force) only with a verified `guardian`,
/// who then stands for the grants; what a child said on a device that is known
/// to be a child's goes over without, and counts no more than before. guardian
/// is NULL otherwise. out_count (may be NULL): decisions taken over. Errors:
/// CONSENT_E_NOT_FOUND, _STATE (either was adopted), _REFUSED, _ARGUMENT,
/// _ENCODING.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Char>, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_subject_adopt')
external int consent_subject_adopt(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.Char> from,
  ffi.Pointer<ffi.Char> to,
  ffi.Pointer<ffi.Char> guardian,
  ffi.Pointer<ffi.Int64> outCount,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Counts subjects, all in one pass over one snapshot; memory grows with points
/// and parts, not with subjects. Columns: part t, policy t, key t, state t, at
/// u, count n. Parts, in this order; lines with the count 0 are left out:
/// subjects state active, adopted (devices taken over by an account) or erased
/// ages by policy in force: state unknown, child (a guardian decides) or of-age
/// answers by policy in force and point ("purpose" or "purpose@recipient"):
/// state is the reason that consent_check answers now, a share asked about by
/// the operation it is for notices by policy and version after the first, of
/// those owed a notice of it: state waiting (never shown), shown (to be
/// acknowledged still) or done tasks what erased subjects' data still is or was
/// owed: key is the recipient ("" the host itself, "@notice" to tell that the
/// service ends), state open or done kept of erased subjects: key is the item,
/// state the reason, "hold" for every hold decisions by policy and point, at
/// `parts` + 1 instants spread evenly from `from` to `to`: state granted,
/// refused or withdrawn, as was said last until then, by the subject or a
/// guardian, at whatever epoch. What implied acts claim does not count; what an
/// account took over from a device counts for the account from then on, and for
/// the device before. Adopted subjects are counted under subjects, and under
/// decisions until they were adopted, nowhere else; of erased ones nothing is
/// known any more, so that the past has fewer decisions after an erasure than
/// before. progress may be NULL; it counts subjects. CONSENT_E_ARGUMENT unless
/// from < to, at most 2^53 apart, and 1 <= parts <= 1000.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Int64, ffi.Int64, ffi.Int64, ffi.Pointer<ffi.NativeFunction<ffi.Void Function(ffi.Int64, ffi.Int64, ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>, ffi.Pointer<ffi.Pointer<consent_rows>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_summary_get')
external int consent_summary_get(
  ffi.Pointer<consent_store> store,
  int from,
  int to,
  int parts,
  ffi.Pointer<ffi.NativeFunction<ffi.Void Function(ffi.Int64, ffi.Int64, ffi.Pointer<ffi.Void>)>> progress,
  ffi.Pointer<ffi.Void> user,
  ffi.Pointer<ffi.Pointer<consent_rows>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Version of the library that is loaded, "major.minor.patch". Static text,
/// never freed. Any thread, at any time. Compare it with CONSENT_VERSION to
/// find a mismatched pair.
@ffi.Native<ffi.Pointer<ffi.Char> Function()>(symbol: 'consent_version', isLeaf: true)
external ffi.Pointer<ffi.Char> consent_version();

/// Watches from now on: what is committed after this returned rings. ring NULL:
/// no thread is made, consent_watch_wait hears it. The watch keeps the store,
/// so that it is open until this is freed, too, or consent_store_close is
/// called. CONSENT_E_MEMORY also when no thread can be made. A process that
/// forks keeps its watches; in the child they are dead and may only be freed.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_store>, ffi.Pointer<ffi.NativeFunction<ffi.Void Function(ffi.Int64, ffi.Int32, ffi.Pointer<ffi.Void>)>>, ffi.Pointer<ffi.Void>, ffi.Pointer<ffi.Pointer<consent_watch>>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_watch_new')
external int consent_watch_new(
  ffi.Pointer<consent_store> store,
  ffi.Pointer<ffi.NativeFunction<ffi.Void Function(ffi.Int64, ffi.Int32, ffi.Pointer<ffi.Void>)>> ring,
  ffi.Pointer<ffi.Void> user,
  ffi.Pointer<ffi.Pointer<consent_watch>> out,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// Waits at most so many milliseconds (0: looks only; negative: for ever) for a
/// ring that was not taken yet, and takes it: CONSENT_OK with *out_seq and
/// *out_kind. CONSENT_DONE when the time is over, with 0 in both.
/// CONSENT_E_CLOSED when the store was closed or the watch ended, also while
/// waiting. CONSENT_E_STATE for a watch with a function, and after a fork. Any
/// thread; of several that wait, one gets the ring. Errors: of storage; the
/// ring is not lost by them.
@ffi.Native<ffi.Int32 Function(ffi.Pointer<consent_watch>, ffi.Int32, ffi.Pointer<ffi.Int64>, ffi.Pointer<ffi.Int32>, ffi.Pointer<ffi.Pointer<consent_error>>)>(symbol: 'consent_watch_wait')
external int consent_watch_wait(
  ffi.Pointer<consent_watch> watch,
  int milliseconds,
  ffi.Pointer<ffi.Int64> outSeq,
  ffi.Pointer<ffi.Int32> outKind,
  ffi.Pointer<ffi.Pointer<consent_error>> err,
);

/// No call begins after this, and none is in flight when it returns, except
/// when it is called from within: then that one is the last. Who waits is told.
/// Twice is allowed; NULL too; any thread. The watch stays to be freed. A
/// function that waits for a lock its ender holds waits for ever.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_watch>)>(symbol: 'consent_watch_end')
external void consent_watch_end(
  ffi.Pointer<consent_watch> watch,
);

/// Ends it as consent_watch_end does and gives it up; from within the function,
/// once that returns.
@ffi.Native<ffi.Void Function(ffi.Pointer<consent_watch>)>(symbol: 'consent_watch_free')
external void consent_watch_free(
  ffi.Pointer<consent_watch> watch,
);

const int CONSENT_OK = 0;
const int CONSENT_DONE = 1;
const int CONSENT_E_ARGUMENT = -1;
const int CONSENT_E_ENCODING = -2;
const int CONSENT_E_CLOSED = -3;
const int CONSENT_E_AMBIGUOUS = -4;
const int CONSENT_E_INPUT = -10;
const int CONSENT_E_SYNTAX = -11;
const int CONSENT_E_LIMIT = -12;
const int CONSENT_E_REFERENCE = -13;
const int CONSENT_E_DUPLICATE = -14;
const int CONSENT_E_STALE_TEXT = -20;
const int CONSENT_E_UNKNOWN_TEXT = -21;
const int CONSENT_E_NOT_FOUND = -100;
const int CONSENT_E_CONFLICT = -101;
const int CONSENT_E_STATE = -102;
const int CONSENT_E_REFUSED = -103;
const int CONSENT_E_BUSY = -104;
const int CONSENT_E_STOPPED = -105;
const int CONSENT_E_OPEN = -200;
const int CONSENT_E_READONLY = -201;
const int CONSENT_E_FULL = -202;
const int CONSENT_E_IO = -203;
const int CONSENT_E_CORRUPT = -204;
const int CONSENT_E_NOT_STORE = -205;
const int CONSENT_E_NEWER = -206;
const int CONSENT_E_EXISTS = -207;
const int CONSENT_E_ENGINE = -208;
const int CONSENT_E_KEY = -300;
const int CONSENT_E_KEY_FORMAT = -301;
const int CONSENT_E_KEY_EXPOSED = -302;
const int CONSENT_E_SEAL = -303;
const int CONSENT_E_SIGNATURE = -304;
const int CONSENT_E_FORMAT = -305;
const int CONSENT_E_PROOF = -306;
const int CONSENT_E_MEMORY = -901;
const int CONSENT_E_RANDOM = -902;
const int CONSENT_E_INTERNAL = -999;
const int CONSENT_DECISION_GRANTED = 1;
const int CONSENT_DECISION_REFUSED = 2;
const int CONSENT_DECISION_WITHDRAWN = 3;
const int CONSENT_CLASS_NONE = 0;
const int CONSENT_CLASS_GENERAL = 1;
const int CONSENT_CLASS_SEPARATE = 2;
const int CONSENT_CLASS_WRITTEN = 3;
const int CONSENT_OPERATION_DEFAULT = -1;
const int CONSENT_OPERATION_COLLECT = 0;
const int CONSENT_OPERATION_STORE = 1;
const int CONSENT_OPERATION_USE = 2;
const int CONSENT_OPERATION_SHARE = 3;
const int CONSENT_OPERATION_TRANSFER = 4;
const int CONSENT_OPERATION_DISCLOSE = 5;
const int CONSENT_REASON_SERVICE_STOPPED = 0;
const int CONSENT_REASON_NO_POLICY_IN_FORCE = 1;
const int CONSENT_REASON_UNDECLARED_PURPOSE = 2;
const int CONSENT_REASON_UNDECLARED_OPERATION = 3;
const int CONSENT_REASON_UNDECLARED_RECIPIENT = 4;
const int CONSENT_REASON_UNDECLARED_ITEM = 5;
const int CONSENT_REASON_UNDECLARED_PERMISSION = 6;
const int CONSENT_REASON_BASIS_UNPROVEN = 7;
const int CONSENT_REASON_ASSESSMENT_MISSING = 8;
const int CONSENT_REASON_EXPORT_MECHANISM_MISSING = 9;
const int CONSENT_REASON_CONTRACT_ENDED = 10;
const int CONSENT_REASON_UNKNOWN_SUBJECT = 11;
const int CONSENT_REASON_PROCESSING_RESTRICTED = 12;
const int CONSENT_REASON_CONTROLLER_CHANGED = 13;
const int CONSENT_REASON_OBJECTED = 14;
const int CONSENT_REASON_PRECONDITION_UNMET = 15;
const int CONSENT_REASON_AGE_UNKNOWN = 16;
const int CONSENT_REASON_CHILD_RULES_MISSING = 17;
const int CONSENT_REASON_GUARDIAN_REQUIRED = 18;
const int CONSENT_REASON_GUARDIAN_UNVERIFIED = 19;
const int CONSENT_REASON_GUARDIAN_REFUSED = 20;
const int CONSENT_REASON_GUARDIAN_LAPSED = 21;
const int CONSENT_REASON_NOT_ASKED = 22;
const int CONSENT_REASON_REFUSED = 23;
const int CONSENT_REASON_WITHDRAWN = 24;
const int CONSENT_REASON_EXPIRED = 25;
const int CONSENT_REASON_STALE_VERSION = 26;
const int CONSENT_REASON_SEPARATE_CONSENT_REQUIRED = 27;
const int CONSENT_REASON_WRITTEN_CONSENT_REQUIRED = 28;
const int CONSENT_REASON_NOTICE_PENDING = 29;
const int CONSENT_REASON_PERMISSION_NOT_GRANTED = 30;
const int CONSENT_REASON_CONSENTED = 40;
const int CONSENT_REASON_GUARDIAN_CONSENTED = 41;
const int CONSENT_REASON_BASIS_CONTRACT = 42;
const int CONSENT_REASON_BASIS_HR = 43;
const int CONSENT_REASON_BASIS_LEGAL_OBLIGATION = 44;
const int CONSENT_REASON_BASIS_VITAL_INTEREST = 45;
const int CONSENT_REASON_BASIS_PUBLIC_INTEREST = 46;
const int CONSENT_REASON_BASIS_PUBLIC_INFORMATION = 47;
const int CONSENT_REASON_BASIS_LEGITIMATE_INTEREST = 48;
const int CONSENT_REASON_BASIS_OTHER_LAW = 49;
const int CONSENT_REASON_EXEMPT = 50;
const int CONSENT_OBSERVED_NOW = -0x8000000000000000;
const int CONSENT_END_SUBJECT = 1;
const int CONSENT_END_GUARDIAN = 2;
const int CONSENT_END_COURT = 3;
const int CONSENT_END_MAJORITY = 4;
const int CONSENT_VERSION_MAJOR = 0;
const int CONSENT_VERSION_MINOR = 1;
const int CONSENT_VERSION_PATCH = 0;
const String CONSENT_VERSION = '0.1.0';
const int CONSENT_CHANGE_SUBJECT = 1;
const int CONSENT_CHANGE_POLICY = 2;
const int CONSENT_CHANGE_ERASURE = 4;
const int CONSENT_CHANGE_STORE = 8;

final ffi.Pointer<ffi.NativeFinalizerFunction> consentErrorFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_error>)>>(
  consent_error_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentRowsFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_rows>)>>(
  consent_rows_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentOptionsFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_options>)>>(
  consent_options_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentStoreFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_store>)>>(
  consent_store_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentQueryFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_query>)>>(
  consent_query_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentAnswerFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_answer>)>>(
  consent_answer_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentActFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_act>)>>(
  consent_act_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentEvidenceFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_evidence>)>>(
  consent_evidence_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentUseFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_use>)>>(
  consent_use_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentHandleFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_handle>)>>(
  consent_handle_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentVerificationFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_verification>)>>(
  consent_verification_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentRequestFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_request>)>>(
  consent_request_free,
).cast();

final ffi.Pointer<ffi.NativeFinalizerFunction> consentWatchFreeAddress =
    ffi.Native.addressOf<ffi.NativeFunction<ffi.Void Function(ffi.Pointer<consent_watch>)>>(
  consent_watch_free,
).cast();
