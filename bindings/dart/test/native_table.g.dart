// SPDX-License-Identifier: Apache-2.0
// Made by bindings/update.sh from the public headers. Do not edit.
// ignore_for_file: type=lint

import 'dart:ffi' as ffi;

import 'package:libconsent/src/bindings.g.dart' as c;

ffi.Pointer<ffi.NativeType> pointer(Object? value) =>
    value == null ? ffi.nullptr : value as ffi.Pointer<ffi.NativeType>;

/// Every native function by name, for sequences that are data.
final Map<String, Object? Function(List<Object?> a)> natives = {
  'consent_status_name': (a) => c.consent_status_name(a[0]! as int),
  'consent_decision_name': (a) => c.consent_decision_name(a[0]! as int),
  'consent_class_name': (a) => c.consent_class_name(a[0]! as int),
  'consent_operation_name': (a) => c.consent_operation_name(a[0]! as int),
  'consent_reason_name': (a) => c.consent_reason_name(a[0]! as int),
  'consent_class_value': (a) => c.consent_class_value(pointer(a[0]).cast()),
  'consent_operation_value': (a) => c.consent_operation_value(pointer(a[0]).cast()),
  'consent_error_status': (a) => c.consent_error_status(pointer(a[0]).cast()),
  'consent_error_code': (a) => c.consent_error_code(pointer(a[0]).cast()),
  'consent_error_operation': (a) => c.consent_error_operation(pointer(a[0]).cast()),
  'consent_error_message': (a) => c.consent_error_message(pointer(a[0]).cast()),
  'consent_error_where': (a) => c.consent_error_where(pointer(a[0]).cast()),
  'consent_error_offset': (a) => c.consent_error_offset(pointer(a[0]).cast()),
  'consent_error_free': (a) {
    c.consent_error_free(pointer(a[0]).cast());
    return null;
  },
  'consent_rows_count': (a) => c.consent_rows_count(pointer(a[0]).cast()),
  'consent_rows_columns': (a) => c.consent_rows_columns(pointer(a[0]).cast()),
  'consent_rows_column': (a) => c.consent_rows_column(pointer(a[0]).cast(), a[1]! as int),
  'consent_rows_text': (a) => c.consent_rows_text(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast()),
  'consent_rows_number': (a) => c.consent_rows_number(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), a[3]! as int),
  'consent_rows_has': (a) => c.consent_rows_has(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast()),
  'consent_rows_type': (a) => c.consent_rows_type(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_rows_free': (a) {
    c.consent_rows_free(pointer(a[0]).cast());
    return null;
  },
  'consent_options_new': (a) => c.consent_options_new(),
  'consent_options_free': (a) {
    c.consent_options_free(pointer(a[0]).cast());
    return null;
  },
  'consent_options_set_key': (a) => c.consent_options_set_key(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast()),
  'consent_options_set_key_file': (a) => c.consent_options_set_key_file(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_options_set_passphrase': (a) => c.consent_options_set_passphrase(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast()),
  'consent_options_set_passphrase_file': (a) => c.consent_options_set_passphrase_file(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_options_set_key_service': (a) {
    c.consent_options_set_key_service(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast());
    return null;
  },
  'consent_options_set_log_key': (a) => c.consent_options_set_log_key(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_options_set_clock': (a) {
    c.consent_options_set_clock(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast());
    return null;
  },
  'consent_options_set_random': (a) {
    c.consent_options_set_random(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast());
    return null;
  },
  'consent_options_set_memory': (a) {
    c.consent_options_set_memory(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast());
    return null;
  },
  'consent_options_set_wait': (a) {
    c.consent_options_set_wait(pointer(a[0]).cast(), a[1]! as int);
    return null;
  },
  'consent_options_set_cache': (a) {
    c.consent_options_set_cache(pointer(a[0]).cast(), a[1]! as int);
    return null;
  },
  'consent_options_set_hold_reads': (a) {
    c.consent_options_set_hold_reads(pointer(a[0]).cast(), a[1]! as bool);
    return null;
  },
  'consent_options_set_helpers': (a) {
    c.consent_options_set_helpers(pointer(a[0]).cast(), a[1]! as int);
    return null;
  },
  'consent_options_set_checkpoints': (a) {
    c.consent_options_set_checkpoints(pointer(a[0]).cast(), a[1]! as int, a[2]! as int, a[3]! as bool);
    return null;
  },
  'consent_store_create': (a) => c.consent_store_create(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_store_open': (a) => c.consent_store_open(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_store_close': (a) => c.consent_store_close(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_store_free': (a) {
    c.consent_store_free(pointer(a[0]).cast());
    return null;
  },
  'consent_store_id': (a) => c.consent_store_id(pointer(a[0]).cast()),
  'consent_store_release_reads': (a) {
    c.consent_store_release_reads(pointer(a[0]).cast());
    return null;
  },
  'consent_store_now': (a) => c.consent_store_now(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_store_backup': (a) => c.consent_store_backup(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_store_restore': (a) => c.consent_store_restore(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_key_show': (a) => c.consent_key_show(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_key_rotate': (a) => c.consent_key_rotate(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_store_examine': (a) => c.consent_store_examine(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_calendar_import': (a) => c.consent_calendar_import(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast()),
  'consent_calendar_due': (a) => c.consent_calendar_due(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), a[3]! as int, pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast(), pointer(a[7]).cast()),
  'consent_cancel_check': (a) => c.consent_cancel_check(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_cancel_open': (a) => c.consent_cancel_open(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast(), pointer(a[7]).cast()),
  'consent_cancel_execute': (a) => c.consent_cancel_execute(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as bool, pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_delete_check': (a) => c.consent_delete_check(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_erase': (a) => c.consent_erase(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, a[3]! as bool, pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_erasure_pending': (a) => c.consent_erasure_pending(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_erasure_verify': (a) => c.consent_erasure_verify(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_erasure_tasks': (a) => c.consent_erasure_tasks(pointer(a[0]).cast(), a[1]! as bool, pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_erasure_done': (a) => c.consent_erasure_done(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_remainder_list': (a) => c.consent_remainder_list(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_erasures_export': (a) => c.consent_erasures_export(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_erasures_apply': (a) => c.consent_erasures_apply(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), a[3]! as bool, pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_may': (a) => c.consent_may(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_query_new': (a) => c.consent_query_new(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_query_free': (a) {
    c.consent_query_free(pointer(a[0]).cast());
    return null;
  },
  'consent_query_set_policy': (a) => c.consent_query_set_policy(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_query_set_operation': (a) => c.consent_query_set_operation(pointer(a[0]).cast(), a[1]! as int),
  'consent_query_add_item': (a) => c.consent_query_add_item(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_query_set_recipient': (a) => c.consent_query_set_recipient(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_query_set_permission': (a) => c.consent_query_set_permission(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_query_set_at': (a) => c.consent_query_set_at(pointer(a[0]).cast(), a[1]! as int),
  'consent_check': (a) => c.consent_check(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_answer_allowed': (a) => c.consent_answer_allowed(pointer(a[0]).cast()),
  'consent_answer_reason': (a) => c.consent_answer_reason(pointer(a[0]).cast()),
  'consent_answer_blockers': (a) => c.consent_answer_blockers(pointer(a[0]).cast()),
  'consent_answer_blocker': (a) => c.consent_answer_blocker(pointer(a[0]).cast(), a[1]! as int),
  'consent_answer_policy': (a) => c.consent_answer_policy(pointer(a[0]).cast()),
  'consent_answer_version': (a) => c.consent_answer_version(pointer(a[0]).cast()),
  'consent_answer_event': (a) => c.consent_answer_event(pointer(a[0]).cast()),
  'consent_answer_sections': (a) => c.consent_answer_sections(pointer(a[0]).cast()),
  'consent_answer_section': (a) => c.consent_answer_section(pointer(a[0]).cast(), a[1]! as int),
  'consent_answer_next': (a) => c.consent_answer_next(pointer(a[0]).cast()),
  'consent_answer_at': (a) => c.consent_answer_at(pointer(a[0]).cast()),
  'consent_answer_clock_behind': (a) => c.consent_answer_clock_behind(pointer(a[0]).cast()),
  'consent_answer_source': (a) => c.consent_answer_source(pointer(a[0]).cast()),
  'consent_answer_identifies': (a) => c.consent_answer_identifies(pointer(a[0]).cast()),
  'consent_answer_free': (a) {
    c.consent_answer_free(pointer(a[0]).cast());
    return null;
  },
  'consent_check_purposes': (a) => c.consent_check_purposes(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_check_subjects': (a) => c.consent_check_subjects(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as bool, pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_reason_source': (a) => c.consent_reason_source(a[0]! as int, pointer(a[1]).cast()),
  'consent_act_new': (a) => c.consent_act_new(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast()),
  'consent_act_free': (a) {
    c.consent_act_free(pointer(a[0]).cast());
    return null;
  },
  'consent_act_set_policy': (a) => c.consent_act_set_policy(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_act_set_recipient': (a) => c.consent_act_set_recipient(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_act_set_class': (a) => c.consent_act_set_class(pointer(a[0]).cast(), a[1]! as int),
  'consent_act_set_surface': (a) => c.consent_act_set_surface(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_act_set_lang': (a) => c.consent_act_set_lang(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_act_set_shown': (a) => c.consent_act_set_shown(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_act_set_document': (a) => c.consent_act_set_document(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_act_set_guardian': (a) => c.consent_act_set_guardian(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_act_set_version': (a) => c.consent_act_set_version(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_act_set_idempotency': (a) => c.consent_act_set_idempotency(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_record': (a) => c.consent_record(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_record_many': (a) => c.consent_record_many(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_grant': (a) => c.consent_grant(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_refuse': (a) => c.consent_refuse(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_withdraw': (a) => c.consent_withdraw(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_decision_list': (a) => c.consent_decision_list(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_history': (a) => c.consent_history(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_evidence_export': (a) => c.consent_evidence_export(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_evidence_new': (a) => c.consent_evidence_new(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_evidence_free': (a) {
    c.consent_evidence_free(pointer(a[0]).cast());
    return null;
  },
  'consent_evidence_wants': (a) => c.consent_evidence_wants(pointer(a[0]).cast()),
  'consent_evidence_give': (a) => c.consent_evidence_give(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast()),
  'consent_evidence_end': (a) => c.consent_evidence_end(pointer(a[0]).cast(), a[1]! as bool, pointer(a[2]).cast()),
  'consent_evidence_found': (a) => c.consent_evidence_found(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_evidence_verdict': (a) => c.consent_evidence_verdict(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_evidence_findings': (a) => c.consent_evidence_findings(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_evidence_import': (a) => c.consent_evidence_import(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_use_new': (a) => c.consent_use_new(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_use_free': (a) {
    c.consent_use_free(pointer(a[0]).cast());
    return null;
  },
  'consent_use_set_policy': (a) => c.consent_use_set_policy(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_use_set_operation': (a) => c.consent_use_set_operation(pointer(a[0]).cast(), a[1]! as int),
  'consent_use_set_recipient': (a) => c.consent_use_set_recipient(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_use_add_item': (a) => c.consent_use_add_item(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_exemption_use': (a) => c.consent_exemption_use(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_deidentified_claim': (a) => c.consent_deidentified_claim(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), a[5]! as int, pointer(a[6]).cast(), a[7]! as int, pointer(a[8]).cast(), pointer(a[9]).cast(), pointer(a[10]).cast()),
  'consent_export': (a) => c.consent_export(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast()),
  'consent_fact_put': (a) => c.consent_fact_put(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), a[5]! as int, pointer(a[6]).cast()),
  'consent_fact_list': (a) => c.consent_fact_list(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_end_name': (a) => c.consent_end_name(a[0]! as int),
  'consent_guardian_link': (a) => c.consent_guardian_link(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), a[6]! as int, pointer(a[7]).cast()),
  'consent_guardian_verify': (a) => c.consent_guardian_verify(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast(), pointer(a[7]).cast()),
  'consent_guardian_end': (a) => c.consent_guardian_end(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), a[4]! as int, pointer(a[5]).cast()),
  'consent_guardian_list': (a) => c.consent_guardian_list(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_guardian_standing': (a) => c.consent_guardian_standing(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_handle_new': (a) => c.consent_handle_new(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_handle_free': (a) {
    c.consent_handle_free(pointer(a[0]).cast());
    return null;
  },
  'consent_purpose_number': (a) => c.consent_purpose_number(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_handle_may': (a) => c.consent_handle_may(pointer(a[0]).cast(), a[1]! as int),
  'consent_incident_open': (a) => c.consent_incident_open(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), a[4]! as int, pointer(a[5]).cast(), a[6]! as int, pointer(a[7]).cast(), pointer(a[8]).cast()),
  'consent_incident_describe': (a) => c.consent_incident_describe(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_incident_report': (a) => c.consent_incident_report(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), a[3]! as int, pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast()),
  'consent_incident_affect': (a) => c.consent_incident_affect(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), a[3]! as int, pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_incident_notify': (a) => c.consent_incident_notify(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), a[4]! as bool, pointer(a[5]).cast(), pointer(a[6]).cast()),
  'consent_incident_announce': (a) => c.consent_incident_announce(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_incident_close': (a) => c.consent_incident_close(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_incident_get': (a) => c.consent_incident_get(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_incident_list': (a) => c.consent_incident_list(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_ledger_head': (a) => c.consent_ledger_head(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_verification_new': (a) => c.consent_verification_new(),
  'consent_verification_free': (a) {
    c.consent_verification_free(pointer(a[0]).cast());
    return null;
  },
  'consent_verification_set_checkpoint': (a) => c.consent_verification_set_checkpoint(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_verification_set_bodies': (a) {
    c.consent_verification_set_bodies(pointer(a[0]).cast(), a[1]! as bool);
    return null;
  },
  'consent_verification_set_threads': (a) {
    c.consent_verification_set_threads(pointer(a[0]).cast(), a[1]! as int);
    return null;
  },
  'consent_verification_set_progress': (a) {
    c.consent_verification_set_progress(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast());
    return null;
  },
  'consent_ledger_verify': (a) => c.consent_ledger_verify(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_ledger_prove': (a) => c.consent_ledger_prove(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_ledger_consistency': (a) => c.consent_ledger_consistency(pointer(a[0]).cast(), a[1]! as int, a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_ledger_checkpoint': (a) => c.consent_ledger_checkpoint(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_ledger_checkpoints': (a) => c.consent_ledger_checkpoints(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_ledger_key': (a) => c.consent_ledger_key(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_ledger_rekey': (a) => c.consent_ledger_rekey(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_object': (a) => c.consent_object(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_restrict': (a) => c.consent_restrict(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_unrestrict': (a) => c.consent_unrestrict(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_limit_list': (a) => c.consent_limit_list(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_notice_page': (a) => c.consent_notice_page(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_notice_pending': (a) => c.consent_notice_pending(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_notice_count': (a) => c.consent_notice_count(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, a[3]! as int, pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast()),
  'consent_notice_shown': (a) => c.consent_notice_shown(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast(), pointer(a[7]).cast()),
  'consent_notice_acknowledge': (a) => c.consent_notice_acknowledge(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast(), pointer(a[7]).cast(), pointer(a[8]).cast()),
  'consent_obligation_list': (a) => c.consent_obligation_list(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as bool, pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_obligation_met': (a) => c.consent_obligation_met(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_permission_record': (a) => c.consent_permission_record(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), a[3]! as bool, pointer(a[4]).cast()),
  'consent_permission_list': (a) => c.consent_permission_list(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_permission_diff': (a) => c.consent_permission_diff(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), a[5]! as int, pointer(a[6]).cast(), pointer(a[7]).cast()),
  'consent_ask': (a) => c.consent_ask(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_start': (a) => c.consent_start(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_bundle_check': (a) => c.consent_bundle_check(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast()),
  'consent_policy_import': (a) => c.consent_policy_import(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast()),
  'consent_policy_import_file': (a) => c.consent_policy_import_file(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_policy_publish': (a) => c.consent_policy_publish(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_policy_export_signed': (a) => c.consent_policy_export_signed(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_policy_import_signed': (a) => c.consent_policy_import_signed(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_profile_import': (a) => c.consent_profile_import(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast()),
  'consent_policy_list': (a) => c.consent_policy_list(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_policy_list_at': (a) => c.consent_policy_list_at(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_policy_show': (a) => c.consent_policy_show(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_policy_bundle': (a) => c.consent_policy_bundle(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_policy_text': (a) => c.consent_policy_text(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast()),
  'consent_policy_text_at': (a) => c.consent_policy_text_at(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast()),
  'consent_policy_shown': (a) => c.consent_policy_shown(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast()),
  'consent_policy_diff': (a) => c.consent_policy_diff(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_policy_lint': (a) => c.consent_policy_lint(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_bundle_lint': (a) => c.consent_bundle_lint(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_receipt_issue': (a) => c.consent_receipt_issue(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_receipt_verify': (a) => c.consent_receipt_verify(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_receipt_import': (a) => c.consent_receipt_import(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast(), pointer(a[7]).cast()),
  'consent_request_new': (a) => c.consent_request_new(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_request_free': (a) {
    c.consent_request_free(pointer(a[0]).cast());
    return null;
  },
  'consent_request_set_policy': (a) => c.consent_request_set_policy(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_request_set_channel': (a) => c.consent_request_set_channel(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_request_set_standing': (a) => c.consent_request_set_standing(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_request_set_guardian': (a) => c.consent_request_set_guardian(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_request_set_evidence': (a) => c.consent_request_set_evidence(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_request_set_method': (a) => c.consent_request_set_method(pointer(a[0]).cast(), pointer(a[1]).cast()),
  'consent_request_set_received': (a) => c.consent_request_set_received(pointer(a[0]).cast(), a[1]! as int),
  'consent_request_open': (a) => c.consent_request_open(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_request_get': (a) => c.consent_request_get(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_request_list': (a) => c.consent_request_list(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_request_due': (a) => c.consent_request_due(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_request_advance': (a) => c.consent_request_advance(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast(), pointer(a[7]).cast(), pointer(a[8]).cast()),
  'consent_request_extend': (a) => c.consent_request_extend(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_hold_place': (a) => c.consent_hold_place(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), a[4]! as int, a[5]! as int, pointer(a[6]).cast(), pointer(a[7]).cast(), pointer(a[8]).cast()),
  'consent_hold_release': (a) => c.consent_hold_release(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_hold_list': (a) => c.consent_hold_list(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_retention_due': (a) => c.consent_retention_due(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_retention_apply': (a) => c.consent_retention_apply(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), a[3]! as int, pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_retention_extend': (a) => c.consent_retention_extend(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), a[3]! as int, pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast()),
  'consent_retention_release': (a) => c.consent_retention_release(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_service_stop': (a) => c.consent_service_stop(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast()),
  'consent_service_wind_down': (a) => c.consent_service_wind_down(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_controller_change': (a) => c.consent_controller_change(pointer(a[0]).cast(), pointer(a[1]).cast(), a[2]! as bool, pointer(a[3]).cast()),
  'consent_subject_add': (a) => c.consent_subject_add(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_subject_set_born': (a) => c.consent_subject_set_born(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_subject_get': (a) => c.consent_subject_get(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast()),
  'consent_subject_list': (a) => c.consent_subject_list(pointer(a[0]).cast(), a[1]! as int, a[2]! as int, pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_subject_adopt': (a) => c.consent_subject_adopt(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast(), pointer(a[5]).cast()),
  'consent_summary_get': (a) => c.consent_summary_get(pointer(a[0]).cast(), a[1]! as int, a[2]! as int, a[3]! as int, pointer(a[4]).cast(), pointer(a[5]).cast(), pointer(a[6]).cast(), pointer(a[7]).cast()),
  'consent_version': (a) => c.consent_version(),
  'consent_watch_new': (a) => c.consent_watch_new(pointer(a[0]).cast(), pointer(a[1]).cast(), pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_watch_wait': (a) => c.consent_watch_wait(pointer(a[0]).cast(), a[1]! as int, pointer(a[2]).cast(), pointer(a[3]).cast(), pointer(a[4]).cast()),
  'consent_watch_end': (a) {
    c.consent_watch_end(pointer(a[0]).cast());
    return null;
  },
  'consent_watch_free': (a) {
    c.consent_watch_free(pointer(a[0]).cast());
    return null;
  },
};
