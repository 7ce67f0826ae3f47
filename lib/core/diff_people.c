/* SPDX-License-Identifier: Apache-2.0 */
/* Who is responsible and how to reach them: controller, department, officer, contacts. */
#include "core/diff_work.h"

#include <string.h>

static const char *binding_words(const consent__text *t) {
    const consent__lang_text *words = consent__text_in(t, 0);
    return words != NULL ? words->text : NULL;
}

static consent__diff_node *diff_name(consent__diff_work *w, int32_t type, const char *key,
                                     const char *field, const consent__text *a,
                                     const consent__text *b) {
    consent__diff_node *n = consent__diff_text(w, type, key, field, a, b, NULL, NULL);
    if (n != NULL)
        consent__diff_values(n, binding_words(a), binding_words(b));
    return n;
}

/* ---- contacts ---- */

/* The values of one kind of contact. */
static consent__strings values_of(consent__diff_work *w, const consent__contacts *all,
                                  const char *kind) {
    const char **v = consent__diff_get(w, (size_t)all->count, sizeof *v);
    consent__strings out = {0, v};
    int32_t i;
    for (i = 0; v != NULL && i < all->count; i++)
        if (strcmp(all->v[i].kind, kind) == 0)
            v[out.count++] = all->v[i].value;
    return out;
}

/* Types follow each other: added, removed, changed. */
static void diff_contact_kind(consent__diff_work *w, int32_t added, const char *kind,
                              const char *key, const consent__contacts *a,
                              const consent__contacts *b) {
    consent__strings before = values_of(w, a, kind), after = values_of(w, b, kind);
    consent__string_delta d;
    int32_t i;
    consent__diff_strings(w, before, after, &d);
    if (d.added.count == 1 && d.removed.count == 1) {
        consent__diff_values(consent__diff_add(w, added + 2, key, kind), d.removed.v[0],
                             d.added.v[0]);
        return;
    }
    for (i = 0; i < d.added.count; i++)
        consent__diff_values(consent__diff_add(w, added, key, kind), NULL, d.added.v[i]);
    for (i = 0; i < d.removed.count; i++)
        consent__diff_values(consent__diff_add(w, added + 1, key, kind), d.removed.v[i], NULL);
}

static void diff_contacts(consent__diff_work *w, int32_t added, const char *key,
                          const consent__contacts *a, const consent__contacts *b) {
    size_t count = (size_t)a->count + (size_t)b->count;
    consent__name_list kinds = {NULL, 0, 0};
    int32_t i;
    kinds.v = consent__diff_get(w, count, sizeof *kinds.v);
    if (kinds.v == NULL)
        return;
    for (i = 0; i < a->count; i++)
        kinds.v[kinds.count++] = a->v[i].kind;
    for (i = 0; i < b->count; i++)
        kinds.v[kinds.count++] = b->v[i].kind;
    consent__diff_settle(&kinds);
    for (i = 0; i < kinds.count; i++)
        diff_contact_kind(w, added, kinds.v[i], key, a, b);
}

void consent__diff_people(consent__diff_work *w) {
    const consent__policy *a = w->a, *b = w->b;
    consent__diff_node *n = diff_name(w, CHANGE_TYPE_CONTROLLER_NAME_CHANGED, "controller", "name",
                                      &a->controller_name, &b->controller_name);
    if (n != NULL) {
        w->controller_changed = true;
        consent__diff_touch_all(w, n);
    }
    diff_name(w, CHANGE_TYPE_CONTROLLER_ADDRESS_CHANGED, "controller", "address",
              &a->controller_address, &b->controller_address);
    diff_name(w, CHANGE_TYPE_DEPARTMENT_CHANGED, "controller", "department",
              &a->controller_department, &b->controller_department);
    diff_contacts(w, CHANGE_TYPE_CONTACT_ADDED, "controller", &a->contacts, &b->contacts);
    diff_name(w, CHANGE_TYPE_OFFICER_CHANGED, "officer", "name", &a->officer_name,
              &b->officer_name);
    diff_contacts(w, CHANGE_TYPE_OFFICER_CONTACT_ADDED, "officer", &a->officer_contacts,
                  &b->officer_contacts);
}
