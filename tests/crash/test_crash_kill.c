/* SPDX-License-Identifier: Apache-2.0 */
/* A process is killed (SIGKILL) at a random moment while it writes; then the store is opened again.
 * What was acknowledged - the child says so in a pipe after each call has returned - is there;
 * nothing is half there: the tree is computed anew, every state equals its replay; and no more is
 * there than what was acknowledged and the one call that was going on.
 *
 * A killed process loses no page that the kernel has, so nothing is synced here: the kills then
 * fall between the steps of the library and of SQLite instead of into the wait for a disk.
 *
 * CONSENT_CRASH_KILLS (default 2000, 100 in quick mode), CONSENT_CRASH_SEED. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <consent/consent.h>

#include "audit.h"
#include "fault.h"
#include "folder.h"

#define WORKERS 2
#define PEOPLE 4
#define EVENTS_MAX 250 /* then the store is made anew: an audit reads all of it */
#define ACKS_MAX 4096
#define SPAN_US 9000 /* a child lives up to so long after it has opened the store */

typedef enum mode { MODE_RECORD, MODE_POLICY, MODE_CLOSE, MODE_CREATE, MODES } mode;
static const char *const mode_names[MODES] = {"record", "policy", "close", "create"};

typedef enum deed { DID_OPEN, DID_RECORD, DID_ADD, DID_PUBLISH, DID_CREATE } deed;

typedef struct ack {
    int32_t what, subject, decision, number;
    int64_t event;
} ack;

typedef struct crash {
    char folder[FOLDER_MAX], path[FOLDER_MAX], key[FOLDER_MAX];
    uint64_t random;
    char *bundle;
    size_t bundle_size;
    int adds, versions, creates; /* numbers used so far, so that a child takes fresh ones */
    long kills[MODES], acked;
    int failures;
    ack acks[ACKS_MAX];
    int count;
} crash;

static uint64_t next_random(crash *c) {
    c->random ^= c->random << 13;
    c->random ^= c->random >> 7;
    c->random ^= c->random << 17;
    return c->random;
}

static int bad(crash *c, const char *what, int64_t n) {
    fprintf(stderr, "crash: %s (%lld)\n", what, (long long)n);
    c->failures++;
    return 1;
}

static void need(consent_status status, const consent_error *err, const char *what) {
    if (status == CONSENT_OK || status == CONSENT_DONE)
        return;
    fprintf(stderr, "crash: %s: %s: %s\n", what, consent_status_name(status),
            consent_error_message(err));
    abort();
}
#define NEED(call)                                                                                 \
    do {                                                                                           \
        consent_error *e = NULL;                                                                   \
        consent_status status_ = (call);                                                           \
        need(status_, e, #call);                                                                   \
    } while (0)

/* ---- stores and their contents ---- */

static consent_options *options_new(const char *key) {
    consent_options *o = consent_options_new();
    NEED(consent_options_set_key_file(o, key, &e));
    return o;
}

static consent_store *open_store(const char *path, const char *key) {
    consent_options *o = options_new(key);
    consent_store *store = NULL;
    NEED(consent_store_open(path, o, &store, &e));
    consent_options_free(o);
    return store;
}

static void person(int number, char out[16]) {
    (void)snprintf(out, 16, "p%d", number);
}

/* The bundle as version N.0; the date follows N, too. */
static char *bundle_of(const crash *c, int n) {
    static const char from[] = "\"version\": \"1.0\"", date[] = "2024-01-01T00:00:00Z";
    size_t room = c->bundle_size + 64;
    char *text = malloc(room), *at = strstr(c->bundle, from), *day;
    if (text == NULL || at == NULL)
        abort();
    (void)snprintf(text, room, "%.*s\"version\": \"%d.0\"%s", (int)(at - c->bundle), c->bundle, n,
                   at + strlen(from));
    day = strstr(text, date);
    if (day == NULL)
        abort();
    day[11] = (char)('0' + n / 600 % 2);
    day[12] = (char)('0' + n / 60 % 10);
    day[14] = (char)('0' + n / 10 % 6);
    day[15] = (char)('0' + n % 10);
    return text;
}

static void publish(const crash *c, consent_store *store, int n) {
    char *text = bundle_of(c, n), label[16];
    (void)snprintf(label, sizeof label, "%d.0", n);
    NEED(consent_policy_import(store, text, strlen(text), &e));
    NEED(consent_policy_publish(store, "small", label, &e));
    free(text);
}

static void make_store(crash *c) {
    consent_options *o;
    consent_store *store = NULL;
    int i;
    folder_empty(c->folder);
    o = options_new(c->key);
    NEED(consent_store_create(c->path, o, &store, &e));
    consent_options_free(o);
    c->versions = 1;
    publish(c, store, 1);
    for (i = 0; i < PEOPLE; i++) {
        char id[16];
        person(i, id);
        NEED(consent_subject_add(store, id, "1990-01-02", &e));
    }
    c->adds = PEOPLE;
    consent_store_free(store);
}

/* ---- the child ---- */

static void tell(int fd, ack a) {
    if (write(fd, &a, sizeof a) != sizeof a) /* less than PIPE_BUF: whole or not at all */
        _exit(3);
}

static void child_record(crash *c, consent_store *store, int fd) {
    char id[16];
    int subject = (int)(next_random(c) % PEOPLE);
    int32_t decision = (int32_t)(next_random(c) % 3) + 1;
    const char *purpose = next_random(c) % 2 ? "offers" : "newsletter";
    consent_act *act;
    consent_rows *rows = NULL;
    person(subject, id);
    act = consent_act_new(id, decision, purpose);
    NEED(consent_record(store, act, &rows, &e));
    tell(fd, (ack){DID_RECORD, subject, decision, 0, consent_rows_number(rows, 0, "event", -1)});
    consent_rows_free(rows);
    consent_act_free(act);
}

static void child_add(crash *c, consent_store *store, int fd) {
    char id[16];
    int number = c->adds++;
    person(number, id);
    NEED(consent_subject_add(store, id, NULL, &e));
    tell(fd, (ack){DID_ADD, number, 0, 0, -1});
}

static void child_policy(crash *c, consent_store *store, int fd) {
    int number = ++c->versions;
    publish(c, store, number);
    tell(fd, (ack){DID_PUBLISH, 0, 0, number, -1});
}

static void create_paths(const crash *c, int number, char path[FOLDER_MAX], char key[FOLDER_MAX]) {
    char name[32];
    (void)snprintf(name, sizeof name, "c%d.db", number);
    folder_path(c->folder, name, path);
    (void)snprintf(name, sizeof name, "c%d.key", number);
    folder_path(c->folder, name, key);
}

static void child_create(crash *c, int fd) {
    char path[FOLDER_MAX], key[FOLDER_MAX];
    consent_store *store = NULL;
    int number = c->creates++;
    consent_options *o;
    create_paths(c, number, path, key);
    o = options_new(key);
    NEED(consent_store_create(path, o, &store, &e));
    tell(fd, (ack){DID_CREATE, 0, 0, number, -1});
    consent_store_free(store);
    consent_options_free(o);
}

static void child(crash *c, mode m, int fd) {
    consent_store *store = m == MODE_CREATE ? NULL : open_store(c->path, c->key);
    tell(fd, (ack){.what = DID_OPEN});
    for (;;) {
        switch (m) {
        case MODE_CREATE:
            child_create(c, fd);
            break;
        case MODE_POLICY:
            child_policy(c, store, fd);
            break;
        case MODE_CLOSE:
            child_record(c, store, fd);
            NEED(consent_store_close(store, &e));
            consent_store_free(store);
            store = open_store(c->path, c->key);
            break;
        default:
            if (next_random(c) % 16 == 0)
                child_add(c, store, fd);
            else
                child_record(c, store, fd);
        }
    }
}

/* ---- the kill ---- */

static bool read_ack(crash *c, int fd) {
    size_t got = 0;
    while (got < sizeof(ack)) {
        ssize_t n = read(fd, (char *)&c->acks[c->count] + got, sizeof(ack) - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        got += (size_t)n;
    }
    return ++c->count < ACKS_MAX;
}

static void run_and_kill(crash *c, mode m) {
    int fds[2], status = 0;
    struct timespec span = {0, (long)(next_random(c) % SPAN_US) * 1000};
    uint64_t seed = next_random(c);
    pid_t pid;
    if (pipe(fds) != 0)
        abort();
    fflush(NULL);
    pid = fork();
    if (pid < 0)
        abort();
    if (pid == 0) {
        (void)close(fds[0]);
        c->random = seed | 1;
        child(c, m, fds[1]);
        _exit(4);
    }
    (void)close(fds[1]);
    c->count = 0;
    /* every fourth is killed wherever it is, perhaps while it opens the store */
    if (next_random(c) % 4 != 0)
        (void)read_ack(c, fds[0]);
    (void)nanosleep(&span, NULL);
    (void)kill(pid, SIGKILL);
    while (read_ack(c, fds[0]))
        ;
    (void)close(fds[0]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
        (void)bad(c, "the child ended by itself", status);
    c->kills[m]++;
}

/* ---- what must be there ---- */

static int find_event(crash *c, consent_store *store, const ack *a) {
    static const char *const kinds[] = {"", "consent.granted", "consent.refused",
                                        "consent.withdrawn"};
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    char id[16];
    size_t i;
    int found = 0;
    person(a->subject, id);
    if (consent_history(store, id, &rows, &err) != CONSENT_OK)
        (void)bad(c, consent_error_message(err), a->event);
    for (i = 0; i < consent_rows_count(rows) && !found; i++)
        found = consent_rows_number(rows, i, "event", -1) == a->event &&
                strcmp(consent_rows_text(rows, i, "kind"), kinds[a->decision]) == 0;
    consent_rows_free(rows);
    consent_error_free(err);
    return found ? 0 : bad(c, "an acknowledged act is not there", a->event);
}

static int find_version(crash *c, consent_store *store, int number) {
    consent_rows *rows = NULL;
    char label[16];
    size_t i;
    int found = 0;
    (void)snprintf(label, sizeof label, "%d.0", number);
    (void)consent_policy_list(store, "small", &rows, NULL);
    for (i = 0; i < consent_rows_count(rows) && !found; i++)
        found = strcmp(consent_rows_text(rows, i, "version"), label) == 0 &&
                strcmp(consent_rows_text(rows, i, "state"), "draft") != 0;
    consent_rows_free(rows);
    return found ? 0 : bad(c, "an acknowledged version is not published", number);
}

static void check_acks(crash *c, consent_store *store) {
    char id[16];
    int i;
    for (i = 0; i < c->count; i++) {
        const ack *a = &c->acks[i];
        consent_rows *rows = NULL;
        if (a->what == DID_RECORD)
            (void)find_event(c, store, a);
        if (a->what == DID_PUBLISH)
            (void)find_version(c, store, a->number);
        if (a->what == DID_ADD) {
            person(a->subject, id);
            if (consent_subject_get(store, id, &rows, NULL) != CONSENT_OK)
                (void)bad(c, "an acknowledged subject is not there", a->subject);
            consent_rows_free(rows);
        }
        c->acked += a->what != DID_OPEN;
    }
}

static int64_t size_of(crash *c, consent_store *store) {
    consent_rows *head = NULL;
    int64_t size = -1;
    if (consent_ledger_head(store, &head, NULL) == CONSENT_OK)
        size = consent_rows_number(head, 0, "size", -1);
    else
        (void)bad(c, "there is no head", -1);
    consent_rows_free(head);
    return size;
}

/* Also takes over which names are used: the one call that was going on may have come through. */
static int64_t check_store(crash *c, int64_t before) {
    consent_store *store = open_store(c->path, c->key);
    int64_t size, most = before;
    consent_rows *rows = NULL;
    int i;
    if (audit_store(store, c->path) != 0)
        (void)bad(c, "the store does not hold together", c->count);
    check_acks(c, store);
    size = size_of(c, store);
    for (i = 0; i < c->count;
         i++) /* a withdrawal also begins obligations: at most two more events */
        most += c->acks[i].what == DID_OPEN ? 0 : c->acks[i].what == DID_PUBLISH ? 2 : 3;
    if (size < before || size > most + 3)
        (void)bad(c, "more or less events than calls", size - before);
    if (consent_subject_list(store, 0, 0, &rows, NULL) == CONSENT_OK)
        c->adds = (int)consent_rows_count(rows);
    consent_rows_free(rows);
    rows = NULL;
    if (consent_policy_list(store, "small", &rows, NULL) == CONSENT_OK)
        c->versions = (int)consent_rows_count(rows);
    consent_rows_free(rows);
    /* it works on */
    NEED(consent_grant(store, "p0", "newsletter", NULL, &e));
    size = size_of(c, store);
    consent_store_free(store);
    return size;
}

/* Each path holds a whole store or nothing. */
static void check_created(crash *c) {
    int number, acked = 0, i;
    for (i = 0; i < c->count; i++)
        acked += c->acks[i].what == DID_CREATE;
    for (number = 0; number <= acked; number++) {
        char path[FOLDER_MAX], key[FOLDER_MAX];
        consent_store *store;
        create_paths(c, number, path, key);
        if (!folder_has(path)) {
            consent_options *o = options_new(key);
            if (number < acked)
                (void)bad(c, "an acknowledged store is not there", number);
            /* a key file may stand there already: it is taken */
            NEED(consent_store_create(path, o, &store, &e));
            consent_options_free(o);
        } else
            store = open_store(path, key);
        if (audit_store(store, path) != 0)
            (void)bad(c, "a new store does not hold together", number);
        consent_store_free(store);
    }
    c->acked += acked;
    c->creates = 0;
    make_store(c);
}

static mode pick(crash *c) {
    uint64_t n = next_random(c) % 20;
    return n < 14 ? MODE_RECORD : n < 17 ? MODE_CLOSE : n < 19 ? MODE_POLICY : MODE_CREATE;
}

static void worker(int number, long kills, uint64_t seed, int fd) {
    static crash c;
    char path[FOLDER_MAX];
    int64_t size = INT64_MAX;
    long i;
    mode m;
    c.random = seed * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)number + 1;
    folder_new(c.folder);
    folder_path(c.folder, "s.db", c.path);
    folder_path(c.folder, "s.key", c.key);
    folder_path(CONSENT_SOURCE_DIR, "tests/data/bundles/small-1.json", path);
    c.bundle = folder_read(path, &c.bundle_size);
    for (i = 0; i < kills && c.failures == 0; i++) {
        if (size > EVENTS_MAX || c.versions > 40) {
            make_store(&c);
            size = 1 + 2 + PEOPLE;
        }
        m = pick(&c);
        run_and_kill(&c, m);
        if (m == MODE_CREATE) {
            check_created(&c);
            size = 1 + 2 + PEOPLE;
        } else
            size = check_store(&c, size);
        if (c.failures != 0)
            fprintf(stderr, "crash: after kill %ld of worker %d (%s), seed %llu; kept in %s\n", i,
                    number, mode_names[m], (unsigned long long)seed, c.folder);
    }
    if (c.failures == 0)
        folder_remove(c.folder);
    free(c.bundle);
    if (write(fd, c.kills, sizeof c.kills) != sizeof c.kills ||
        write(fd, &c.acked, sizeof c.acked) != sizeof c.acked)
        _exit(5);
    _exit(c.failures == 0 ? 0 : 1);
}

static long number_of(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text != NULL && *text != '\0' ? strtol(text, NULL, 10) : otherwise;
}

int main(void) {
    long kills = number_of("CONSENT_CRASH_KILLS", getenv("QUICK") != NULL ? 100 : 2000);
    uint64_t seed = (uint64_t)number_of("CONSENT_CRASH_SEED", (long)time(NULL));
    long totals[MODES] = {0}, acked = 0, all = 0;
    int fds[WORKERS][2], failed = 0, i, m;
    pid_t pids[WORKERS];
    for (i = 0; i < WORKERS; i++) {
        if (pipe(fds[i]) != 0)
            abort();
        pids[i] = fork();
        if (pids[i] == 0) {
            fault_install();
            worker(i, (kills + WORKERS - 1 - i) / WORKERS, seed, fds[i][1]);
        }
        (void)close(fds[i][1]);
    }
    for (i = 0; i < WORKERS; i++) {
        long one[MODES] = {0}, acks = 0;
        int status = 0;
        if (read(fds[i][0], one, sizeof one) != sizeof one ||
            read(fds[i][0], &acks, sizeof acks) != sizeof acks)
            failed = 1;
        if (waitpid(pids[i], &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
            failed = 1;
        for (m = 0; m < MODES; m++)
            totals[m] += one[m];
        acked += acks;
    }
    for (m = 0; m < MODES; m++) {
        printf("%ld kills during %s\n", totals[m], mode_names[m]);
        all += totals[m];
    }
    printf("%ld kills survived, %ld acknowledged calls found again\n", all, acked);
    return failed || all < kills;
}
