/* SPDX-License-Identifier: Apache-2.0 */
/* What a run of consentctl is made of: its options, its store, its commands. To add a command,
 * write its function in the file of its noun and give it a row in commands.c. */
#ifndef CONSENTCTL_APP_H
#define CONSENTCTL_APP_H

#include "args.h"

#include <consent/consent.h>

struct command;

struct app {
    struct args args;
    const struct command *command;
    const char **argument; /* the words after the command */
    size_t argument_count;
    bool json;
    bool colour;
    int64_t now; /* of --now */
    consent_options *options;
    consent_store *store;
};

/* Exit statuses, as design.md §8 fixes them. */
enum exit_status {
    EXIT_DONE = 0,
    EXIT_NO = 1, /* deny, ineligible, undetermined */
    EXIT_USAGE = 2,
    EXIT_INPUT = 3,
    EXIT_STATE = 4, /* not found, conflict, not allowed in this state */
    EXIT_STORAGE = 5,
    EXIT_CRYPTO = 6
};

/* Answers an exit status. */
typedef int (*command_fn)(struct app *app);

struct command {
    const char *noun;
    const char *verb;    /* NULL: the noun is the whole command */
    const char *usage;   /* what follows it */
    const char *summary; /* one line */
    const char *help;    /* more, NULL when there is no more */
    command_fn run;      /* with the store open */
    option_set options;  /* besides the global ones; with OPT_STORE: it can do without a store */
    option_set needed;   /* of these, the ones it cannot do without */
    size_t least, most;  /* number of arguments */
    bool personal;       /* an argument is the id of a person: never repeated in a message */
    bool creates;        /* opens no store: the command makes one */
    command_fn fits;     /* looks at the line before the store is opened; may be NULL */
};

extern const struct command commands[];
extern const size_t command_count;

/* "policy import"; texts longer than the buffer are cut. */
void command_name(const struct command *command, char *out, size_t size);

/* The value of an option, NULL when it is not given. */
const char *app_option(const struct app *app, enum option option);
/* False when an option of a time is not given. */
bool app_time(const struct app *app, enum option option, int64_t *out);

int cmd_init(struct app *app);
int cmd_subject_add_fits(struct app *app);
int cmd_subject_set_fits(struct app *app);
int cmd_policy_import(struct app *app);
int cmd_policy_export(struct app *app);
int cmd_policy_export_fits(struct app *app);
/* A signed statement, with --trust. */
int policy_import_signed(struct app *app, const char *bytes, size_t len);
int cmd_policy_publish(struct app *app);
int cmd_policy_list(struct app *app);
int cmd_policy_show(struct app *app);
int cmd_policy_text(struct app *app);
int cmd_notice_pending_fits(struct app *app);
int cmd_notice_pending(struct app *app);
int cmd_notice_shown(struct app *app);
int cmd_notice_ack(struct app *app);
int cmd_notice_page(struct app *app);
int cmd_policy_diff(struct app *app);
int cmd_policy_lint(struct app *app);
int cmd_subject_add(struct app *app);
int cmd_subject_set(struct app *app);
int cmd_subject_show(struct app *app);
int cmd_subject_list(struct app *app);
int cmd_consent_grant(struct app *app);
int cmd_consent_refuse(struct app *app);
int cmd_consent_withdraw(struct app *app);
int cmd_consent_import(struct app *app);
int cmd_consent_list(struct app *app);
int cmd_consent_history(struct app *app);
int cmd_check(struct app *app);
int cmd_check_fits(struct app *app);
int cmd_subject_adopt(struct app *app);
int cmd_guardian_link(struct app *app);
int cmd_guardian_verify(struct app *app);
int cmd_guardian_end(struct app *app);
int cmd_guardian_end_fits(struct app *app);
int cmd_guardian_list(struct app *app);
int cmd_permission_record(struct app *app);
int cmd_permission_record_fits(struct app *app);
int cmd_permission_list(struct app *app);
int cmd_permission_diff(struct app *app);
int cmd_fact_put(struct app *app);
int cmd_fact_list(struct app *app);
int cmd_object(struct app *app);
int cmd_restrict(struct app *app);
int cmd_unrestrict(struct app *app);
int cmd_exemption_use(struct app *app);
int cmd_obligation_list(struct app *app);
int cmd_ask(struct app *app);
int cmd_start(struct app *app);
int cmd_calendar_import(struct app *app);
int cmd_calendar_due(struct app *app);
int cmd_request_open(struct app *app);
int cmd_request_list(struct app *app);
int cmd_request_show(struct app *app);
int cmd_request_advance(struct app *app);
int cmd_request_extend(struct app *app);
int cmd_request_due(struct app *app);
int cmd_cancel_check(struct app *app);
int cmd_cancel_open(struct app *app);
int cmd_cancel_execute(struct app *app);
int cmd_delete_check(struct app *app);
int cmd_erase(struct app *app);
int cmd_erasures_export(struct app *app);
int cmd_erasures_apply(struct app *app);
int cmd_erasure_tasks(struct app *app);
int cmd_erasure_done(struct app *app);
int cmd_hold_place(struct app *app);
int cmd_hold_release(struct app *app);
int cmd_hold_list(struct app *app);
int cmd_retention_due(struct app *app);
int cmd_retention_apply(struct app *app);
int cmd_retention_item_fits(struct app *app);
int cmd_retention_extend(struct app *app);
int cmd_retention_release(struct app *app);
int cmd_stop_service(struct app *app);
int cmd_controller_change(struct app *app);
int cmd_incident_open(struct app *app);
int cmd_incident_describe(struct app *app);
int cmd_incident_report(struct app *app);
int cmd_incident_affect(struct app *app);
int cmd_incident_notify(struct app *app);
int cmd_incident_show(struct app *app);
int cmd_incident_close(struct app *app);
int cmd_ledger_checkpoint(struct app *app);
int cmd_ledger_checkpoints(struct app *app);
int cmd_ledger_consistency(struct app *app);
int cmd_ledger_head(struct app *app);
int cmd_ledger_key(struct app *app);
int cmd_ledger_prove(struct app *app);
int cmd_evidence_export(struct app *app);
int cmd_evidence_import(struct app *app);
int cmd_evidence_verify(struct app *app);
int cmd_export(struct app *app);
int cmd_export_fits(struct app *app);
int cmd_receipt_issue(struct app *app);
int cmd_receipt_verify(struct app *app);
int cmd_ledger_verify(struct app *app);
int cmd_doctor(struct app *app);
int cmd_backup(struct app *app);
int cmd_restore(struct app *app);
int cmd_report(struct app *app);
int cmd_key_show(struct app *app);
int cmd_key_rotate(struct app *app);

#endif
