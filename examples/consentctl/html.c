/* SPDX-License-Identifier: Apache-2.0 */
#include "html.h"

#include "output.h"
#include "phrases.h"
#include "when.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>

/* ---- the file ---- */

/* FOLDER/.consentctl-XXXXXX: a name that says nothing about what is inside. */
static char *temporary_name(const char *path) {
    static const char name[] = ".consentctl-XXXXXX";
    const char *slash = strrchr(path, '/');
    size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    char *out = malloc(folder + sizeof name);
    if (out != NULL) {
        memcpy(out, path, folder);
        memcpy(out + folder, name, sizeof name);
    }
    return out;
}

int html_open(const struct app *app, const char *operation, const char *path, struct html *out) {
    struct stat about;
    int file;
    *out = (struct html){.path = path, .temporary = temporary_name(path)};
    if (out->temporary == NULL)
        return fail_here(app, operation, CONSENT_E_MEMORY, "out of memory");
    if (path[0] == '\0' || (stat(path, &about) == 0 && !S_ISREG(about.st_mode))) {
        free(out->temporary);
        return fail_here(app, operation, CONSENT_E_IO,
                         "the page cannot be written: no such file "
                         "can be made, or it is no file");
    }
    file = mkstemp(out->temporary); /* mode 0600 */
    out->out = file >= 0 ? fdopen(file, "wb") : NULL;
    if (out->out != NULL)
        return EXIT_DONE;
    if (file >= 0) {
        close(file);
        unlink(out->temporary);
    }
    free(out->temporary);
    return fail_here(app, operation, CONSENT_E_IO, "the page cannot be written: %s",
                     strerror(errno));
}

int html_close(const struct app *app, const char *operation, struct html *page, int status) {
    bool failed = fflush(page->out) != 0 || ferror(page->out) != 0;
    failed = fsync(fileno(page->out)) != 0 || failed;
    failed = fclose(page->out) != 0 || failed;
    if (status == EXIT_DONE && !failed)
        failed = rename(page->temporary, page->path) != 0;
    if (status != EXIT_DONE || failed)
        unlink(page->temporary);
    free(page->temporary);
    return status == EXIT_DONE && failed
               ? fail_here(app, operation, CONSENT_E_IO, "the page could not be written")
               : status;
}

/* ---- what all pages share ---- */

static const char shared_style[] =
    ":root{color-scheme:light dark;--paper:#fcfcfa;--ink:#1b1d1f;--quiet:#5f676d;--line:#dcdfe0;"
    "--card:#fff;--gone:#a3262a;--gone-back:#fbe9e7;--new:#14652f;--new-back:#e3f4e6;"
    "--mark:#8a5a00;--mark-back:#fff3d6;--granted:#2f8f5b;--refused:#d98324;--withdrawn:#7a6bb0;"
    "--bar:#3b6ea8;--bar-past:#c3cfdd}"
    "@media screen and (prefers-color-scheme:dark){:root{--paper:#15181b;--ink:#e6e8ea;"
    "--quiet:#9aa4ab;--line:#31373c;--card:#1c2024;--gone:#ffa8a3;--gone-back:#43191b;"
    "--new:#8fdfa3;--new-back:#123a20;--mark:#ffcf70;--mark-back:#3b2d0b;--granted:#4fb57e;"
    "--refused:#e59a48;--withdrawn:#9d8fd6;--bar:#7fb0ea;--bar-past:#3a4754}}"
    "*{box-sizing:border-box}body{margin:0 auto;max-width:78rem;padding:2rem 1.25rem 4rem;"
    "background:var(--paper);color:var(--ink);font:1rem/1.65 system-ui,-apple-system,'Segoe UI',"
    "'Noto Sans','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif}"
    "h1{font-size:1.5rem;line-height:1.3;margin:0 0 .25rem}h2{font-size:1.05rem;margin:0}"
    "h3{font-size:1.1rem;margin:2.5rem 0 .75rem}p{margin:.35rem 0}"
    ".quiet{color:var(--quiet)}.facts{display:flex;flex-wrap:wrap;gap:.4rem;margin:.9rem 0}"
    ".tag{display:inline-block;padding:.05rem .55rem;border:1px solid var(--line);"
    "border-radius:999px;font-size:.85rem;white-space:nowrap}"
    ".tag.hot{background:var(--mark-back);color:var(--mark);border-color:transparent}"
    ".tag.bad{background:var(--gone-back);color:var(--gone);border-color:transparent}"
    ".tag.good{background:var(--new-back);color:var(--new);border-color:transparent}"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}"
    "th,td{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);"
    "vertical-align:top;overflow-wrap:anywhere}th{color:var(--quiet);font-weight:600;"
    "overflow-wrap:normal;word-break:keep-all}time{white-space:nowrap}"
    ".wide{overflow-x:auto}.sign{font:.8em ui-monospace,monospace;color:var(--gone);"
    "border:1px solid currentColor;border-radius:.2rem;padding:0 .15rem}"
    "@page{margin:14mm}@media "
    "print{:root{--paper:#fff}html{font-size:12px}body{max-width:none;padding:0;print-color-adjust:"
    "exact;"
    "-webkit-print-color-adjust:exact}}";

void html_head(struct html *page, const char *title, const char *style) {
    fprintf(page->out,
            "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
            "<meta name=\"referrer\" content=\"no-referrer\">"
            "<meta name=\"robots\" content=\"noindex\">"
            "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>",
            page->chinese ? "zh-CN" : "en");
    html_text(page, title);
    fprintf(page->out, "</title><style>%s%s</style></head><body>\n", shared_style, style);
}

void html_foot(struct html *page) {
    fputs("</body></html>\n", page->out);
}

/* ---- what may come from outside ---- */

/* What a reader does not see, but which changes what they see: controls, and the marks that turn
 * text round; and what HTML does not allow at all. */
static bool is_hidden(utf8proc_int32_t c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F) || c == 0x061C ||
           c == 0x200E || c == 0x200F || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
           (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE || (c >= 0xE0000 && c <= 0xE007F);
}

static void put_char(struct html *page, const char *text, size_t len, utf8proc_int32_t c) {
    static const char *const escapes[128] = {
        ['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;", ['\''] = "&#39;"};
    if (c >= 0 && c < 128 && escapes[c] != NULL)
        fputs(escapes[c], page->out);
    else if (c < 0)
        fputs("\xEF\xBF\xBD", page->out);
    else if (is_hidden(c))
        fprintf(page->out, "[U+%04X]", (unsigned)c);
    else
        fwrite(text, 1, len, page->out);
}

void html_text_n(struct html *page, const char *text, size_t len) {
    for (size_t i = 0; text != NULL && i < len;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)text + i, (utf8proc_ssize_t)(len - i), &c);
        if (n <= 0) {
            n = 1;
            c = -1;
        }
        put_char(page, text + i, (size_t)n, c);
        i += (size_t)n;
    }
}

void html_text(struct html *page, const char *text) {
    html_text_n(page, text, text != NULL ? strlen(text) : 0);
}

void html_name(struct html *page, const char *text) {
    fputs("<bdi>", page->out);
    html_text(page, text);
    fputs("</bdi>", page->out);
}

/* ---- what is ours ---- */

void html_raw(struct html *page, const char *markup) {
    fputs(markup, page->out);
}

void html_format(struct html *page, const char *markup, ...) {
    va_list list;
    va_start(list, markup);
    vfprintf(page->out, markup, list);
    va_end(list);
}

void html_say(struct html *page, const char *group, const char *key) {
    const char *words = key != NULL ? phrase(page->chinese, group, key) : NULL;
    if (words != NULL) {
        html_text(page, words);
    } else if (key != NULL) { /* a word of a policy, or of a newer library */
        fputs("<span class=\"untold\">", page->out);
        html_text(page, key);
        fputs("</span>", page->out);
    }
}

void html_number(struct html *page, int64_t number) {
    fprintf(page->out, "%" PRId64, number);
}

/* "YYYY-MM-DD hh:mm" at the page's offset, cut to `length`. */
static void local_text(const struct html *page, int64_t at, size_t length, char out[WHEN_SIZE]) {
    int64_t shift = page->offset * 60 * INT64_C(1000000);
    if (at > INT64_MAX - (shift > 0 ? shift : 0) || at < INT64_MIN - (shift < 0 ? shift : 0))
        shift = 0;
    when_text(at + shift, out);
    out[10] = ' ';
    out[length] = '\0';
}

static void put_instant(struct html *page, int64_t at, size_t length) {
    char exact[WHEN_SIZE], local[WHEN_SIZE];
    when_text(at, exact);
    local_text(page, at, length, local);
    fprintf(page->out, "<time datetime=\"%s\">%s</time>", exact, local);
}

void html_day(struct html *page, int64_t at) {
    char local[WHEN_SIZE];
    local_text(page, at, 10, local);
    fputs(local, page->out);
}

void html_time(struct html *page, int64_t at) {
    put_instant(page, at, 16);
}

void html_date(struct html *page, int64_t at) {
    put_instant(page, at, 10);
}

void html_section(struct html *page, const char *key) {
    fprintf(page->out, "\n<section id=\"%s\"><h2>", key);
    html_say(page, "section", key);
    fputs("</h2>", page->out);
    if (phrase(page->chinese, "about", key) != NULL) {
        fputs("<p class=\"quiet\">", page->out);
        html_say(page, "about", key);
        fputs("</p>", page->out);
    }
}

void html_table(struct html *page, const char *const *names, size_t count) {
    fputs("<div class=\"wide\"><table><thead><tr>", page->out);
    for (size_t i = 0; i < count; i++) {
        fputs("<th scope=\"col\">", page->out);
        html_say(page, "column", names[i]);
        fputs("</th>", page->out);
    }
    fputs("</tr></thead><tbody>", page->out);
}

void html_table_end(struct html *page) {
    fputs("</tbody></table></div>", page->out);
}

void html_cell(struct html *page, const char *name) {
    const char *words = phrase(page->chinese, "column", name);
    fputs("<td data-label=\"", page->out);
    html_text(page, words != NULL ? words : name);
    fputs("\">", page->out);
}

void html_cell_text(struct html *page, const char *name, const char *text) {
    html_cell(page, name);
    if (text != NULL)
        html_name(page, text);
    fputs("</td>", page->out);
}

void html_cell_time(struct html *page, const char *name, int64_t at, int64_t none) {
    html_cell(page, name);
    if (at != none)
        html_time(page, at);
    fputs("</td>", page->out);
}

void html_tag(struct html *page, const char *kind, const char *group, const char *key) {
    fprintf(page->out, "<span class=\"tag%s%s\">", kind[0] != '\0' ? " " : "", kind);
    html_say(page, group, key);
    fputs("</span>", page->out);
}
