/* SPDX-License-Identifier: Apache-2.0 */
#include "traces.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define RUN 16
#define DIVIDER 9 /* page and key */

void traces_init(traces *t, size_t runs) {
    memset(t, 0, sizeof *t);
    t->cap = 1024;
    while (t->cap < runs * 2)
        t->cap *= 2;
    t->number_cap = t->cap;
    t->slot = calloc(t->cap, sizeof *t->slot);
    t->number = calloc(t->number_cap, sizeof *t->number);
    if (!t->slot || !t->number)
        abort();
}

void traces_free(traces *t) {
    free(t->slot);
    free(t->number);
}

/* Never 0, the lowest two bits clear. */
static uint64_t run_hash(const uint8_t *p) {
    uint64_t a, b;
    memcpy(&a, p, 8);
    memcpy(&b, p + 8, 8);
    a = (a ^ (b << 31 | b >> 33)) * UINT64_C(0x9e3779b97f4a7c15);
    a ^= a >> 29;
    a = (a ^ b) * UINT64_C(0xbf58476d1ce4e5b9);
    a ^= a >> 32;
    return a << 2 ? a << 2 : 4;
}

static size_t place_of(const traces *t, uint64_t hash) {
    size_t i = (hash * UINT64_C(0xd6e8feb86659fd93) >> 20) & (t->cap - 1);
    while (t->slot[i] && t->slot[i] >> 2 != hash >> 2)
        i = (i + 1) & (t->cap - 1);
    return i;
}

void traces_note(traces *t, enum trace_kind kind, const void *bytes, size_t n) {
    const uint8_t *p = bytes;
    for (size_t i = 0; i + RUN <= n; i++) {
        uint64_t h = run_hash(p + i);
        size_t at = place_of(t, h);
        if (t->slot[at])
            continue; /* noted before, as the first of its kinds */
        if (++t->used * 4 > t->cap * 3)
            abort();
        t->slot[at] = h | (uint64_t)kind;
        t->noted[kind]++;
    }
}

static size_t number_place(const traces *t, uint64_t bytes) {
    size_t i = (bytes * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (t->number_cap - 1);
    while (t->number[i] && t->number[i] != bytes)
        i = (i + 1) & (t->number_cap - 1);
    return i;
}

static void note_form(traces *t, uint64_t form) {
    if (++t->number_used * 4 > t->number_cap * 3)
        abort();
    t->number[number_place(t, form)] = form;
}

/* The two forms differ in the lowest bit; 0 is none. */
static uint64_t as_divider(const uint8_t key[5]) {
    uint64_t form = 0;
    memcpy(&form, key, 5);
    return form << 1;
}

static uint64_t as_column(const uint8_t value[6]) {
    uint64_t form = 0;
    memcpy(&form, value, 6);
    return form << 1 | 1;
}

void traces_note_number(traces *t, int64_t number) {
    uint8_t key[5], value[6];
    if (number >> 35 != 0)
        abort();
    if (number >> 31 == 0)
        return;
    for (int i = 0; i < 5; i++)
        key[i] = (uint8_t)((number >> (28 - 7 * i) & 0x7f) | (i < 4 ? 0x80 : 0));
    for (int i = 0; i < 6; i++)
        value[i] = (uint8_t)(number >> (40 - 8 * i));
    note_form(t, as_divider(key));
    note_form(t, as_column(value));
    t->noted[TRACE_NUMBER]++;
}

static void search_numbers(traces *t, const uint8_t *p, size_t n) {
    for (size_t i = 0; i + DIVIDER <= n; i++) {
        uint64_t column = as_column(p + i), divider = as_divider(p + i + 4);
        if (p[i] != 0)
            continue; /* neither begins so */
        t->found[TRACE_NUMBER] += t->number[number_place(t, column)] == column;
        t->found[TRACE_NUMBER] += divider && t->number[number_place(t, divider)] == divider;
    }
}

static void search_bytes(traces *t, const uint8_t *p, size_t n) {
    if (t->number_used > 0)
        search_numbers(t, p, n);
    for (size_t i = 0; i + RUN <= n; i++) {
        uint64_t hit = t->slot[place_of(t, run_hash(p + i))];
        if (hit)
            t->found[hit & 3]++;
    }
}

static void search_file(traces *t, const char *name) {
    struct stat st;
    int fd = open(name, O_RDONLY);
    if (fd < 0 || fstat(fd, &st) != 0)
        abort();
    if (st.st_size > 0) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
        if (p == MAP_FAILED)
            abort();
        search_bytes(t, p, (size_t)st.st_size);
        munmap(p, (size_t)st.st_size);
    }
    close(fd);
}

uint64_t traces_search(traces *t, const char *folder) {
    DIR *dir = opendir(folder);
    const struct dirent *e;
    uint64_t sum = 0;
    memset(t->found, 0, sizeof t->found);
    if (!dir)
        abort();
    while ((e = readdir(dir)) != NULL) {
        char name[1024];
        if (e->d_name[0] == '.' && (!e->d_name[1] || e->d_name[1] == '.'))
            continue;
        snprintf(name, sizeof name, "%s/%s", folder, e->d_name);
        search_file(t, name);
    }
    closedir(dir);
    for (int i = 0; i < TRACE_KINDS; i++)
        sum += t->found[i];
    return sum;
}
