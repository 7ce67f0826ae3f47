/* SPDX-License-Identifier: Apache-2.0 */
/* getopt_long is not used: it keeps its state in globals, takes an option for the argument of the
 * one before it, and accepts abbreviations, which break when an option is added. */
#include "args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option_row option_rows[OPT_COUNT] = {
    [OPT_STORE] = {"store", "FILE", FORM_TEXT, false, "the store; needed"},
    [OPT_KEY_FILE] = {"key-file", "FILE", FORM_TEXT, false,
                      "its master key; default: the store's name + .key"},
    [OPT_PASSPHRASE_FILE] = {"passphrase-file", "FILE", FORM_TEXT, false,
                             "instead: a file with the passphrase (mode 0600)"},
    [OPT_POLICY] = {"policy", "KEY", FORM_TEXT, false,
                    "which policy; needed when the store holds several"},
    [OPT_JSON] = {"json", NULL, FORM_TEXT, false, "print exactly one JSON value"},
    [OPT_NOW] = {"now", "TIME", FORM_TIME, false, "take this for the clock (RFC 3339)"},
    [OPT_LANG] = {"lang", "TAG", FORM_TEXT, false,
                  "language of texts (BCP 47); default: the binding one"},
    [OPT_HELP] = {"help", NULL, FORM_TEXT, false, "this text"},
    [OPT_VERSION] = {"version", NULL, FORM_TEXT, false, "versions of program and library"},
    [OPT_ACCEPTS_POLICY] = {"accepts-policy", NULL, FORM_TEXT, false,
                            "the successor takes the policy over as it is"},
    [OPT_ACKNOWLEDGE] = {"acknowledge", NULL, FORM_TEXT, false,
                         "the cancellation agreement was shown and acknowledged"},
    [OPT_AUTHORITY] = {"authority", "NAME", FORM_TEXT, false, "who ordered the hold"},
    [OPT_CALENDAR] = {"calendar", "KEY", FORM_TEXT, false,
                      "the calendar to count by: cn, weekends, none or an imported one"},
    [OPT_CONVENTION] = {"convention", "NAME", FORM_TEXT, false, "next (default), incl or roll"},
    [OPT_DAYS] = {"days", "N", FORM_TEXT, false, "how many working days"},
    [OPT_FROM] = {"from", "T", FORM_TEXT, false, "receipt: a date, or RFC 3339"},
    [OPT_KIND] = {"kind", "KIND", FORM_TEXT, false,
                  "access, copy, delete, cancel-account, complaint..."},
    [OPT_REQUEST] = {"request", "N", FORM_TEXT, false, "number of the request it rests on"},
    [OPT_SCRUB] = {"scrub", NULL, FORM_TEXT, false,
                   "rewrite the file as well, so that no remnant stays"},
    [OPT_SUCCESSOR] = {"successor", "NAME", FORM_TEXT, false, "who takes over"},
    [OPT_TO] = {"to", "STATE", FORM_TEXT, false,
                "verifying, paused, accepted, in-progress, done, refused, withdrawn..."},
    [OPT_ACTOR] = {"actor", "NAME", FORM_TEXT, false, "who decided or did it"},
    [OPT_AGE_UNKNOWN] = {"age-unknown", NULL, FORM_TEXT, false, "the date of birth is not known"},
    [OPT_ALL] = {"all", NULL, FORM_TEXT, false, "the whole store"},
    [OPT_ALL_SUBJECTS] = {"all-subjects", NULL, FORM_TEXT, false,
                          "put the question about every subject"},
    [OPT_AT] = {"at", "TIME", FORM_TIME, false, "the instant asked about (RFC 3339); default: now"},
    [OPT_BORN] = {"born", "DATE", FORM_TEXT, false, "date of birth, YYYY-MM-DD"},
    [OPT_BY] = {"by", "GUARDIAN", FORM_TEXT, false, "said by this guardian for the subject"},
    [OPT_CHANNEL] = {"channel", "NAME", FORM_TEXT, false,
                     "by which a request came, or the subject is told"},
    [OPT_CHECKPOINT] = {"checkpoint", "FILE", FORM_TEXT, false,
                        "a checkpoint that was kept outside (ledger head prints one)"},
    [OPT_CLASS] = {"class", "CLASS", FORM_CLASS, false, "general (default), separate or written"},
    [OPT_DENIED] = {"denied", NULL, FORM_TEXT, false, "the operating system refused"},
    [OPT_DOCUMENT] = {"document", "HASH", FORM_TEXT, false,
                      "SHA-256 of the signed document, 64 hex digits"},
    [OPT_EVIDENCE] = {"evidence", "KIND", FORM_TEXT, false,
                      "kind of evidence of the guardian, as the policy names it"},
    [OPT_EXEMPTION] = {"exemption", "KEY", FORM_TEXT, false, "the case, as the policy names it"},
    [OPT_FACT] = {"fact", "NAME", FORM_TEXT, false, "name of the fact"},
    [OPT_FORMAT] = {"format", "NAME", FORM_TEXT, false, "kantara, iso27560, dpv, csv or json"},
    [OPT_GRANTED] = {"granted", NULL, FORM_TEXT, false, "the operating system granted"},
    [OPT_HTML] = {"html", "FILE", FORM_TEXT, false, "where the page to read is written"},
    [OPT_IDEMPOTENCY] = {"idempotency", "KEY", FORM_TEXT, false,
                         "a repetition with this key is answered, not recorded"},
    [OPT_ITEM] = {"item", "ITEM", FORM_TEXT, true,
                  "an item of data; may be repeated; default: all of the purpose"},
    [OPT_NAME] = {"name", "NAME", FORM_TEXT, false, "the operating system's name"},
    [OPT_OBSERVED] = {"observed", "TIME", FORM_TIME, false,
                      "when it was seen or received (RFC 3339); default: now"},
    [OPT_NEW_KEY_FILE] = {"new-key-file", "FILE", FORM_TEXT, false,
                          "where the new key is, or is to be"},
    [OPT_NEW_PASSPHRASE_FILE] = {"new-passphrase-file", "FILE", FORM_TEXT, false,
                                 "a file with the new passphrase (mode 0600)"},
    [OPT_MANIFEST] = {"manifest", "FILE", FORM_TEXT, false,
                      "an AndroidManifest.xml, the merged one if there is one"},
    [OPT_METHOD] = {"method", "NAME", FORM_TEXT, false, "how the identity was checked"},
    [OPT_OPERATION] = {"operation", "NAME", FORM_OPERATION, false,
                       "collect, store, use, share, transfer or disclose"},
    [OPT_OUT] = {"out", "FILE", FORM_TEXT, false, "a new file to write to; default: stdout"},
    [OPT_PERMISSION] = {"permission", "NAME", FORM_TEXT, false,
                        "the operating system's name of a permission"},
    [OPT_POLICY_VERSION] = {"policy-version", "VER", FORM_TEXT, false,
                            "the published version it is said to; default: by --shown, else the "
                            "one in force"},
    [OPT_PROFILE] = {"profile", "KEY", FORM_TEXT, false,
                     "the law to read it by: cn, eu, us-coppa, in, none or one of the store's"},
    [OPT_PURPOSE] = {"purpose", "PURPOSE", FORM_TEXT, false, "the purpose; needed"},
    [OPT_RECIPIENT] = {"recipient", "KEY", FORM_TEXT, false, "who is to receive the data"},
    [OPT_SHOWN] = {"shown", "HASH", FORM_TEXT, false,
                   "hash of the sections that were shown, 64 hex digits"},
    [OPT_SIGNED] = {"signed", NULL, FORM_TEXT, false, "signed with the log key"},
    [OPT_SOURCE] = {"source", "NAME", FORM_TEXT, false, "who saw the fact"},
    [OPT_STANDING] = {"standing", "NAME", FORM_TEXT, false,
                      "who asks: self (default), guardian, relative or agent"},
    [OPT_SUBJECT] = {"subject", "ID", FORM_TEXT, false,
                     "whose it is here; may be left out after the first time"},
    [OPT_SURFACE] = {"surface", "NAME", FORM_TEXT, false,
                     "where it was said: app, web, paper...; implied never counts"},
    [OPT_TRUST] = {"trust", "VKEY", FORM_TEXT, false,
                   "the verifier key of whoever signed it, known from elsewhere"},
    [OPT_UNTIL] = {"until", "TIME", FORM_TIME, false, "when it ends (RFC 3339)"},
    [OPT_VALUE] = {"value", "JSON", FORM_TEXT, false,
                   "a JSON scalar: true, 1200, null, '\"text\"'"},
    [OPT_VKEY] = {"vkey", "VKEY", FORM_TEXT, false,
                  "the log's verifier key, known from elsewhere; default: those of the store"},
    [OPT_WHY] = {"why", "TEXT", FORM_TEXT, false, "the reason, in words"},
    [OPT_TEXT] = {"text", NULL, FORM_TEXT, false, "show the clauses, word by word"},
};

bool args_has(const struct args *args, enum option option) {
    return (args->given & OPTION_BIT(option)) != 0;
}

bool args_is_name(const char *text) {
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz-");
    return n > 0 && n <= 24 && text[n] == '\0' && text[0] != '-';
}

bool args_json(int argc, char **argv) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0)
            return true;
    return false;
}

/* One line being read. */
struct reading {
    struct args *args;
    int argc, at;
    char **argv;
    char *problem;
    size_t problem_size;
};

static bool problem(struct reading *r, const char *message, const char *option) {
    snprintf(r->problem, r->problem_size, "%s%s", message, option);
    return false;
}

static bool problem_unknown(struct reading *r, const char *name) {
    char text[32];
    if (!args_is_name(name)) {
        snprintf(r->problem, r->problem_size,
                 "argument %d is an unknown option (what is none, but begins with a dash, goes "
                 "after --)",
                 r->at);
        return false;
    }
    snprintf(text, sizeof text, "--%s", name);
    return problem(r, "unknown option ", text);
}

/* Splits "--name=value"; *value is NULL when there is none. */
static enum option find_option(const char *token, const char **value) {
    size_t n = strcspn(token, "=");
    *value = token[n] == '=' ? token + n + 1 : NULL;
    for (int i = 0; i < OPT_COUNT; i++)
        if (strlen(option_rows[i].name) == n && strncmp(option_rows[i].name, token, n) == 0)
            return (enum option)i;
    return OPT_COUNT;
}

static bool read_option(struct reading *r, const char *token) {
    const char *value;
    char name[32];
    enum option option = find_option(token, &value);
    if (option == OPT_COUNT)
        return problem_unknown(r, token);
    snprintf(name, sizeof name, "--%s", option_rows[option].name);
    if (option_rows[option].value == NULL) {
        if (value != NULL)
            return problem(r, "no argument belongs to ", name);
    } else if (value == NULL) {
        if (r->at + 1 >= r->argc || strncmp(r->argv[r->at + 1], "--", 2) == 0)
            return problem(r, "an argument is missing after ", name);
        value = r->argv[++r->at];
    }
    if (args_has(r->args, option) && !option_rows[option].repeated && option_rows[option].value)
        return problem(r, "given twice: ", name);
    r->args->given |= OPTION_BIT(option);
    r->args->value[option] = value;
    if (option == OPT_ITEM)
        r->args->item[r->args->item_count++] = value;
    return true;
}

static bool read_line(struct reading *r) {
    bool options = true;
    for (r->at = 1; r->at < r->argc; r->at++) {
        const char *token = r->argv[r->at];
        if (!options || token[0] != '-' || token[1] == '\0') {
            r->args->word[r->args->word_count++] = token; /* "-" alone is standard input */
        } else if (strcmp(token, "--") == 0) {
            options = false;
        } else if (strcmp(token, "-h") == 0) {
            r->args->given |= OPTION_BIT(OPT_HELP);
        } else if (token[1] != '-') {
            return problem_unknown(r, token);
        } else if (!read_option(r, token + 2)) {
            return false;
        }
    }
    return true;
}

bool args_read(struct args *args, int argc, char **argv, char *text, size_t text_size) {
    struct reading r = {args, argc, 0, argv, text, text_size};
    size_t n = argc > 0 ? (size_t)argc : 1;
    memset(args, 0, sizeof *args);
    args->item = calloc(n, sizeof *args->item);
    args->word = calloc(n, sizeof *args->word);
    if (args->item == NULL || args->word == NULL)
        return problem(&r, "out of memory", "");
    return read_line(&r);
}

void args_free(struct args *args) {
    free(args->item);
    free(args->word);
    memset(args, 0, sizeof *args);
}
