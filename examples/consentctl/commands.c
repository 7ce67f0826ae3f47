/* SPDX-License-Identifier: Apache-2.0 */
/* Every command: one row each. */
#include "app.h"

#include <stdio.h>

#define B(option) OPTION_BIT(OPT_##option)

#define ACT_USAGE                                                                                  \
    "ID --purpose P [--recipient R] [--class C] [--by GUARDIAN] [--surface S] [--lang L] "         \
    "[--shown HASH] [--document HASH] [--idempotency K] [--policy-version VER]"
#define ACT_OPTIONS                                                                                \
    (B(PURPOSE) | B(RECIPIENT) | B(CLASS) | B(BY) | B(SURFACE) | B(SHOWN) | B(DOCUMENT) |          \
     B(IDEMPOTENCY) | B(POLICY_VERSION))
#define ACT_HELP                                                                                   \
    "One act about one point: the purpose, or with --recipient the purpose's share. --class "      \
    "says\n"                                                                                       \
    "how explicit the act was; --shown binds it to the wording that was read, without it the "     \
    "act\n"                                                                                        \
    "is recorded as unevidenced. The surface \"implied\" is recorded and never counts. An act at " \
    "a\n"                                                                                          \
    "version that is still to come counts from when that version is in force."
#define HISTORY "every event of a subject, oldest first"
#define CHECK_OPTIONS (B(PURPOSE) | B(OPERATION) | B(ITEM) | B(RECIPIENT) | B(PERMISSION) | B(AT))

/* noun, verb, usage, summary, help, function, options, needed options, arguments: least, most,
 * whether one is a person's id, whether the command makes the store, what else must fit */
/* clang-format off */
const struct command commands[] = {
    {"init", NULL, "", "make a new store, and its key file when there is none",
     "Neither file is ever overwritten. Without the key file nobody can read the store: keep it,\n"
     "and keep it apart from copies of the store.",
     cmd_init, 0, 0, 0, 0, false, true, NULL},

    {"backup", NULL, "FILE", "copy the store to a new file while others write",
     "The copy needs the key of now. Restore it before anything is written to it.",
     cmd_backup, 0, 0, 1, 1, false, false, NULL},
    {"restore", NULL, "FROM", "make the store out of a backup",
     "--store names the new file; nothing may be there. The ledger goes on under the next generation,\n"
     "so that no second history is signed under the first one's name. Then apply the erasures:\n"
     "what was erased since the backup is in it still.",
     cmd_restore, 0, 0, 1, 1, false, true, NULL},

    {"key", "show", "", "which kind of key opens the store, and its log key",
     "Never the keys themselves.", cmd_key_show, 0, 0, 0, 0, false, false, NULL},
    {"key", "rotate", "[--new-key-file FILE|--new-passphrase-file FILE]", "change the master key",
     "Without an option a new key is made in KEY-FILE.new, the store changed to it, and the file moved\n"
     "over KEY-FILE: the old key is gone then. A run that dies in between leaves KEY-FILE.new, which\n"
     "opens the store if KEY-FILE no longer does. Copies made before need the key of their time.",
     cmd_key_rotate, B(NEW_KEY_FILE) | B(NEW_PASSPHRASE_FILE), 0, 0, 0, false, false, NULL},

    {"policy", "import", "FILE [--trust VKEY]",
     "take a bundle in as a draft (FILE -: standard input)",
     "The bundle is examined whole; what is refused is named with its place. A label always means\n"
     "one document: a draft is corrected under a new one. With --trust FILE is what policy export\n"
     "--signed wrote elsewhere: the version is imported and published, in force from the same instant.",
     cmd_policy_import, B(TRUST), 0, 1, 1, false, false, NULL},
    {"policy", "export", "KEY VER --signed", "a published version for another store, signed",
     "A compact JWS by the log key. The other store takes it in with policy import --trust.",
     cmd_policy_export, B(SIGNED), 0, 2, 2, false, false, cmd_policy_export_fits},
    {"policy", "publish", "KEY VER", "publish a draft, for ever",
     NULL, cmd_policy_publish, 0, 0, 2, 2, false, false, NULL},
    {"policy", "list", "", "all versions and their states",
     NULL, cmd_policy_list, B(AT), 0, 0, 0, false, false, NULL},
    {"policy", "show", "KEY VER", "what a version declares",
     NULL, cmd_policy_show, 0, 0, 2, 2, false, false, NULL},
    {"policy", "text", "SECTION [VER] [--at T]", "the text of a section, and its hash",
     "Of the version in force, now or at T, unless VER names another.",
     cmd_policy_text, B(AT), 0, 1, 2, false, false, NULL},
    {"policy", "diff", "KEY OLD NEW [--text|--html FILE]", "what differs, and what that means",
     "The class is computed from the documents: none, editorial, minor or material. --text shows the\n"
     "clauses word by word, --html writes them side by side to a page of its own.",
     cmd_policy_diff, B(TEXT) | B(HTML), 0, 3, 3, false, false, NULL},
    {"notice", "pending", "ID|--all-subjects", "the notices of changes a subject still waits for",
     "What changed is said in words, in the language of --lang: zh-CN or en. --all-subjects counts, for\n"
     "each version, who was owed a notice, was shown it, acknowledged it, and still waits.",
     cmd_notice_pending, B(ALL_SUBJECTS), 0, 0, 1, true, false, cmd_notice_pending_fits},
    {"notice", "shown", "ID [VER] [--surface S]", "record that notices were shown",
     "Without VER: all that are pending. The first time counts.",
     cmd_notice_shown, B(SURFACE), 0, 1, 2, true, false, NULL},
    {"notice", "ack", "ID [VER] [--by GUARDIAN] [--surface S]", "record that notices were acknowledged",
     "For a child --by names the verified guardian who acknowledges.",
     cmd_notice_ack, B(BY) | B(SURFACE), 0, 1, 2, true, false, NULL},
    {"notice", "page", "", "the page of changes of a policy, the newest first",
     NULL, cmd_notice_page, 0, 0, 0, 0, false, false, NULL},
    {"policy", "lint", "FILE|KEY VER [--profile P]", "what is wrong in a bundle",
     "Ends with 1 when there is an error among the findings. A FILE needs no store.",
     cmd_policy_lint, B(PROFILE) | B(STORE), 0, 1, 2, false, false, NULL},

    {"subject", "add", "ID [--born DATE|--age-unknown]", "register a subject",
     "Without a date of birth the age is unknown, which is never taken for adult.",
     cmd_subject_add, B(BORN) | B(AGE_UNKNOWN), 0, 1, 1, true, false, cmd_subject_add_fits},
    {"subject", "set", "ID [--born DATE|--age-unknown]", "correct what is known of a subject",
     NULL, cmd_subject_set, B(BORN) | B(AGE_UNKNOWN), 0, 1, 1, true, false, cmd_subject_set_fits},
    {"subject", "show", "ID", "how a subject stands",
     NULL, cmd_subject_show, 0, 0, 1, 1, true, false, NULL},
    {"subject", "list", "", "all subjects",
     NULL, cmd_subject_list, 0, 0, 0, 0, false, false, NULL},

    {"consent", "grant", ACT_USAGE, "record that a subject agrees",
     ACT_HELP, cmd_consent_grant, ACT_OPTIONS, B(PURPOSE), 1, 1, true, false, NULL},
    {"consent", "refuse", ACT_USAGE, "record that a subject refuses",
     ACT_HELP, cmd_consent_refuse, ACT_OPTIONS, B(PURPOSE), 1, 1, true, false, NULL},
    {"consent", "withdraw", ACT_USAGE, "record that a subject withdraws",
     ACT_HELP, cmd_consent_withdraw, ACT_OPTIONS, B(PURPOSE), 1, 1, true, false, NULL},
    {"consent", "import", "RECEIPT --trust VKEY [--subject ID] [--by GUARDIAN]",
     "take in what was said on a phone, by its receipt (RECEIPT -: standard input)",
     "The first receipt of a subject there names the subject here with --subject, a guardian's the\n"
     "guardian with --by. Ordered by when it was said: what was withdrawn later stays withdrawn.",
     cmd_consent_import, B(TRUST) | B(SUBJECT) | B(BY), B(TRUST), 1, 1, true, false, NULL},
    {"consent", "list", "ID", "the decisions that stand for a subject",
     NULL, cmd_consent_list, 0, 0, 1, 1, true, false, NULL},
    {"consent", "history", "ID", HISTORY, NULL, cmd_consent_history, 0, 0, 1, 1, true, false, NULL},
    {"history", NULL, "ID", HISTORY, NULL, cmd_consent_history, 0, 0, 1, 1, true, false, NULL},

    {"subject", "adopt", "FROM TO [--by GUARDIAN]",
     "take what was said on a device over into an account",
     "Where the account has said nothing itself. To a child's account only with --by, a verified\n"
     "guardian.",
     cmd_subject_adopt, B(BY), 0, 2, 2, true, false, NULL},

    {"guardian", "link", "CHILD GUARDIAN --evidence K [--document HASH] [--until T]",
     "record that somebody claims to be a child's guardian",
     "The guardian is a known adult under the policy in force, the evidence one it accepts. The claim\n"
     "counts for nothing until it is verified.",
     cmd_guardian_link, B(EVIDENCE) | B(DOCUMENT) | B(UNTIL), B(EVIDENCE), 2, 2, true, false, NULL},
    {"guardian", "verify", "CHILD GUARDIAN [--evidence K] [--document HASH] [--actor A]",
     "record that the claim was verified, by whom and on what",
     NULL, cmd_guardian_verify, B(EVIDENCE) | B(DOCUMENT) | B(ACTOR), 0, 2, 2, true, false, NULL},
    {"guardian", "end", "CHILD GUARDIAN [--why subject|guardian|court|majority]",
     "record that the link is over, and by what (default: guardian)",
     "What the guardian said goes on counting until the subject or another guardian is heard.",
     cmd_guardian_end, B(WHY), 0, 2, 2, true, false, cmd_guardian_end_fits},
    {"guardian", "list", "CHILD", "every guardian a child ever had",
     NULL, cmd_guardian_list, 0, 0, 1, 1, true, false, NULL},

    {"permission", "record", "ID --name N --granted|--denied",
     "record what the operating system answered",
     NULL, cmd_permission_record, B(NAME) | B(GRANTED) | B(DENIED), B(NAME), 1, 1, true, false,
     cmd_permission_record_fits},
    {"permission", "list", "ID", "what the operating system answered, and when to ask again",
     NULL, cmd_permission_list, 0, 0, 1, 1, true, false, NULL},
    {"permission", "diff", "[VER] --manifest FILE", "do policy and app name the same permissions",
     "Compares the version VER, or the one in force, with an AndroidManifest.xml, the merged one where\n"
     "there is one. Ends with 1 on a mismatch: not-declared, not-in-app, no-purpose, unexplained (reads\n"
     "what its purposes do not need), sdk-no-recipient, sdk-not-shared. The first source that is no\n"
     "recipient is the app's own list; every other must be the key of a recipient.",
     cmd_permission_diff, B(MANIFEST), B(MANIFEST), 0, 1, false, false, NULL},
    {"fact", "put", "ID --fact F --value V --source S [--observed T]",
     "record what only the host knows",
     "V is a JSON scalar. Sources that disagree make a fact undetermined.",
     cmd_fact_put, B(FACT) | B(VALUE) | B(SOURCE) | B(OBSERVED), B(FACT) | B(VALUE) | B(SOURCE), 1, 1,
     true, false, NULL},
    {"fact", "list", "ID", "the newest observation of each fact by each source",
     NULL, cmd_fact_list, 0, 0, 1, 1, true, false, NULL},

    {"object", NULL, "ID --purpose P [--why TEXT]", "record that a subject objects to a purpose",
     NULL, cmd_object, B(PURPOSE) | B(WHY), B(PURPOSE), 1, 1, true, false, NULL},
    {"restrict", NULL, "ID [--item I] [--why TEXT]", "allow nothing but storing",
     NULL, cmd_restrict, B(ITEM) | B(WHY), 0, 1, 1, true, false, NULL},
    {"unrestrict", NULL, "ID [--item I] [--why TEXT]", "lift that restriction",
     NULL, cmd_unrestrict, B(ITEM) | B(WHY), 0, 1, 1, true, false, NULL},
    {"obligation", "list", "ID", "what is owed since a consent is over",
     NULL, cmd_obligation_list, 0, 0, 1, 1, true, false, NULL},
    {"exemption", "use",
     "ID --exemption E --purpose P --why TEXT --actor A [--operation O] [--recipient R] [--item I]...",
     "process without consent, once, and record why",
     "It stands in for the consent, for nothing else, and for this use alone.",
     cmd_exemption_use,
     B(EXEMPTION) | B(PURPOSE) | B(WHY) | B(ACTOR) | B(OPERATION) | B(RECIPIENT) | B(ITEM),
     B(EXEMPTION) | B(PURPOSE) | B(WHY) | B(ACTOR), 1, 1, true, false, NULL},

    {"check", NULL,
     "ID --purpose P [--operation O] [--item I]... [--recipient R] [--permission N] [--at T]",
     "may this subject's data be processed now, and if not, why not",
     "Ends with 0 for allow and 1 for deny; an unknown subject or purpose is a deny. A past time\n"
     "is answered from the ledger as it stood then. With --all-subjects instead of ID the question is\n"
     "put about everybody, now, and the status is 0.",
     cmd_check, CHECK_OPTIONS | B(ALL_SUBJECTS), B(PURPOSE), 0, 1, true, false, cmd_check_fits},
    {"ask", NULL, "ID", "what to ask a subject or the guardian next, and on which screen",
     "In the language of --lang, falling back to the binding one.",
     cmd_ask, 0, 0, 1, 1, true, false, NULL},
    {"start", NULL, "ID", "which SDKs and permissions may start",
     NULL, cmd_start, 0, 0, 1, 1, true, false, NULL},

    {"calendar", "import", "FILE", "take a calendar in (FILE -: standard input)",
     "Deadlines of open requests that count by it are computed anew, each change as an event.",
     cmd_calendar_import, 0, 0, 1, 1, false, false, NULL},
    {"calendar", "due", "--calendar KEY --from T --days N [--convention next|incl|roll]",
     "when something is due, with the days that were counted",
     "The day of receipt is not counted (next), is day 1 (incl), or moves to a working day (roll).",
     cmd_calendar_due, B(CALENDAR) | B(FROM) | B(DAYS) | B(CONVENTION),
     B(CALENDAR) | B(FROM) | B(DAYS), 0, 0, false, false, NULL},

    {"request", "open",
     "ID --kind K [--channel C] [--observed T] [--by GUARDIAN] [--standing S] [--evidence K] "
     "[--method M]",
     "a subject exercises a right",
     "K: access, copy, portability, correct, restrict, object, delete, withdraw, explain,\n"
     "guardian-inquiry, deceased-relative, cancel-account or complaint. The deadline runs from when\n"
     "it was received: --observed. --evidence says what the standing was shown by.",
     cmd_request_open,
     B(KIND) | B(CHANNEL) | B(OBSERVED) | B(BY) | B(STANDING) | B(EVIDENCE) | B(METHOD), B(KIND), 1,
     1, true, false, NULL},
    {"request", "list", "[ID]", "all requests, or those of a subject",
     NULL, cmd_request_list, 0, 0, 0, 1, true, false, NULL},
    {"request", "show", "N", "one request and its history",
     NULL, cmd_request_show, 0, 0, 1, 1, false, false, NULL},
    {"request", "advance", "N --to STATE [--why TEXT] [--actor A] [--method M] [--document HASH]",
     "move a request",
     "What is refused, paused or terminated needs the reason in words; --document binds the answer\n"
     "that was given.",
     cmd_request_advance, B(TO) | B(WHY) | B(ACTOR) | B(METHOD) | B(DOCUMENT), B(TO), 1, 1, false,
     false, NULL},
    {"request", "extend", "N --why TEXT [--actor A]", "put the deadline off, once",
     "Only before it has passed, and only where the policy or its profile gives an extension.",
     cmd_request_extend, B(WHY) | B(ACTOR), B(WHY), 1, 1, false, false, NULL},
    {"request", "due", "", "open requests in the order they are due",
     NULL, cmd_request_due, 0, 0, 0, 0, false, false, NULL},

    {"cancel", "check", "ID", "may the account be cancelled, and if not, why not",
     "Ends with 1 when it may not, or when something is undetermined.",
     cmd_cancel_check, 0, 0, 1, 1, true, false, NULL},
    {"cancel", "open", "ID --acknowledge", "open a cancellation",
     NULL, cmd_cancel_open, B(ACKNOWLEDGE) | B(SHOWN), B(ACKNOWLEDGE), 1, 1, true, false, NULL},
    {"cancel", "execute", "ID [--scrub]", "check again, cancel the account and erase the subject",
     "Ends with 1 when the conditions are not all met. With --json the key \"proof\" holds the signed\n"
     "proof of erasure: keep it, it cannot be made again.",
     cmd_cancel_execute, B(SCRUB), 0, 1, 1, true, false, NULL},
    {"delete", "check", "ID [--item I]...", "what an erasure would do with each item",
     "Ends with 1 when an item asked about must be kept.",
     cmd_delete_check, B(ITEM), 0, 1, 1, true, false, NULL},
    {"erase", NULL, "ID --request N [--scrub]", "erase a subject on its request to delete",
     NULL, cmd_erase, B(REQUEST) | B(SCRUB), B(REQUEST), 1, 1, true, false, NULL},
    {"erasures", "export", "FILE", "write the signed list of erased subjects",
     NULL, cmd_erasures_export, 0, 0, 1, 1, false, false, NULL},
    {"erasures", "apply", "FILE [--scrub]", "make this copy forget whom the list names",
     NULL, cmd_erasures_apply, B(SCRUB), 0, 1, 1, false, false, NULL},
    {"erasures", "tasks", "", "what recipients still have to erase",
     NULL, cmd_erasure_tasks, 0, 0, 0, 0, false, false, NULL},
    {"erasures", "done", "UID [--recipient R] [--actor A]", "a task is done: that data is erased",
     "Without --recipient: the host's own task. UID is what erasures tasks prints.",
     cmd_erasure_done, B(RECIPIENT) | B(ACTOR), 0, 1, 1, false, false, NULL},

    {"hold", "place", "ID --authority A [--item I]... [--until T] [--why TEXT]",
     "keep data although erasure is due",
     "Without --item everything is held, and the subject cannot be erased.",
     cmd_hold_place, B(AUTHORITY) | B(ITEM) | B(UNTIL) | B(WHY), B(AUTHORITY), 1, 1, true, false,
     NULL},
    {"hold", "release", "N [--why TEXT] [--actor A]", "the hold is over",
     NULL, cmd_hold_release, B(WHY) | B(ACTOR), 0, 1, 1, false, false, NULL},
    {"hold", "list", "[ID]", "the holds that were not released, all or those of a subject",
     NULL, cmd_hold_list, 0, 0, 0, 1, true, false, NULL},
    {"retention", "due", "", "what may not be kept any longer",
     "Held and extended items are listed and named as such; what was acted upon is not.",
     cmd_retention_due, 0, 0, 0, 0, false, false, NULL},
    {"retention", "apply", "[--actor A]", "act upon what retention due lists",
     "Leaves the host a task to erase, or restricts the item; holds and extensions go first. Can be\n"
     "interrupted and repeated.",
     cmd_retention_apply, B(ACTOR), 0, 0, 0, false, false, NULL},
    {"retention", "extend", "ID --item I --until T --why TEXT [--actor A]",
     "an item may be kept longer than its period",
     NULL, cmd_retention_extend, B(ITEM) | B(UNTIL) | B(WHY) | B(ACTOR),
     B(ITEM) | B(UNTIL) | B(WHY), 1, 1, true, false, cmd_retention_item_fits},
    {"retention", "release", "ID --item I [--why TEXT] [--actor A]", "that is over before its time",
     NULL, cmd_retention_release, B(ITEM) | B(WHY) | B(ACTOR), B(ITEM), 1, 1, true, false,
     cmd_retention_item_fits},
    {"stop-service", NULL, "--why TEXT", "end the service: nothing is allowed any more",
     "Leaves tasks to tell and to erase everybody. Can be interrupted and repeated.",
     cmd_stop_service, B(WHY), B(WHY), 0, 0, false, false, NULL},
    {"controller", "change", "--successor NAME [--accepts-policy]", "another controller takes over",
     NULL, cmd_controller_change, B(SUCCESSOR) | B(ACCEPTS_POLICY), B(SUCCESSOR), 0, 0, false, false,
     NULL},

    {"incident", "open", "--kind leak|tamper|loss --why TEXT [--observed T] [--item I]...",
     "data leaked, was changed or lost, or may have been",
     "--observed says when it was discovered. Texts stay for ever: name nobody in them.",
     cmd_incident_open, B(KIND) | B(WHY) | B(OBSERVED) | B(ITEM), B(KIND) | B(WHY), 0, 0, false,
     false, NULL},
    {"incident", "describe", "N --name CONTENT --value TEXT", "one of the contents of its notice",
     NULL, cmd_incident_describe, B(NAME) | B(VALUE), B(NAME) | B(VALUE), 1, 1, false, false, NULL},
    {"incident", "report", "N --authority A [--observed T] [--why HOW]",
     "it was reported to an authority",
     NULL, cmd_incident_report, B(AUTHORITY) | B(OBSERVED) | B(WHY), B(AUTHORITY), 1, 1, false,
     false, NULL},
    {"incident", "affect", "N ID... | --all-subjects", "who is affected and has to be told",
     NULL, cmd_incident_affect, B(ALL_SUBJECTS), 0, 1, SIZE_MAX, true, false, NULL},
    {"incident", "notify", "N ID [--channel C] [--denied] | --channel announcement --why TEXT",
     "a subject was told, or everybody by announcement",
     "Channels are tried in the policy's order; --denied: it could not be reached that way.",
     cmd_incident_notify, B(CHANNEL) | B(DENIED) | B(WHY), 0, 1, 2, true, false, NULL},
    {"incident", "show", "[N]", "an incident and what it lacks; all of them",
     NULL, cmd_incident_show, 0, 0, 0, 1, false, false, NULL},
    {"incident", "close", "N [--why TEXT] [--actor A]", "nothing is missing any more",
     NULL, cmd_incident_close, B(WHY) | B(ACTOR), 0, 1, 1, false, false, NULL},

    {"ledger", "head", "", "size and root of the ledger, signed",
     NULL, cmd_ledger_head, 0, 0, 0, 0, false, false, NULL},
    {"ledger", "prove", "SEQ", "proof that an event is in the ledger, under a signed checkpoint",
     NULL, cmd_ledger_prove, 0, 0, 1, 1, false, false, NULL},
    {"ledger", "consistency", "M N", "proof that the ledger of N events continues that of M",
     NULL, cmd_ledger_consistency, 0, 0, 2, 2, false, false, NULL},
    {"ledger", "key", "[rotate]", "verifier keys the log has had; rotate: gives it a new one",
     "The key before signs each new one: whoever trusts one follows the notes to the last.",
     cmd_ledger_key, 0, 0, 0, 1, false, false, NULL},
    {"ledger", "checkpoint", "", "keep a signed checkpoint of the ledger as it is now",
     NULL, cmd_ledger_checkpoint, 0, 0, 0, 0, false, false, NULL},
    {"ledger", "checkpoints", "", "the checkpoints that are kept",
     NULL, cmd_ledger_checkpoints, 0, 0, 0, 0, false, false, NULL},
    {"ledger", "verify", "[--checkpoint FILE]", "is every event as it was written",
     "Names everything that is wrong in one pass; ends with 1 when something is. That a ledger was\n"
     "cut off, rolled back or rewritten as a whole shows only against a checkpoint kept outside:\n"
     "consentctl ledger head --json gives one (the key \"checkpoint\").",
     cmd_ledger_verify, B(CHECKPOINT), 0, 0, 0, false, false, NULL},

    {"doctor", NULL, "", "is the store as it should be",
     "Replays the ledger into every subject's state and compares; looks at the catalogue, the file,\n"
     "its permissions, leftovers, unfinished erasures, the clock. Ends with 1 when something is found.\n"
     "Hashes are verified by: ledger verify.",
     cmd_doctor, 0, 0, 0, 0, false, false, NULL},
    {"receipt", "issue", "SEQ", "a receipt of a decision, request, objection or erasure",
     "A compact JWS that anyone verifies with the log's key alone. It holds no external id.",
     cmd_receipt_issue, 0, 0, 1, 1, false, false, NULL},
    {"receipt", "verify", "FILE [--vkey V]", "is a receipt good (FILE -: standard input)",
     "With --vkey no store is needed; without it, the keys of --store's log are tried. The key is\n"
     "never taken from the receipt.",
     cmd_receipt_verify, B(VKEY) | B(STORE), 0, 1, 1, false, false, NULL},

    {"export", NULL, "ID|--all --format F [--out FILE]",
     "what was decided, as other tools and people read it",
     "F: kantara (Consent Receipt 1.1), iso27560 (ISO/IEC TS 27560 receipts and records), dpv (W3C Data\n"
     "Privacy Vocabulary, JSON-LD), csv (for people) or json (complete: evidence import reads it). Holds\n"
     "personal data, the ID too: FILE is new and for its owner alone.",
     cmd_export, B(FORMAT) | B(ALL) | B(OUT), B(FORMAT), 0, 1, true, false, cmd_export_fits},

    {"report", NULL, "--html FILE [ID]", "a page for people: the whole store, or what one person is told",
     "One file that loads nothing, mode 0600, in the language of --lang (zh-CN or en; default: that of\n"
     "the policy). Without ID it is for who answers for the data, and names people with open requests\n"
     "and holds. With ID it is to be handed to that person, and names nobody else.",
     cmd_report, B(HTML), B(HTML), 0, 1, true, false, NULL},

    {"evidence", "export", "DIR [ID]", "write a bundle that anyone verifies without the store",
     "Of one subject, or of all: texts, decisions, receipts, proofs, signed head, the log's keys, and\n"
     "a README. DIR is made, or is empty; when it fails nothing of it stays. No external id is in it.",
     cmd_evidence_export, 0, 0, 1, 2, true, false, NULL},
    {"evidence", "import", "FILE [--vkey V]", "make a store to be read only out of a complete export",
     "FILE is what export --format json wrote; --store names the new file, nothing may be there. The\n"
     "new store has keys of its own and the ledger of the other one; it never records or signs. Without\n"
     "--vkey it is only known that FILE agrees with itself.",
     cmd_evidence_import, B(VKEY), 0, 1, 1, false, true, NULL},
    {"evidence", "verify", "DIR [--vkey V]", "is a bundle good; needs no store",
     "Without --vkey the keys of --store's log are trusted; without either it is only said whether the\n"
     "bundle agrees with itself (\"trusted\" is false then, and it ends with 0 nevertheless). Ends with\n"
     "1 when anything is found; each finding names file, line, event and what is wrong.",
     cmd_evidence_verify, B(VKEY) | B(STORE), 0, 1, 1, false, false, NULL},
};
/* clang-format on */
const size_t command_count = sizeof commands / sizeof commands[0];

void command_name(const struct command *command, char *out, size_t size) {
    snprintf(out, size, "%s%s%s", command->noun, command->verb != NULL ? " " : "",
             command->verb != NULL ? command->verb : "");
}
