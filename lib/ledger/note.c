/* SPDX-License-Identifier: Apache-2.0 */
/* C2SP signed-note and tlog-checkpoint. */
#include "ledger/ledger.h"

#include <string.h>

#include "util/text.h"

#define TYPE_ED25519 0x01
#define KEY_ID 4
#define SIGNATURE_START "\xe2\x80\x94 " /* em dash, space */
#define NOTE_MAX 1000000u               /* bytes; the limit of Go's implementation */
#define SIGNATURES_MAX 100u             /* the same; the specification wants 16 or more */

/* ---- names and verifier keys ---- */

/* Length of the Unicode space at p, 0 when there is none. The list is White_Space of Unicode. */
static size_t space_length(const uint8_t *p, size_t n) {
    static const char spaces[][4] = {"\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80",
                                     "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf",
                                     "\xe2\x81\x9f", "\xe3\x80\x80"};
    size_t i;
    if (p[0] == ' ' || (p[0] >= '\t' && p[0] <= '\r'))
        return 1;
    if (n >= 3 && p[0] == 0xe2 && p[1] == 0x80 && p[2] >= 0x80 && p[2] <= 0x8a)
        return 3; /* U+2000..U+200A */
    for (i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        size_t len = strlen(spaces[i]);
        if (n >= len && memcmp(p, spaces[i], len) == 0)
            return len;
    }
    return 0;
}

static bool name_valid(const char *name, size_t n) {
    const uint8_t *p = (const uint8_t *)name;
    size_t i;
    if (n == 0 || consent__utf8_valid(name, n) != n)
        return false;
    for (i = 0; i < n; i++)
        if (p[i] < 0x20 || p[i] == '+' || space_length(p + i, n - i) != 0)
            return false;
    return true;
}

void consent__note_key_id(const char *name, const uint8_t public_key[32], uint8_t out[4]) {
    uint8_t tail[2 + 32] = {'\n', TYPE_ED25519}, hash[CONSENT__HASH];
    memcpy(tail + 2, public_key, 32);
    consent__sha256_two(name, strlen(name), tail, sizeof tail, hash);
    memcpy(out, hash, KEY_ID);
}

void consent__note_vkey(consent__buf *out, const char *name, const uint8_t public_key[32]) {
    uint8_t id[KEY_ID], typed[1 + 32] = {TYPE_ED25519};
    char hex[2 * KEY_ID + 1];
    consent__note_key_id(name, public_key, id);
    consent__hex(id, KEY_ID, hex);
    memcpy(typed + 1, public_key, 32);
    consent__buf_text(out, name);
    consent__buf_byte(out, '+');
    consent__buf_text(out, hex);
    consent__buf_byte(out, '+');
    consent__base64(out, typed, sizeof typed, false);
}

/* The last part of a verifier key: base64(type || public key). */
static consent_status vkey_parse_key(const consent__cx *cx, const char *text, uint8_t out[32]) {
    consent__buf typed;
    bool ok;
    consent__buf_init(&typed, cx->env);
    ok = consent__unbase64(&typed, text, strlen(text), false) && typed.len == 1 + 32 &&
         typed.data[0] == TYPE_ED25519;
    if (ok)
        memcpy(out, typed.data + 1, 32);
    if (!ok && typed.failed) {
        consent__buf_free(&typed);
        return consent__no_memory(cx);
    }
    consent__buf_free(&typed);
    if (!ok)
        return consent__fail(cx, CONSENT_E_FORMAT, "the verifier key holds no Ed25519 key");
    return CONSENT_OK;
}

consent_status consent__note_vkey_parse(const consent__cx *cx, const char *vkey, consent__arena *a,
                                        char **out_name, uint8_t out_key[32]) {
    const char *first = strchr(vkey, '+'); /* names have none, base64 may */
    const char *second = first != NULL ? strchr(first + 1, '+') : NULL;
    char hex[2 * KEY_ID + 1], *name;
    uint8_t id[KEY_ID], told[KEY_ID];
    consent_status status;
    *out_name = NULL;
    if (second == NULL || second - first != sizeof hex || !name_valid(vkey, (size_t)(first - vkey)))
        return consent__fail(cx, CONSENT_E_FORMAT, "the verifier key is not name+id+key");
    memcpy(hex, first + 1, 2 * KEY_ID);
    hex[2 * KEY_ID] = '\0';
    if (!consent__unhex(hex, told, KEY_ID))
        return consent__fail(cx, CONSENT_E_FORMAT, "the verifier key is not name+id+key");
    status = vkey_parse_key(cx, second + 1, out_key);
    if (status != CONSENT_OK)
        return status;
    name = consent__arena_text(a, vkey, (size_t)(first - vkey));
    if (name == NULL)
        return consent__no_memory(cx);
    consent__note_key_id(name, out_key, id);
    if (memcmp(id, told, KEY_ID) != 0)
        return consent__fail(cx, CONSENT_E_FORMAT, "the verifier key's id is not that of its key");
    *out_name = name;
    return CONSENT_OK;
}

/* ---- writing ---- */

void consent__checkpoint_text(consent__buf *out, const char *origin, uint64_t size,
                              const uint8_t root[CONSENT__HASH]) {
    consent__buf_format(out, "%s\n%llu\n", origin, (unsigned long long)size);
    consent__base64(out, root, CONSENT__HASH, false);
    consent__buf_byte(out, '\n');
}

void consent__note_sign_line(consent__buf *out, const char *name, const uint8_t public_key[32],
                             const uint8_t signature[CONSENT__SIGNATURE]) {
    uint8_t bytes[KEY_ID + CONSENT__SIGNATURE];
    consent__note_key_id(name, public_key, bytes);
    memcpy(bytes + KEY_ID, signature, CONSENT__SIGNATURE);
    consent__buf_text(out, "\n" SIGNATURE_START);
    consent__buf_text(out, name);
    consent__buf_byte(out, ' ');
    consent__base64(out, bytes, sizeof bytes, false);
    consent__buf_byte(out, '\n');
}

/* ---- reading ---- */

typedef struct reading {
    const consent__cx *cx;
    const char *text; /* what was signed */
    size_t text_n;
    const char *name; /* the one key we know */
    const uint8_t *public_key;
    uint8_t id[KEY_ID];
    bool verified;
} reading;

static consent_status note_malformed(const reading *note) {
    return consent__fail(note->cx, CONSENT_E_FORMAT, "this is not a signed note");
}

static bool note_characters_valid(const char *text, size_t n) {
    size_t i;
    for (i = 0; i < n; i++)
        if ((uint8_t)text[i] < 0x20 && text[i] != '\n')
            return false;
    return consent__utf8_valid(text, n) == n;
}

/* The signature of a line, decoded: ours is checked, others are left alone. */
static consent_status note_signature(reading *note, bool same_name, const uint8_t *p, size_t n) {
    if (n <= KEY_ID)
        return note_malformed(note);
    if (!same_name || memcmp(p, note->id, KEY_ID) != 0)
        return CONSENT_OK;
    if (n != KEY_ID + CONSENT__SIGNATURE ||
        !consent__verify(note->public_key, note->text, note->text_n, p + KEY_ID))
        return consent__fail(note->cx, CONSENT_E_SIGNATURE,
                             "the signature of the known key does not verify");
    note->verified = true;
    return CONSENT_OK;
}

/* One signature line, without its newline. */
static consent_status note_line(reading *note, const char *line, size_t n, consent__buf *decoded) {
    const size_t start = sizeof SIGNATURE_START - 1;
    const char *name, *space;
    size_t name_n;
    if (n < start || memcmp(line, SIGNATURE_START, start) != 0)
        return note_malformed(note);
    name = line + start;
    space = memchr(name, ' ', n - start);
    if (space == NULL)
        return note_malformed(note);
    name_n = (size_t)(space - name);
    if (!name_valid(name, name_n))
        return note_malformed(note);
    consent__buf_reset(decoded);
    if (!consent__unbase64(decoded, space + 1, n - start - name_n - 1, false))
        return decoded->failed ? consent__no_memory(note->cx) : note_malformed(note);
    return note_signature(note,
                          name_n == strlen(note->name) && memcmp(name, note->name, name_n) == 0,
                          decoded->data, decoded->len);
}

static consent_status note_lines(reading *note, const char *p, const char *end) {
    consent_status status = CONSENT_OK;
    consent__buf decoded;
    size_t count = 0;
    consent__buf_init(&decoded, note->cx->env);
    while (status == CONSENT_OK && p < end) {
        const char *newline = memchr(p, '\n', (size_t)(end - p)); /* there: the note ends in one */
        status = ++count > SIGNATURES_MAX ? note_malformed(note)
                                          : note_line(note, p, (size_t)(newline - p), &decoded);
        p = newline + 1;
    }
    consent__buf_free(&decoded);
    return status;
}

/* Offset of the last blank line's newline; 0 when there is none. */
static size_t note_split(const char *p, size_t n) {
    for (; n >= 2; n--)
        if (p[n - 1] == '\n' && p[n - 2] == '\n')
            return n - 1;
    return 0;
}

consent_status consent__note_open(const consent__cx *cx, const char *text, size_t n,
                                  const char *name, const uint8_t public_key[32],
                                  size_t *out_text) {
    reading note = {.cx = cx, .text = text, .name = name, .public_key = public_key};
    consent_status status;
    *out_text = 0;
    if (n > NOTE_MAX || !note_characters_valid(text, n))
        return note_malformed(&note);
    note.text_n = note_split(text, n);
    if (note.text_n == 0 || note.text_n + 1 == n || text[n - 1] != '\n')
        return note_malformed(&note);
    consent__note_key_id(name, public_key, note.id);
    status = note_lines(&note, text + note.text_n + 1, text + n);
    if (status != CONSENT_OK)
        return status;
    if (!note.verified)
        return consent__fail(cx, CONSENT_E_SIGNATURE, "the known key did not sign this note");
    *out_text = note.text_n;
    return CONSENT_OK;
}

/* ---- checkpoints ---- */

/* Takes one line without its newline off [*p, end); NULL when there is none. */
static const char *take_line(const char **p, const char *end, size_t *out_n) {
    const char *line = *p, *newline = memchr(line, '\n', (size_t)(end - line));
    if (newline == NULL)
        return NULL;
    *out_n = (size_t)(newline - line);
    *p = newline + 1;
    return line;
}

static bool parse_size(const char *s, size_t n, uint64_t *out) {
    uint64_t v = 0;
    size_t i;
    if (n == 0 || (n > 1 && s[0] == '0'))
        return false;
    for (i = 0; i < n; i++) {
        uint64_t digit = (uint64_t)(uint8_t)s[i] - '0';
        if (digit > 9 || v > (UINT64_MAX - digit) / 10)
            return false;
        v = v * 10 + digit;
    }
    *out = v;
    return true;
}

static consent_status parse_root(const consent__cx *cx, const char *s, size_t n,
                                 uint8_t out[CONSENT__HASH]) {
    consent_status status = CONSENT_OK;
    consent__buf root;
    consent__buf_init(&root, cx->env);
    if (consent__unbase64(&root, s, n, false) && root.len == CONSENT__HASH)
        memcpy(out, root.data, CONSENT__HASH);
    else if (root.failed)
        status = consent__no_memory(cx);
    else
        status = consent__fail(cx, CONSENT_E_FORMAT, "the checkpoint holds no root hash");
    consent__buf_free(&root);
    return status;
}

static consent_status checkpoint_parse(const consent__cx *cx, const char *p, const char *end,
                                       consent__arena *a, consent__checkpoint *out) {
    size_t origin_n = 0, size_n = 0, root_n = 0, n;
    const char *origin = take_line(&p, end, &origin_n);
    const char *size = origin != NULL ? take_line(&p, end, &size_n) : NULL;
    const char *root = size != NULL ? take_line(&p, end, &root_n) : NULL;
    consent_status status;
    if (root == NULL || origin_n == 0 || !parse_size(size, size_n, &out->size))
        return consent__fail(cx, CONSENT_E_FORMAT, "the note is not a checkpoint");
    while (p < end) /* extension lines: we write none, others may */
        if (take_line(&p, end, &n) == NULL || n == 0)
            return consent__fail(cx, CONSENT_E_FORMAT, "the note is not a checkpoint");
    status = parse_root(cx, root, root_n, out->root);
    if (status != CONSENT_OK)
        return status;
    out->origin = consent__arena_text(a, origin, origin_n);
    return out->origin != NULL ? CONSENT_OK : consent__no_memory(cx);
}

consent_status consent__checkpoint_open(const consent__cx *cx, const char *text, size_t n,
                                        const char *name, const uint8_t public_key[32],
                                        consent__arena *a, consent__checkpoint *out) {
    size_t text_n;
    consent_status status = consent__note_open(cx, text, n, name, public_key, &text_n);
    memset(out, 0, sizeof *out);
    if (status == CONSENT_OK)
        status = checkpoint_parse(cx, text, text + text_n, a, out);
    if (status != CONSENT_OK)
        memset(out, 0, sizeof *out);
    return status;
}
