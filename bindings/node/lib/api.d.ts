// SPDX-License-Identifier: Apache-2.0
// Made by bindings/update.sh from the public headers. Do not edit.

/** A 64-bit number: a bigint only where a number would not be exact. */
export type Int = number | bigint;
/** A cell of type j: the JSON value itself. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** 0: done; 1: nothing had to be done, or nothing more to give. */
export type Done = 0 | 1;
/** An instant: microseconds since 1970-01-01T00:00:00Z. */
export type Micros = Int;

export type Decision = 'granted' | 'refused' | 'withdrawn';
export type Class = 'none' | 'general' | 'separate' | 'written';
export type Operation = 'default' | 'collect' | 'store' | 'use' | 'share' | 'transfer' | 'disclose';
export type Reason = 'SERVICE_STOPPED' | 'NO_POLICY_IN_FORCE' | 'UNDECLARED_PURPOSE' | 'UNDECLARED_OPERATION' | 'UNDECLARED_RECIPIENT' | 'UNDECLARED_ITEM' | 'UNDECLARED_PERMISSION' | 'BASIS_UNPROVEN' | 'ASSESSMENT_MISSING' | 'EXPORT_MECHANISM_MISSING' | 'CONTRACT_ENDED' | 'UNKNOWN_SUBJECT' | 'PROCESSING_RESTRICTED' | 'CONTROLLER_CHANGED' | 'OBJECTED' | 'PRECONDITION_UNMET' | 'AGE_UNKNOWN' | 'CHILD_RULES_MISSING' | 'GUARDIAN_REQUIRED' | 'GUARDIAN_UNVERIFIED' | 'GUARDIAN_REFUSED' | 'GUARDIAN_LAPSED' | 'NOT_ASKED' | 'REFUSED' | 'WITHDRAWN' | 'EXPIRED' | 'STALE_VERSION' | 'SEPARATE_CONSENT_REQUIRED' | 'WRITTEN_CONSENT_REQUIRED' | 'NOTICE_PENDING' | 'PERMISSION_NOT_GRANTED' | 'CONSENTED' | 'GUARDIAN_CONSENTED' | 'BASIS_CONTRACT' | 'BASIS_HR' | 'BASIS_LEGAL_OBLIGATION' | 'BASIS_VITAL_INTEREST' | 'BASIS_PUBLIC_INTEREST' | 'BASIS_PUBLIC_INFORMATION' | 'BASIS_LEGITIMATE_INTEREST' | 'BASIS_OTHER_LAW' | 'EXEMPT';
export type End = 'subject' | 'guardian' | 'court' | 'majority';
/** A row of consent_key_show. A cell without a value is null. */
export interface RowKeyShow {
  id: string | null;
  kind: string | null;
  passes: Int | null;
  memory: Int | null;
  log: string | null;
  log_key: string | null;
  store: string | null;
  generation: Int | null;
}
/** A row of consent_store_examine. A cell without a value is null. */
export interface RowStoreExamine {
  seq: Int | null;
  what: string | null;
  message: string | null;
}
/** A row of consent_calendar_due. A cell without a value is null. */
export interface RowCalendarDue {
  due: Micros | null;
  due_local: string | null;
  days: Json | null;
  provisional: boolean | null;
}
/** A row of consent_cancel_check. A cell without a value is null. */
export interface RowCancelCheck {
  eligible: boolean | null;
  conditions: Json | null;
  disputes: Json | null;
  holds: Json | null;
  acknowledge: Json | null;
  shown: string | null;
  sections: Json | null;
  request: Int | null;
}
/** A row of consent_cancel_open. A cell without a value is null. */
export interface RowCancelOpen {
  request: Int | null;
  kind: string | null;
  state: string | null;
  received_at: Micros | null;
  due: Micros | null;
  due_local: string | null;
  provisional: boolean | null;
  overdue: boolean | null;
  subject: string | null;
  standing: string | null;
  policy: string | null;
  version: string | null;
  extended: boolean | null;
  acknowledged: boolean | null;
  until: Micros | null;
  sections: Json | null;
  history: Json | null;
}
/** A row of consent_cancel_execute. A cell without a value is null. */
export interface RowCancelExecute {
  uid: string | null;
  events: Int | null;
  event: Int | null;
  at: Micros | null;
  request: Int | null;
  scrub: string | null;
  outcome: Json | null;
  proof: string | null;
}
/** A row of consent_delete_check. A cell without a value is null. */
export interface RowDeleteCheck {
  item: string | null;
  deletable: boolean | null;
  why: string | null;
  then: string | null;
  until: Micros | null;
  hold: Int | null;
  authority: string | null;
  reason: string | null;
}
/** A row of consent_erase. A cell without a value is null. */
export interface RowErase {
  uid: string | null;
  events: Int | null;
  event: Int | null;
  at: Micros | null;
  request: Int | null;
  scrub: string | null;
  outcome: Json | null;
  proof: string | null;
}
/** A row of consent_erasure_verify. A cell without a value is null. */
export interface RowErasureVerify {
  uid: string | null;
  events: Int | null;
  event: Int | null;
  at: Micros | null;
  store: string | null;
  stubs: Json | null;
}
/** A row of consent_erasure_tasks. A cell without a value is null. */
export interface RowErasureTasks {
  uid: string | null;
  recipient: string | null;
  items: Json | null;
  event: Int | null;
  done: boolean | null;
  held: Json | null;
}
/** A row of consent_remainder_list. A cell without a value is null. */
export interface RowRemainderList {
  uid: string | null;
  item: string | null;
  reason: string | null;
  until: Micros | null;
}
/** A row of consent_erasures_export. A cell without a value is null. */
export interface RowErasuresExport {
  list: string | null;
}
/** A row of consent_check_purposes. A cell without a value is null. */
export interface RowCheckPurposes {
  purpose: string | null;
  required: boolean | null;
  answer: string | null;
  reason: string | null;
  blockers: Json | null;
  event: Int | null;
}
/** A row of consent_check_subjects. A cell without a value is null. */
export interface RowCheckSubjects {
  subject: string | null;
  answer: string | null;
  reason: string | null;
  blockers: Json | null;
  event: Int | null;
}
/** A row of consent_record. A cell without a value is null. */
export interface RowRecord {
  event: Int | null;
  at: Micros | null;
  point: string | null;
  decision: string | null;
  class: string | null;
  policy: string | null;
  version: string | null;
  evidenced: boolean | null;
  implied: boolean | null;
}
/** A row of consent_record_many. A cell without a value is null. */
export interface RowRecordMany {
  status: Int | null;
  event: Int | null;
  at: Micros | null;
  message: string | null;
}
/** A row of consent_decision_list. A cell without a value is null. */
export interface RowDecisionList {
  policy: string | null;
  point: string | null;
  decision: string | null;
  class: string | null;
  version: string | null;
  epoch: Int | null;
  at: Micros | null;
  from: Micros | null;
  until: Micros | null;
  event: Int | null;
  by: string | null;
  evidenced: boolean | null;
  counts: boolean | null;
  inherited: boolean | null;
  disputed: boolean | null;
}
/** A row of consent_history. A cell without a value is null. */
export interface RowHistory {
  event: Int | null;
  at: Micros | null;
  kind: string | null;
  body: Json | null;
}
/** A row of consent_evidence_export. A cell without a value is null. */
export interface RowEvidenceExport {
  files: Int | null;
  events: Int | null;
  receipts: Int | null;
  size: Int | null;
  root: string | null;
  key: string | null;
}
/** A row of consent_evidence_verdict. A cell without a value is null. */
export interface RowEvidenceVerdict {
  ok: boolean | null;
  trusted: boolean | null;
  subject: string | null;
  size: Int | null;
  root: string | null;
  key: string | null;
  events: Int | null;
  receipts: Int | null;
  findings: Int | null;
}
/** A row of consent_evidence_findings. A cell without a value is null. */
export interface RowEvidenceFindings {
  file: string | null;
  line: Int | null;
  event: Int | null;
  what: string | null;
  message: string | null;
}
/** A row of consent_exemption_use. A cell without a value is null. */
export interface RowExemptionUse {
  answer: string | null;
  reason: string | null;
  event: Int | null;
  at: Micros | null;
  exemption: string | null;
  operation: string | null;
  policy: string | null;
  version: string | null;
}
/** A row of consent_fact_list. A cell without a value is null. */
export interface RowFactList {
  fact: string | null;
  value: Json | null;
  source: string | null;
  observed: Micros | null;
  event: Int | null;
}
/** A row of consent_guardian_list. A cell without a value is null. */
export interface RowGuardianList {
  guardian: string | null;
  uid: string | null;
  state: string | null;
  evidence: string | null;
  since: Micros | null;
  verified_at: Micros | null;
  ended_at: Micros | null;
  until: Micros | null;
}
/** A row of consent_incident_open. A cell without a value is null. */
export interface RowIncidentOpen {
  incident: Int | null;
  kind: string | null;
  state: string | null;
  policy: string | null;
  version: string | null;
  reason: string | null;
  discovered: Micros | null;
  due: Micros | null;
  overdue: boolean | null;
  provisional: boolean | null;
  items: Json | null;
  contents: Json | null;
  channels: Json | null;
  reports: Json | null;
  affected: Int | null;
  told: Int | null;
  untold: Int | null;
  announced: boolean | null;
  missing: Json | null;
  closed: Micros | null;
  guardians: Int | null;
}
/** A row of consent_incident_describe. A cell without a value is null. */
export interface RowIncidentDescribe {
  incident: Int | null;
  kind: string | null;
  state: string | null;
  policy: string | null;
  version: string | null;
  reason: string | null;
  discovered: Micros | null;
  due: Micros | null;
  overdue: boolean | null;
  provisional: boolean | null;
  items: Json | null;
  contents: Json | null;
  channels: Json | null;
  reports: Json | null;
  affected: Int | null;
  told: Int | null;
  untold: Int | null;
  announced: boolean | null;
  missing: Json | null;
  closed: Micros | null;
  guardians: Int | null;
}
/** A row of consent_incident_report. A cell without a value is null. */
export interface RowIncidentReport {
  incident: Int | null;
  kind: string | null;
  state: string | null;
  policy: string | null;
  version: string | null;
  reason: string | null;
  discovered: Micros | null;
  due: Micros | null;
  overdue: boolean | null;
  provisional: boolean | null;
  items: Json | null;
  contents: Json | null;
  channels: Json | null;
  reports: Json | null;
  affected: Int | null;
  told: Int | null;
  untold: Int | null;
  announced: boolean | null;
  missing: Json | null;
  closed: Micros | null;
  guardians: Int | null;
}
/** A row of consent_incident_notify. A cell without a value is null. */
export interface RowIncidentNotify {
  incident: Int | null;
  event: Int | null;
  channel: string | null;
  told: boolean | null;
  next: string | null;
}
/** A row of consent_incident_announce. A cell without a value is null. */
export interface RowIncidentAnnounce {
  incident: Int | null;
  kind: string | null;
  state: string | null;
  policy: string | null;
  version: string | null;
  reason: string | null;
  discovered: Micros | null;
  due: Micros | null;
  overdue: boolean | null;
  provisional: boolean | null;
  items: Json | null;
  contents: Json | null;
  channels: Json | null;
  reports: Json | null;
  affected: Int | null;
  told: Int | null;
  untold: Int | null;
  announced: boolean | null;
  missing: Json | null;
  closed: Micros | null;
  guardians: Int | null;
}
/** A row of consent_incident_close. A cell without a value is null. */
export interface RowIncidentClose {
  incident: Int | null;
  kind: string | null;
  state: string | null;
  policy: string | null;
  version: string | null;
  reason: string | null;
  discovered: Micros | null;
  due: Micros | null;
  overdue: boolean | null;
  provisional: boolean | null;
  items: Json | null;
  contents: Json | null;
  channels: Json | null;
  reports: Json | null;
  affected: Int | null;
  told: Int | null;
  untold: Int | null;
  announced: boolean | null;
  missing: Json | null;
  closed: Micros | null;
  guardians: Int | null;
}
/** A row of consent_incident_get. A cell without a value is null. */
export interface RowIncidentGet {
  incident: Int | null;
  kind: string | null;
  state: string | null;
  policy: string | null;
  version: string | null;
  reason: string | null;
  discovered: Micros | null;
  due: Micros | null;
  overdue: boolean | null;
  provisional: boolean | null;
  items: Json | null;
  contents: Json | null;
  channels: Json | null;
  reports: Json | null;
  affected: Int | null;
  told: Int | null;
  untold: Int | null;
  announced: boolean | null;
  missing: Json | null;
  closed: Micros | null;
  guardians: Int | null;
}
/** A row of consent_incident_list. A cell without a value is null. */
export interface RowIncidentList {
  incident: Int | null;
  kind: string | null;
  state: string | null;
  policy: string | null;
  version: string | null;
  reason: string | null;
  discovered: Micros | null;
  due: Micros | null;
  overdue: boolean | null;
  provisional: boolean | null;
  items: Json | null;
  contents: Json | null;
  channels: Json | null;
  reports: Json | null;
  affected: Int | null;
  told: Int | null;
  untold: Int | null;
  announced: boolean | null;
  missing: Json | null;
  closed: Micros | null;
  guardians: Int | null;
}
/** A row of consent_ledger_head. A cell without a value is null. */
export interface RowLedgerHead {
  size: Int | null;
  root: string | null;
  at: Micros | null;
  checkpoint: string | null;
  key: string | null;
}
/** A row of consent_ledger_verify. A cell without a value is null. */
export interface RowLedgerVerify {
  seq: Int | null;
  what: string | null;
  message: string | null;
}
/** A row of consent_ledger_prove. A cell without a value is null. */
export interface RowLedgerProve {
  seq: Int | null;
  at: Micros | null;
  kind: string | null;
  commitment: string | null;
  leaf: string | null;
  size: Int | null;
  root: string | null;
  proof: Json | null;
  checkpoint: string | null;
  key: string | null;
}
/** A row of consent_ledger_consistency. A cell without a value is null. */
export interface RowLedgerConsistency {
  first: Int | null;
  second: Int | null;
  first_root: string | null;
  second_root: string | null;
  proof: Json | null;
  checkpoint: string | null;
  key: string | null;
}
/** A row of consent_ledger_checkpoint. A cell without a value is null. */
export interface RowLedgerCheckpoint {
  size: Int | null;
  root: string | null;
  at: Micros | null;
  checkpoint: string | null;
  key: string | null;
}
/** A row of consent_ledger_checkpoints. A cell without a value is null. */
export interface RowLedgerCheckpoints {
  size: Int | null;
  at: Micros | null;
  checkpoint: string | null;
}
/** A row of consent_ledger_key. A cell without a value is null. */
export interface RowLedgerKey {
  seq: Int | null;
  at: Micros | null;
  key: string | null;
  note: string | null;
}
/** A row of consent_limit_list. A cell without a value is null. */
export interface RowLimitList {
  kind: string | null;
  policy: string | null;
  purpose: string | null;
  item: string | null;
  since: Micros | null;
  event: Int | null;
}
/** A row of consent_notice_page. A cell without a value is null. */
export interface RowNoticePage {
  policy: string | null;
  version: string | null;
  class: string | null;
  triggers: Json | null;
  published_at: Micros | null;
  from: Micros | null;
  form: string | null;
  summary: string | null;
  changes: Json | null;
}
/** A row of consent_notice_pending. A cell without a value is null. */
export interface RowNoticePending {
  policy: string | null;
  version: string | null;
  class: string | null;
  triggers: Json | null;
  published_at: Micros | null;
  from: Micros | null;
  form: string | null;
  summary: string | null;
  changes: Json | null;
}
/** A row of consent_notice_count. A cell without a value is null. */
export interface RowNoticeCount {
  policy: string | null;
  version: string | null;
  class: string | null;
  from: Micros | null;
  form: string | null;
  subjects: Int | null;
  shown: Int | null;
  acknowledged: Int | null;
  waiting: Int | null;
}
/** A row of consent_notice_shown. A cell without a value is null. */
export interface RowNoticeShown {
  event: Int | null;
  at: Micros | null;
  policy: string | null;
  version: string | null;
}
/** A row of consent_notice_acknowledge. A cell without a value is null. */
export interface RowNoticeAcknowledge {
  event: Int | null;
  at: Micros | null;
  policy: string | null;
  version: string | null;
}
/** A row of consent_obligation_list. A cell without a value is null. */
export interface RowObligationList {
  obligation: Int | null;
  kind: string | null;
  policy: string | null;
  point: string | null;
  recipient: string | null;
  guardian: string | null;
  act: Int | null;
  since: Micros | null;
  met_at: Micros | null;
  held: Json | null;
}
/** A row of consent_permission_list. A cell without a value is null. */
export interface RowPermissionList {
  name: string | null;
  granted: boolean | null;
  at: Micros | null;
  ask_from: Micros | null;
}
/** A row of consent_permission_diff. A cell without a value is null. */
export interface RowPermissionDiff {
  kind: string | null;
  name: string | null;
  permission: string | null;
  source: string | null;
  items: Json | null;
  sections: Json | null;
}
/** A row of consent_ask. A cell without a value is null. */
export interface RowAsk {
  point: string | null;
  class: string | null;
  who: string | null;
  why: string | null;
  required: boolean | null;
  sections: Json | null;
  shown: string | null;
  not_before: Micros | null;
  screen: Int | null;
}
/** A row of consent_start. A cell without a value is null. */
export interface RowStart {
  kind: string | null;
  name: string | null;
  allow: boolean | null;
  reason: string | null;
}
/** A row of consent_policy_export_signed. A cell without a value is null. */
export interface RowPolicyExportSigned {
  statement: string | null;
  policy: string | null;
  version: string | null;
  sha256: string | null;
  in_force_from: Micros | null;
  key: string | null;
}
/** A row of consent_policy_import_signed. A cell without a value is null. */
export interface RowPolicyImportSigned {
  policy: string | null;
  version: string | null;
  sha256: string | null;
  in_force_from: Micros | null;
  origin: string | null;
}
/** A row of consent_policy_list. A cell without a value is null. */
export interface RowPolicyList {
  policy: string | null;
  version: string | null;
  state: string | null;
  effective_at: Micros | null;
  published_at: Micros | null;
  sha256: string | null;
}
/** A row of consent_policy_list_at. A cell without a value is null. */
export interface RowPolicyListAt {
  policy: string | null;
  version: string | null;
  state: string | null;
  effective_at: Micros | null;
  published_at: Micros | null;
  sha256: string | null;
}
/** A row of consent_policy_show. A cell without a value is null. */
export interface RowPolicyShow {
  kind: string | null;
  key: string | null;
  title: string | null;
  detail: Json | null;
  sections: Json | null;
}
/** A row of consent_policy_bundle. A cell without a value is null. */
export interface RowPolicyBundle {
  bundle: string | null;
  sha256: string | null;
  profile: string | null;
}
/** A row of consent_policy_text. A cell without a value is null. */
export interface RowPolicyText {
  section: string | null;
  lang: string | null;
  title: string | null;
  text: string | null;
  sha256: string | null;
  policy: string | null;
  version: string | null;
}
/** A row of consent_policy_text_at. A cell without a value is null. */
export interface RowPolicyTextAt {
  section: string | null;
  lang: string | null;
  title: string | null;
  text: string | null;
  sha256: string | null;
  policy: string | null;
  version: string | null;
}
/** A row of consent_policy_shown. A cell without a value is null. */
export interface RowPolicyShown {
  shown: string | null;
  sections: Json | null;
}
/** A row of consent_policy_diff. A cell without a value is null. */
export interface RowPolicyDiff {
  class: string | null;
  triggers: Json | null;
  restricts_rights: boolean | null;
  controller_changed: boolean | null;
  points: Json | null;
  changes: Json | null;
}
/** A row of consent_policy_lint. A cell without a value is null. */
export interface RowPolicyLint {
  id: string | null;
  severity: string | null;
  sections: Json | null;
  source: string | null;
  message: string | null;
  remedy: string | null;
  from_text: boolean | null;
}
/** A row of consent_bundle_lint. A cell without a value is null. */
export interface RowBundleLint {
  id: string | null;
  severity: string | null;
  sections: Json | null;
  source: string | null;
  message: string | null;
  remedy: string | null;
  from_text: boolean | null;
}
/** A row of consent_receipt_issue. A cell without a value is null. */
export interface RowReceiptIssue {
  receipt: string | null;
  id: string | null;
  payload: Json | null;
  key: string | null;
}
/** A row of consent_receipt_verify. A cell without a value is null. */
export interface RowReceiptVerify {
  ok: boolean | null;
  why: string | null;
  payload: Json | null;
}
/** A row of consent_receipt_import. A cell without a value is null. */
export interface RowReceiptImport {
  event: Int | null;
  at: Micros | null;
  point: string | null;
  decision: string | null;
  class: string | null;
  policy: string | null;
  version: string | null;
  receipt: string | null;
  said_at: Micros | null;
  stands: boolean | null;
}
/** A row of consent_request_open. A cell without a value is null. */
export interface RowRequestOpen {
  request: Int | null;
  kind: string | null;
  state: string | null;
  received_at: Micros | null;
  due: Micros | null;
  due_local: string | null;
  provisional: boolean | null;
  overdue: boolean | null;
  subject: string | null;
  standing: string | null;
  policy: string | null;
  version: string | null;
  extended: boolean | null;
  acknowledged: boolean | null;
  until: Micros | null;
  sections: Json | null;
  history: Json | null;
}
/** A row of consent_request_get. A cell without a value is null. */
export interface RowRequestGet {
  request: Int | null;
  kind: string | null;
  state: string | null;
  received_at: Micros | null;
  due: Micros | null;
  due_local: string | null;
  provisional: boolean | null;
  overdue: boolean | null;
  subject: string | null;
  standing: string | null;
  policy: string | null;
  version: string | null;
  extended: boolean | null;
  acknowledged: boolean | null;
  until: Micros | null;
  sections: Json | null;
  history: Json | null;
}
/** A row of consent_request_list. A cell without a value is null. */
export interface RowRequestList {
  request: Int | null;
  kind: string | null;
  state: string | null;
  received_at: Micros | null;
  due: Micros | null;
  due_local: string | null;
  provisional: boolean | null;
  overdue: boolean | null;
  subject: string | null;
  standing: string | null;
  policy: string | null;
  version: string | null;
  extended: boolean | null;
  acknowledged: boolean | null;
  until: Micros | null;
  sections: Json | null;
  history: Json | null;
}
/** A row of consent_request_due. A cell without a value is null. */
export interface RowRequestDue {
  request: Int | null;
  kind: string | null;
  state: string | null;
  received_at: Micros | null;
  due: Micros | null;
  due_local: string | null;
  provisional: boolean | null;
  overdue: boolean | null;
  subject: string | null;
  standing: string | null;
  policy: string | null;
  version: string | null;
  extended: boolean | null;
  acknowledged: boolean | null;
  until: Micros | null;
  sections: Json | null;
  history: Json | null;
}
/** A row of consent_request_advance. A cell without a value is null. */
export interface RowRequestAdvance {
  request: Int | null;
  kind: string | null;
  state: string | null;
  received_at: Micros | null;
  due: Micros | null;
  due_local: string | null;
  provisional: boolean | null;
  overdue: boolean | null;
  subject: string | null;
  standing: string | null;
  policy: string | null;
  version: string | null;
  extended: boolean | null;
  acknowledged: boolean | null;
  until: Micros | null;
  sections: Json | null;
  history: Json | null;
}
/** A row of consent_request_extend. A cell without a value is null. */
export interface RowRequestExtend {
  request: Int | null;
  kind: string | null;
  state: string | null;
  received_at: Micros | null;
  due: Micros | null;
  due_local: string | null;
  provisional: boolean | null;
  overdue: boolean | null;
  subject: string | null;
  standing: string | null;
  policy: string | null;
  version: string | null;
  extended: boolean | null;
  acknowledged: boolean | null;
  until: Micros | null;
  sections: Json | null;
  history: Json | null;
}
/** A row of consent_hold_place. A cell without a value is null. */
export interface RowHoldPlace {
  hold: Int | null;
  subject: string | null;
  uid: string | null;
  authority: string | null;
  items: Json | null;
  until: Micros | null;
  state: string | null;
}
/** A row of consent_hold_release. A cell without a value is null. */
export interface RowHoldRelease {
  hold: Int | null;
  subject: string | null;
  uid: string | null;
  authority: string | null;
  items: Json | null;
  until: Micros | null;
  state: string | null;
}
/** A row of consent_hold_list. A cell without a value is null. */
export interface RowHoldList {
  since: Micros | null;
}
/** A row of consent_retention_due. A cell without a value is null. */
export interface RowRetentionDue {
  subject: string | null;
  uid: string | null;
  item: string | null;
  then: string | null;
  since: Micros | null;
  due: Micros | null;
  held: boolean | null;
  hold: Int | null;
  why: string | null;
  extended: Micros | null;
  extended_why: string | null;
}
/** A row of consent_retention_apply. A cell without a value is null. */
export interface RowRetentionApply {
  looked: Int | null;
  erase: Int | null;
  restrict: Int | null;
  held: Int | null;
  left: Int | null;
}
/** A row of consent_subject_get. A cell without a value is null. */
export interface RowSubjectGet {
  subject: string | null;
  uid: string | null;
  state: string | null;
  born: string | null;
  registered_at: Micros | null;
  decisions: Int | null;
}
/** A row of consent_subject_list. A cell without a value is null. */
export interface RowSubjectList {
  subject: string | null;
  uid: string | null;
  state: string | null;
  born: string | null;
  registered_at: Micros | null;
  decisions: Int | null;
}
/** A row of consent_summary_get. A cell without a value is null. */
export interface RowSummaryGet {
  part: string | null;
  policy: string | null;
  key: string | null;
  state: string | null;
  at: Micros | null;
  count: Int | null;
}
/** What makes a Options, as one object. */
export interface OptionsInit {
  key?: Uint8Array;
  keyFile?: string | null;
  passphrase?: Uint8Array;
  passphraseFile?: string | null;
  keyService?: ((unwrap: boolean, bytes: Uint8Array) => Uint8Array | null) | null;
  clock?: (() => Int) | null;
  random?: ((length: number) => Uint8Array | null) | null;
  wait?: Int;
  cache?: Int;
  holdReads?: boolean;
  helpers?: Int;
}
export class Options {
  /** New options: system clock, the operating system's randomness, malloc, no key. NULL only when out of memory. One thread at a time. */
  constructor();
  /** The 32-byte master key itself; copied. CONSENT_E_KEY_FORMAT unless len is 32. */
  setKey(key: Uint8Array): Done;
  /** A file that holds the master key as 64 hex digits and a newline. It is created (mode 0600) by consent_store_create when it does not exist, and refused when group or others can read it. The file is read when a store is created or opened. CONSENT_E_ARGUMENT. */
  setKeyFile(path?: string | null): Done;
  /** A passphrase of 1 to 1024 bytes (copied), from which Argon2id makes the master key; salt and costs are kept in the store. Opening then takes about a fifth of a second and 64 MiB. CONSENT_E_KEY_FORMAT for another length. */
  setPassphrase(passphrase: Uint8Array): Done;
  /** The same from a file: its bytes without one newline at the end. It is read when a store is opened, and refused when group or others can read it. */
  setPassphraseFile(path?: string | null): Done;
  /** The host's key service keeps the master key: it wraps one that the library made (unwrap false: 32 bytes in, at most `capacity` = 4096 bytes out, kept in the store) and unwraps it again when the store is opened (unwrap true: 32 bytes out). False when it cannot. Called only while a store is made, opened or given another key, on the thread of that call. */
  setKeyService(service?: ((unwrap: boolean, bytes: Uint8Array) => Uint8Array | null) | null): void;
  /** The log key stays outside: the store knows its public key only, and checkpoints are signed by the host: an Ed25519 signature over exactly these bytes, false when it cannot. Decided when a store is made; opened without it, the store does everything but sign. Called from any thread that asks for a checkpoint or receipt; what it answers is verified before it is used. CONSENT_E_KEY_FORMAT unless len is 32. */
  setLogKey(publicKey: Uint8Array, sign?: ((message: Uint8Array) => Uint8Array | null) | null): Done;
  /** The log key stays outside: the store knows its public key only, and checkpoints are signed by the host: an Ed25519 signature over exactly these bytes, false when it cannot. Decided when a store is made; opened without it, the store does everything but sign. Called from any thread that asks for a checkpoint or receipt; what it answers is verified before it is used. CONSENT_E_KEY_FORMAT unless len is 32. */
  setClock(clock?: (() => Int) | null): void;
  /** The log key stays outside: the store knows its public key only, and checkpoints are signed by the host: an Ed25519 signature over exactly these bytes, false when it cannot. Decided when a store is made; opened without it, the store does everything but sign. Called from any thread that asks for a checkpoint or receipt; what it answers is verified before it is used. CONSENT_E_KEY_FORMAT unless len is 32. */
  setRandom(random?: ((length: number) => Uint8Array | null) | null): void;
  /** How long a write waits for other writers before CONSENT_E_BUSY, in milliseconds; default 10 000. 0: do not wait. Negative values are taken as 0. */
  setWait(milliseconds: Int): void;
  /** Memory for what checks remember of subjects, in bytes; default 1 MiB, room for about 3 000 subjects. 0: nothing is remembered. It is taken from the store's memory function at the first check and given back when the store is freed. Opened states lie in it in clear, like everything a check works on. */
  setCache(bytes: Int): void;
  /** Whether checks that memory has no answer for leave their read of the file open for the next check, for as long as nothing is committed anywhere: they then take no file lock, which is half of their time. What they answer is as fresh as otherwise. Default: no, because a process that holds a read and then falls silent keeps the log of the file from being used anew, and erasures of other processes pending: it calls consent_store_release_reads first. Our own commits, erasures, backups and closing end what is held by themselves. */
  setHoldReads(hold: boolean): void;
  /** How many threads consent_record_many may use beside the caller's, for sealing and hashing; default 0, at most 16. They are started for a call of 512 acts or more and ended with it, run with all signals blocked, and call none of the functions set here. What is recorded is the same with any number of them. */
  setHelpers(threads: Int): void;
  /** Signed checkpoints that the store keeps by itself: with the first commit that makes `events` or more new events, or comes `seconds` or more after the last checkpoint; and when it is closed with events newer than the last one. 0 or false: not for that reason. Default: none. They cost one signature and one row each and are kept for ever. */
  setCheckpoints(events: Int, seconds: Int, atClose: boolean): void;
  /** Gives the handle up. Twice is allowed; every later call on it throws. */
  free(): void;
  /** Whether free was called. */
  readonly freed: boolean;
  [Symbol.dispose](): void;
}
export class Store {
  private constructor();
  /** Creates a new store file (mode 0600) with a fresh root key, store id and log key, and opens it. Errors: CONSENT_E_EXISTS, _OPEN, _READONLY, _FULL, _KEY_FORMAT, _KEY_EXPOSED, _ARGUMENT. On failure *out is NULL and no file is left behind. The host must never open the file with its own SQLite. */
  static create(path?: string | null, options?: Options | OptionsInit): Store;
  static createAsync(path?: string | null, options?: Options | OptionsInit): Promise<Store>;
  /** Opens an existing store. The file is examined before the key, so that a wrong file is called a wrong file. Errors: CONSENT_E_OPEN, _NOT_STORE, _NEWER, _CORRUPT, _READONLY, then _KEY, _KEY_FORMAT, _KEY_EXPOSED. Changes nothing on failure. */
  static open(path?: string | null, options?: Options | OptionsInit): Store;
  static openAsync(path?: string | null, options?: Options | OptionsInit): Promise<Store>;
  /** Ends all work on the store and says whether that went well; a second call answers CONSENT_DONE. Every later call with this handle answers CONSENT_E_CLOSED. Waits for calls in flight on other threads. The handle stays to be freed. */
  close(): Done;
  closeAsync(): Promise<Done>;
  /** The store's id: 32 hex digits. Lives as long as the handle. NULL for NULL. */
  id(): string | null;
  /** Ends the reads that checks left open (consent_options_set_hold_reads); the next check opens its own again. For a host about to fall silent. Never fails; nothing for NULL and for a closed store. */
  releaseReads(): void;
  /** "Now" as the store sees it: max(clock, time of the last event), microseconds. CONSENT_E_ARGUMENT, _CLOSED, storage. */
  now(): Int;
  nowAsync(): Promise<Int>;
  /** Copies the store to a new file (mode 0600) while others go on writing: the copy is the store as it was at one instant. It appears whole or not at all. It needs the master key of now, and is read like any store; before it is written to, it must be restored, or two histories would be signed under one name. Errors: CONSENT_E_EXISTS, _OPEN, _READONLY, _FULL, _IO. */
  backup(path?: string | null): Done;
  backupAsync(path?: string | null): Promise<Done>;
  /** The store's keys, never their bytes. One row: id t (of the root key, 8 hex digits), kind t ("key", "passphrase" or "service"), passes n and memory n (Argon2id; absent otherwise), log t ("inside" or "outside"), log_key t (verifier key), store t, generation n. No error of its own. */
  keyShow(): RowKeyShow;
  keyShowAsync(): Promise<RowKeyShow>;
  /** Changes the master key to the one that the options give (key, key file, passphrase or key service; the rest of them is not looked at; a key file that does not exist is made). Only the root key is wrapped anew, in one transaction with an event key.rotated; from then on the old key opens neither this file nor anything written later. Copies made before stay readable with the old key. Handles that are open stay good. On failure the old key stays. Errors: as consent_store_create for keys, and those of a write. */
  keyRotate(options?: Options | OptionsInit): Done;
  keyRotateAsync(options?: Options | OptionsInit): Promise<Done>;
  /** Examines the store: replays the ledger into the state of every subject and compares it with the sealed rows byte by byte; works out points and epochs anew from the published texts; and looks at the file itself: SQLite's integrity check, references, schema, settings, permissions, leftovers of processes that died, erasures that are not finished, a clock that is behind. One row a finding: seq n (absent when it is about no event), what t (a code of docs/verify.md), message t. No rows: all is well. CONSENT_OK whatever is found; *out_subjects (may be NULL): subjects compared; progress (may be NULL) counts them. Does not verify hashes: that is consent_ledger_verify. Errors: of storage. */
  examine(progress?: ((...args: Int[]) => void) | null): { subjects: Int; rows: RowStoreExamine[] };
  examineAsync(progress?: ((...args: Int[]) => void) | null): Promise<{ subjects: Int; rows: RowStoreExamine[] }>;
  /** Takes a calendar in; it replaces the one of the same key, the built-in too. Deadlines of open requests that count by it are computed anew, each change as an event. CONSENT_DONE when this very document is in use already. CONSENT_E_INPUT, _SYNTAX, _LIMIT, _ENCODING, _DUPLICATE with place; _REFUSED for the key "none". */
  calendarImport(bytes: Uint8Array): Done;
  calendarImportAsync(bytes: Uint8Array): Promise<Done>;
  /** When something is due that was received at `from` (a date YYYY-MM-DD in the calendar's own offset, or RFC 3339) and has `count` units to be done: unit "working-days" (NULL), "days", "months", "hours"; convention "next" (NULL), "incl", "roll" (Civil Code of the PRC arts 200-204). One row: due u (the last second of the last day), due_local t (RFC 3339 in the calendar's offset), days j (the days counted), provisional b (a year without data, or days the next notice may still move). CONSENT_E_NOT_FOUND (calendar), _ARGUMENT, _LIMIT. */
  calendarDue(calendar: string | null, from: string | null, count: Int, unit?: string | null, convention?: string | null): RowCalendarDue;
  calendarDueAsync(calendar: string | null, from: string | null, count: Int, unit?: string | null, convention?: string | null): Promise<RowCalendarDue>;
  /** May the account be cancelled now; changes nothing. policy NULL: the only one; lang NULL: the binding language. One row: eligible b (absent: nothing failed, something is undetermined), conditions j [{"fact","key","resolve","sections","status" (met, failed, undetermined),"title","why" (MET, CONDITION_FAILED, FACT_MISSING, FACT_STALE, FACT_CONTRADICTORY)}], disputes j (dispute facts known true), holds j [{"authority","hold","items","until"}], acknowledge j (sections to be acknowledged), shown t (hash of their text), sections j, request n (the cancellation that runs). CONSENT_E_NOT_FOUND, _AMBIGUOUS. */
  cancelCheck(subject?: string | null, policy?: string | null, lang?: string | null): RowCancelCheck;
  cancelCheckAsync(subject?: string | null, policy?: string | null, lang?: string | null): Promise<RowCancelCheck>;
  /** Opens a cancellation, its agreement acknowledged as shown: `shown` is the hash that cancel check gives (NULL: the host vouches that this text was shown). A request of the kind cancel-account that is open without it is acknowledged. Offer the subject an export first. A dispute fact ends it from then on, and none is opened while a dispute is known: CONSENT_E_REFUSED names all that stands against it (docs/requests.md; consent_request_open takes the application in all the same). What else fails or is not known yet can be settled until it is executed. One row as consent_request_get. CONSENT_E_STATE (one runs already), _UNKNOWN_TEXT, _REFUSED. */
  cancelOpen(subject?: string | null, policy?: string | null, lang?: string | null, shown?: string | null, channel?: string | null): RowCancelOpen;
  cancelOpenAsync(subject?: string | null, policy?: string | null, lang?: string | null, shown?: string | null, channel?: string | null): Promise<RowCancelOpen>;
  /** Executes the open cancellation: the conditions are checked again in the transaction that erases. One row: uid t, events n (bodies erased), event n, at u, request n, scrub t (done, or pending while a reader holds the log; paid by the next commit or open), outcome j [{"item","reason","then" (delete, anonymise, restrict, retain),"until" (microseconds or null)}], proof t (signed proof of erasure: keep it, it cannot be made again). scrub: rewrite the file as well. CONSENT_E_NOT_FOUND (nothing runs), _REFUSED (ineligible: each condition is named), _STATE (not acknowledged, cooling off). */
  cancelExecute(subject: string | null, scrub: boolean): RowCancelExecute;
  cancelExecuteAsync(subject: string | null, scrub: boolean): Promise<RowCancelExecute>;
  /** What an erasure would do with each item (item NULL: all) by its retention rule, holds and what the policy retains. Columns: item t, deletable b, why t (DELETABLE, HELD, RETAINED, LEGAL_OBLIGATION), then t, until u, hold n, authority t, reason t. CONSENT_E_NOT_FOUND, _AMBIGUOUS, _ARGUMENT, _ENCODING. */
  deleteCheck(subject?: string | null, policy?: string | null, item?: string | null): RowDeleteCheck[];
  deleteCheckAsync(subject?: string | null, policy?: string | null, item?: string | null): Promise<RowDeleteCheck[]>;
  /** Erases a subject on its own open request of kind delete or cancel-account. Row and errors as consent_cancel_execute; _REFUSED also when a hold covers everything. */
  erase(subject: string | null, request: Int, scrub: boolean): RowErase;
  eraseAsync(subject: string | null, request: Int, scrub: boolean): Promise<RowErase>;
  /** Whether an erasure is not final yet because a reader holds the log. Tries to settle it first. No error of its own. */
  erasurePending(): boolean;
  erasurePendingAsync(): Promise<boolean>;
  /** What recipients must erase; recipient "" is the host itself. Columns: uid t, recipient t, items j (what may go now), event n (the erasure), done b, held j (of an open task, what is under a hold, also one placed after the task was made: it must not go, and stands in items again when the hold is over: [{"authority","hold","item","then","until" (microseconds or null)}]). No error of its own. */
  erasureTasks(openOnly: boolean): RowErasureTasks[];
  erasureTasksAsync(openOnly: boolean): Promise<RowErasureTasks[]>;
  /** A recipient has done its part. CONSENT_E_NOT_FOUND (no such open task), _REFUSED (an item of it is under a hold: the task stays open until that is over). */
  erasureDone(uid?: string | null, recipient?: string | null, actor?: string | null): Done;
  erasureDoneAsync(uid?: string | null, recipient?: string | null, actor?: string | null): Promise<Done>;
  /** What is still kept of erased subjects (uid NULL: of all). Columns: uid t, item t, reason t, until u. No error of its own. */
  remainderList(uid?: string | null): RowRemainderList[];
  remainderListAsync(uid?: string | null): Promise<RowRemainderList[]>;
  /** The erasure list, signed, to be applied to a copy that is restored. One row: list t. No error of its own. */
  erasuresExport(): RowErasuresExport;
  erasuresExportAsync(): Promise<RowErasuresExport>;
  /** Erases what the list of this very store names and this copy still has; *out_erased: how many. Signed by this store's log key, or by `vkey` when it is not NULL. CONSENT_E_FORMAT, _SIGNATURE, _REFUSED (another store's list). */
  erasuresApply(list: string | null, vkey: string | null, scrub: boolean): Int;
  erasuresApplyAsync(list: string | null, vkey: string | null, scrub: boolean): Promise<Int>;
  /** Whether the subject's data may be used for the purpose now: consent_check with defaults, reduced to one bit. False also on every failure (NULL, closed store, several policies, damaged record). Allocates nothing in the steady state. Never answers from before a change that was committed when it began; what that rests on, and a faster form, is in <consent/handle.h>. Any thread. */
  may(subject?: string | null, purpose?: string | null): boolean;
  /** Answers a query; always, also for an unknown subject or purpose (a deny, not an error). Errors are those of the store: CONSENT_E_ARGUMENT, _ENCODING, _AMBIGUOUS, _CLOSED, _SEAL, storage. */
  check(query?: Query | QueryInit): Answer;
  checkAsync(query?: Query | QueryInit): Promise<Answer>;
  /** Every purpose of the policy in force (NULL: the only one) for one subject, with defaults. Columns: purpose t, required b, answer t (allow, deny), reason t, blockers j, event n. Always answers, also for an unknown subject; no rows where no policy is in force. CONSENT_E_AMBIGUOUS, _ARGUMENT, _ENCODING. */
  checkPurposes(subject?: string | null, policy?: string | null): RowCheckPurposes[];
  checkPurposesAsync(subject?: string | null, policy?: string | null): Promise<RowCheckPurposes[]>;
  /** One question about every subject now, by one scan: who may be written to, whose data may be used. Of the query its own subject and instant are not looked at. allowed_only: only those it is allowed for. Adopted device subjects are left out (their account is in). Columns: subject t, answer t, reason t, blockers j, event n; by order of registration. Errors are those of consent_check. */
  checkSubjects(query: Query | QueryInit, allowedOnly: boolean): RowCheckSubjects[];
  checkSubjectsAsync(query: Query | QueryInit, allowedOnly: boolean): Promise<RowCheckSubjects[]>;
  /** Records the act, durably, before it returns. One row: event n, at u, point t, decision t, class t, policy t, version t, evidenced b (a text hash was given), implied b. CONSENT_DONE: recorded before under this idempotency key. What is said is recorded as what it is: an act of too low a class, or of a child alone, is an event, and the check says what is missing. Errors: CONSENT_E_NOT_FOUND (subject, guardian, policy, version, purpose or recipient unknown), _STATE (no version in force, a draft; the subject takes no acts), _STALE_TEXT, _UNKNOWN_TEXT, _REFUSED (no guardian link; the subject decides alone), _CONFLICT, _ARGUMENT (also a written consent without its document), _ENCODING, _AMBIGUOUS, _BUSY. out may be NULL. */
  record(act?: Act | ActInit): RowRecord;
  recordAsync(act?: Act | ActInit): Promise<RowRecord>;
  /** Records many acts, in their order, in one transaction: for imports, and wherever one commit for all is enough. Each act is recorded or refused for itself, and a refusal keeps none of the others from being recorded. One row per act: status n (0 recorded, 1 recorded before under its idempotency key, else the error), event n and at u (absent when refused), message t (absent when not). CONSENT_DONE when nothing had to be recorded. A failure of the store or of memory is one of the whole: nothing is recorded then, *out is NULL. At most 100 000 acts, CONSENT_E_LIMIT. Other writers wait until it ends. */
  recordMany(acts: (Act | ActInit)[]): RowRecordMany[];
  recordManyAsync(acts: (Act | ActInit)[]): Promise<RowRecordMany[]>;
  /** Short forms for a general act on a purpose. out_event may be NULL. */
  grant(subject?: string | null, purpose?: string | null): Int;
  grantAsync(subject?: string | null, purpose?: string | null): Promise<Int>;
  /** Short forms for a general act on a purpose. out_event may be NULL. */
  refuse(subject?: string | null, purpose?: string | null): Int;
  refuseAsync(subject?: string | null, purpose?: string | null): Promise<Int>;
  /** Short forms for a general act on a purpose. out_event may be NULL. */
  withdraw(subject?: string | null, purpose?: string | null): Int;
  withdrawAsync(subject?: string | null, purpose?: string | null): Promise<Int>;
  /** The decisions that stand for a subject: last of each point and epoch. Columns: policy t, point t, decision t, class t, version t, epoch n, at u, from u, until u, event n, by t (subject, guardian), evidenced b, counts b (this one decides now), inherited b (taken over from a device), disputed b (another verified guardian says otherwise). CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
  decisionList(subject?: string | null): RowDecisionList[];
  decisionListAsync(subject?: string | null): Promise<RowDecisionList[]>;
  /** Every event of a subject, oldest first. Columns: event n, at u, kind t, body j. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
  history(subject?: string | null): RowHistory[];
  historyAsync(subject?: string | null): Promise<RowHistory[]>;
  /** Gives out the bundle of one subject (NULL: of all), as the ledger is at one instant: the published texts, every event that has a receipt with its proof, the receipts, the signed head, the log's keys. Names of files hold nothing personal; no external id is in it. manifest.json and manifest.note come last: without them a bundle is not whole. Memory does not grow with the ledger. One row: files n, events n, receipts n, size n (of the ledger), root t, key t (verifier key to give apart). Errors: CONSENT_E_NOT_FOUND (no such subject), _ARGUMENT, _ENCODING, _IO, _KEY (the log key is outside and nobody signs), storage. */
  evidenceExport(subject?: string | null, give?: ((file: string, bytes: Uint8Array) => void | boolean) | null): RowEvidenceExport;
  evidenceExportAsync(subject?: string | null, give?: ((file: string, bytes: Uint8Array) => void | boolean) | null): Promise<RowEvidenceExport>;
  /** Makes a new store at `path` out of a complete export (format "json" of consent_export) and opens it. It takes the place of the one exported - its id, its ledger, the public half of its log key - under keys of its own, and is read, never written: whatever would record, sign or erase answers CONSENT_E_STATE. Checks, histories, exports, proofs and verification work; head and proofs bear the signature that came with the export. key: the verifier key to trust, from elsewhere than the file; NULL: only that the file agrees with itself is known. Of an export of one subject the events of others have no bodies. All or nothing: on failure there is no store, and *out is NULL. Errors, with the line, its offset and the member in the error: CONSENT_E_SYNTAX, _INPUT, _LIMIT, _SIGNATURE, _PROOF (the events do not give the signed root), _FORMAT; CONSENT_E_NOT_FOUND, _OPEN, _IO for the file; and those of consent_store_create. */
  static evidenceImport(path?: string | null, options?: Options | OptionsInit, file?: string | null, key?: string | null): Store;
  static evidenceImportAsync(path?: string | null, options?: Options | OptionsInit, file?: string | null, key?: string | null): Promise<Store>;
  /** Records the use. One row: answer t ("allow"), reason t ("EXEMPT"), event n, at u, exemption t, operation t, policy t, version t. It stands in for the consent (and who had to give it), for nothing else: what is not declared, a restriction, a missing assessment, mechanism or contract still stand in the way. Errors: CONSENT_E_NOT_FOUND (subject, policy, exemption, purpose), _REFUSED (the exemption does not cover the operation; something else than consent is missing, named), _STATE, _ARGUMENT, _ENCODING, _AMBIGUOUS. `out` may be NULL. */
  exemptionUse(use?: Use | UseInit): RowExemptionUse;
  exemptionUseAsync(use?: Use | UseInit): Promise<RowExemptionUse>;
  /** De-identified data that its recipient cannot trace back is no sharing. Somebody answers for that: the claim is recorded with method and date, of the store, without a subject. `recipient` NULL: nobody in particular; `items`, `item_count` of them (0: all of the purpose); `observed` when it was done (microseconds; INT64_MIN: now). It changes no answer: what is still personal is asked about by a check. CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT, _ENCODING, _AMBIGUOUS. */
  deidentifiedClaim(policy: string | null, purpose: string | null, recipient: string | null, items: string[], method: string | null, observed: Int, actor?: string | null): Int;
  deidentifiedClaimAsync(policy: string | null, purpose: string | null, recipient: string | null, items: string[], method: string | null, observed: Int, actor?: string | null): Promise<Int>;
  /** Exports one subject, or with subject NULL everybody registered, in the order they were registered. Formats: "kantara" Kantara Consent Receipt 1.1: a JSON array, one receipt a line, one receipt per decision "iso27560" ISO/IEC TS 27560:2023: a JSON array, one receipt a line, each holding the record of one subject and consent point with all its events "dpv" the same records as JSON-LD 1.1 in terms of the W3C Data Privacy Vocabulary 2.3; one document whose context needs no network "csv" one row per act: RFC 4180, UTF-8 with a byte order mark (else spreadsheets take it for another encoding); a cell that a spreadsheet would take for a formula begins with an apostrophe "json" everything that is evidence, of all or of one subject: a JSON array, one element a line, signed at its end (docs/export-json.md); consent_evidence_import reads it The first three hold decisions only: what was recorded from silence ("implied") never counts and stands in csv and json alone. Of erased subjects there is nothing, in json that they were. Bytes are a function of what the store holds and, where a consent has expired or a record says when it was made, of the clock. One snapshot: what is written meanwhile is not in it. While it is open one of the store's two reading connections is taken, and an erasure keeps owing the emptying of the log (see consent_erasure_pending): do not hold it open by a slow sink. *out_records (may be NULL): receipts, records, rows or elements given; 0 after a failure. What the sink has got is whole only when the call answers CONSENT_OK. Errors: CONSENT_E_ARGUMENT (an unknown format, no sink, an id that is empty or longer than 512 bytes), CONSENT_E_ENCODING (an id that is not UTF-8), CONSENT_E_NOT_FOUND (no such subject, or erased), CONSENT_E_STOPPED (the sink said so), CONSENT_E_KEY (json: the log key is outside and nobody signs). */
  export(subject?: string | null, format?: string | null, sink?: ((bytes: Uint8Array) => void | boolean) | null): Int;
  exportAsync(subject?: string | null, format?: string | null, sink?: ((bytes: Uint8Array) => void | boolean) | null): Promise<Int>;
  /** Records an observation. `value` is a JSON scalar: null, true, false, an integer of at most 2^53-1, a text in quotation marks; money is in minor units. `observed` is when the source saw it (microseconds) or CONSENT_OBSERVED_NOW, never later than now. Per source the newest observation counts; sources that disagree make the fact undetermined, which is never a yes. Errors: CONSENT_E_SYNTAX, _INPUT, _LIMIT (the value), _ARGUMENT, _ENCODING, _NOT_FOUND, _STATE. */
  factPut(subject: string | null, fact: string | null, value: string | null, source: string | null, observed: Int): Done;
  factPutAsync(subject: string | null, fact: string | null, value: string | null, source: string | null, observed: Int): Promise<Done>;
  /** The newest observation of each fact by each source. Columns: fact t, value j, source t, observed u, event n. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
  factList(subject?: string | null): RowFactList[];
  factListAsync(subject?: string | null): Promise<RowFactList[]>;
  /** Records the claim that `guardian` is a guardian of `child`. It counts for nothing until it is verified. Rules are those of the policy in force (`policy` NULL: the only one): the guardian is another registered subject whose known age makes an adult (`adult_from`); the child is not of age; `evidence` is a kind the policy accepts (a policy that lists none accepts any, and the kind named is recorded); `document`, 64 hex digits or NULL, is the SHA-256 of what was shown; `until` in the future, 0: no end. CONSENT_DONE when the two are linked so already. Errors: CONSENT_E_NOT_FOUND (either is not registered, no such policy), _STATE (no version in force; adopted subject), _REFUSED (names the rule), _CONFLICT (linked with other evidence or end), _ARGUMENT, _ENCODING, _AMBIGUOUS. Several guardians of one child are usual: among verified ones the last act counts. */
  guardianLink(child: string | null, guardian: string | null, policy: string | null, evidence: string | null, document: string | null, until: Int): Done;
  guardianLinkAsync(child: string | null, guardian: string | null, policy: string | null, evidence: string | null, document: string | null, until: Int): Promise<Done>;
  /** Records that the claim was verified: by whom (`verifier`, may be NULL), on which evidence (NULL: that of the claim; may be a better one) and document (may be NULL). From then on what the guardian said since the link began counts. CONSENT_DONE when verified on that evidence already. Errors: CONSENT_E_NOT_FOUND also when no link stands; the others as consent_guardian_link. */
  guardianVerify(child?: string | null, guardian?: string | null, policy?: string | null, verifier?: string | null, evidence?: string | null, document?: string | null): Done;
  guardianVerifyAsync(child?: string | null, guardian?: string | null, policy?: string | null, verifier?: string | null, evidence?: string | null, document?: string | null): Promise<Done>;
  /** Ends a link. What the guardian said while it stood goes on counting until the subject or another guardian is heard. CONSENT_END_MAJORITY needs a child that is of age under the policy (CONSENT_E_REFUSED). CONSENT_E_NOT_FOUND when no link stands. */
  guardianEnd(child: string | null, guardian: string | null, policy: string | null, end: End | number): Done;
  guardianEndAsync(child: string | null, guardian: string | null, policy: string | null, end: End | number): Promise<Done>;
  /** Every link a child ever had, oldest first. Columns: guardian t (absent when erased since), uid t, state t (claimed, verified, over: past its own end, ended), evidence t, since u, verified_at u, ended_at u, until u. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
  guardianList(child?: string | null): RowGuardianList[];
  guardianListAsync(child?: string | null): Promise<RowGuardianList[]>;
  /** Whether the guardian may ask and speak for the child now: CONSENT_OK when linked, verified, not over, and the child not of age; else CONSENT_E_REFUSED, which says what is missing. A guardian's question and a request on behalf of a child need this. */
  guardianStanding(child?: string | null, guardian?: string | null, policy?: string | null): Done;
  guardianStandingAsync(child?: string | null, guardian?: string | null, policy?: string | null): Promise<Done>;
  /** A handle for the host's id of a subject, registered or not: what is checked is who has the id when it is checked. Reads nothing. Errors: CONSENT_E_ARGUMENT, _ENCODING, _CLOSED, _MEMORY. */
  handleNew(subject?: string | null): Handle;
  handleNewAsync(subject?: string | null): Promise<Handle>;
  /** The number of a purpose, for as long as the store is open: 0, 1, 2 … as they are asked for. CONSENT_E_NOT_FOUND when no version of any policy declares it, CONSENT_E_LIMIT for more than 1024 purposes, CONSENT_E_CLOSED, storage. */
  purposeNumber(purpose?: string | null): Int;
  purposeNumberAsync(purpose?: string | null): Promise<Int>;
  /** Opens an incident. kind: "leak", "tamper", "loss"; what: in words; discovered: when it became known (0: now); items: what is affected, as far as known. Its deadline runs from `discovered`: the policy's, else the profile's. The row of consent_incident_get. policy NULL: the only one. CONSENT_E_ARGUMENT (kind, in the future, no text), _ENCODING, _NOT_FOUND (policy, item), _AMBIGUOUS, _STATE (no version in force). */
  incidentOpen(policy: string | null, kind: string | null, what: string | null, discovered: Int, items: string[]): RowIncidentOpen[];
  incidentOpenAsync(policy: string | null, kind: string | null, what: string | null, discovered: Int, items: string[]): Promise<RowIncidentOpen[]>;
  /** Fills in one of the contents the notice must have; again: the newer text counts. Which: those of the policy, else what-happened, measures, self-protection, remedies. The row of consent_incident_get. CONSENT_E_NOT_FOUND (incident, content), _ARGUMENT, _ENCODING, _STATE (closed). */
  incidentDescribe(incident: Int, content?: string | null, text?: string | null): RowIncidentDescribe[];
  incidentDescribeAsync(incident: Int, content?: string | null, text?: string | null): Promise<RowIncidentDescribe[]>;
  /** The incident was reported to an authority at `at` (0: now). method: how; may be NULL. The row of consent_incident_get. CONSENT_E_NOT_FOUND, _ARGUMENT (before it was discovered, in the future), _ENCODING, _STATE (closed). */
  incidentReport(incident: Int, authority: string | null, at: Int, method?: string | null): RowIncidentReport[];
  incidentReportAsync(incident: Int, authority: string | null, at: Int, method?: string | null): Promise<RowIncidentReport[]>;
  /** These subjects are affected, all or none of the list; count 0: everybody registered, some hundred to a transaction, and a call that was interrupted is simply repeated. Adopted subjects are left out: their account is told. The verified guardians of whoever is not known to be of age are to be told as well (PIPL art. 31; Minors' Network Regulations art. 35; COPPA). *out_added: how many subjects were not on the list yet, guardians not counted; may be NULL. CONSENT_E_NOT_FOUND (incident, subject), _ARGUMENT, _STATE (closed). */
  incidentAffect(incident: Int, subjects: string[]): Int;
  incidentAffectAsync(incident: Int, subjects: string[]): Promise<Int>;
  /** One affected subject, or guardian of one, was told by a channel, or (told false) could not be reached by it. channel NULL: the next one in the policy's order; another is refused until those before it have failed. An event of the subject. One row: incident n, event n, channel t, told b, next t (the channel to try now; absent: it was told, or only an announcement is left). CONSENT_DONE when it was told before. CONSENT_E_NOT_FOUND (incident, subject, not affected), _ARGUMENT (channel), _STATE (closed; not that channel's turn; no channel left; the contents are not complete). */
  incidentNotify(incident: Int, subject: string | null, channel: string | null, told: boolean): RowIncidentNotify;
  incidentNotifyAsync(incident: Int, subject: string | null, channel: string | null, told: boolean): Promise<RowIncidentNotify>;
  /** It was announced in public, because telling each subject is impractical: why. Subjects not told do not keep the incident open any more. Refused where the policy names channels and "announcement" is none of them. The row of consent_incident_get. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING, _STATE (closed; the contents are not complete), _REFUSED. */
  incidentAnnounce(incident: Int, why?: string | null): RowIncidentAnnounce[];
  incidentAnnounceAsync(incident: Int, why?: string | null): Promise<RowIncidentAnnounce[]>;
  /** Closes it: all contents filled, reported, everybody affected told or an announcement made. The row of consent_incident_get. CONSENT_E_NOT_FOUND, _ENCODING, _STATE (closed before; or incomplete: the message names what is missing). */
  incidentClose(incident: Int, why?: string | null, actor?: string | null): RowIncidentClose[];
  incidentCloseAsync(incident: Int, why?: string | null, actor?: string | null): Promise<RowIncidentClose[]>;
  /** One incident. One row: incident n, kind t, state t (open, complete, closed), policy t, version t, reason t, discovered u, due u, overdue b (open, or closed, after it was due), provisional b, items j, contents j ([{content, text}]; text null: missing), channels j, reports j ([{authority, at}]), affected n, told n, untold n (erased and adopted subjects not counted), announced b, missing j (what keeps it from being complete), closed u, guardians n (of affected children; told and untold count them too). CONSENT_E_NOT_FOUND. */
  incidentGet(incident: Int): RowIncidentGet;
  incidentGetAsync(incident: Int): Promise<RowIncidentGet>;
  /** All incidents in the order they were opened; columns as consent_incident_get. */
  incidentList(): RowIncidentList[];
  incidentListAsync(): Promise<RowIncidentList[]>;
  /** Size and root of the tree now. One row: size n, root t (64 hex), at u (absent when empty), checkpoint t (C2SP signed note over size and root), key t (verifier key). No error of its own. */
  ledgerHead(): RowLedgerHead;
  ledgerHeadAsync(): Promise<RowLedgerHead>;
  /** Verifies the ledger: each event against its leaf hash, order and times, the tree against nodes and head, bodies against commitments, stubs against erasures, policies and documents against the hashes in their events, the schema against the built-in, and the checkpoint when one is given. All findings in one pass; one row each: seq n (absent when it is about no single event), what t (a code of docs/verify.md), message t. No rows: the ledger is good. CONSENT_OK whatever is found; *out_size (may be NULL) is the number of events according to the head. verification may be NULL. Errors: CONSENT_E_FORMAT for a checkpoint or key that is none, and those of storage. */
  ledgerVerify(verification?: Verification | VerificationInit): { size: Int; rows: RowLedgerVerify[] };
  ledgerVerifyAsync(verification?: Verification | VerificationInit): Promise<{ size: Int; rows: RowLedgerVerify[] }>;
  /** Proof that event `seq` is in the ledger (RFC 9162, 2.1.3). One row: seq n, at u, kind t, commitment t and leaf t (64 hex each: of the leaf's input and its hash), size n, root t (of the tree now), proof j (array of hashes, 64 hex each, from the leaf up), checkpoint t, key t. Reads O(log n) stored hashes; verified before it is given. CONSENT_E_NOT_FOUND, CONSENT_E_CORRUPT when what is stored does not lead to the head. */
  ledgerProve(seq: Int): RowLedgerProve;
  ledgerProveAsync(seq: Int): Promise<RowLedgerProve>;
  /** Proof that the ledger of `second` events continues the one of `first` (RFC 9162, 2.1.4). One row: first n, second n, first_root t, second_root t, proof j, and, when second is the size now, checkpoint t and key t. second -1: the size now. CONSENT_E_ARGUMENT unless 0 <= first <= second <= size. */
  ledgerConsistency(first: Int, second: Int): RowLedgerConsistency;
  ledgerConsistencyAsync(first: Int, second: Int): Promise<RowLedgerConsistency>;
  /** Keeps a checkpoint over the ledger as it is now, for ever. One row as consent_ledger_head. CONSENT_DONE when one of that size is kept already. out may be NULL. */
  ledgerCheckpoint(): RowLedgerCheckpoint;
  ledgerCheckpointAsync(): Promise<RowLedgerCheckpoint>;
  /** Those that are kept, oldest first. Columns: size n, at u, checkpoint t. No error of its own. */
  ledgerCheckpoints(): RowLedgerCheckpoints[];
  ledgerCheckpointsAsync(): Promise<RowLedgerCheckpoints[]>;
  /** Verifier keys the log has had, first to present. Columns: seq n (event that brought it), at u, key t, note t (signed by the key before it, over itself and the new one; absent for the first). Whoever trusts one key follows the notes to the next. No error of its own. */
  ledgerKey(): RowLedgerKey[];
  ledgerKeyAsync(): Promise<RowLedgerKey[]>;
  /** Gives the log a new random signing key; the old one signs it. Checkpoints and receipts of the old key stay good under the old key. CONSENT_E_STATE when the log key is kept outside. */
  ledgerRekey(): Done;
  ledgerRekeyAsync(): Promise<Done>;
  /** The subject objects to a purpose, on whatever basis it stands: the check answers OBJECTED until the subject grants that purpose expressly. `policy` NULL: the only one; `reason` in words may be NULL. CONSENT_DONE when it stands already: it is recorded as said again, so that a grant from in between that comes late from a device does not take it back. CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT, _ENCODING, _AMBIGUOUS. */
  object(subject?: string | null, policy?: string | null, purpose?: string | null, reason?: string | null): Done;
  objectAsync(subject?: string | null, policy?: string | null, purpose?: string | null, reason?: string | null): Promise<Done>;
  /** From now on only storing is allowed: for one item, or for all (`item` NULL). CONSENT_DONE when it stands already. CONSENT_E_NOT_FOUND (subject; an item no published version declares), _STATE. */
  restrict(subject?: string | null, item?: string | null, reason?: string | null): Done;
  restrictAsync(subject?: string | null, item?: string | null, reason?: string | null): Promise<Done>;
  /** Lifts the restriction that was set with the same `item`. CONSENT_DONE when there is none. CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT, _ENCODING. */
  unrestrict(subject?: string | null, item?: string | null, reason?: string | null): Done;
  unrestrictAsync(subject?: string | null, item?: string | null, reason?: string | null): Promise<Done>;
  /** What stands. Columns: kind t (objection, restriction), policy t, purpose t, item t (absent: all), since u, event n. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
  limitList(subject?: string | null): RowLimitList[];
  limitListAsync(subject?: string | null): Promise<RowLimitList[]>;
  /** The entries of the page of changes of one policy (NULL: the only one), the newest first. lang: for titles, summary and words; NULL or one there are no words for: the binding language, in words the nearest. Columns: policy t, version t, class t (as computed), triggers j, published_at u, from u (in force from), form t (page, notice, acknowledge: the strongest that is owed), summary t, changes j ([{"text","type","key","class","trigger","sections"}…]; changes of translations and of order alone are left out). CONSENT_E_NOT_FOUND, _AMBIGUOUS. */
  noticePage(policy?: string | null, lang?: string | null): RowNoticePage[];
  noticePageAsync(policy?: string | null, lang?: string | null): Promise<RowNoticePage[]>;
  /** The notices a subject still waits for, the oldest first: the source of a pop-up, without a network. policy NULL: of all. The columns of consent_notice_page, and shown_at u (absent: never). Those that were published and are not in force yet are among them. CONSENT_E_NOT_FOUND. */
  noticePending(subject?: string | null, policy?: string | null, lang?: string | null): RowNoticePending[];
  noticePendingAsync(subject?: string | null, policy?: string | null, lang?: string | null): Promise<RowNoticePending[]>;
  /** How many subjects wait: a row for every version after the first, of one policy (NULL: of all). Subjects are looked at by order of registration: those behind `after` (0: from the first), `limit` of them (0: all). *out_next: what to give as `after` to go on, 0 at the end; may be NULL; the numbers of the parts are added up by the caller. Memory does not grow with the subjects, and no snapshot is held for long: what is written meanwhile may be counted or not. Adopted subjects are left out, their account is counted. Columns: policy t, version t, class t (as computed), from u, form t (as consent_notice_page), subjects n (registered before it came into force), shown n, acknowledged n (of these; the acknowledged were shown it), waiting n (of these; as consent_notice_pending; 0 when only the page is owed). Use this one for notices: by parts, also of versions that only the page tells of; consent_summary_get counts those that are owed more along with all the rest of the store, in one snapshot: its waiting and shown are `waiting` here, and with its done they are `subjects`. CONSENT_E_NOT_FOUND, _ARGUMENT (negative). */
  noticeCount(policy: string | null, after: Int, limit: Int): { next: Int; rows: RowNoticeCount[] };
  noticeCountAsync(policy: string | null, after: Int, limit: Int): Promise<{ next: Int; rows: RowNoticeCount[] }>;
  /** Records that notices were shown, or acknowledged: an event each, with surface (NULL: not said) and time; the first time counts. version NULL: every one that is pending. guardian: who acknowledges for a child, a verified one; who needs a guardian to consent needs one to acknowledge. NULL otherwise. One row for each event: event n, at u, policy t, version t; out may be NULL. CONSENT_DONE when there was nothing to record. Errors: CONSENT_E_NOT_FOUND, _AMBIGUOUS, _STATE (a draft, the first version, an adopted subject), _REFUSED (a child without a guardian, a guardian who may not speak, the surface "implied": going on using the service acknowledges nothing), _ARGUMENT, _ENCODING. */
  noticeShown(subject?: string | null, policy?: string | null, version?: string | null, surface?: string | null, lang?: string | null): RowNoticeShown[];
  noticeShownAsync(subject?: string | null, policy?: string | null, version?: string | null, surface?: string | null, lang?: string | null): Promise<RowNoticeShown[]>;
  /** Records that notices were shown, or acknowledged: an event each, with surface (NULL: not said) and time; the first time counts. version NULL: every one that is pending. guardian: who acknowledges for a child, a verified one; who needs a guardian to consent needs one to acknowledge. NULL otherwise. One row for each event: event n, at u, policy t, version t; out may be NULL. CONSENT_DONE when there was nothing to record. Errors: CONSENT_E_NOT_FOUND, _AMBIGUOUS, _STATE (a draft, the first version, an adopted subject), _REFUSED (a child without a guardian, a guardian who may not speak, the surface "implied": going on using the service acknowledges nothing), _ARGUMENT, _ENCODING. */
  noticeAcknowledge(subject?: string | null, policy?: string | null, version?: string | null, surface?: string | null, lang?: string | null, guardian?: string | null): RowNoticeAcknowledge[];
  noticeAcknowledgeAsync(subject?: string | null, policy?: string | null, version?: string | null, surface?: string | null, lang?: string | null, guardian?: string | null): Promise<RowNoticeAcknowledge[]>;
  /** Every obligation of a subject, or (open_only) those not met. Columns: obligation n (the event it arose with), kind t, policy t, point t, recipient t, guardian t (uid), act n (the event that caused it), since u, met_at u, held j (of a deletion that is open, items of the point that are under a hold and must not go now: [{"hold","item"}]). Kinds: "inform-recipient" (one for each recipient that could get data under the consent; PIPL art. 47, GDPR art. 19), "delete-collected" (PIPL art. 47(1)(3)), "inform-guardian" (who refused). All are due at once. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
  obligationList(subject: string | null, openOnly: boolean): RowObligationList[];
  obligationListAsync(subject: string | null, openOnly: boolean): Promise<RowObligationList[]>;
  /** It was done: by whom, how (both may be NULL). CONSENT_DONE when met before; CONSENT_E_NOT_FOUND. */
  obligationMet(subject: string | null, obligation: Int, actor?: string | null, method?: string | null): Done;
  obligationMetAsync(subject: string | null, obligation: Int, actor?: string | null, method?: string | null): Promise<Done>;
  /** Records that the operating system granted or refused the permission of that name (1 to 256 bytes, as the system spells it). Any name is taken: whether the policy declares it is what the check says. CONSENT_E_NOT_FOUND, _STATE (adopted subject), _ARGUMENT, _ENCODING. */
  permissionRecord(subject: string | null, name: string | null, granted: boolean): Done;
  permissionRecordAsync(subject: string | null, name: string | null, granted: boolean): Promise<Done>;
  /** The last answer for each name. Columns: name t, granted b, at u, ask_from u (present after a refusal where a policy in force sets `reask_hours`: not to be asked again before). CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
  permissionList(subject?: string | null): RowPermissionList[];
  permissionListAsync(subject?: string | null): Promise<RowPermissionList[]>;
  /** What a version of a policy (NULL: the only one; the one in force) declares for a platform ("android", "ios", "web", "desktop"; NULL: android) against the names an app asks the system for, at most 4096 of 1 to 256 bytes each; "android.permission." before a name counts for nothing. No row: they agree. Columns: kind t, name t, permission t (key of the entry), source t, items j, sections j; the last four empty for what is not declared. Kinds, in this order: not-declared the app asks for it, the policy does not say so not-in-app declared, and the app does not ask for it no-purpose declared for no purpose unexplained it reads items that none of its purposes processes: items sdk-no-recipient its source is no recipient, nor the first such source, which is the app's own list sdk-not-shared its source is a recipient with which no purpose shares anything Rules: PIPL arts 6, 17(1)(2); the Measures of 2019 for identifying unlawful collection by apps, groups 2 and 4. CONSENT_E_ARGUMENT, _ENCODING, _LIMIT, _AMBIGUOUS, _NOT_FOUND, _STATE. */
  permissionDiff(policy: string | null, version: string | null, platform: string | null, names: string[]): RowPermissionDiff[];
  permissionDiffAsync(policy: string | null, version: string | null, platform: string | null, names: string[]): Promise<RowPermissionDiff[]>;
  /** What to ask the subject (or its guardian) next: every consent point in force that an answer could open and none has. Columns: point t ("purpose" or "purpose@recipient"), class t, who t (subject, guardian), why t (reason code; GUARDIAN_CONSENTED: came of age, the guardian's consent stands until the subject answers), required b (the service needs the purpose; a refusal of any other point blocks nothing else), sections j ([{id,lang,sha256}…] in `lang`, falling back to the binding language), shown t (what to give back with consent_act_set_shown), not_before u (after a clear no, where the policy sets reask_hours), screen n (0: may share one screen and one act; n > 0: an act of its own). `policy` NULL: the only one; `lang` NULL: the binding one. CONSENT_E_NOT_FOUND, _STATE (no version in force; adopted subject), _AMBIGUOUS. */
  ask(subject?: string | null, policy?: string | null, lang?: string | null): RowAsk[];
  askAsync(subject?: string | null, policy?: string | null, lang?: string | null): Promise<RowAsk[]>;
  /** What may start now: every permission the policy declares, and every recipient whose code runs in the app (SDKs, and whoever a permission is declared for). Synchronous, meant to run before any plugin is registered and before the first frame; a subject nobody registered yet has agreed to nothing, so only what needs no consent may start. One is allowed when one of its purposes is; of several denials the one that came furthest is told. Columns: kind t (permission, recipient), name t, allow b, reason t. No rows where no policy is in force. CONSENT_E_ARGUMENT, _ENCODING, _AMBIGUOUS. */
  start(subject?: string | null, policy?: string | null): RowStart[];
  startAsync(subject?: string | null, policy?: string | null): Promise<RowStart[]>;
  /** Takes a bundle in as a draft. CONSENT_DONE when this very document is there already. Errors: those of consent_bundle_check; CONSENT_E_CONFLICT when the label exists with other content, draft or not (a label always means one document: correct a draft under a new label); _INPUT when effective_at is not later than that of every published version of the policy. */
  policyImport(bytes: Uint8Array): Done;
  policyImportAsync(bytes: Uint8Array): Promise<Done>;
  /** The same from a file, of at most 16 MiB. Also CONSENT_E_NOT_FOUND, _OPEN, _IO for the file. */
  policyImportFile(path?: string | null): Done;
  policyImportFileAsync(path?: string | null): Promise<Done>;
  /** Publishes a draft: from now on it never changes. The class of the change is computed from the documents; the event carries the computed one. The first version may declare any class. Errors: CONSENT_E_NOT_FOUND, _STATE (published already), and CONSENT_E_INPUT with a pointer: /effective_at (not later than its predecessor's, or less than the lead time of the profile ahead, the longer of the two versions'), /change/class (declared lower than computed), /change/explicit_consent (rights are reduced and it is not set), /change/editorial (editorial without actor and reason). Source: the first customer's s6, PIPL art. 14(2), 17(2). */
  policyPublish(policy?: string | null, version?: string | null): Done;
  policyPublishAsync(policy?: string | null, version?: string | null): Promise<Done>;
  /** A published version as a signed statement, for another store (the phone's): a compact JWS (typ consent-policy+jwt) by the log key, holding text, profile, the version before it, and the event that published it with its proof. version NULL: the one in force. One row: statement t, policy t, version t, sha256 t, in_force_from u, key t (the verifier key, to be given apart). Bytes: docs/phone-and-backend.md. CONSENT_E_NOT_FOUND, _AMBIGUOUS, _STATE (a draft), _LIMIT (a document too large to travel: over some 12 MiB). */
  policyExportSigned(policy?: string | null, version?: string | null): RowPolicyExportSigned;
  policyExportSignedAsync(policy?: string | null, version?: string | null): Promise<RowPolicyExportSigned>;
  /** Takes such a statement in: verified with the verifier key `key`, which must come from elsewhere than the statement, imported and published. The version is in force here from the same instant as there, was held to the rules of publishing there and is not again. CONSENT_DONE: it is here already. One row: policy t, version t, sha256 t, in_force_from u, origin t. out may be NULL. Versions come in their order: a store without any may begin with one, after that none may be left out. Errors, the message naming the code of consent_receipt_verify: CONSENT_E_LIMIT, _FORMAT, _DUPLICATE, _SIGNATURE (not signed, by another key, or bringing a key), _PROOF; _FORMAT also when `key` is none; _STATE (no publishing is proven, or out of order), _CONFLICT (the label, or the instant it is in force from, means something else here); and those of consent_bundle_check. */
  policyImportSigned(statement: Uint8Array, key?: string | null): RowPolicyImportSigned;
  policyImportSignedAsync(statement: Uint8Array, key?: string | null): Promise<RowPolicyImportSigned>;
  /** A profile the store does not have built in, or another reading of one: used by later imports. Versions keep the profile they were imported with. CONSENT_E_SYNTAX, _LIMIT, _ENCODING, _DUPLICATE, _INPUT with pointer and offset; _ARGUMENT. */
  profileImport(bytes: Uint8Array): Done;
  profileImportAsync(bytes: Uint8Array): Promise<Done>;
  /** Every version of one policy (NULL: of all), in order of import. Columns: policy t, version t, state t (draft, published, in-force, superseded), effective_at u, published_at u (absent for drafts), sha256 t. CONSENT_E_NOT_FOUND for a policy that is not there. */
  policyList(policy?: string | null): RowPolicyList[];
  policyListAsync(policy?: string | null): Promise<RowPolicyList[]>;
  /** The same as it stood at an instant (microseconds): versions imported later are not in it, those published later were drafts then. */
  policyListAt(policy: string | null, at: Int): RowPolicyListAt[];
  policyListAtAsync(policy: string | null, at: Int): Promise<RowPolicyListAt[]>;
  /** Catalogue of one version as rows; version NULL: the one in force. Columns: kind t (section, item, purpose, share, permission, recipient, exemption, right, document, assessment), key t, title t in `lang` (NULL: the binding language) with fallback to the binding one, detail j (the entry's other fields), sections j. CONSENT_E_NOT_FOUND, _AMBIGUOUS. */
  policyShow(policy?: string | null, version?: string | null, lang?: string | null): RowPolicyShow[];
  policyShowAsync(policy?: string | null, version?: string | null, lang?: string | null): Promise<RowPolicyShow[]>;
  /** The bundle's bytes exactly as imported. One row: bundle t, sha256 t, profile t (the profile's bytes). CONSENT_E_NOT_FOUND, _AMBIGUOUS. */
  policyBundle(policy?: string | null, version?: string | null): RowPolicyBundle;
  policyBundleAsync(policy?: string | null, version?: string | null): Promise<RowPolicyBundle>;
  /** One section's text of one version (NULL: in force) in a language (NULL: the binding one; a language that lacks the section falls back to it). One row: section t, lang t, title t, text t, sha256 t (SHA-256 of the exact UTF-8 bytes), policy t, version t. CONSENT_E_NOT_FOUND. */
  policyText(policy?: string | null, version?: string | null, section?: string | null, lang?: string | null): RowPolicyText;
  policyTextAsync(policy?: string | null, version?: string | null, section?: string | null, lang?: string | null): Promise<RowPolicyText>;
  /** The same, of the version that was in force at an instant (microseconds). */
  policyTextAt(policy: string | null, at: Int, section?: string | null, lang?: string | null): RowPolicyTextAt;
  policyTextAtAsync(policy: string | null, at: Int, section?: string | null, lang?: string | null): Promise<RowPolicyTextAt>;
  /** Hash of what is shown when a point ("purpose" or "purpose@recipient") is asked: SHA-256 of the canonical JSON [{"id","lang","sha256"}…] of the sections it rests on (the purpose's, and for a share the recipient's), in the order of the document. point NULL: the whole policy was shown. One row: shown t (64 hex), sections j. CONSENT_E_NOT_FOUND, _AMBIGUOUS. */
  policyShown(policy?: string | null, version?: string | null, point?: string | null, lang?: string | null): RowPolicyShown;
  policyShownAsync(policy?: string | null, version?: string | null, point?: string | null, lang?: string | null): Promise<RowPolicyShown>;
  /** What differs between two versions, drafts or not, and what that means. One row: class t (none, editorial, minor, material: as computed), triggers j ([1..6]: which of the policy's kinds of material change, the first customer's s6), restricts_rights b, controller_changed b, points j (the consent points whose grants end), changes j: [{"type","key","trigger","sections","detail", "before","after","class","narrowing","restricts_rights","text_only","points","mentions"}…] in a fixed order, whatever the order of entries was; mentions are points it concerns without asking again. The kinds are listed in lib/core/diff_types.h. CONSENT_E_NOT_FOUND. */
  policyDiff(policy?: string | null, older?: string | null, newer?: string | null): RowPolicyDiff;
  policyDiffAsync(policy?: string | null, older?: string | null, newer?: string | null): Promise<RowPolicyDiff>;
  /** What is wrong in a version (NULL: the one in force) before a regulator says so; docs/lint.md lists the rules. profile NULL: the one it was imported with; else that one's rules and values. One row a finding, the gravest first: id t, severity t (error, warning, hint), sections j, source t (the law, standard or promise), message t, remedy t, from_text b (found in the words, not the structure). CONSENT_E_NOT_FOUND for version or profile; _REFUSED when the profile does not allow a basis. */
  policyLint(policy?: string | null, version?: string | null, profile?: string | null): RowPolicyLint[];
  policyLintAsync(policy?: string | null, version?: string | null, profile?: string | null): Promise<RowPolicyLint[]>;
  /** A receipt of one event: a decision, a request, an objection, a restriction, a notice, an erasure, a guardian's attestation (of the act for a child, by the leaf hash of the child's event). One row: receipt t, id t (the consentReceiptID), payload j, key t (verifier key to give apart). CONSENT_E_NOT_FOUND for a number the ledger does not have, CONSENT_E_STATE for an event whose subject was erased, CONSENT_E_REFUSED for a kind that has no receipt (its body holds the external id, or it is no act of anybody). */
  receiptIssue(event: Int): RowReceiptIssue;
  receiptIssueAsync(event: Int): Promise<RowReceiptIssue>;
  /** Takes in the receipt of a decision that was said on another store (the phone's), verified with the verifier key `key` of that store's log, which must come from elsewhere than the receipt. `subject` is the external id of the subject here; NULL when a receipt of the same subject there was taken in before, which bound the two. `guardian` the same for a guardian's decision. Recorded once: the same receipt again answers the first event (CONSENT_DONE). Ordered by when it was said there, by place among receipts of one store and by time between stores, at the same instant a no stands; what was withdrawn later is never revived, an act that comes late is recorded as evidence alone. A device whose clock is ahead said it no later than it came. One row: event n, at u, point t, decision t, class t, policy t, version t, receipt t (its id), said_at u, stands b (it is what that speaker said last). out may be NULL. Errors: those of consent_policy_import_signed for the receipt and the key (at most 96 KiB); CONSENT_E_REFUSED for a receipt of no decision, of one that was itself taken in, or of a guardian without a link that stood then and stands; _NOT_FOUND (subject or guardian not registered, or not named the first time; policy, version or point not known here), _STATE (a draft; the subject was erased or adopted; an event of this very store), _UNKNOWN_TEXT (the version has another text here, or shows another), _CONFLICT (receipts of that subject belong to another here; the file was rolled back), _ARGUMENT, _BUSY. */
  receiptImport(receipt: Uint8Array, key?: string | null, subject?: string | null, guardian?: string | null): RowReceiptImport;
  receiptImportAsync(receipt: Uint8Array, key?: string | null, subject?: string | null, guardian?: string | null): Promise<RowReceiptImport>;
  /** Opens it. One row as consent_request_get. CONSENT_E_NOT_FOUND (subject, guardian), _ARGUMENT, _REFUSED (no standing; the subject directed that relatives get nothing: fact "directive.no-relatives"), _STATE (a cancellation runs already), _AMBIGUOUS. */
  requestOpen(request?: Request | RequestInit): RowRequestOpen;
  requestOpenAsync(request?: Request | RequestInit): Promise<RowRequestOpen>;
  /** One request by its number. One row: request n, kind t, state t (received, verifying, paused, accepted, in-progress, done, refused, terminated, withdrawn), received_at u, due u (absent: none), due_local t (with the offset of the calendar), provisional b, overdue b, subject t, standing t, policy t, version t, extended b, acknowledged b, until u (end of the cooling-off), sections j, history j. Of an erased subject's request only what stands before `subject` is known. CONSENT_E_NOT_FOUND. */
  requestGet(number: Int): RowRequestGet;
  requestGetAsync(number: Int): Promise<RowRequestGet>;
  /** Requests of one subject (NULL: of all), by number; columns as consent_request_get, without history. */
  requestList(subject?: string | null): RowRequestList[];
  requestListAsync(subject?: string | null): Promise<RowRequestList[]>;
  /** Open requests in the order they are due; those past their date have overdue set. Columns as consent_request_list; no error of its own. */
  requestDue(): RowRequestDue[];
  requestDueAsync(): Promise<RowRequestDue[]>;
  /** Moves a request. why: in words, required for paused, refused and terminated (PIPL art. 50); actor: who decided; method: how the identity was checked; document: SHA-256 of the answer (64 hex). Each may be NULL otherwise. One row as consent_request_get. CONSENT_E_STATE names a move that does not exist. */
  requestAdvance(number: Int, state?: string | null, why?: string | null, actor?: string | null, method?: string | null, document?: string | null): RowRequestAdvance;
  requestAdvanceAsync(number: Int, state?: string | null, why?: string | null, actor?: string | null, method?: string | null, document?: string | null): Promise<RowRequestAdvance>;
  /** Extends the deadline once, before it has passed, where policy or profile allow it. One row as consent_request_get. CONSENT_E_NOT_FOUND, _STATE, _REFUSED, _ARGUMENT. */
  requestExtend(number: Int, why?: string | null, actor?: string | null): RowRequestExtend;
  requestExtendAsync(number: Int, why?: string | null, actor?: string | null): Promise<RowRequestExtend>;
  /** Places a hold: an authority orders that some items (item_count 0: everything) are kept. It blocks erasure of exactly these until `until` (0: until released); one on everything blocks cancellation and erasing as a whole. One row: hold n (its number), subject t, uid t, authority t, items j, until u, state t. CONSENT_E_NOT_FOUND (subject, item), _ARGUMENT, _ENCODING, _STATE. */
  holdPlace(subject: string | null, authority: string | null, items: string[], until: Int, why?: string | null): RowHoldPlace;
  holdPlaceAsync(subject: string | null, authority: string | null, items: string[], until: Int, why?: string | null): Promise<RowHoldPlace>;
  /** Releases a hold, also of a subject that was erased since: what was kept of it for this hold may go. One row as consent_hold_place. CONSENT_E_NOT_FOUND, _STATE (released before). */
  holdRelease(hold: Int, why?: string | null, actor?: string | null): RowHoldRelease;
  holdReleaseAsync(hold: Int, why?: string | null, actor?: string | null): Promise<RowHoldRelease>;
  /** The holds that were not released, of one subject or (NULL) of all by order of registration. Columns as consent_hold_place, state placed or over (past its end), and since u. What is kept of erased subjects for a hold: consent_remainder_list. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
  holdList(subject?: string | null): RowHoldList[];
  holdListAsync(subject?: string | null): Promise<RowHoldList[]>;
  /** What the policy in force does not let be kept any longer, by the items' retention rules, then what was kept of erased subjects until a date that has come. At most `limit` rows (0: all). Columns: subject t (absent: erased), uid t, item t, then t (delete, anonymise, restrict), since u (start of the period), due u, held b, hold n, why t, extended u and extended_why t (the period is over, but the item may be kept until then: due says the same). What was acted upon already is not listed any more (consent_retention_apply). CONSENT_E_ARGUMENT (a negative limit), _AMBIGUOUS, _NOT_FOUND, _STATE (no version in force). */
  retentionDue(policy: string | null, limit: Int): RowRetentionDue[];
  retentionDueAsync(policy: string | null, limit: Int): Promise<RowRetentionDue[]>;
  /** Acts upon what consent_retention_due lists and nothing holds or extends, as an event of each subject: delete and anonymise become a task of the host (consent_erasure_tasks, recipient "": together with what is open there), restrict restricts the item (checks answer PROCESSING_RESTRICTED; only store passes). What was kept of erased subjects and may go becomes a task as well. About `most` subjects in this call (0: to the end), some hundred to a transaction: a call that was interrupted is simply repeated and goes on where it stood; when nothing is due, nothing is written. actor: who orders it; may be NULL. One row: looked n (subjects looked at), erase n (items to erase), restrict n, held n (items a hold keeps), left n (about how many subjects are still to be looked at; 0: the end was reached). CONSENT_E_ARGUMENT (a negative number), _ENCODING, _AMBIGUOUS, _NOT_FOUND, _STATE. */
  retentionApply(policy: string | null, actor: string | null, most: Int): RowRetentionApply;
  retentionApplyAsync(policy: string | null, actor: string | null, most: Int): Promise<RowRetentionApply>;
  /** One item of a subject may be kept until `until` although its period is over sooner: why, in words (PIPL art. 19: the shortest time needed). A later call for the same item replaces it. It ends by itself, or by consent_retention_release. CONSENT_E_NOT_FOUND (subject; an item without a retention period), _ARGUMENT (not in the future, no reason), _ENCODING, _STATE (adopted). */
  retentionExtend(subject: string | null, item: string | null, until: Int, why?: string | null, actor?: string | null): Done;
  retentionExtendAsync(subject: string | null, item: string | null, until: Int, why?: string | null, actor?: string | null): Promise<Done>;
  /** Ends that before its time. CONSENT_E_NOT_FOUND (subject; the item is not extended), _ARGUMENT, _ENCODING, _STATE (adopted). */
  retentionRelease(subject?: string | null, item?: string | null, why?: string | null, actor?: string | null): Done;
  retentionReleaseAsync(subject?: string | null, item?: string | null, why?: string | null, actor?: string | null): Promise<Done>;
  /** The service ends: from now on every check answers SERVICE_STOPPED. CONSENT_DONE when it ended before. CONSENT_E_ARGUMENT (no reason, or too long), _ENCODING. */
  serviceStop(why?: string | null): Done;
  serviceStopAsync(why?: string | null): Promise<Done>;
  /** After that: puts a task to tell (recipient "@notice") and one to erase (recipient "") for every subject into consent_erasure_tasks, about `most` subjects in this call (0: all). Can be interrupted and called again: it goes on where it stood. CONSENT_E_STATE when the service goes on. */
  serviceWindDown(most: Int): { done: Int; left: Int };
  serviceWindDownAsync(most: Int): Promise<{ done: Int; left: Int }>;
  /** Another controller takes over (PIPL art. 22). Where it does not accept the policy, consents given before end: checks answer CONTROLLER_CHANGED until the subject is asked again. CONSENT_E_ARGUMENT (no name, or too long), _ENCODING. */
  controllerChange(successor: string | null, acceptsPolicy: boolean): Done;
  controllerChangeAsync(successor: string | null, acceptsPolicy: boolean): Promise<Done>;
  /** Registers a subject. `born`: "YYYY-MM-DD", or NULL for an age that is not known (which is never taken for adult). CONSENT_DONE when it is registered already with the same birth date; CONSENT_E_CONFLICT with another. CONSENT_E_ARGUMENT for an empty or too long id or a date that does not exist or lies in the future, CONSENT_E_ENCODING for one that is not UTF-8. */
  subjectAdd(subject?: string | null, born?: string | null): Done;
  subjectAddAsync(subject?: string | null, born?: string | null): Promise<Done>;
  /** Sets or corrects the birth date (NULL: not known). CONSENT_E_NOT_FOUND. */
  subjectSetBorn(subject?: string | null, born?: string | null): Done;
  subjectSetBornAsync(subject?: string | null, born?: string | null): Promise<Done>;
  /** One row: subject t, uid t, state t (active, adopted), born t (absent: not known), registered_at u, decisions n. CONSENT_E_NOT_FOUND. */
  subjectGet(subject?: string | null): RowSubjectGet;
  subjectGetAsync(subject?: string | null): Promise<RowSubjectGet>;
  /** All subjects by order of registration, `limit` of them (0: all) after the first `skip`. Columns as consent_subject_get. */
  subjectList(skip: Int, limit: Int): RowSubjectList[];
  subjectListAsync(skip: Int, limit: Int): Promise<RowSubjectList[]>;
  /** Takes what was said on a device before sign-in over into the account: per point only where the account has said nothing itself; time, class, expiry and text shown are kept, objections and restrictions too. The device subject becomes "adopted" and takes no further acts. To the account of a child (who needs a guardian under a policy in force) only with a verified `guardian`, who then stands for the grants; what a child said on a device that is known to be a child's goes over without, and counts no more than before. guardian is NULL otherwise. out_count (may be NULL): decisions taken over. Errors: CONSENT_E_NOT_FOUND, _STATE (either was adopted), _REFUSED, _ARGUMENT, _ENCODING. */
  subjectAdopt(from?: string | null, to?: string | null, guardian?: string | null): Int;
  subjectAdoptAsync(from?: string | null, to?: string | null, guardian?: string | null): Promise<Int>;
  /** Counts subjects, all in one pass over one snapshot; memory grows with points and parts, not with subjects. Columns: part t, policy t, key t, state t, at u, count n. Parts, in this order; lines with the count 0 are left out: subjects state active, adopted (devices taken over by an account) or erased ages by policy in force: state unknown, child (a guardian decides) or of-age answers by policy in force and point ("purpose" or "purpose@recipient"): state is the reason that consent_check answers now, a share asked about by the operation it is for notices by policy and version after the first, of those owed a notice of it: state waiting (never shown), shown (to be acknowledged still) or done tasks what erased subjects' data still is or was owed: key is the recipient ("" the host itself, "@notice" to tell that the service ends), state open or done kept of erased subjects: key is the item, state the reason, "hold" for every hold decisions by policy and point, at `parts` + 1 instants spread evenly from `from` to `to`: state granted, refused or withdrawn, as was said last until then, by the subject or a guardian, at whatever epoch. What implied acts claim does not count; what an account took over from a device counts for the account from then on, and for the device before. Adopted subjects are counted under subjects, and under decisions until they were adopted, nowhere else; of erased ones nothing is known any more, so that the past has fewer decisions after an erasure than before. progress may be NULL; it counts subjects. CONSENT_E_ARGUMENT unless from < to, at most 2^53 apart, and 1 <= parts <= 1000. */
  summaryGet(from: Int, to: Int, parts: Int, progress?: ((...args: Int[]) => void) | null): RowSummaryGet[];
  summaryGetAsync(from: Int, to: Int, parts: Int, progress?: ((...args: Int[]) => void) | null): Promise<RowSummaryGet[]>;
  /** Watches from now on: what is committed after this returned rings. ring NULL: no thread is made, consent_watch_wait hears it. The watch keeps the store, so that it is open until this is freed, too, or consent_store_close is called. CONSENT_E_MEMORY also when no thread can be made. A process that forks keeps its watches; in the child they are dead and may only be freed. */
  watchNew(ring?: null): Watch;
  watchNewAsync(ring?: null): Promise<Watch>;
  /** Gives the handle up. Twice is allowed; every later call on it throws. */
  free(): void;
  /** Whether free was called. */
  readonly freed: boolean;
  [Symbol.dispose](): void;
}
/** What makes a Query, as one object. */
export interface QueryInit {
  subject: string | null;
  purpose: string | null;
  policy?: string | null;
  operation?: Operation | number;
  items?: (string | null)[];
  recipient?: string | null;
  permission?: string | null;
  at?: Int;
}
/** What is asked; a builder, one thread at a time. */
export class Query {
  /** A query; a builder. NULL only when out of memory or an argument is NULL. */
  constructor(subject?: string | null, purpose?: string | null);
  /** Needed only when the store holds several policies. */
  setPolicy(policy?: string | null): Done;
  /** Needed only when the store holds several policies. */
  setOperation(operation: Operation | number): Done;
  /** Adds one item; none: all items of the purpose, or of the share when a recipient is given. */
  addItem(item?: string | null): Done;
  /** Adds one item; none: all items of the purpose, or of the share when a recipient is given. */
  setRecipient(recipient?: string | null): Done;
  /** The operating system's name of a permission, such as android.permission.CAMERA. */
  setPermission(permission?: string | null): Done;
  /** The instant asked about (microseconds); a past one is answered from the ledger as it stood then. */
  setAt(at: Int): Done;
  /** Gives the handle up. Twice is allowed; every later call on it throws. */
  free(): void;
  /** Whether free was called. */
  readonly freed: boolean;
  [Symbol.dispose](): void;
}
/** What was answered; an immutable snapshot. */
export interface Answer {
  /** Getters; pointers live as long as the answer. Any thread. */
  readonly allowed: boolean;
  /** CONSENT_REASON_* */
  readonly reason: Reason | number;
  /** Getters; pointers live as long as the answer. Any thread. */
  readonly blockers: readonly (Reason | number)[];
  /** NULL when none */
  readonly policy: string | null;
  /** NULL when none */
  readonly version: string | null;
  /** relied on; -1 when none */
  readonly event: Int;
  /** Getters; pointers live as long as the answer. Any thread. */
  readonly sections: readonly (string | null)[];
  /** What to do about the blockers, as JSON: [{"do":"ask","point":…,"class":…}…]. "[]" when allowed. */
  readonly next: string | null;
  /** The instant answered about, and whether the clock stood behind the ledger. */
  readonly at: Int;
  /** The instant answered about, and whether the clock stood behind the ledger. */
  readonly clockBehind: boolean;
  /** Which law the reason rests on under the policy's profile; static text. */
  readonly source: string | null;
  /** Whether the items asked about identify a person, alone or together (`combined` items need one they combine with). Told for the record: it loosens no rule. */
  readonly identifies: boolean;
}
/** What makes a Act, as one object. */
export interface ActInit {
  subject: string | null;
  decision: Decision | number;
  purpose: string | null;
  policy?: string | null;
  recipient?: string | null;
  class?: Class | number;
  surface?: string | null;
  lang?: string | null;
  shown?: string | null;
  document?: string | null;
  guardian?: string | null;
  version?: string | null;
  idempotency?: string | null;
}
/** An act to be recorded; a builder. Not for two threads at once. */
export class Act {
  /** decision: CONSENT_DECISION_*. NULL only when out of memory or when an argument is NULL. */
  constructor(subject: string | null, decision: Decision | number, purpose?: string | null);
  /** All texts are copied; NULL takes a value back. */
  setPolicy(policy?: string | null): Done;
  /** All texts are copied; NULL takes a value back. */
  setRecipient(recipient?: string | null): Done;
  /** CONSENT_CLASS_GENERAL (default), _SEPARATE (this act named this point alone), _WRITTEN. */
  setClass(consentClass: Class | number): Done;
  /** Where it was said: "app", "web", "paper" … "implied" (silence, use of the service, a pre-ticked box) is recorded and never counts. */
  setSurface(surface?: string | null): Done;
  /** Language the text was shown in (BCP 47). */
  setLang(lang?: string | null): Done;
  /** 64 hex digits: hash of the sections shown, as consent_policy_shown and the ask plan give it. */
  setShown(shown?: string | null): Done;
  /** 64 hex digits: SHA-256 of the signed document of a written consent. */
  setDocument(sha256?: string | null): Done;
  /** A guardian's id when the guardian says it for the child. */
  setGuardian(guardian?: string | null): Done;
  /** A published version that is not yet in force, when the act is given in advance. */
  setVersion(version?: string | null): Done;
  /** Up to 128 bytes; the same key with the same content answers the first event (CONSENT_DONE), with other content CONSENT_E_CONFLICT. */
  setIdempotency(key?: string | null): Done;
  /** Gives the handle up. Twice is allowed; every later call on it throws. */
  free(): void;
  /** Whether free was called. */
  readonly freed: boolean;
  [Symbol.dispose](): void;
}
/** A verification. It asks for the files one after another; whoever has them gives their bytes: while ((name = consent_evidence_wants(e))) consent_evidence_give(e, bytes, len, err) … ; consent_evidence_end(e, there, err); One thread at a time. Damage is never an error here, but a finding. */
export class Evidence {
  private constructor();
  /** key: the verifier key to trust, which must come from elsewhere than the bundle; NULL: only whether the bundle agrees with itself is looked at. CONSENT_E_FORMAT when the key is none. */
  static new(key?: string | null): Evidence;
  static newAsync(key?: string | null): Promise<Evidence>;
  /** Name of the file that is wanted now: letters, digits and . - _, not beginning with a point, or profiles/ or policies/ and that; NULL: all that the manifest lists were asked for. Lives until the next call. */
  wants(): string | null;
  /** The next bytes of the file that is wanted. Parts of any size. CONSENT_DONE: it is larger than such a file may be; the rest need not be given. CONSENT_E_ARGUMENT, _STATE (no file is wanted), _MEMORY. */
  give(bytes: Uint8Array): Done;
  giveAsync(bytes: Uint8Array): Promise<Done>;
  /** The file that is wanted is over (there false: there is no such file). CONSENT_E_STATE, _ARGUMENT, _MEMORY. */
  end(there: boolean): Done;
  endAsync(there: boolean): Promise<Done>;
  /** A file that was found beside the others: a finding unless the manifest lists it. After the manifest was given. CONSENT_E_ARGUMENT, _MEMORY. */
  found(file?: string | null): Done;
  foundAsync(file?: string | null): Promise<Done>;
  /** The verdict. One row: ok b (nothing was found), trusted b (ok, and under the key given apart; false without one), subject t (uid, absent for all), size n, root t, key t (the bundle's), events n, receipts n, findings n. CONSENT_E_STATE while files are wanted; CONSENT_E_MEMORY, too, when a call before ended so: not everything was looked at. */
  verdict(): RowEvidenceVerdict;
  verdictAsync(): Promise<RowEvidenceVerdict>;
  /** What was found. Columns: file t, line n (absent when it is about the whole file), event n, what t (a code of docs/evidence.md), message t. At most 10 000 rows, then one with what MORE. CONSENT_E_ARGUMENT, _MEMORY. */
  findings(): RowEvidenceFindings[];
  findingsAsync(): Promise<RowEvidenceFindings[]>;
  /** Gives the handle up. Twice is allowed; every later call on it throws. */
  free(): void;
  /** Whether free was called. */
  readonly freed: boolean;
  [Symbol.dispose](): void;
}
/** What makes a Use, as one object. */
export interface UseInit {
  subject: string | null;
  exemption: string | null;
  purpose: string | null;
  why: string | null;
  actor: string | null;
  policy?: string | null;
  operation?: Operation | number;
  recipient?: string | null;
  items?: (string | null)[];
}
/** One use; a builder. NULL only when out of memory or an argument is NULL. Not for two threads at once. */
export class Use {
  /** exemption: its key in the policy; why: the justification in words; actor: who decided it. NULL when out of memory or when an argument is NULL. */
  constructor(subject?: string | null, exemption?: string | null, purpose?: string | null, why?: string | null, actor?: string | null);
  /** exemption: its key in the policy; why: the justification in words; actor: who decided it. NULL when out of memory or when an argument is NULL. */
  setPolicy(policy?: string | null): Done;
  /** Default: the purpose's usual one if the exemption covers it, else the first both name, else the exemption's first. */
  setOperation(operation: Operation | number): Done;
  /** An authority needs no declared share: this is the only way it gets anything on a consent purpose. */
  setRecipient(recipient?: string | null): Done;
  /** An authority needs no declared share: this is the only way it gets anything on a consent purpose. */
  addItem(item?: string | null): Done;
  /** Gives the handle up. Twice is allowed; every later call on it throws. */
  free(): void;
  /** Whether free was called. */
  readonly freed: boolean;
  [Symbol.dispose](): void;
}
/** A subject of one store; remembers its look-up and its last answers. */
export class Handle {
  private constructor();
  /** consent_may by handle and number; false also for NULL and for a number that was never given. A repeated check takes no lock, allocates nothing and makes no system call. Any thread; one handle may serve several at once. */
  may(purpose: Int): boolean;
  /** Gives the handle up. Twice is allowed; every later call on it throws. */
  free(): void;
  /** Whether free was called. */
  readonly freed: boolean;
  [Symbol.dispose](): void;
}
/** What makes a Verification, as one object. */
export interface VerificationInit {
  bodies?: boolean;
  threads?: Int;
  progress?: ((...args: Int[]) => void) | null;
}
/** What to verify against, and how. */
export class Verification {
  /** Everything on, no checkpoint, as many threads as the ledger is worth. NULL only when out of memory. One thread at a time. */
  constructor();
  /** A checkpoint that was kept outside the store (the note of consent_ledger_head; copied). Only with one can a ledger that was cut off, rolled back or rewritten as a whole be told from the true one. key: verifier key of who signed it, or NULL for this store's own log key. CONSENT_E_ARGUMENT; whether note and key can be read is found by consent_ledger_verify. */
  setCheckpoint(note: Uint8Array, key?: string | null): Done;
  /** Whether bodies are opened and held against their commitments; default true. Without, only hashes are verified, which is faster. */
  setBodies(bodies: boolean): void;
  /** At most so many threads; default 0: by the number of CPUs. */
  setThreads(threads: Int): void;
  /** At most so many threads; default 0: by the number of CPUs. */
  setProgress(progress?: ((...args: Int[]) => void) | null): void;
  /** Gives the handle up. Twice is allowed; every later call on it throws. */
  free(): void;
  /** Whether free was called. */
  readonly freed: boolean;
  [Symbol.dispose](): void;
}
/** What makes a Request, as one object. */
export interface RequestInit {
  subject: string | null;
  kind: string | null;
  policy?: string | null;
  channel?: string | null;
  standing?: string | null;
  guardian?: string | null;
  evidence?: string | null;
  method?: string | null;
  received?: Int;
}
/** What is requested; a builder. */
export class Request {
  /** A request to be opened; a builder, one thread at a time. kind: access, copy, portability, correct, restrict, object, delete, withdraw, explain, guardian-inquiry, deceased-relative, cancel-account, complaint. NULL only when out of memory or an argument is NULL. */
  constructor(subject?: string | null, kind?: string | null);
  /** Needed only when the store holds several policies. */
  setPolicy(policy?: string | null): Done;
  /** The channel it came through: "app", "email" … */
  setChannel(channel?: string | null): Done;
  /** Who asks: "self" (default), "guardian", "relative" (of a deceased subject), "agent". */
  setStanding(standing?: string | null): Done;
  /** The guardian who asks, by external id; the standing becomes "guardian". A verified link must stand. */
  setGuardian(guardian?: string | null): Done;
  /** What the standing was shown by: a kind of document. */
  setEvidence(evidence?: string | null): Done;
  /** How the identity was checked when it was received. */
  setMethod(method?: string | null): Done;
  /** When it was received, if not now; the deadline runs from then. Never in the future. */
  setReceived(receivedAt: Int): Done;
  /** Gives the handle up. Twice is allowed; every later call on it throws. */
  free(): void;
  /** Whether free was called. */
  readonly freed: boolean;
  [Symbol.dispose](): void;
}
export class Watch {
  private constructor();
  /** Waits at most so many milliseconds (0: looks only; negative: for ever) for a ring that was not taken yet, and takes it: CONSENT_OK with *out_seq and *out_kind. CONSENT_DONE when the time is over, with 0 in both. CONSENT_E_CLOSED when the store was closed or the watch ended, also while waiting. CONSENT_E_STATE for a watch with a function, and after a fork. Any thread; of several that wait, one gets the ring. Errors: of storage; the ring is not lost by them. */
  wait(milliseconds: Int): { seq: Int; kind: Int };
  waitAsync(milliseconds: Int): Promise<{ seq: Int; kind: Int }>;
  /** No call begins after this, and none is in flight when it returns, except when it is called from within: then that one is the last. Who waits is told. Twice is allowed; NULL too; any thread. The watch stays to be freed. A function that waits for a lock its ender holds waits for ever. */
  end(): void;
  /** Gives the handle up. Twice is allowed; every later call on it throws. */
  free(): void;
  /** Whether free was called. */
  readonly freed: boolean;
  [Symbol.dispose](): void;
}
/** Name of a status, such as "CONSENT_E_KEY"; "CONSENT_E_UNNAMED" for a number this library does not know. Static text. Any thread. */
export function statusName(status: Int): string | null;
/** Names of the constants, as JSON and the command line spell them: "granted", "separate", "share", "NOT_ASKED". NULL for a number that is none. Static text. Any thread. */
export function decisionName(decision: Decision | number): string | null;
/** Names of the constants, as JSON and the command line spell them: "granted", "separate", "share", "NOT_ASKED". NULL for a number that is none. Static text. Any thread. */
export function className(consentClass: Class | number): string | null;
/** Names of the constants, as JSON and the command line spell them: "granted", "separate", "share", "NOT_ASKED". NULL for a number that is none. Static text. Any thread. */
export function operationName(operation: Operation | number): string | null;
/** Names of the constants, as JSON and the command line spell them: "granted", "separate", "share", "NOT_ASKED". NULL for a number that is none. Static text. Any thread. */
export function reasonName(reason: Reason | number): string | null;
/** The same backwards; -1 when the name is none (or NULL). CONSENT_OPERATION_DEFAULT is also -1: for operations an unknown name answers -2. */
export function classValue(name?: string | null): Int;
/** The same backwards; -1 when the name is none (or NULL). CONSENT_OPERATION_DEFAULT is also -1: for operations an unknown name answers -2. */
export function operationValue(name?: string | null): Int;
/** Makes a store at `path` (where nothing may be) out of a backup: copies it, raises the generation, which is part of the name that checkpoints are signed under, and writes store.restored with size and root of the ledger as it was. The backup stays as it is. What was erased since the backup is in it still: apply the list of erasures before use. options: the backup's key. Nothing is left behind on failure. Errors: as consent_store_open for the backup, as consent_store_create for the path. */
export function storeRestore(backup?: string | null, path?: string | null, options?: Options | OptionsInit): Done;
export function storeRestoreAsync(backup?: string | null, path?: string | null, options?: Options | OptionsInit): Promise<Done>;
/** Verifies a proof of erasure without a store, against a verifier key given apart. One row: uid t, events n, event n, at u, store t, stubs j. CONSENT_E_FORMAT, _DUPLICATE, _SIGNATURE, _PROOF. */
export function erasureVerify(proof?: string | null, vkey?: string | null): RowErasureVerify;
export function erasureVerifyAsync(proof?: string | null, vkey?: string | null): Promise<RowErasureVerify>;
/** Which law a reason rests on under a profile ("cn", "eu", "us-coppa", "in"; NULL or another: a general source), in words for a report. NULL for a number that is no reason. Static text. Any thread. */
export function reasonSource(reason: Reason | number, profile?: string | null): string | null;
/** "subject", "guardian", "court", "majority"; NULL for a number that is none. Static text. */
export function endName(end: End | number): string | null;
/** Reads a bundle without a store: CONSENT_OK when policy import would take it. Profiles: built-in. Errors: CONSENT_E_SYNTAX, _LIMIT, _ENCODING, _DUPLICATE, _INPUT, _REFERENCE; each with JSON pointer and byte offset. */
export function bundleCheck(bytes: Uint8Array): Done;
export function bundleCheckAsync(bytes: Uint8Array): Promise<Done>;
/** The same for a bundle without a store, with built-in profiles. Also the errors of consent_bundle_check. Any thread. */
export function bundleLint(bytes: Uint8Array, profile?: string | null): RowBundleLint[];
export function bundleLintAsync(bytes: Uint8Array, profile?: string | null): Promise<RowBundleLint[]>;
/** Verifies a receipt with the verifier key `key` (name+id+base64, as consent_ledger_key gives it), which must come from elsewhere than the receipt. Needs no store. One row: ok b, why t (absent when ok, else one of the codes below), payload j (absent when there is none that can be read). Answers CONSENT_OK for a good and for a bad receipt; CONSENT_E_FORMAT when the key is none. why: OVERSIZED, MALFORMED, DUPLICATE_MEMBER, KEY_EMBEDDED (jwk, jku, x5c …), ALG_NONE, ALG_WRONG, TYPE_WRONG, HEADER_MEMBER (any other), KEY_FOREIGN (kid is not that of the key), SIGNATURE, LEDGER_MISSING, CHECKPOINT_FOREIGN (of another origin), CHECKPOINT_SIGNATURE, CHECKPOINT_MALFORMED, PROOF (the event does not lead to the checkpoint's root), CONTENT_MISMATCH (the payload says something else than the event). */
export function receiptVerify(receipt: Uint8Array, key?: string | null): RowReceiptVerify;
export function receiptVerifyAsync(receipt: Uint8Array, key?: string | null): Promise<RowReceiptVerify>;
/** Version of the library that is loaded, "major.minor.patch". Static text, never freed. Any thread, at any time. Compare it with CONSENT_VERSION to find a mismatched pair. */
export function version(): string | null;
/** Every constant of the headers, without CONSENT_. */
export const constants: {
  readonly OK: 0;
  readonly DONE: 1;
  readonly E_ARGUMENT: -1;
  readonly E_ENCODING: -2;
  readonly E_CLOSED: -3;
  readonly E_AMBIGUOUS: -4;
  readonly E_INPUT: -10;
  readonly E_SYNTAX: -11;
  readonly E_LIMIT: -12;
  readonly E_REFERENCE: -13;
  readonly E_DUPLICATE: -14;
  readonly E_STALE_TEXT: -20;
  readonly E_UNKNOWN_TEXT: -21;
  readonly E_NOT_FOUND: -100;
  readonly E_CONFLICT: -101;
  readonly E_STATE: -102;
  readonly E_REFUSED: -103;
  readonly E_BUSY: -104;
  readonly E_STOPPED: -105;
  readonly E_OPEN: -200;
  readonly E_READONLY: -201;
  readonly E_FULL: -202;
  readonly E_IO: -203;
  readonly E_CORRUPT: -204;
  readonly E_NOT_STORE: -205;
  readonly E_NEWER: -206;
  readonly E_EXISTS: -207;
  readonly E_ENGINE: -208;
  readonly E_KEY: -300;
  readonly E_KEY_FORMAT: -301;
  readonly E_KEY_EXPOSED: -302;
  readonly E_SEAL: -303;
  readonly E_SIGNATURE: -304;
  readonly E_FORMAT: -305;
  readonly E_PROOF: -306;
  readonly E_MEMORY: -901;
  readonly E_RANDOM: -902;
  readonly E_INTERNAL: -999;
  readonly DECISION_GRANTED: 1;
  readonly DECISION_REFUSED: 2;
  readonly DECISION_WITHDRAWN: 3;
  readonly CLASS_NONE: 0;
  readonly CLASS_GENERAL: 1;
  readonly CLASS_SEPARATE: 2;
  readonly CLASS_WRITTEN: 3;
  readonly OPERATION_DEFAULT: -1;
  readonly OPERATION_COLLECT: 0;
  readonly OPERATION_STORE: 1;
  readonly OPERATION_USE: 2;
  readonly OPERATION_SHARE: 3;
  readonly OPERATION_TRANSFER: 4;
  readonly OPERATION_DISCLOSE: 5;
  readonly REASON_SERVICE_STOPPED: 0;
  readonly REASON_NO_POLICY_IN_FORCE: 1;
  readonly REASON_UNDECLARED_PURPOSE: 2;
  readonly REASON_UNDECLARED_OPERATION: 3;
  readonly REASON_UNDECLARED_RECIPIENT: 4;
  readonly REASON_UNDECLARED_ITEM: 5;
  readonly REASON_UNDECLARED_PERMISSION: 6;
  readonly REASON_BASIS_UNPROVEN: 7;
  readonly REASON_ASSESSMENT_MISSING: 8;
  readonly REASON_EXPORT_MECHANISM_MISSING: 9;
  readonly REASON_CONTRACT_ENDED: 10;
  readonly REASON_UNKNOWN_SUBJECT: 11;
  readonly REASON_PROCESSING_RESTRICTED: 12;
  readonly REASON_CONTROLLER_CHANGED: 13;
  readonly REASON_OBJECTED: 14;
  readonly REASON_PRECONDITION_UNMET: 15;
  readonly REASON_AGE_UNKNOWN: 16;
  readonly REASON_CHILD_RULES_MISSING: 17;
  readonly REASON_GUARDIAN_REQUIRED: 18;
  readonly REASON_GUARDIAN_UNVERIFIED: 19;
  readonly REASON_GUARDIAN_REFUSED: 20;
  readonly REASON_GUARDIAN_LAPSED: 21;
  readonly REASON_NOT_ASKED: 22;
  readonly REASON_REFUSED: 23;
  readonly REASON_WITHDRAWN: 24;
  readonly REASON_EXPIRED: 25;
  readonly REASON_STALE_VERSION: 26;
  readonly REASON_SEPARATE_CONSENT_REQUIRED: 27;
  readonly REASON_WRITTEN_CONSENT_REQUIRED: 28;
  readonly REASON_NOTICE_PENDING: 29;
  readonly REASON_PERMISSION_NOT_GRANTED: 30;
  readonly REASON_CONSENTED: 40;
  readonly REASON_GUARDIAN_CONSENTED: 41;
  readonly REASON_BASIS_CONTRACT: 42;
  readonly REASON_BASIS_HR: 43;
  readonly REASON_BASIS_LEGAL_OBLIGATION: 44;
  readonly REASON_BASIS_VITAL_INTEREST: 45;
  readonly REASON_BASIS_PUBLIC_INTEREST: 46;
  readonly REASON_BASIS_PUBLIC_INFORMATION: 47;
  readonly REASON_BASIS_LEGITIMATE_INTEREST: 48;
  readonly REASON_BASIS_OTHER_LAW: 49;
  readonly REASON_EXEMPT: 50;
  readonly OBSERVED_NOW: -9223372036854775808n;
  readonly END_SUBJECT: 1;
  readonly END_GUARDIAN: 2;
  readonly END_COURT: 3;
  readonly END_MAJORITY: 4;
  readonly CHANGE_SUBJECT: 1;
  readonly CHANGE_POLICY: 2;
  readonly CHANGE_ERASURE: 4;
  readonly CHANGE_STORE: 8;
};
