/* SPDX-License-Identifier: Apache-2.0 */
/* Fault sweeps: a call of the library, repeated with the 1st, 2nd, … n-th operation of each kind
 * failing, once and from it on. tests/fault/README.md says how to add a call. */
#ifndef TESTS_SUPPORT_SWEEP_H
#define TESTS_SUPPORT_SWEEP_H

#include <consent/consent.h>

#include "folder.h"

#define SWEEP_ALICE "person-alice@example.org" /* an adult */
#define SWEEP_BOB "person-bob@example.org"     /* of unknown age */
#define SWEEP_DORA "person-dora@example.org"   /* a child, from SWEEP_FAMILY on */
#define SWEEP_EMIL "person-emil@example.org"   /* a child without a guardian */
#define SWEEP_PHONE "person-device-1"          /* a device, from SWEEP_FAMILY on */
#define SWEEP_CAROL "person-carol@example.org" /* not registered */

/* What the store holds when the call is made. */
typedef enum sweep_start {
    SWEEP_NOTHING, /* no file; the call makes one */
    SWEEP_FRESH,   /* a new store */
    SWEEP_DRAFT,   /* the bundle small 1.0, imported */
    SWEEP_LIVE,    /* small 1.0 published, Alice with some decisions, Bob */
    SWEEP_NEXT,    /* the same, and small 2.0 imported */
    /* SWEEP_LIVE; Dora, whose guardian is Alice (claimed, not verified), a phone with a grant, a
     * fact, an objection and a restriction of Alice, an open obligation of Bob */
    SWEEP_FAMILY,
    SWEEP_GUARDED, /* the same, and Alice is verified */
    SWEEP_LEAVING, /* the same, and Alice has asked to be deleted and to cancel the account */
    SWEEP_TOLD,    /* the same, and small 2.0, which wants to be acknowledged, published */
    /* SWEEP_LEAVING, and a second policy "due" whose items' periods are over for Bob (email to be
     * deleted, fax to be restricted; of Alice the fax is extended); an incident that may be told,
     * of which Dora is affected, and one that may be closed */
    SWEEP_DUTIES,
    SWEEP_STARTS
} sweep_start;

typedef struct sweep_world {
    char folder[FOLDER_MAX], path[FOLDER_MAX], key_path[FOLDER_MAX];
    char extra[FOLDER_MAX];         /* a file that holds the bundle small 1.0 */
    consent_options *options;       /* with the key file key_path */
    consent_options *options_bytes; /* with the key itself */
    consent_store *store;           /* open, but for rows that are `closed` */
    char *small1, *small2, *profile;
    size_t small1_size, small2_size, profile_size;
    /* What the call gives back: NULL and -1 after a failure. Freed by the sweep. */
    consent_rows *rows;
    int64_t number;
    int64_t obligation;         /* of Bob, from SWEEP_FAMILY on */
    int64_t request;            /* of Alice to be deleted, from SWEEP_LEAVING on */
    int64_t incident, complete; /* from SWEEP_DUTIES on */
} sweep_world;

typedef struct sweep_row {
    const char *name;
    sweep_start start;
    consent_status (*call)(sweep_world *world, consent_error **err);
    bool closed; /* the store is not open before the call */
    bool closes; /* the call closes the store: it is not audited or called again */
    bool reads;  /* also a success leaves the store as it is */
    /* Looks at the world after a success and after a failure; number of findings. May be NULL. */
    int (*check)(sweep_world *world, consent_status status);
} sweep_row;

/* Runs every row as one test; the exit code of the program. */
int sweep_main(const char *group, const sweep_row *rows, size_t count);

#endif
