/* SPDX-License-Identifier: Apache-2.0 */
/* The regular expressions of the schemas. Each is anchored at both ends, as there. */
#include "json/shape.h"

#include <string.h>

#include "util/date.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_mark(char c) {
    return c == '.' || c == '_' || c == '-';
}

/* [a-z0-9._-]{1,64} */
static bool is_key_rest(const char *text, size_t max) {
    size_t n = 0;
    while (is_lower(text[n]) || is_digit(text[n]) || is_mark(text[n]))
        if (++n > max)
            return false;
    return text[n] == '\0';
}

/* ^[a-z0-9][a-z0-9._-]{0,63}$ */
bool consent__pattern_key(const char *text) {
    return (is_lower(*text) || is_digit(*text)) && is_key_rest(text + 1, 63);
}

/* ^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$ */
bool consent__pattern_version(const char *text) {
    size_t n = 0;
    if (is_mark(*text))
        return false;
    while (is_lower(text[n]) || is_upper(text[n]) || is_digit(text[n]) || is_mark(text[n]))
        if (++n > 64)
            return false;
    return n > 0 && text[n] == '\0';
}

/* ^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$ */
bool consent__pattern_language(const char *text) {
    size_t n = 0;
    while (is_lower(text[n]))
        n++;
    if (n < 2 || n > 3)
        return false;
    for (text += n; *text == '-'; text += n) {
        text++;
        for (n = 0; is_lower(text[n]) || is_upper(text[n]) || is_digit(text[n]);)
            n++;
        if (n < 2 || n > 8)
            return false;
    }
    return *text == '\0';
}

/* ^[+-](0[0-9]|1[0-4]):(00|15|30|45)$ */
bool consent__pattern_offset(const char *text) {
    if ((text[0] != '+' && text[0] != '-') || strlen(text) != 6 || text[3] != ':')
        return false;
    if (!(text[1] == '0' && is_digit(text[2])) &&
        !(text[1] == '1' && text[2] >= '0' && text[2] <= '4'))
        return false;
    return strcmp(text + 4, "00") == 0 || strcmp(text + 4, "15") == 0 ||
           strcmp(text + 4, "30") == 0 || strcmp(text + 4, "45") == 0;
}

/* ^[A-Z]{2}$ */
bool consent__pattern_country(const char *text) {
    return is_upper(text[0]) && is_upper(text[1]) && text[2] == '\0';
}

/* ^(collected|last-used|purpose-ended|withdrawn|account-closed|fact:[a-z0-9._-]{1,64})$ */
bool consent__pattern_until(const char *text) {
    static const char *const words[] = {"collected", "last-used", "purpose-ended", "withdrawn",
                                        "account-closed"};
    size_t i;
    for (i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return strncmp(text, "fact:", 5) == 0 && text[5] != '\0' && is_key_rest(text + 5, 64);
}

bool consent__pattern_instant(const char *text) {
    int64_t at;
    return consent__instant_parse(text, &at);
}

/* ^[0-9]{4}$, without the year 0 that has no dates. */
bool consent__pattern_year(const char *text) {
    return is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]) &&
           text[4] == '\0' && strcmp(text, "0000") != 0;
}

bool consent__pattern_date(const char *text) {
    consent__civil d;
    return consent__civil_parse(text, &d);
}

/* ^[0-9]{2}-[0-9]{2}$, and a day that some year has. */
bool consent__pattern_month_day(const char *text) {
    char date[] = "2000-MM-DD";
    if (strlen(text) != 5)
        return false;
    memcpy(date + 5, text, 5);
    return consent__pattern_date(date);
}
