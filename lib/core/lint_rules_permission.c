/* SPDX-License-Identifier: Apache-2.0 */
/* Permissions of the operating system: lists that contradict each other, and what does not explain
 * a permission. */
#include "core/lint_run.h"

#include <string.h>

/* ---- two lists of the same platform ----
 * A list is the host's entries of one source, together with the entries of every SDK that stand in
 * the same section: a reader of the section sees one list. */

static bool is_sdk_source(const consent__policy *p, const char *source) {
    return consent__policy_recipient(p, source) >= 0;
}

static bool share_section(const consent__permission *a, const consent__permission *b) {
    int32_t i;
    for (i = 0; i < a->sections.count; i++)
        if (consent__indices_has(&b->sections, a->sections.v[i]))
            return true;
    return false;
}

static bool same_list(const consent__policy *p, const consent__permission *member,
                      const consent__permission *list) {
    int32_t i;
    if (member->platform != list->platform)
        return false;
    if (strcmp(member->source, list->source) == 0)
        return true;
    if (!is_sdk_source(p, member->source))
        return false;
    for (i = 0; i < p->permissions_count; i++) {
        const consent__permission *other = &p->permissions[i];
        if (other->platform == list->platform && strcmp(other->source, list->source) == 0 &&
            share_section(member, other))
            return true;
    }
    return false;
}

static bool list_has(const consent__policy *p, const consent__permission *list, const char *name) {
    int32_t i;
    for (i = 0; i < p->permissions_count; i++)
        if (strcmp(p->permissions[i].name, name) == 0 && same_list(p, &p->permissions[i], list))
            return true;
    return false;
}

/* Whether the entry is the first of a host's list, and so stands for it. */
static bool heads_list(const consent__policy *p, int32_t at) {
    const consent__permission *q = &p->permissions[at];
    int32_t i;
    if (is_sdk_source(p, q->source))
        return false;
    for (i = 0; i < at; i++)
        if (p->permissions[i].platform == q->platform &&
            strcmp(p->permissions[i].source, q->source) == 0)
            return false;
    return true;
}

/* Names what one list has and the other has not, each name once. */
static void name_surplus(consent__lint *l, const consent__permission *has,
                         const consent__permission *lacks) {
    const consent__policy *p = l->p;
    bool first = true;
    int32_t i, k;
    for (i = 0; i < p->permissions_count; i++) {
        const consent__permission *q = &p->permissions[i];
        bool again = false;
        if (!same_list(p, q, has))
            continue;
        consent__lint_mark(l, &q->sections);
        if (list_has(p, lacks, q->name))
            continue;
        for (k = 0; k < i; k++)
            again = again || (strcmp(p->permissions[k].name, q->name) == 0 &&
                              same_list(p, &p->permissions[k], has));
        if (again)
            continue;
        if (first)
            consent__lint_name(l, "only in %s: %s", has->source, q->name);
        else
            consent__lint_name(l, "%s", q->name);
        first = false;
    }
}

static void permission_lists_differ(consent__lint *l) {
    const consent__policy *p = l->p;
    int32_t i, k;
    for (i = 0; i < p->permissions_count; i++) {
        if (!heads_list(p, i))
            continue;
        for (k = i + 1; k < p->permissions_count; k++) {
            if (!heads_list(p, k) || p->permissions[k].platform != p->permissions[i].platform)
                continue;
            name_surplus(l, &p->permissions[i], &p->permissions[k]);
            l->joint = "; ";
            name_surplus(l, &p->permissions[k], &p->permissions[i]);
            if (consent__lint_named(l))
                consent__lint_found(l, "the permission lists %s and %s differ: %s",
                                    p->permissions[i].source, p->permissions[k].source,
                                    consent__lint_names(l));
            /* Equal lists marked sections too; the next pair starts clean. */
            l->joint = ", ";
            memset(l->marked, 0, (size_t)p->sections_count);
        }
    }
}

/* ---- what explains a permission ---- */

/* Whether the item is one of some purpose the permission is said to serve. */
static bool item_explained(const consent__policy *p, const consent__permission *q, int32_t item) {
    int32_t i;
    for (i = 0; i < q->purposes.count; i++)
        if (consent__indices_has(&p->purposes[q->purposes.v[i]].items, item))
            return true;
    return false;
}

/* What a permission opens, by its name, against the category of item that only another permission
 * is meant for: reading a device identifier off the SD card is the classic. */
static const struct {
    const char *permission, *category;
} detours[] = {
    {"READ_EXTERNAL_STORAGE", "device-identifier"},
    {"WRITE_EXTERNAL_STORAGE", "device-identifier"},
    {"MANAGE_EXTERNAL_STORAGE", "device-identifier"},
    {"READ_CONTACTS", "device-identifier"},
    {"GET_ACCOUNTS", "device-identifier"},
    {"ACCESS_WIFI_STATE", "precise-location"},
    {"BLUETOOTH_SCAN", "precise-location"},
};

static bool is_detour(const consent__permission *q, const consent__item *item) {
    size_t i;
    for (i = 0; i < sizeof detours / sizeof detours[0]; i++)
        if (strcmp(detours[i].permission, q->name) == 0 &&
            strcmp(detours[i].category, item->category) == 0)
            return true;
    return false;
}

static void permission_purpose_unexplained(consent__lint *l) {
    const consent__policy *p = l->p;
    int32_t i, k;
    for (i = 0; i < p->permissions_count; i++) {
        const consent__permission *q = &p->permissions[i];
        consent__lint_mark(l, &q->sections);
        if (q->purposes.count == 0) {
            consent__lint_found(l, "%s (%s): no purpose", q->name, q->source);
            continue;
        }
        for (k = 0; k < q->items.count; k++) {
            const consent__item *item = &p->items[q->items.v[k]];
            if (!item_explained(p, q, q->items.v[k]) || is_detour(q, item))
                consent__lint_name(l, "%s", item->key);
        }
        if (consent__lint_named(l))
            consent__lint_found(l, "%s (%s): its purposes do not explain why it reads: %s", q->name,
                                q->source, consent__lint_names(l));
        memset(l->marked, 0, (size_t)p->sections_count);
    }
}

/* Permissions that exist to read data; one without an item hides what is read. */
static const char *const reading[] = {
    "CAMERA",
    "RECORD_AUDIO",
    "ACCESS_FINE_LOCATION",
    "ACCESS_COARSE_LOCATION",
    "ACCESS_BACKGROUND_LOCATION",
    "READ_CONTACTS",
    "READ_CALENDAR",
    "READ_CALL_LOG",
    "READ_SMS",
    "RECEIVE_SMS",
    "READ_PHONE_STATE",
    "READ_PHONE_NUMBERS",
    "GET_ACCOUNTS",
    "BODY_SENSORS",
    "ACTIVITY_RECOGNITION",
    "READ_EXTERNAL_STORAGE",
    "READ_MEDIA_IMAGES",
    "READ_MEDIA_VIDEO",
    "READ_MEDIA_AUDIO",
    "QUERY_ALL_PACKAGES",
    "NSCameraUsageDescription",
    "NSMicrophoneUsageDescription",
    "NSLocationWhenInUseUsageDescription",
    "NSLocationAlwaysAndWhenInUseUsageDescription",
    "NSContactsUsageDescription",
    "NSCalendarsUsageDescription",
    "NSPhotoLibraryUsageDescription",
    "NSMotionUsageDescription",
    "NSHealthShareUsageDescription",
    "NSUserTrackingUsageDescription",
};

static void permission_items_missing(consent__lint *l) {
    int32_t i;
    size_t k;
    for (i = 0; i < l->p->permissions_count; i++) {
        const consent__permission *q = &l->p->permissions[i];
        for (k = 0; q->items.count == 0 && k < sizeof reading / sizeof reading[0]; k++) {
            if (strcmp(q->name, reading[k]) != 0)
                continue;
            consent__lint_mark(l, &q->sections);
            consent__lint_name(l, "%s (%s)", q->name, q->source);
        }
    }
    consent__lint_found_names(l, "permissions that read data, which is not named");
}

static void permission_reason_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->permissions_count; i++) {
        const consent__permission *q = &l->p->permissions[i];
        if (q->prompt == PROMPT_INSTALL || q->prompt_text.count > 0)
            continue;
        consent__lint_mark(l, &q->sections);
        consent__lint_name(l, "%s (%s)", q->name, q->source);
    }
    consent__lint_found_names(l, "permissions asked for without telling why at that moment");
}

static const consent__lint_entry rules[] = {
    {{"permission-lists-differ", LINT_ERROR,
      "PIPL arts 7, 17(1); App identification measures 2019, group 2; GDPR art. 5(1)(a)"
      "; 16 CFR 312.4(a); DPDP Rules 2025 r. 3",
      "Two lists of permissions in one policy name different permissions.",
      "Keep one list of permissions and make it equal to the app's manifest.", "*"},
     false,
     permission_lists_differ},
    {{"permission-purpose-unexplained", LINT_WARNING,
      "PIPL arts 6, 17(1)(2); App identification measures 2019, groups 2 and 4; GDPR arts 5(1)(b), "
      "5(1)(c)"
      "; 16 CFR 312.7; DPDP Act 2023 s. 6(1)",
      "A permission has no purpose, or reads data its purposes do not need.",
      "Name the purpose that needs the permission and the data it reads, or give the permission "
      "up.",
      "*"},
     false,
     permission_purpose_unexplained},
    {{"permission-items-missing", LINT_WARNING,
      "NDR art. 21 (list); App identification measures 2019, group 2 | GDPR arts 13(1)(c), "
      "14(1)(d)",
      "A permission that reads data does not say which.", "Name the items the permission reads.",
      "cn eu"},
     false,
     permission_items_missing},
    {{"permission-reason-missing", LINT_WARNING,
      "PIPL art. 17(1); App identification measures 2019, group 2",
      "A permission is asked for without telling the purpose at the same time.",
      "Write the text shown with the system's question as prompt_text.", "cn"},
     false,
     permission_reason_missing},
};
CONSENT__LINT_GROUP(consent__lint_permission, rules);
