/* SPDX-License-Identifier: Apache-2.0 */
/* The longest common run of words, by the classic table, after what both begin and end with alike
 * was cut off. */
#include "clauses.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define TABLE_MAX ((size_t)64 * 1024 * 1024)

struct word {
    const char *text;
    size_t len;
};
struct words {
    size_t count;
    struct word *v;
};

enum sort_of_char { CHAR_BLANK, CHAR_WORD, CHAR_ALONE };

static enum sort_of_char sort_of(utf8proc_int32_t c) {
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_CC:
        return CHAR_BLANK;
    case UTF8PROC_CATEGORY_LO: /* Chinese has no blanks between its words */
        return CHAR_ALONE;
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
        return CHAR_WORD;
    default:
        return CHAR_ALONE;
    }
}

static size_t char_at(const char *text, enum sort_of_char *sort) {
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
    *sort = n > 0 ? sort_of(c) : CHAR_ALONE;
    return n > 0 ? (size_t)n : 1;
}

static bool split(const char *text, struct words *out) {
    out->count = 0;
    out->v = malloc((strlen(text) + 1) * sizeof *out->v);
    if (out->v == NULL)
        return false;
    while (*text != '\0') {
        enum sort_of_char first, next;
        size_t len = char_at(text, &first);
        while (first != CHAR_ALONE && text[len] != '\0') {
            size_t n = char_at(text + len, &next);
            if (next != first)
                break;
            len += n;
        }
        out->v[out->count++] = (struct word){text, len};
        text += len;
    }
    return true;
}

static bool same(const struct word *a, const struct word *b) {
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* ---- pieces ---- */

struct pieces {
    size_t count, cap;
    struct piece *v;
    bool failed;
};

/* Puts a word; it joins the piece before when it is of the same kind and follows it in the text. */
static void put(struct pieces *p, enum piece_kind kind, const struct word *w) {
    struct piece *last = p->count > 0 ? &p->v[p->count - 1] : NULL;
    if (last != NULL && last->kind == kind && last->text + last->len == w->text) {
        last->len += w->len;
        return;
    }
    if (p->count == p->cap) {
        size_t cap = p->cap > 0 ? p->cap * 2 : 16;
        struct piece *v = realloc(p->v, cap * sizeof *v);
        if (v == NULL) {
            p->failed = true;
            return;
        }
        p->v = v;
        p->cap = cap;
    }
    p->v[p->count++] = (struct piece){kind, w->text, w->len};
}

static void put_all(struct pieces *p, enum piece_kind kind, const struct word *v, size_t n) {
    for (size_t i = 0; i < n; i++)
        put(p, kind, &v[i]);
}

/* table[i][j]: length of the longest common run of a[i..] and b[j..]. */
static uint32_t *fill(const struct word *a, size_t n, const struct word *b, size_t m) {
    size_t width = m + 1;
    uint32_t *t = n + 1 > TABLE_MAX / width ? NULL : calloc((n + 1) * width, sizeof *t);
    for (size_t i = n; t != NULL && i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            uint32_t down = t[(i + 1) * width + j], right = t[i * width + j + 1];
            t[i * width + j] = same(&a[i], &b[j]) ? t[(i + 1) * width + j + 1] + 1
                               : down > right     ? down
                                                  : right;
        }
    return t;
}

static void put_middle(struct pieces *p, const struct word *a, size_t n, const struct word *b,
                       size_t m) {
    uint32_t *t = n > 0 && m > 0 ? fill(a, n, b, m) : NULL;
    size_t i = 0, j = 0, width = m + 1;
    while (t != NULL && i < n && j < m) {
        if (same(&a[i], &b[j])) {
            put(p, PIECE_SAME, &b[j]);
            i++;
            j++;
        } else if (t[(i + 1) * width + j] >= t[i * width + j + 1]) {
            put(p, PIECE_REMOVED, &a[i++]);
        } else {
            put(p, PIECE_ADDED, &b[j++]);
        }
    }
    free(t);
    put_all(p, PIECE_REMOVED, a + i, n - i);
    put_all(p, PIECE_ADDED, b + j, m - j);
}

size_t words_compare(const char *before, const char *after, struct piece **out) {
    struct words a = {0}, b = {0};
    struct pieces p = {0};
    size_t head = 0, tail = 0;
    if (split(before, &a) && split(after, &b)) {
        size_t least = a.count < b.count ? a.count : b.count;
        while (head < least && same(&a.v[head], &b.v[head]))
            head++;
        while (tail < least - head && same(&a.v[a.count - 1 - tail], &b.v[b.count - 1 - tail]))
            tail++;
        put_all(&p, PIECE_SAME, b.v, head);
        put_middle(&p, a.v + head, a.count - head - tail, b.v + head, b.count - head - tail);
        put_all(&p, PIECE_SAME, b.v + b.count - tail, tail);
    }
    free(a.v);
    free(b.v);
    *out = p.v;
    return p.failed ? 0 : p.count;
}
