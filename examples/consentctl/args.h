/* SPDX-License-Identifier: Apache-2.0 */
/* The command line: options may stand before, between and after the words of the command. */
#ifndef CONSENTCTL_ARGS_H
#define CONSENTCTL_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option {
    /* of every command */
    OPT_STORE,
    OPT_KEY_FILE,
    OPT_PASSPHRASE_FILE,
    OPT_POLICY,
    OPT_JSON,
    OPT_NOW,
    OPT_LANG,
    OPT_HELP,
    OPT_VERSION,
    /* of the commands that name them */
    OPT_ACCEPTS_POLICY,
    OPT_ACKNOWLEDGE,
    OPT_ACTOR,
    OPT_AGE_UNKNOWN,
    OPT_ALL,
    OPT_ALL_SUBJECTS,
    OPT_AT,
    OPT_AUTHORITY,
    OPT_BORN,
    OPT_BY,
    OPT_CALENDAR,
    OPT_CHANNEL,
    OPT_CHECKPOINT,
    OPT_CLASS,
    OPT_CONVENTION,
    OPT_DAYS,
    OPT_DENIED,
    OPT_DOCUMENT,
    OPT_EVIDENCE,
    OPT_EXEMPTION,
    OPT_FACT,
    OPT_FORMAT,
    OPT_FROM,
    OPT_GRANTED,
    OPT_IDEMPOTENCY,
    OPT_ITEM,
    OPT_KIND,
    OPT_NAME,
    OPT_OBSERVED,
    OPT_NEW_KEY_FILE,
    OPT_NEW_PASSPHRASE_FILE,
    OPT_HTML,
    OPT_MANIFEST,
    OPT_METHOD,
    OPT_OPERATION,
    OPT_OUT,
    OPT_PERMISSION,
    OPT_POLICY_VERSION,
    OPT_PROFILE,
    OPT_PURPOSE,
    OPT_RECIPIENT,
    OPT_REQUEST,
    OPT_SCRUB,
    OPT_SHOWN,
    OPT_SIGNED,
    OPT_SOURCE,
    OPT_STANDING,
    OPT_SUBJECT,
    OPT_SUCCESSOR,
    OPT_SURFACE,
    OPT_TO,
    OPT_TRUST,
    OPT_UNTIL,
    OPT_VALUE,
    OPT_VKEY,
    OPT_WHY,
    OPT_TEXT,
    OPT_COUNT
};

/* A set of options; there may be more than 64. */
__extension__ typedef unsigned __int128 option_set;
#define OPTION_BIT(option) ((option_set)1 << (option))
#define OPTIONS_GLOBAL (OPTION_BIT(OPT_VERSION + 1) - 1)

enum option_form { FORM_TEXT, FORM_TIME, FORM_CLASS, FORM_OPERATION };

struct option_row {
    const char *name;  /* without the dashes */
    const char *value; /* what the help calls its argument; NULL: takes none */
    enum option_form form;
    bool repeated;
    const char *help;
};

extern const struct option_row option_rows[OPT_COUNT];

/* What stood on the command line. All texts belong to argv. */
struct args {
    option_set given;             /* OPTION_BIT of each option */
    const char *value[OPT_COUNT]; /* the last value of each */
    const char **item;            /* every --item, in order */
    size_t item_count;
    const char **word; /* what is no option: the command and its arguments */
    size_t word_count;
};

/* False with a message (which names no value) in `problem` when the line is not understood;
 * whatever the answer, args_free. */
bool args_read(struct args *args, int argc, char **argv, char *problem, size_t problem_size);
void args_free(struct args *args);

/* Whether --json stands on the line; for failures that happen while it is being read. */
bool args_json(int argc, char **argv);

bool args_has(const struct args *args, enum option option);

/* Whether a text is like the name of a command or an option, so that a message may repeat it. What
 * is not may be the id of a person. */
bool args_is_name(const char *text);

#endif
