/* SPDX-License-Identifier: Apache-2.0 */
/* Bundles, profiles and calendars: every data file of the project, and a small bundle changed at
 * one place for each rule. */
#include "foundation.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cjson/cJSON.h>

#include "json/json.h"

#ifndef CONSENT_SOURCE_DIR
#error "CONSENT_SOURCE_DIR must be the root of the source tree"
#endif

#define COUNT(v) (sizeof(v) / sizeof(v)[0])

/* ---- files ---- */

typedef struct file {
    char *bytes; /* NUL-terminated for cJSON's sake */
    size_t len;
} file;

static bool file_read(const char *path, file *out) {
    FILE *f = fopen(path, "rb");
    long n;
    out->bytes = NULL;
    out->len = 0;
    if (f == NULL)
        return false;
    if (fseek(f, 0, SEEK_END) == 0 && (n = ftell(f)) >= 0 && fseek(f, 0, SEEK_SET) == 0) {
        out->bytes = malloc((size_t)n + 1);
        assert_non_null(out->bytes);
        out->len = fread(out->bytes, 1, (size_t)n, f);
        out->bytes[out->len] = '\0';
    }
    (void)fclose(f);
    return out->bytes != NULL;
}

typedef void (*each_fn)(foundation *f, const char *path, const char *name);

/* Calls fn for each *.json in a folder of the source tree; the number of them. */
static int each_json(const char *folder, foundation *f, each_fn fn) {
    char path[1024];
    struct dirent *entry;
    int n = 0;
    DIR *dir;
    (void)snprintf(path, sizeof path, "%s/%s", CONSENT_SOURCE_DIR, folder);
    dir = opendir(path);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        size_t len = strlen(entry->d_name);
        if (len < 5 || strcmp(entry->d_name + len - 5, ".json") != 0)
            continue;
        (void)snprintf(path, sizeof path, "%s/%s/%s", CONSENT_SOURCE_DIR, folder, entry->d_name);
        fn(f, path, entry->d_name);
        n++;
    }
    (void)closedir(dir);
    return n;
}

/* ---- reading ---- */

/* Profiles from policy/profiles; the last one stays in memory until the next. */
typedef struct profiles {
    file last;
} profiles;

static consent_status find_profile(const consent__cx *cx, void *user, const char *key,
                                   const void **bytes, size_t *len) {
    profiles *p = user;
    char path[1024];
    free(p->last.bytes);
    (void)snprintf(path, sizeof path, "%s/policy/profiles/%s.json", CONSENT_SOURCE_DIR, key);
    if (!file_read(path, &p->last))
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "no profile");
    *bytes = p->last.bytes;
    *len = p->last.len;
    return CONSENT_OK;
}

/* On success the caller frees the arena. */
static consent_status read_bundle(foundation *f, const void *bytes, size_t len,
                                  consent__arena *arena, const consent__policy **out) {
    profiles p = {{NULL, 0}};
    consent_status status;
    consent__arena_init(arena, &f->env);
    status = consent__bundle_read(&f->cx, bytes, len, find_profile, &p, arena, out);
    free(p.last.bytes);
    assert_true((status == CONSENT_OK) == (*out != NULL));
    assert_true((status == CONSENT_OK) == (f->err == NULL));
    return status;
}

/* A refused bundle: where and what the error says. */
static void assert_refused(foundation *f, const char *name, const void *bytes, size_t len,
                           consent_status want, const char *pointer) {
    consent__arena arena;
    const consent__policy *policy;
    consent_status status = read_bundle(f, bytes, len, &arena, &policy);
    consent__arena_free(&arena);
    if (status == CONSENT_OK)
        fail_msg("%s: accepted", name);
    if (want != 0 && status != want)
        fail_msg("%s: status %d, not %d: %s", name, (int)status, (int)want,
                 consent_error_message(f->err));
    if (strcmp(consent_error_where(f->err), pointer) != 0)
        fail_msg("%s: at %s, not %s: %s", name, consent_error_where(f->err), pointer,
                 consent_error_message(f->err));
}

/* ---- the data files ---- */

static void good_bundle(foundation *f, const char *path, const char *name) {
    consent__arena arena;
    const consent__policy *policy;
    file in;
    (void)name;
    assert_true(file_read(path, &in));
    if (read_bundle(f, in.bytes, in.len, &arena, &policy) != CONSENT_OK)
        fail_msg("%s: %s at %s", path, consent_error_message(f->err), consent_error_where(f->err));
    consent__arena_free(&arena);
    free(in.bytes);
}

static void test_bundle_read_accepts_every_shipped_bundle(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    assert_true(each_json("policy/bundles/hnys-mobile-office", &f, good_bundle) > 0);
    assert_true(each_json("policy/bundles/strida-fitness", &f, good_bundle) > 0);
    assert_true(each_json("tests/data/bundles", &f, good_bundle) > 0);
    foundation_done(&f);
}

static void good_profile(foundation *f, const char *path, const char *name) {
    consent__arena arena;
    consent__profile profile;
    file in;
    assert_true(file_read(path, &in));
    consent__arena_init(&arena, &f->env);
    if (consent__profile_read(&f->cx, in.bytes, in.len, &arena, &profile) != CONSENT_OK)
        fail_msg("%s: %s at %s", path, consent_error_message(f->err), consent_error_where(f->err));
    assert_int_equal(strlen(profile.key) + 5, strlen(name));
    assert_memory_equal(profile.key, name, strlen(profile.key));
    consent__arena_free(&arena);
    free(in.bytes);
}

static void test_profile_read_accepts_every_shipped_profile(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    assert_true(each_json("policy/profiles", &f, good_profile) >= 5);
    foundation_done(&f);
}

static void good_calendar(foundation *f, const char *path, const char *name) {
    consent__arena arena;
    consent__calendar calendar;
    file in;
    (void)name;
    assert_true(file_read(path, &in));
    consent__arena_init(&arena, &f->env);
    if (consent__calendar_read(&f->cx, in.bytes, in.len, &arena, &calendar) != CONSENT_OK)
        fail_msg("%s: %s at %s", path, consent_error_message(f->err), consent_error_where(f->err));
    consent__arena_free(&arena);
    free(in.bytes);
}

static void test_calendar_read_accepts_every_shipped_calendar(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    assert_true(each_json("policy/calendars", &f, good_calendar) >= 3);
    foundation_done(&f);
}

/* What a pointer without escapes leads to. */
static const cJSON *resolve(const cJSON *at, const char *pointer) {
    char token[128];
    while (at != NULL && *pointer == '/') {
        size_t n = strcspn(++pointer, "/");
        assert_true(n < sizeof token);
        memcpy(token, pointer, n);
        token[n] = '\0';
        at = cJSON_IsArray(at) ? cJSON_GetArrayItem(at, atoi(token))
                               : cJSON_GetObjectItemCaseSensitive(at, token);
        pointer += n;
    }
    return at;
}

/* The offset leads to the value the pointer names, or to that member's name. */
static void assert_offset(foundation *f, const char *name, const file *in) {
    const char *where = consent_error_where(f->err);
    int64_t offset = consent_error_offset(f->err);
    cJSON *root = cJSON_Parse(in->bytes), *there;
    const cJSON *value = resolve(root, where);
    assert_true(offset >= 0 && (size_t)offset < in->len);
    there = cJSON_Parse(in->bytes + offset); /* what follows the value does not matter to it */
    assert_non_null(value);
    assert_non_null(there);
    if (!cJSON_Compare(value, there, 1) &&
        !(cJSON_IsString(there) && strcmp(there->valuestring, strrchr(where, '/') + 1) == 0))
        fail_msg("%s: offset %d is not %s", name, (int)offset, where);
    cJSON_Delete(there);
    cJSON_Delete(root);
}

static void test_bundle_read_refuses_every_bad_bundle_where_its_index_says(void **state) {
    const char *folder = CONSENT_SOURCE_DIR "/tests/data/bundles/bad";
    char path[1024];
    foundation f;
    file index, in;
    cJSON *root;
    const cJSON *row;
    (void)state;
    (void)snprintf(path, sizeof path, "%s/index.json", folder);
    assert_true(file_read(path, &index));
    root = cJSON_Parse(index.bytes);
    assert_true(cJSON_GetArraySize(root) > 0);
    foundation_init(&f);
    cJSON_ArrayForEach(row, root) {
        const char *name = cJSON_GetObjectItem(row, "file")->valuestring;
        const char *pointer = cJSON_GetObjectItem(row, "pointer")->valuestring;
        (void)snprintf(path, sizeof path, "%s/%s", folder, name);
        assert_true(file_read(path, &in));
        assert_refused(&f, name, in.bytes, in.len, 0, pointer);
        assert_true(consent_error_status(f.err) <= CONSENT_E_INPUT &&
                    consent_error_status(f.err) >= CONSENT_E_DUPLICATE);
        assert_offset(&f, name, &in);
        consent__forget(&f.cx);
        free(in.bytes);
    }
    foundation_done(&f);
    cJSON_Delete(root);
    free(index.bytes);
}

/* ---- a bundle with everything ---- */

/* Single quotation marks stand for double ones. */
static const char full_text[] =
    "{'bundle':1.0,'policy':'p','version':'1.2-b','effective_at':'2026-01-01T08:00:00+08:00',"
    "'utc_offset':'+08:00','profile':'cn','languages':['zh-CN','en'],"
    "'controller':{'name':{'en':'C','zh-CN':'\xe5\x85\xac'},"
    "'contacts':[{'kind':'email','value':'a@b'},{'kind':'web','value':'w'}],"
    "'address':{'zh-CN':'ad'},'department':{'zh-CN':'de'},"
    "'protection_officer':{'name':{'zh-CN':'of'},'contacts':[{'kind':'phone','value':'1'}]}},"
    "'documents':[{'id':'pp','kind':'privacy-policy','title':{'zh-CN':'t'},'sections':['s2','s1']},"
    "{'id':'kids','kind':'child-rules','title':{'zh-CN':'t'},'sections':['s2']}],"
    "'sections':[{'id':'s1','title':{'zh-CN':'t1'},'text':{'en':'text','zh-CN':'\xe6\x96\x87'}},"
    "{'id':'s2','title':{'zh-CN':'t2'},'text':{'zh-CN':'x'},'parent':'s1'}],"
    "'items':[{'key':'email','title':{'zh-CN':'t'},'category':'contact','sensitive':false,"
    "'identifies':'alone','sections':['s1']},"
    "{'key':'face','title':{'zh-CN':'t'},'category':'bio','sensitive':true,"
    "'identifies':'combined','sections':[],'combines_with':['email'],"
    "'origins':['device','third-party'],'necessity':{'zh-CN':'why'},"
    "'retention':{'until':'fact:left','days':3e1,'then':'anonymise'}}],"
    "'purposes':[{'key':'login','title':{'zh-CN':'t'},'basis':'contract','class':'none',"
    "'required':true,'items':[],'operations':['store'],'sections':[],'evidence':'e'},"
    "{'key':'ads','title':{'zh-CN':'t'},'basis':'consent','class':'separate','required':false,"
    "'items':['face','email'],'operations':['share','use'],'sections':['s2','s1'],"
    "'assessment':'pia','valid_days':365,"
    "'preconditions':[[{'fact':'age','op':'>=','value':18,'max_age_hours':24},"
    "{'fact':'vip','op':'==','value':true}],[{'fact':'note','op':'!=','value':'x'}],"
    "[{'fact':'gone','op':'absent','value':null}]],"
    "'shares':[{'recipient':'sdk','items':['email'],'class':'written'},"
    "{'recipient':'cloud','items':[],'class':'none'}]}],"
    "'permissions':[{'key':'cam','platform':'android','name':'CAMERA','title':{'zh-CN':'t'},"
    "'purposes':['ads'],'items':['face'],'source':'sdk','prompt':'special','sections':['s1'],"
    "'prompt_text':{'zh-CN':'p'}}],"
    "'recipients':[{'key':'cloud','name':{'zh-CN':'n'},'kind':'processor','purposes':[],"
    "'items':[],'sections':[]},"
    "{'key':'sdk','name':{'zh-CN':'n'},'kind':'sdk','purposes':['ads','login'],'items':['email'],"
    "'sections':['s1'],'contact':'c','method':{'zh-CN':'m'},"
    "'contract':{'id':'k','until':'2027-01-01T00:00:00Z'},'country':'US',"
    "'export':{'mechanism':'standard-contract','id':'x','until':'2028-01-01T00:00:00Z'},"
    "'wakes_other_apps':true}],"
    "'exemptions':[{'key':'law','title':{'zh-CN':'t'},'operations':['disclose','store'],"
    "'sections':['s2']}],"
    "'rights':[{'kind':'access','channels':['app','app'],'sections':['s1'],"
    "'deadline':{'count':15,'unit':'working-days','calendar':'cn','from':'incl'},"
    "'extension':{'count':2,'unit':'months','calendar':'none'},'steps':3},"
    "{'kind':'delete','channels':['mail'],'sections':[]}],"
    "'minors':{'thresholds':{'guardian_below':16,'adult_from':19},'evidence':['id-card'],"
    "'sections':['s2'],'reached':'birthday','unknown_age':'guardian','on_coming_of_age':'lapse',"
    "'child_rules':'kids'},"
    "'cancellation':{'conditions':[{'key':'debt','title':{'zh-CN':'t'},'fact':'balance','op':'==',"
    "'value':0,'sections':['s1'],'max_age_hours':2}],'acknowledge':['s1','s1'],"
    "'deadline':{'count':15,'unit':'days','calendar':'none'},'sections':['s2'],"
    "'dispute_facts':['dispute'],'cooling_off_days':7,'then':{'face':'restrict'},"
    "'retain':[{'items':['email'],'reason':{'zh-CN':'r'},'days':90}]},"
    "'incident':{'contents':['what'],'channels':['app'],'sections':['s1'],"
    "'regulator':{'zh-CN':'g'},'deadline':{'count':72,'unit':'hours','calendar':'none'}},"
    "'assessments':[{'key':'pia','purposes':['ads'],'risk':'high','done_at':'2025-06-01T00:00:00Z',"
    "'sections':['s1'],'valid_until':'2028-06-01T00:00:00Z'}],"
    "'change':{'class':'material','summary':{'zh-CN':'c'},'acknowledge':true,"
    "'explicit_consent':true,'editorial':{'actor':'ac','reason':'re'}},"
    "'rules':{'guardian_below':1,'assessment':'deny','reask_hours':null,'home':['CN','HK'],"
    "'bases_needing_evidence':['contract'],'material_triggers':[2,6]}}";

/* A copy with double quotation marks, the first `from` in it replaced by `to`. */
static char *text_with(const char *text, const char *from, const char *to) {
    const char *at = from != NULL ? strstr(text, from) : NULL;
    size_t before = at != NULL ? (size_t)(at - text) : 0;
    char *out = malloc(strlen(text) + (to != NULL ? strlen(to) : 0) + 1), *p;
    assert_non_null(out);
    if (from == NULL) {
        strcpy(out, text);
    } else {
        if (at == NULL)
            fail_msg("no %s", from);
        memcpy(out, text, before);
        strcpy(out + before, to);
        strcat(out, at + strlen(from));
    }
    for (p = out; *p != '\0'; p++)
        if (*p == '\'')
            *p = '"';
    return out;
}

static const consent__policy *read_full(foundation *f, consent__arena *arena) {
    const consent__policy *p;
    char *text = text_with(full_text, NULL, NULL);
    if (read_bundle(f, text, strlen(text), arena, &p) != CONSENT_OK)
        fail_msg("%s at %s", consent_error_message(f->err), consent_error_where(f->err));
    free(text);
    return p;
}

static void assert_indices(const consent__indices *got, int32_t count, int32_t first,
                           int32_t second) {
    assert_int_equal(got->count, count);
    if (count > 0)
        assert_int_equal(got->v[0], first);
    if (count > 1)
        assert_int_equal(got->v[1], second);
}

static void assert_deadline(const consent__deadline *got, int32_t count, consent__unit unit,
                            const char *calendar, consent__convention from) {
    assert_true(got->present);
    assert_int_equal(got->count, count);
    assert_int_equal(got->unit, unit);
    assert_string_equal(got->calendar, calendar);
    assert_int_equal(got->from, from);
}

static void assert_first_text(const consent__text *got, int32_t count, const char *text) {
    assert_int_equal(got->count, count);
    assert_int_equal(got->v[0].lang, 0);
    assert_string_equal(got->v[0].text, text);
    assert_int_equal(got->v[0].len, strlen(text));
}

static void test_bundle_read_gives_head_controller_and_sections(void **state) {
    foundation f;
    consent__arena arena;
    const consent__policy *p;
    (void)state;
    foundation_init(&f);
    p = read_full(&f, &arena);
    assert_string_equal(p->key, "p");
    assert_string_equal(p->version, "1.2-b");
    assert_int_equal(p->effective_at, INT64_C(1767225600000000));
    assert_int_equal(p->utc_offset, 480);
    assert_string_equal(p->profile_key, "cn");
    assert_int_equal(p->languages.count, 2);
    assert_string_equal(p->languages.v[1], "en");
    assert_first_text(&p->controller_name, 2, "\xe5\x85\xac"); /* in the order of languages */
    assert_int_equal(p->controller_name.v[1].lang, 1);
    assert_string_equal(p->controller_name.v[1].text, "C");
    assert_first_text(&p->controller_address, 1, "ad");
    assert_first_text(&p->controller_department, 1, "de");
    assert_first_text(&p->officer_name, 1, "of");
    assert_int_equal(p->contacts.count, 2);
    assert_string_equal(p->contacts.v[1].kind, "web");
    assert_string_equal(p->officer_contacts.v[0].value, "1");
    assert_int_equal(p->documents_count, 2);
    assert_int_equal(p->documents[1].kind, DOC_CHILD_RULES);
    assert_indices(&p->documents[0].sections, 2, 1, 0);
    assert_int_equal(p->sections_count, 2);
    assert_int_equal(p->sections[0].parent, -1);
    assert_int_equal(p->sections[1].parent, 0);
    assert_first_text(&p->sections[0].text, 2, "\xe6\x96\x87");
    assert_int_equal(p->change_class, CHANGE_MATERIAL);
    assert_true(p->change_acknowledge && p->change_explicit_consent);
    assert_string_equal(p->editorial_actor, "ac");
    assert_string_equal(p->editorial_reason, "re");
    assert_first_text(&p->change_summary, 1, "c");
    consent__arena_free(&arena);
    foundation_done(&f);
}

static void test_bundle_read_gives_items_and_purposes(void **state) {
    foundation f;
    consent__arena arena;
    const consent__policy *p;
    const consent__purpose *ads;
    (void)state;
    foundation_init(&f);
    p = read_full(&f, &arena);
    assert_int_equal(p->items_count, 2);
    assert_false(p->items[0].combined || p->items[0].sensitive || p->items[0].retention.present);
    assert_int_equal(p->items[0].necessity.count, 0);
    assert_true(p->items[1].combined && p->items[1].sensitive);
    assert_indices(&p->items[1].combines_with, 1, 0, 0);
    assert_string_equal(p->items[1].origins.v[1], "third-party");
    assert_string_equal(p->items[1].retention.until, "fact:left");
    assert_int_equal(p->items[1].retention.days, 30);
    assert_int_equal(p->items[1].retention.then, THEN_ANONYMISE);
    assert_int_equal(p->purposes_count, 2);
    assert_int_equal(p->purposes[0].assessment, -1);
    assert_int_equal(p->purposes[0].basis, BASIS_CONTRACT);
    assert_string_equal(p->purposes[0].evidence, "e");
    assert_int_equal(p->purposes[0].valid_days, 0);
    ads = &p->purposes[1];
    assert_int_equal(ads->cls, CONSENT_CLASS_SEPARATE);
    assert_false(ads->required);
    assert_null(ads->evidence);
    assert_int_equal(ads->operations, 1 << CONSENT_OPERATION_SHARE | 1 << CONSENT_OPERATION_USE);
    assert_int_equal(ads->first_operation, CONSENT_OPERATION_SHARE);
    assert_indices(&ads->items, 2, 1, 0);
    assert_indices(&ads->sections, 2, 1, 0);
    assert_int_equal(ads->assessment, 0);
    assert_int_equal(ads->valid_days, 365);
    assert_int_equal(ads->precondition_count, 3);
    assert_int_equal(ads->preconditions[0].count, 2);
    assert_string_equal(ads->preconditions[0].v[0].fact, "age");
    assert_int_equal(ads->preconditions[0].v[0].op, OP_GE);
    assert_int_equal(ads->preconditions[0].v[0].value.type, VALUE_INT);
    assert_int_equal(ads->preconditions[0].v[0].value.number, 18);
    assert_int_equal(ads->preconditions[0].v[0].max_age_hours, 24);
    assert_int_equal(ads->preconditions[0].v[1].value.type, VALUE_BOOL);
    assert_int_equal(ads->preconditions[0].v[1].value.number, 1);
    assert_string_equal(ads->preconditions[1].v[0].value.text, "x");
    assert_int_equal(ads->preconditions[2].v[0].value.type, VALUE_NULL);
    assert_int_equal(ads->share_count, 2);
    assert_int_equal(ads->shares[0].recipient, 1);
    assert_int_equal(ads->shares[0].cls, CONSENT_CLASS_WRITTEN);
    assert_indices(&ads->shares[0].items, 1, 0, 0);
    assert_int_equal(consent__purpose_share(ads, 0), 1);
    assert_int_equal(consent__purpose_share(ads, 7), -1);
    consent__arena_free(&arena);
    foundation_done(&f);
}

static void test_bundle_read_gives_recipients_rights_and_the_rest(void **state) {
    foundation f;
    consent__arena arena;
    const consent__policy *p;
    (void)state;
    foundation_init(&f);
    p = read_full(&f, &arena);
    assert_int_equal(p->permissions[0].prompt, PROMPT_SPECIAL);
    assert_int_equal(p->permissions[0].platform, PLATFORM_ANDROID);
    assert_string_equal(p->permissions[0].name, "CAMERA");
    assert_string_equal(p->permissions[0].source, "sdk");
    assert_indices(&p->permissions[0].purposes, 1, 1, 0);
    assert_indices(&p->permissions[0].items, 1, 1, 0);
    assert_first_text(&p->permissions[0].prompt_text, 1, "p");
    assert_null(p->recipients[0].contract_id);
    assert_true(p->recipients[0].contract_until == CONSENT__NO_INSTANT);
    assert_true(p->recipients[0].export_until == CONSENT__NO_INSTANT);
    assert_int_equal(p->recipients[0].mechanism, MECHANISM_NONE);
    assert_false(p->recipients[0].wakes_other_apps);
    assert_int_equal(p->recipients[1].kind, RECIPIENT_SDK);
    assert_indices(&p->recipients[1].purposes, 2, 1, 0);
    assert_int_equal(p->recipients[1].contract_until, INT64_C(1798761600000000));
    assert_int_equal(p->recipients[1].mechanism, MECHANISM_STANDARD_CONTRACT);
    assert_int_equal(p->recipients[1].export_until, INT64_C(1830297600000000));
    assert_string_equal(p->recipients[1].country, "US");
    assert_true(p->recipients[1].wakes_other_apps);
    assert_int_equal(p->exemptions[0].operations,
                     1 << CONSENT_OPERATION_STORE | 1 << CONSENT_OPERATION_DISCLOSE);
    assert_int_equal(p->rights_count, 2);
    assert_int_equal(p->rights[0].channels.count, 2);
    assert_deadline(&p->rights[0].deadline, 15, UNIT_WORKING_DAYS, "cn", FROM_INCL);
    assert_deadline(&p->rights[0].extension, 2, UNIT_MONTHS, "none", FROM_NEXT);
    assert_int_equal(p->rights[0].steps, 3);
    assert_int_equal(p->rights[1].kind, RIGHT_DELETE);
    assert_false(p->rights[1].deadline.present);
    assert_string_equal(p->guardian_evidence.v[0], "id-card");
    assert_int_equal(p->child_rules, 1);
    assert_string_equal(p->cancel_conditions.v[0].key, "debt");
    assert_indices(&p->cancel_conditions.v[0].sections, 1, 0, 0);
    assert_indices(&p->cancel_acknowledge, 2, 0, 0);
    assert_int_equal(p->cooling_off_days, 7);
    assert_int_equal(p->cancel_then[0], 0);
    assert_int_equal(p->cancel_then[1], THEN_RESTRICT + 1);
    assert_indices(&p->retain[0].items, 1, 0, 0);
    assert_int_equal(p->retain[0].days, 90);
    assert_deadline(&p->incident_deadline, 72, UNIT_HOURS, "none", FROM_NEXT);
    assert_int_equal(p->assessments[0].risk, RISK_HIGH);
    assert_true(p->assessments[0].published_at == CONSENT__NO_INSTANT);
    assert_int_equal(p->assessments[0].done_at, INT64_C(1748736000000000));
    consent__arena_free(&arena);
    foundation_done(&f);
}

/* The profile's file, then `rules`, then the minors' own. */
static void test_bundle_read_merges_the_profile(void **state) {
    foundation f;
    consent__arena arena;
    const consent__profile *profile;
    (void)state;
    foundation_init(&f);
    profile = &read_full(&f, &arena)->profile;
    assert_string_equal(profile->key, "cn");
    assert_int_equal(profile->bases_not_allowed, 1 << BASIS_LEGITIMATE_INTEREST);
    assert_true(profile->separate_sensitive && profile->separate_export);
    assert_int_equal(profile->separate_shares, 1 << RECIPIENT_AFFILIATE | 1 << RECIPIENT_PARTNER |
                                                   1 << RECIPIENT_SDK | 1 << RECIPIENT_SUCCESSOR);
    assert_int_equal(profile->child_rules_missing, STRICT_DENY);
    assert_int_equal(profile->export_mechanism, STRICT_DENY);
    assert_int_equal(profile->lead_days, 0);
    assert_false(profile->minor_decides_by_guardian);
    assert_deadline(&profile->deadline, 15, UNIT_WORKING_DAYS, "cn", FROM_NEXT);
    assert_false(profile->extension.present);
    assert_deadline(&profile->incident, 0, UNIT_HOURS, "none", FROM_NEXT);
    /* rules */
    assert_int_equal(profile->assessment, STRICT_DENY);
    assert_int_equal(profile->reask_hours, -1);
    assert_int_equal(profile->home.count, 2);
    assert_string_equal(profile->home.v[1], "HK");
    assert_int_equal(profile->bases_needing_evidence, 1 << BASIS_CONTRACT);
    assert_int_equal(profile->material_triggers, 1 << 2 | 1 << 6);
    /* minors */
    assert_int_equal(profile->guardian_below, 16);
    assert_int_equal(profile->adult_from, 19);
    assert_int_equal(profile->reached, REACHED_BIRTHDAY);
    assert_int_equal(profile->unknown_age, UNKNOWN_GUARDIAN);
    assert_int_equal(profile->coming, COMING_LAPSE);
    consent__arena_free(&arena);
    foundation_done(&f);
}

static void test_bundle_read_takes_what_only_checks_and_the_linter_miss(void **state) {
    static const char *const rows[][2] = {
        {",'evidence':'e'", ""},
        {"'basis':'contract'", "'basis':'hr'"},
        {"'assessment':'pia',", ""},
        {",'retention':{'until':'fact:left','days':3e1,'then':'anonymise'}", ""},
        {",'rules':{'guardian_below':1,'assessment':'deny','reask_hours':null,'home':['CN','HK'],"
         "'bases_needing_evidence':['contract'],'material_triggers':[2,6]}",
         ""},
        {"'rules':{", "'rules':{'bases_not_allowed':[],"},
        {",'child_rules':'kids'", ""},
        {"'source':'sdk'", "'source':'app'"},
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':'a\xef\xbb\xbf'}"}, /* a BOM only in front */
        {"'guardian_below':16", "'guardian_below':19"},
        {"'actor':'ac'", "'actor':''"},
    };
    foundation f;
    size_t i;
    (void)state;
    foundation_init(&f);
    for (i = 0; i < COUNT(rows); i++) {
        consent__arena arena;
        const consent__policy *p;
        char *text;
        text = text_with(full_text, rows[i][0], rows[i][1]);
        if (read_bundle(&f, text, strlen(text), &arena, &p) != CONSENT_OK)
            fail_msg("%s: %s", rows[i][1], consent_error_message(f.err));
        consent__arena_free(&arena);
        free(text);
    }
    foundation_done(&f);
}

/* ---- one rule broken at a time ---- */

typedef struct change {
    const char *from, *to;
    consent_status status;
    const char *pointer;
} change;

#define INPUT CONSENT_E_INPUT
#define REFERENCE CONSENT_E_REFERENCE
#define DUPLICATE CONSENT_E_DUPLICATE

static void test_bundle_read_refuses_each_broken_rule(void **state) {
    static const change rows[] = {
        /* schema */
        {"{'bundle':1.0,", "{'bundle':1.5,", INPUT, "/bundle"},
        {"'policy':'p',", "'policy':'p','a~/b':1,", INPUT, "/a~0~1b"},
        {"'policy':'p',", "'policy\\u0000x':'p',", INPUT, "/policy\\u0000x"},
        {"'policy':'p',", "", INPUT, ""},
        {"'days':90", "'days':9007199254740992", INPUT, "/cancellation/retain/0/days"},
        {"'days':90", "'days':1000001", INPUT, "/cancellation/retain/0/days"},
        {"'days':90", "'days':'90'", INPUT, "/cancellation/retain/0/days"},
        {"'value':18", "'value':18.5", INPUT, "/purposes/1/preconditions/0/0/value"},
        {"'value':18", "'value':9007199254740993", INPUT, "/purposes/1/preconditions/0/0/value"},
        {"'value':18", "'value':{}", INPUT, "/purposes/1/preconditions/0/0/value"},
        {"2027-01-01T00:00:00Z", "2027-01-01T00:00:00", INPUT, "/recipients/1/contract/until"},
        {"2027-01-01T00:00:00Z", "2027-02-29T00:00:00Z", INPUT, "/recipients/1/contract/until"},
        {"'mechanism':'standard-contract'", "'mechanism':'none'", INPUT,
         "/recipients/1/export/mechanism"},
        {"'class':'material'", "'class':'none'", INPUT, "/change/class"},
        {"'steps':3", "'steps':1e10", INPUT, "/rights/0/steps"},
        {"'languages':['zh-CN','en']", "'languages':['zh-CN','en','zh-CN']", DUPLICATE,
         "/languages/2"},
        {"'items':['face','email']", "'items':['face','face']", DUPLICATE, "/purposes/1/items/1"},
        {"'material_triggers':[2,6]", "'material_triggers':[2,6,2.0]", DUPLICATE,
         "/rules/material_triggers/2"},
        {"'then':{'face'", "'then':{'Face'", INPUT, "/cancellation/then/Face"},
        /* rules of a profile */
        {"'rules':{", "'rules':{'source':'s',", INPUT, "/rules/source"},
        {"'rules':{", "'rules':{'separate':{'sensitive':true},", INPUT, "/rules/separate"},
        {"'rules':{", "'rules':{'adult_from':0,", INPUT, "/rules/guardian_below"},
        {"'rules':{", "'rules':{'child_rules_missing':'warn',", INPUT,
         "/rules/child_rules_missing"},
        {"'home':['CN','HK']", "'home':['CN','hk']", INPUT, "/rules/home/1"},
        {"'reask_hours':null", "'reask_hours':0", INPUT, "/rules/reask_hours"},
        {"'rules':{", "'rules':{'deadlines':null,", INPUT, "/rules/deadlines"},
        {"'rules':{",
         "'rules':{'deadlines':{'default':{'count':1,'unit':'days','calendar':'none'},"
         "'extension':null,'incident':null},",
         INPUT, "/rules/deadlines/incident"},
        /* references */
        {"'profile':'cn'", "'profile':'mars'", REFERENCE, "/profile"},
        {"'sections':['s2','s1']}", "'sections':['s2','s9']}", REFERENCE,
         "/documents/0/sections/1"},
        {"'parent':'s1'", "'parent':'s9'", REFERENCE, "/sections/1/parent"},
        {"'combines_with':['email']", "'combines_with':['x']", REFERENCE,
         "/items/1/combines_with/0"},
        {"'assessment':'pia'", "'assessment':'x'", REFERENCE, "/purposes/1/assessment"},
        {"'recipient':'cloud'", "'recipient':'x'", REFERENCE, "/purposes/1/shares/1/recipient"},
        {"'purposes':['ads'],'items':['face']", "'purposes':['x'],'items':['face']", REFERENCE,
         "/permissions/0/purposes/0"},
        {"'child_rules':'kids'", "'child_rules':'x'", REFERENCE, "/minors/child_rules"},
        {"'child_rules':'kids'", "'child_rules':'pp'", REFERENCE, "/minors/child_rules"},
        {"'then':{'face'", "'then':{'x'", REFERENCE, "/cancellation/then/x"},
        {"'acknowledge':['s1','s1']", "'acknowledge':['s1','x']", REFERENCE,
         "/cancellation/acknowledge/1"},
        {"'purposes':['ads'],'risk'", "'purposes':['x'],'risk'", REFERENCE,
         "/assessments/0/purposes/0"},
        /* twice */
        {"'id':'kids'", "'id':'pp'", DUPLICATE, "/documents/1/id"},
        {"{'id':'s2','title'", "{'id':'s1','title'", DUPLICATE, "/sections/1/id"},
        {"'key':'face'", "'key':'email'", DUPLICATE, "/items/1/key"},
        {"'key':'ads'", "'key':'login'", DUPLICATE, "/purposes/1/key"},
        {"'key':'sdk'", "'key':'cloud'", DUPLICATE, "/recipients/1/key"},
        {"'kind':'delete'", "'kind':'access'", DUPLICATE, "/rights/1/kind"},
        {"'recipient':'cloud'", "'recipient':'sdk'", DUPLICATE, "/purposes/1/shares/1/recipient"},
        {"'key':'login','title'", "'key':'login','key':'x','title'", DUPLICATE, "/purposes/0/key"},
        /* texts */
        {"'text':{'en':'text',", "'text':{'de':'text',", INPUT, "/sections/0/text/de"},
        {"'text':{'zh-CN':'x'}", "'text':{'en':'x'}", INPUT, "/sections/1/text"},
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':'a\\rb'}", INPUT, "/sections/1/text/zh-CN"},
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':'a\\u000db'}", INPUT, "/sections/1/text/zh-CN"},
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':'a\\u0000b'}", INPUT, "/sections/1/text/zh-CN"},
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':'\xef\xbb\xbfx'}", INPUT,
         "/sections/1/text/zh-CN"},
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':'\\ufeffx'}", INPUT, "/sections/1/text/zh-CN"},
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':'\xff'}", CONSENT_E_ENCODING,
         "/sections/1/text/zh-CN"},
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':'a\rb'}", CONSENT_E_SYNTAX,
         "/sections/1/text/zh-CN"},
        {"'value':'x'", "'value':'a\\r'", INPUT, "/purposes/1/preconditions/1/0/value"},
        {"'value':'x'", "'value':'\\u0000'", INPUT, "/purposes/1/preconditions/1/0/value"},
        {"'kind':'web'", "'kind':'web\\u0000'", INPUT, "/controller/contacts/1/kind"},
        {"'key':'ads'", "'key':'ads\\u0000'", INPUT, "/purposes/1/key"},
        {"'reason':'re'", "'reason':'r\\u0000e'", INPUT, "/change/editorial/reason"},
        /* the rest */
        {"'id':'s1',", "'id':'s1','parent':'s2',", INPUT, "/sections/0/parent"},
        {"'parent':'s1'", "'parent':'s2'", INPUT, "/sections/1/parent"},
        {"'items':['face','email']", "'items':['face']", INPUT, "/purposes/1/shares/0/items/0"},
        {"'guardian_below':16", "'guardian_below':20", INPUT, "/minors/thresholds/guardian_below"},
        {"'basis':'contract'", "'basis':'legitimate-interest'", CONSENT_E_INPUT,
         "/purposes/0/basis"},
        {"'rules':{", "'rules':{'bases_not_allowed':['vital-interest','consent'],", CONSENT_E_INPUT,
         "/purposes/1/basis"},
    };
    foundation f;
    size_t i;
    (void)state;
    foundation_init(&f);
    for (i = 0; i < COUNT(rows); i++) {
        char *text = text_with(full_text, rows[i].from, rows[i].to);
        assert_refused(&f, rows[i].to, text, strlen(text), rows[i].status, rows[i].pointer);
        assert_int_equal(consent_error_status(f.err), rows[i].status);
        assert_true(consent_error_offset(f.err) >= 0);
        consent__forget(&f.cx);
        free(text);
    }
    foundation_done(&f);
}

/* Personal or protected wording must not leak into logs by way of an error. */
static void test_bundle_read_keeps_wordings_out_of_messages(void **state) {
    static const change rows[] = {
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':'wording\\r'}", INPUT, NULL},
        {"'text':{'zh-CN':'x'}", "'text':'wording'", INPUT, NULL},
        {"'text':{'zh-CN':'x'}", "'text':{'en':'wording'}", INPUT, NULL},
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':'x','de':'wording'}", INPUT, NULL},
        {"'text':{'zh-CN':'x'}", "'text':{'zh-CN':['wording']}", INPUT, NULL},
    };
    foundation f;
    size_t i;
    (void)state;
    foundation_init(&f);
    for (i = 0; i < COUNT(rows); i++) {
        consent__arena arena;
        const consent__policy *p;
        char *text = text_with(full_text, rows[i].from, rows[i].to);
        assert_int_equal(read_bundle(&f, text, strlen(text), &arena, &p), rows[i].status);
        assert_null(strstr(consent_error_message(f.err), "wording"));
        consent__forget(&f.cx);
        consent__arena_free(&arena);
        free(text);
    }
    foundation_done(&f);
}

/* ---- a profile that cannot be had ---- */

static consent_status finder_broken(const consent__cx *cx, void *user, const char *key,
                                    const void **bytes, size_t *len) {
    (void)user;
    (void)key;
    (void)bytes;
    (void)len;
    return consent__fail(cx, CONSENT_E_IO, "disk");
}

static consent_status finder_bad(const consent__cx *cx, void *user, const char *key,
                                 const void **bytes, size_t *len) {
    (void)cx;
    (void)user;
    (void)key;
    *bytes = "{\"profile\":\"cn\"}";
    *len = 16;
    return CONSENT_OK;
}

static void test_bundle_read_tells_what_is_wrong_with_the_profile(void **state) {
    static const struct {
        consent__profile_fn find;
        consent_status status;
        const char *operation, *where;
    } rows[] = {
        {finder_broken, CONSENT_E_IO, "profile read", NULL},
        {finder_bad, INPUT, "profile read", ""},
        {NULL, REFERENCE, "test", "/profile"},
    };
    foundation f;
    char *text = text_with(full_text, NULL, NULL);
    size_t i;
    (void)state;
    foundation_init(&f);
    for (i = 0; i < COUNT(rows); i++) {
        consent__arena arena;
        const consent__policy *p;
        consent__arena_init(&arena, &f.env);
        assert_int_equal(
            consent__bundle_read(&f.cx, text, strlen(text), rows[i].find, NULL, &arena, &p),
            rows[i].status);
        assert_null(p);
        assert_int_equal(consent_error_status(f.err), rows[i].status);
        assert_string_equal(consent_error_operation(f.err), rows[i].operation);
        if (rows[i].where != NULL)
            assert_string_equal(consent_error_where(f.err), rows[i].where);
        consent__forget(&f.cx);
        consent__arena_free(&arena);
    }
    free(text);
    foundation_done(&f);
}

/* ---- memory ---- */

/* Of the calls made with this key, the profile is read once and kept. */
static consent_status finder_kept(const consent__cx *cx, void *user, const char *key,
                                  const void **bytes, size_t *len) {
    const file *kept = user;
    (void)cx;
    (void)key;
    *bytes = kept->bytes;
    *len = kept->len;
    return CONSENT_OK;
}

static int64_t cjson_until_fail;

static void *cjson_malloc(size_t n) {
    return cjson_until_fail-- > 0 ? malloc(n) : NULL;
}

static consent_status read_kept(foundation *f, const char *text, file *kept) {
    consent__arena arena;
    const consent__policy *p;
    consent_status status;
    consent__arena_init(&arena, &f->env);
    status = consent__bundle_read(&f->cx, text, strlen(text), finder_kept, kept, &arena, &p);
    assert_true((status == CONSENT_OK) == (p != NULL));
    consent__arena_free(&arena);
    if (status != CONSENT_OK)
        assert_failed(f, status, CONSENT_E_MEMORY);
    return status;
}

static void test_bundle_read_survives_every_failing_allocation(void **state) {
    cJSON_Hooks hooks = {cjson_malloc, free};
    foundation f;
    file kept;
    char *text = text_with(full_text, NULL, NULL);
    int64_t n;
    (void)state;
    foundation_init(&f);
    assert_true(file_read(CONSENT_SOURCE_DIR "/policy/profiles/cn.json", &kept));
    for (n = 0, f.until_fail = 0; read_kept(&f, text, &kept) != CONSENT_OK; f.until_fail = ++n)
        assert_true(n < 100000);
    assert_true(n > 10);
    f.until_fail = -1;
    cJSON_InitHooks(&hooks);
    for (n = 0, cjson_until_fail = 0; read_kept(&f, text, &kept) != CONSENT_OK;
         cjson_until_fail = ++n)
        assert_true(n < 100000);
    cJSON_InitHooks(NULL);
    assert_true(n > 300);
    free(kept.bytes);
    free(text);
    foundation_done(&f);
}

/* ---- large ---- */

/* Comma-separated texts made from the numbers 1 to n, then `last`. */
static void put_many(consent__buf *out, const char *first, int n,
                     void (*put)(consent__buf *out, int i), const char *last) {
    int i;
    consent__buf_reset(out);
    consent__buf_text(out, first);
    for (i = 1; i <= n; i++) {
        put(out, i);
        consent__buf_byte(out, ',');
    }
    consent__buf_text(out, last);
}

static void put_section(consent__buf *out, int i) {
    consent__buf_format(out, "{'id':'n%d','title':{'zh-CN':'t'},'text':{'zh-CN':'x'},", i);
    if (i == 1)
        consent__buf_text(out, "'parent':'s1'}");
    else
        consent__buf_format(out, "'parent':'n%d'}", i - 1);
}

static void put_item(consent__buf *out, int i) {
    consent__buf_format(out,
                        "{'key':'k%d','title':{'zh-CN':'t'},'category':'c','sensitive':false,"
                        "'identifies':'alone','sections':['n%d']}",
                        i, i);
}

static void put_key(consent__buf *out, int i) {
    consent__buf_format(out, "'k%d'", i);
}

static char *replaced(char *text, const char *from, consent__buf *to) {
    char *out = text_with(text, from, consent__buf_cstr(to));
    free(text);
    return out;
}

/* n sections in one chain of parents, and n items that a purpose has and shares. */
static char *large_bundle(int n) {
    consent__buf b;
    char *text = text_with(full_text, NULL, NULL);
    consent__buf_init(&b, &consent__env_default);
    put_many(&b, "'sections':[", n, put_section, "{'id'");
    text = replaced(text, "\"sections\":[{\"id\"", &b);
    put_many(&b, "'items':[", n, put_item, "{'key'");
    text = replaced(text, "\"items\":[{\"key\"", &b);
    put_many(&b, "'items':[", n, put_key, "'face'");
    text = replaced(text, "\"items\":[\"face\"", &b);
    put_many(&b, "'recipient':'sdk','items':[", n, put_key, "'email'");
    text = replaced(text, "\"recipient\":\"sdk\",\"items\":[\"email\"", &b);
    consent__buf_free(&b);
    return text;
}

/* Processor time for reading a bundle with lists of so many members, and for refusing a double. */
static clock_t time_of_large(foundation *f, unsigned many) {
    consent__arena arena;
    const consent__policy *p;
    char *text = large_bundle(many), *repeated, last[16], where[32];
    clock_t from = clock(), took;
    if (read_bundle(f, text, strlen(text), &arena, &p) != CONSENT_OK)
        fail_msg("%s at %s", consent_error_message(f->err), consent_error_where(f->err));
    took = clock() - from;
    assert_int_equal(p->sections_count, many + 2);
    assert_int_equal(p->purposes[1].shares[0].items.count, many + 1);
    consent__arena_free(&arena);
    (void)snprintf(last, sizeof last, "\"n%u\"", many - 1);
    (void)snprintf(where, sizeof where, "/sections/%u/id", many - 2);
    repeated = text_with(text, last, "\"n1\"");
    from = clock();
    assert_refused(f, "large", repeated, strlen(repeated), DUPLICATE, where);
    took += clock() - from;
    consent__forget(&f->cx);
    free(repeated);
    free(text);
    return took;
}

/* Eight times as many take about eight times as long; to compare each with each would take
 * sixty-four times as long. On a busy machine one measurement says little: one of ten is enough. */
static void test_bundle_read_takes_large_lists_in_time_that_grows_with_them(void **state) {
    enum { MANY = 30000, TRIES = 10 };
    foundation f;
    bool grows = true;
    (void)state;
    foundation_init(&f);
    for (int i = 0; i < TRIES && grows; i++) {
        clock_t few = time_of_large(&f, MANY / 8), many = time_of_large(&f, MANY);
        grows = many > 24 * few;
        if (getenv("VERBOSE"))
            print_message("%ld %ld\n", (long)few, (long)many);
    }
    assert_false(grows);
    foundation_done(&f);
}

/* ---- profiles ---- */

static void test_profile_read_refuses_each_broken_rule(void **state) {
    static const change rows[] = {
        {"\"profile\": \"cn\",", "", INPUT, ""},
        {"\"profile\": \"cn\"", "\"profile\": \"CN\"", INPUT, "/profile"},
        {"\"home\"", "\"house\"", INPUT, "/house"},
        {"\"guardian_below\": 14", "\"guardian_below\": 19", INPUT, "/guardian_below"},
        {"\"guardian_below\": 14", "\"guardian_below\": 26", INPUT, "/guardian_below"},
        {"\"zh-CN\": \"", "\"zh_CN\": \"", INPUT, "/title/zh_CN"},
        {"\"lead_days\": 0", "\"lead_days\": -1", INPUT, "/lead_days"},
        {"\"reask_hours\": 48", "\"reask_hours\": 0", INPUT, "/reask_hours"},
        {"\"extension\": null", "\"extension\": {}", INPUT, "/deadlines/extension"},
        {"\"legitimate-interest\"", "\"legitimate-interest\",\"legitimate-interest\"", DUPLICATE,
         "/bases_not_allowed/1"},
        {"\"assessment\": \"warn\"", "\"assessment\": \"maybe\"", INPUT, "/assessment"},
        {"\"lead_days\": 0", "\"lead_days\": 0, \"lead_days\": 0", DUPLICATE, "/lead_days"},
    };
    foundation f;
    file in;
    size_t i;
    (void)state;
    foundation_init(&f);
    assert_true(file_read(CONSENT_SOURCE_DIR "/policy/profiles/cn.json", &in));
    for (i = 0; i < COUNT(rows); i++) {
        consent__arena arena;
        consent__profile profile;
        char *text = text_with(in.bytes, rows[i].from, rows[i].to);
        consent__arena_init(&arena, &f.env);
        assert_int_equal(consent__profile_read(&f.cx, text, strlen(text), &arena, &profile),
                         rows[i].status);
        assert_string_equal(consent_error_where(f.err), rows[i].pointer);
        assert_null(profile.key);
        consent__forget(&f.cx);
        consent__arena_free(&arena);
        free(text);
    }
    free(in.bytes);
    foundation_done(&f);
}

/* ---- calendars ---- */

static const char calendar_text[] =
    "{'calendar':'c','utc_offset':'-03:30','weekend':[7,6,7],"
    "'fixed_holidays':['10-01','02-29','01-01','10-01'],'final_before':'12-25',"
    "'years':{'2025':{'source':'b','holidays':[],'workdays':[]},"
    "'2024':{'source':'a','holidays':['2024-05-01','2024-02-29','2024-05-01'],"
    "'workdays':['2024-12-31','2024-01-01']}}}";

static void test_calendar_read_sorts_what_the_file_does_not(void **state) {
    foundation f;
    consent__arena arena;
    consent__calendar c;
    char *text = text_with(calendar_text, NULL, NULL);
    (void)state;
    foundation_init(&f);
    consent__arena_init(&arena, &f.env);
    assert_int_equal(consent__calendar_read(&f.cx, text, strlen(text), &arena, &c), CONSENT_OK);
    free(text);
    assert_string_equal(c.key, "c");
    assert_int_equal(c.utc_offset, -210);
    assert_int_equal(c.weekend, 1 << 6 | 1 << 7);
    assert_int_equal(c.fixed_count, 3);
    assert_int_equal(c.fixed[0], 101);
    assert_int_equal(c.fixed[1], 229);
    assert_int_equal(c.fixed[2], 1001);
    assert_int_equal(c.final_before, 1225);
    assert_int_equal(c.year_count, 2);
    assert_int_equal(c.years[0].year, 2024);
    assert_string_equal(c.years[0].source, "a");
    assert_int_equal(c.years[0].holiday_count, 2);
    assert_int_equal(c.years[0].holidays[0], 19782); /* 2024-02-29 */
    assert_int_equal(c.years[0].holidays[1], 19844);
    assert_int_equal(c.years[0].workday_count, 2);
    assert_int_equal(c.years[0].workdays[0], 19723);
    assert_int_equal(c.years[1].year, 2025);
    assert_int_equal(c.years[1].holiday_count, 0);
    consent__arena_free(&arena);
    foundation_done(&f);
}

static void test_calendar_read_refuses_each_broken_rule(void **state) {
    static const change rows[] = {
        {"'calendar':'c',", "", INPUT, ""},
        {"'calendar':'c'", "'calendar':'c','x':1", INPUT, "/x"},
        {"'calendar':'c'", "'calendar':'C'", INPUT, "/calendar"},
        {"-03:30", "Z", INPUT, "/utc_offset"},
        {"[7,6,7]", "[7,8]", INPUT, "/weekend/1"},
        {"[7,6,7]", "[0]", INPUT, "/weekend/0"},
        {"[7,6,7]", "[1,2,3,4,5,6,7]", INPUT, "/weekend"},
        {"'02-29'", "'02-30'", INPUT, "/fixed_holidays/1"},
        {"'02-29'", "'2-29'", INPUT, "/fixed_holidays/1"},
        {"'12-25'", "'13-25'", INPUT, "/final_before"},
        {"'2025':", "'25':", INPUT, "/years/25"},
        {"'2025':", "'0000':", INPUT, "/years/0000"},
        {"'2025':", "'2024':", DUPLICATE, "/years/2024"},
        {"'source':'b',", "", INPUT, "/years/2025"},
        {"'2024-02-29'", "'2023-02-29'", INPUT, "/years/2024/holidays/1"},
        {"'2024-02-29'", "'2024-2-29'", INPUT, "/years/2024/holidays/1"},
        {"'2024-02-29'", "'2024-02-30'", INPUT, "/years/2024/holidays/1"},
        {"'2024-02-29'", "'2025-02-28'", INPUT, "/years/2024/holidays/1"},
        {"'2024-01-01'", "'2023-12-31'", INPUT, "/years/2024/workdays/1"},
        {"'2024-01-01'", "'2024-05-01'", INPUT, "/years/2024/workdays/1"},
    };
    foundation f;
    size_t i;
    (void)state;
    foundation_init(&f);
    for (i = 0; i < COUNT(rows); i++) {
        consent__arena arena;
        consent__calendar c;
        char *text = text_with(calendar_text, rows[i].from, rows[i].to);
        consent__arena_init(&arena, &f.env);
        if (consent__calendar_read(&f.cx, text, strlen(text), &arena, &c) != rows[i].status)
            fail_msg("%s", rows[i].to);
        assert_string_equal(consent_error_where(f.err), rows[i].pointer);
        assert_true(consent_error_offset(f.err) >= 0);
        assert_null(c.key);
        consent__forget(&f.cx);
        consent__arena_free(&arena);
        free(text);
    }
    foundation_done(&f);
}

/* ---- look-ups ---- */

static void test_policy_look_ups_answer_minus_one_for_the_unknown(void **state) {
    foundation f;
    consent__arena arena;
    const consent__policy *p;
    (void)state;
    foundation_init(&f);
    p = read_full(&f, &arena);
    assert_int_equal(consent__policy_purpose(p, "ads"), 1);
    assert_int_equal(consent__policy_purpose(p, "ad"), -1);
    assert_int_equal(consent__policy_purpose(p, NULL), -1);
    assert_int_equal(consent__policy_item(p, "face"), 1);
    assert_int_equal(consent__policy_item(p, ""), -1);
    assert_int_equal(consent__policy_recipient(p, "sdk"), 1);
    assert_int_equal(consent__policy_recipient(p, "ads"), -1);
    assert_int_equal(consent__policy_section(p, "s2"), 1);
    assert_int_equal(consent__policy_section(p, "S2"), -1);
    assert_int_equal(consent__policy_language(p, "en"), 1);
    assert_int_equal(consent__policy_language(p, "zh"), -1);
    assert_string_equal(consent__text_in(&p->sections[0].text, 1)->text, "text");
    assert_string_equal(consent__text_in(&p->sections[1].text, 1)->text, "x");
    assert_string_equal(consent__text_in(&p->sections[1].text, -1)->text, "x");
    assert_null(consent__text_in(&p->items[0].necessity, 0));
    assert_true(consent__indices_has(&p->purposes[1].items, 0));
    assert_false(consent__indices_has(&p->purposes[1].items, 2));
    assert_false(consent__indices_has(&p->purposes[0].items, 0));
    consent__arena_free(&arena);
    foundation_done(&f);
}

static void test_names_go_both_ways(void **state) {
    static const struct {
        const char *(*name)(int);
        int count;
        const char *last;
    } rows[] = {
        {consent__basis_name, BASIS_COUNT, "other-law"},
        {consent__recipient_kind_name, RECIPIENT_COUNT, "public"},
        {consent__strictness_name, STRICT_DENY + 1, "deny"},
        {consent__reached_name, REACHED_DAY_AFTER + 1, "day-after-birthday"},
        {consent__unknown_age_name, UNKNOWN_ADULT + 1, "adult"},
        {consent__coming_name, COMING_ASK + 1, "ask"},
        {consent__unit_name, UNIT_MONTHS + 1, "months"},
        {consent__convention_name, FROM_ROLL + 1, "roll"},
        {consent__then_name, THEN_RESTRICT + 1, "restrict"},
        {consent__op_name, OP_ABSENT + 1, "absent"},
        {consent__change_class_name, CHANGE_MATERIAL + 1, "material"},
        {consent__platform_name, PLATFORM_DESKTOP + 1, "desktop"},
        {consent__prompt_name, PROMPT_SPECIAL + 1, "special"},
        {consent__document_kind_name, DOC_NOTICE + 1, "notice"},
        {consent__risk_name, RISK_HIGH + 1, "high"},
        {consent__mechanism_name, MECHANISM_OTHER + 1, "other"},
        {consent__right_kind_name, RIGHT_COUNT, "complaint"},
    };
    size_t i;
    int v;
    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        for (v = 0; v < rows[i].count; v++)
            assert_int_equal(consent__name_value(rows[i].name, rows[i].name(v)), v);
        assert_string_equal(rows[i].name(rows[i].count - 1), rows[i].last);
        assert_null(rows[i].name(rows[i].count));
        assert_null(rows[i].name(-1));
        assert_int_equal(consent__name_value(rows[i].name, "no such name"), -1);
        assert_int_equal(consent__name_value(rows[i].name, NULL), -1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bundle_read_accepts_every_shipped_bundle),
        cmocka_unit_test(test_profile_read_accepts_every_shipped_profile),
        cmocka_unit_test(test_calendar_read_accepts_every_shipped_calendar),
        cmocka_unit_test(test_bundle_read_refuses_every_bad_bundle_where_its_index_says),
        cmocka_unit_test(test_bundle_read_gives_head_controller_and_sections),
        cmocka_unit_test(test_bundle_read_gives_items_and_purposes),
        cmocka_unit_test(test_bundle_read_gives_recipients_rights_and_the_rest),
        cmocka_unit_test(test_bundle_read_merges_the_profile),
        cmocka_unit_test(test_bundle_read_takes_what_only_checks_and_the_linter_miss),
        cmocka_unit_test(test_bundle_read_refuses_each_broken_rule),
        cmocka_unit_test(test_bundle_read_keeps_wordings_out_of_messages),
        cmocka_unit_test(test_bundle_read_tells_what_is_wrong_with_the_profile),
        cmocka_unit_test(test_bundle_read_survives_every_failing_allocation),
        cmocka_unit_test(test_bundle_read_takes_large_lists_in_time_that_grows_with_them),
        cmocka_unit_test(test_profile_read_refuses_each_broken_rule),
        cmocka_unit_test(test_calendar_read_sorts_what_the_file_does_not),
        cmocka_unit_test(test_calendar_read_refuses_each_broken_rule),
        cmocka_unit_test(test_policy_look_ups_answer_minus_one_for_the_unknown),
        cmocka_unit_test(test_names_go_both_ways),
    };
    return cmocka_run_group_tests_name("json bundle", tests, NULL, NULL);
}
