/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that read the words of the binding text. They name the words they matched. A language
 * without a word list gives no finding: what is not understood is not judged. */
#include "core/lint_run.h"

#include <string.h>

/* ---- word lists ---- */

enum { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGE_COUNT };

/* Latin words match whole and in either case; others as they stand. Each word ends with a NUL, the
 * list with a second one: one pointer a list is less to relocate than one a word. */
static const char *const words_of[WORDS_COUNT][LANGUAGE_COUNT] = {
    /* Acts that are not consent … */
    [WORDS_USE] = {"继续使用\0"
                   "使用\0"
                   "登录\0"
                   "注册\0"
                   "访问\0"
                   "浏览\0"
                   "下载\0"
                   "安装\0"
                   "沉默\0"
                   "未提出异议\0"
                   "不提出异议\0"
                   "未表示反对\0",
                   "continue to use\0"
                   "continued use\0"
                   "use\0"
                   "using\0"
                   "continue\0"
                   "continuing\0"
                   "access\0"
                   "accessing\0"
                   "browse\0"
                   "browsing\0"
                   "register\0"
                   "registering\0"
                   "download\0"
                   "install\0"
                   "installing\0"
                   "silence\0"
                   "inactivity\0"
                   "not object\0"},
    /* … and the words that make consent of them. From loose to tight: the further from the word
     * for consent they may stand, see `ties`. */
    [WORDS_BY_USE] = {"", "by using\0"
                          "by continuing\0"
                          "by accessing\0"
                          "by registering\0"
                          "by browsing\0"
                          "by installing\0"
                          "by downloading\0"
                          "by your use\0"
                          "by your continued use\0"},
    [WORDS_DEEM] = {"视为\0"
                    "视作\0"
                    "即表示\0"
                    "即代表\0"
                    "则表示\0"
                    "则代表\0"
                    "就表示\0"
                    "就代表\0"
                    "意味着\0",
                    "deemed\0"
                    "means that you\0"
                    "mean that you\0"
                    "means you\0"
                    "signifies\0"
                    "signify\0"
                    "implies\0"
                    "imply\0"},
    [WORDS_EQUATE] = {"默认\0"
                      "默示\0"
                      "等同于\0"
                      "推定\0"
                      "构成\0"
                      "表明您\0",
                      "constitutes\0"
                      "constitute\0"
                      "indicates\0"
                      "indicate\0"
                      "counts as\0"
                      "count as\0"
                      "treated as\0"
                      "taken as\0"
                      "regarded as\0"
                      "considered\0"},
    [WORDS_AGREE] = {"同意\0"
                     "接受\0"
                     "认可\0"
                     "授权\0",
                     "agree\0"
                     "agreed\0"
                     "agrees\0"
                     "agreement\0"
                     "consent\0"
                     "consented\0"
                     "consents\0"
                     "accept\0"
                     "accepts\0"
                     "accepted\0"
                     "acceptance\0"},
    /* Between the two, these say that consent is really asked for. */
    [WORDS_ASKED] = {"征得\0"
                     "取得\0"
                     "征求\0"
                     "获得\0"
                     "经您\0"
                     "经过\0"
                     "单独\0",
                     "ask\0"
                     "asked\0"
                     "asks\0"
                     "obtain\0"
                     "obtained\0"
                     "with your\0"
                     "to which\0"
                     "separate\0"
                     "separately\0"},
    /* Before them, these deny it. */
    [WORDS_NOT] = {"不视为\0"
                   "不会视为\0"
                   "不应视为\0"
                   "不得视为\0"
                   "不能视为\0"
                   "不会被视为\0"
                   "不构成\0"
                   "不代表\0"
                   "不表示\0"
                   "不意味\0"
                   "不等于\0"
                   "不等同\0"
                   "不作为\0"
                   "不默认\0"
                   "不会默认\0"
                   "并非\0"
                   "不同意\0"
                   "不接受\0",
                   "not\0"
                   "never\0"
                   "nor\0"
                   "neither\0"},
    /* An act of one's own, whatever it is said to mean. */
    [WORDS_OWN_ACT] = {"点击\0"
                       "点选\0"
                       "勾选\0"
                       "主动选择\0"
                       "签署\0",
                       "tap\0"
                       "click\0"
                       "tick\0"
                       "press\0"
                       "toggle\0"},
    [WORDS_FRAMEWORK] = {"Flutter\0"
                         "uni-app\0"
                         "uniapp\0"
                         "React Native\0"
                         "Cordova\0"
                         "Xamarin\0"
                         "Electron\0"
                         "Weex\0"
                         "Taro\0"
                         "Capacitor\0",
                         "Flutter\0"
                         "uni-app\0"
                         "uniapp\0"
                         "React Native\0"
                         "Cordova\0"
                         "Xamarin\0"
                         "Electron\0"
                         "Weex\0"
                         "Taro\0"
                         "Capacitor\0"},
    [WORDS_MINOR] = {"未成年人\0"
                     "未成年\0"
                     "儿童\0"
                     "青少年\0",
                     "minor\0"
                     "minors\0"
                     "child\0"
                     "children\0"},
    /* A number with one of these in its sentence is an age. */
    [WORDS_AGE] = {"岁\0", "age\0"
                           "aged\0"
                           "ages\0"
                           "under\0"
                           "below\0"
                           "younger\0"
                           "older\0"
                           "over\0"
                           "years\0"
                           "year\0"
                           "birthday\0"
                           "turn\0"
                           "turns\0"
                           "until\0"},
    [WORDS_NUMERAL] = {"十二\0"
                       "十三\0"
                       "十四\0"
                       "十五\0"
                       "十六\0"
                       "十七\0"
                       "十八\0"
                       "二十\0",
                       "twelve\0"
                       "thirteen\0"
                       "fourteen\0"
                       "fifteen\0"
                       "sixteen\0"
                       "seventeen\0"
                       "eighteen\0"
                       "twenty\0"},
    [WORDS_GUARDIAN] = {"监护人\0"
                        "父母\0"
                        "家长\0",
                        "guardian\0"
                        "guardians\0"
                        "guardian's\0"
                        "parent\0"
                        "parents\0"
                        "parental\0"},
    [WORDS_WEAK] = {"建议\0"
                    "应在\0"
                    "最好\0"
                    "鼓励\0"
                    "尽量\0"
                    "提倡\0",
                    "should\0"
                    "recommend\0"
                    "recommended\0"
                    "advise\0"
                    "advised\0"
                    "encourage\0"
                    "encouraged\0"
                    "suggest\0"
                    "suggested\0"
                    "ought\0"},
    [WORDS_STRONG] = {"必须\0"
                      "须\0"
                      "应当\0"
                      "不得\0"
                      "方可\0",
                      "must\0"
                      "shall\0"
                      "required\0"
                      "requires\0"
                      "may not\0"
                      "cannot\0"},
    /* Clauses about keeping, contact, liability: only to say where a finding belongs. */
    [WORDS_RETENTION] = {"期间内保存\0"
                         "保存期限\0"
                         "保存期间\0"
                         "存储期限\0"
                         "保留期限\0"
                         "期限内保存\0"
                         "保存时间\0"
                         "最短期限\0",
                         "kept only as long\0"
                         "only as long as\0"
                         "as long as necessary\0"
                         "retention\0"
                         "storage period\0"
                         "how long we keep\0"
                         "retain\0"},
    [WORDS_CONTACT] = {"联系我们\0"
                       "联系方式\0",
                       "contact\0"
                       "contact us\0"
                       "how to reach us\0"},
    [WORDS_LIABILITY] = {"责任\0"
                         "保留\0"
                         "留存\0",
                         "liability\0"
                         "what is kept\0"
                         "kept\0"
                         "retained\0"
                         "retain\0"},
    /* A recipient called only so is nobody in particular. */
    [WORDS_GENERIC] = {"关联公司\0"
                       "关联方\0"
                       "关联企业\0"
                       "合作伙伴\0"
                       "合作方\0"
                       "合作机构\0"
                       "第三方\0"
                       "服务提供商\0"
                       "供应商\0",
                       "affiliates\0"
                       "affiliate\0"
                       "partners\0"
                       "partner\0"
                       "third parties\0"
                       "third party\0"
                       "service providers\0"
                       "vendors\0"
                       "suppliers\0"},
    [WORDS_MERGER] = {"合并\0"
                      "收购\0"
                      "破产\0"
                      "分立\0"
                      "重组\0",
                      "merger\0"
                      "acquisition\0"
                      "bankruptcy\0"
                      "takeover\0"
                      "reorganisation\0"
                      "reorganization\0"},
    [WORDS_NOTIFY] = {"告知\0"
                      "通知\0"
                      "公告\0",
                      "tell\0"
                      "told\0"
                      "notify\0"
                      "notified\0"
                      "notice\0"
                      "inform\0"
                      "informed\0"
                      "announce\0"
                      "announced\0"},
    /* Cases of an older standard (GB/T 35273 5.6) that PIPL art. 13 does not have. */
    [WORDS_BEYOND] = {"稳定运行\0"
                      "安全运行\0"
                      "学术研究\0"
                      "排除故障\0",
                      "stable running\0"
                      "stable operation\0"
                      "academic research\0"
                      "research\0"
                      "troubleshooting\0"},
    [WORDS_NOT_PERSONAL] = {"单独不能识别\0"
                            "单独无法识别\0"
                            "单独不足以识别\0"
                            "无法单独识别\0",
                            "alone does not identify\0"
                            "alone do not identify\0"
                            "alone cannot identify\0"
                            "does not identify you on its own\0"
                            "does not by itself identify\0"
                            "not personal data by itself\0"},
    [WORDS_AUTOMATED] = {"个性化推荐\0"
                         "个性化推送\0"
                         "个性化展示\0"
                         "自动化决策\0"
                         "用户画像\0"
                         "定向推送\0"
                         "精准营销\0"
                         "个性化广告\0",
                         "automated decision\0"
                         "automated decisions\0"
                         "automated decision-making\0"
                         "profiling\0"
                         "personalised ads\0"
                         "personalized ads\0"
                         "personalised advertising\0"
                         "personalized advertising\0"
                         "targeted advertising\0"
                         "targeted ads\0"
                         "personalised recommendations\0"
                         "personalized recommendations\0"},
    [WORDS_IMPROVE] = {"改进\0"
                       "改善\0"
                       "提升\0"
                       "优化\0",
                       "improve\0"
                       "improving\0"
                       "improvement\0"
                       "enhance\0"
                       "enhancing\0"},
};

int32_t consent__lint_language(const char *tag) {
    /* The lists are in simplified characters. */
    static const char *const traditional[] = {"zh-TW", "zh-HK", "zh-MO", "zh-Hant"};
    size_t i, n = strcspn(tag, "-");
    for (i = 0; i < sizeof traditional / sizeof traditional[0]; i++)
        if (strncmp(tag, traditional[i], strlen(traditional[i])) == 0)
            return -1;
    if (n != 2)
        return -1;
    if (strncmp(tag, "zh", 2) == 0)
        return LANGUAGE_ZH;
    return strncmp(tag, "en", 2) == 0 ? LANGUAGE_EN : -1;
}

/* ---- finding words ---- */

typedef struct span {
    const char *at;
    size_t len;
} span;

static span whole(const char *text) {
    span s = {text, strlen(text)};
    return s;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_latin(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

/* Whether the word stands at i: a Latin edge of the word must be an edge in the text. */
static bool word_at(span text, size_t i, const char *word) {
    size_t n, k;
    if (lower(text.at[i]) != lower(word[0])) /* nearly always: texts are long, so look no further */
        return false;
    n = strlen(word);
    if (n > text.len - i)
        return false;
    for (k = 1; k < n; k++)
        if (lower(text.at[i + k]) != lower(word[k]))
            return false;
    if (i > 0 && is_latin(word[0]) && is_latin(text.at[i - 1]))
        return false;
    return i + n == text.len || !is_latin(word[n - 1]) || !is_latin(text.at[i + n]);
}

/* The earliest word of the list, the longest at that place. */
static bool find(const consent__lint *l, consent__words list, span text, span *hit) {
    const char *word;
    size_t i;
    for (i = 0; i < text.len; i++) {
        size_t longest = 0;
        for (word = words_of[list][l->language]; word && *word; word += strlen(word) + 1)
            if (word_at(text, i, word) && strlen(word) > longest)
                longest = strlen(word);
        if (longest == 0)
            continue;
        hit->at = text.at + i;
        hit->len = longest;
        return true;
    }
    return false;
}

static bool has(const consent__lint *l, consent__words list, span text) {
    span hit;
    return find(l, list, text, &hit);
}

static span after(span text, span hit) {
    span rest;
    rest.at = hit.at + hit.len;
    rest.len = (size_t)(text.at + text.len - rest.at);
    return rest;
}

/* Length of the mark that ends a sentence at p, 0 when none does. */
static size_t sentence_end(const char *p, const char *end) {
    /* U+3002, U+FF01, U+FF1F, U+FF1B */
    static const char *const wide[] = {"\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F",
                                       "\xEF\xBC\x9B"};
    size_t i;
    if (*p == '\n' || *p == ';')
        return 1;
    if ((*p == '.' || *p == '!' || *p == '?') && (p + 1 == end || p[1] == ' ' || p[1] == '\n'))
        return 1;
    for (i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if ((size_t)(end - p) >= strlen(wide[i]) && memcmp(p, wide[i], strlen(wide[i])) == 0)
            return strlen(wide[i]);
    return 0;
}

/* Takes the next sentence off the text; false at its end. */
static bool next_sentence(span *text, span *sentence) {
    const char *p = text->at, *end = text->at + text->len;
    size_t mark = 0;
    if (text->len == 0)
        return false;
    while (p < end && (mark = sentence_end(p, end)) == 0)
        p++;
    sentence->at = text->at;
    sentence->len = (size_t)(p - text->at);
    text->at = p + mark;
    text->len = (size_t)(end - text->at);
    return true;
}

static span section_text(const consent__lint *l, int32_t section) {
    return whole(consent__lint_binding(&l->p->sections[section].text));
}

static void name_span(consent__lint *l, span words) {
    consent__lint_name(l, "“%.*s”", (int)words.len, words.at);
}

void consent__lint_mark_words(consent__lint *l, const consent__indices *of, consent__words words) {
    int32_t i, titled = 0;
    if (l->language < 0)
        return;
    for (i = 0; i < l->p->sections_count; i++) {
        if ((of != NULL && !consent__indices_has(of, i)) ||
            !has(l, words, whole(consent__lint_binding(&l->p->sections[i].title))))
            continue;
        consent__lint_mark_one(l, i);
        titled++;
    }
    /* A heading says where a matter belongs; only without one does the text have to. */
    for (i = 0; titled == 0 && i < l->p->sections_count; i++)
        if ((of == NULL || consent__indices_has(of, i)) && has(l, words, section_text(l, i)))
            consent__lint_mark_one(l, i);
}

/* ---- consent implied by use ---- */

/* How far, in bytes, the word for consent may stand behind the word that makes consent of use, and
 * whether a comma may stand between. */
static const struct {
    consent__words words;
    size_t reach;
    bool comma;
} ties[] = {{WORDS_BY_USE, 120, true}, {WORDS_DEEM, 60, true}, {WORDS_EQUATE, 24, false}};

/* Start of the last clause of the text: behind its last comma. */
static span last_clause(span text) {
    static const char wide[] = "\xEF\xBC\x8C"; /* U+FF0C */
    size_t i, start = 0;
    for (i = 0; i < text.len; i++) {
        if (text.at[i] == ',')
            start = i + 1;
        else if (text.len - i >= 3 && memcmp(text.at + i, wide, 3) == 0)
            start = i + 3;
    }
    text.at += start;
    text.len -= start;
    return text;
}

static span between(const char *from, const char *to) {
    span s = {from, (size_t)(to - from)};
    return s;
}

/* Whether the word at `deem` makes consent of what goes before it; `words` spans from one to the
 * other. */
static bool tied(const consent__lint *l, size_t tie, span sentence, span deem, span *words) {
    const char *end = deem.at + deem.len;
    span agree, gap, before = last_clause(between(sentence.at, end));
    if (!find(l, WORDS_AGREE, after(sentence, deem), &agree))
        return false;
    gap = between(end, agree.at);
    if (gap.len > ties[tie].reach || has(l, WORDS_ASKED, gap) ||
        (!ties[tie].comma && last_clause(gap).at != gap.at))
        return false;
    *words = between(deem.at, agree.at + agree.len);
    return !has(l, WORDS_NOT, before) && !has(l, WORDS_NOT, *words);
}

static bool implies_consent(const consent__lint *l, span sentence, span *use, span *words) {
    size_t i;
    if (!find(l, WORDS_USE, sentence, use) || has(l, WORDS_OWN_ACT, sentence))
        return false;
    for (i = 0; i < sizeof ties / sizeof ties[0]; i++) {
        span rest = sentence, deem;
        for (; find(l, ties[i].words, rest, &deem); rest = after(rest, deem))
            if (tied(l, i, sentence, deem, words))
                return true;
    }
    return false;
}

static void report_implied(consent__lint *l, int32_t section) {
    span text = section_text(l, section), sentence, use, words;
    while (next_sentence(&text, &sentence)) {
        if (!implies_consent(l, sentence, &use, &words))
            continue;
        name_span(l, use);
        name_span(l, words);
    }
    if (!consent__lint_named(l))
        return;
    consent__lint_mark_one(l, section);
    consent__lint_found(l, "section %s takes using the service for consent; words: %s",
                        l->p->sections[section].id, consent__lint_names(l));
}

/* The section itself or one above it. */
static bool within(const consent__policy *p, int32_t section, int32_t top) {
    for (; section >= 0; section = p->sections[section].parent)
        if (section == top)
            return true;
    return false;
}

/* Whether a grant rests on the section: a consent purpose, one of its recipients, or the preface.
 */
static bool carries_grants(const consent__policy *p, int32_t section) {
    int32_t i, k;
    for (i = 0; i < p->purposes_count; i++) {
        const consent__purpose *u = &p->purposes[i];
        if (u->basis != BASIS_CONSENT)
            continue;
        if (consent__indices_has(&u->sections, section))
            return true;
        for (k = 0; k < u->share_count; k++)
            if (consent__indices_has(&p->recipients[u->shares[k].recipient].sections, section))
                return true;
    }
    for (i = 0; i < p->documents_count; i++)
        if (p->documents[i].kind == DOC_PRIVACY_POLICY && p->documents[i].sections.count > 0 &&
            within(p, section, p->documents[i].sections.v[0]))
            return true;
    return false;
}

static void implied_consent(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->sections_count; i++)
        if (carries_grants(l->p, i))
            report_implied(l, i);
}

static void implied_consent_elsewhere(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->sections_count; i++)
        if (!carries_grants(l->p, i))
            report_implied(l, i);
}

/* ---- frameworks ---- */

/* Names each framework of the list once, with the first section that speaks of it. */
static void framework_mismatch(consent__lint *l) {
    const char *word, *seen = NULL;
    int32_t s, count = 0;
    size_t i;
    for (word = words_of[WORDS_FRAMEWORK][l->language]; word && *word; word += strlen(word) + 1) {
        bool found = false;
        /* "uniapp" and "uni-app" are one. */
        if (seen != NULL && strcmp(word, "uniapp") == 0 && strcmp(seen, "uni-app") == 0)
            continue;
        for (s = 0; s < l->p->sections_count && !found; s++) {
            span text = section_text(l, s);
            for (i = 0; i < text.len && !found; i++)
                found = word_at(text, i, word);
            if (!found)
                continue;
            consent__lint_mark_one(l, s);
            consent__lint_name(l, "“%s” (%s)", word, l->p->sections[s].id);
            seen = word;
            count++;
        }
    }
    if (count > 1)
        consent__lint_found_names(l, "the text speaks of several frameworks");
}

/* ---- minors ---- */

/* Whether some number from 8 to 25 stands in the text. */
static bool has_age_number(span text) {
    size_t i = 0;
    while (i < text.len) {
        size_t start = i;
        int value = 0;
        while (i < text.len && text.at[i] >= '0' && text.at[i] <= '9' && i - start < 4)
            value = value * 10 + (text.at[i++] - '0');
        if (i > start && value >= 8 && value <= 25)
            return true;
        if (i == start)
            i++;
    }
    return false;
}

static void minor_threshold_missing(consent__lint *l) {
    const consent__indices *sections = &l->p->minors_sections;
    int32_t i;
    for (i = 0; i < sections->count; i++) {
        span text = section_text(l, sections->v[i]), sentence, hit;
        if (find(l, WORDS_MINOR, text, &hit)) {
            consent__lint_mark_one(l, sections->v[i]);
            if (!consent__lint_named(l))
                name_span(l, hit);
        }
        while (next_sentence(&text, &sentence))
            if (has(l, WORDS_AGE, sentence) &&
                (has(l, WORDS_NUMERAL, sentence) || has_age_number(sentence)))
                return;
    }
    if (consent__lint_named(l))
        consent__lint_found(l, "the text says %s and gives no age", consent__lint_names(l));
}

static void guardian_weak(consent__lint *l) {
    const consent__indices *sections = &l->p->minors_sections;
    int32_t i;
    for (i = 0; i < sections->count; i++) {
        span text = section_text(l, sections->v[i]), sentence, weak;
        while (next_sentence(&text, &sentence)) {
            span rest = sentence;
            if (!has(l, WORDS_GUARDIAN, sentence) || has(l, WORDS_STRONG, sentence))
                continue;
            while (find(l, WORDS_WEAK, rest, &weak)) {
                consent__lint_mark_one(l, sections->v[i]);
                name_span(l, weak);
                rest = after(rest, weak);
            }
        }
    }
    if (consent__lint_named(l))
        consent__lint_found(
            l, "the guardian's consent is advised, not required; words: %s%s",
            consent__lint_names(l),
            l->p->guardian_evidence.count == 0 ? "; and nothing verifies the guardian" : "");
}

/* ---- recipients ---- */

static void recipient_generic(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        span hit;
        if (r->kind == RECIPIENT_AUTHORITY || r->kind == RECIPIENT_PUBLIC ||
            r->kind == RECIPIENT_SUCCESSOR ||
            !find(l, WORDS_GENERIC, whole(consent__lint_binding(&r->name)), &hit))
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s (“%.*s”)", r->key, (int)hit.len, hit.at);
    }
    consent__lint_found_names(l, "recipients named only by what they are");
}

static void merger_notice_missing(consent__lint *l) {
    int32_t i, k;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        for (k = 0; r->kind == RECIPIENT_SUCCESSOR && k < r->sections.count; k++) {
            span text = section_text(l, r->sections.v[k]), hit;
            if (!find(l, WORDS_MERGER, text, &hit) || has(l, WORDS_NOTIFY, text))
                continue;
            consent__lint_mark_one(l, r->sections.v[k]);
            name_span(l, hit);
        }
    }
    consent__lint_found_names(l, "data passes to a successor and nothing promises to tell its name "
                                 "and contact; words");
}

/* ---- the rest ---- */

static void exemption_beyond_law(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->exemptions_count; i++) {
        const consent__exemption *e = &l->p->exemptions[i];
        span hit;
        if (!find(l, WORDS_BEYOND, whole(consent__lint_binding(&e->title)), &hit))
            continue;
        consent__lint_mark(l, &e->sections);
        consent__lint_name(l, "%s (“%.*s”)", e->key, (int)hit.len, hit.at);
    }
    consent__lint_found_names(l, "exemptions that are no case of art. 13");
}

static void log_not_personal(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->sections_count; i++) {
        span hit;
        if (!find(l, WORDS_NOT_PERSONAL, section_text(l, i), &hit))
            continue;
        consent__lint_mark_one(l, i);
        name_span(l, hit);
    }
    consent__lint_found_names(l, "device or log data is said not to identify; words");
}

static void automated_optout_missing(consent__lint *l) {
    int32_t i;
    if (consent__lint_right_of(l, RIGHT_OBJECT) != NULL)
        return;
    for (i = 0; i < l->p->sections_count; i++) {
        span hit;
        if (!find(l, WORDS_AUTOMATED, section_text(l, i), &hit))
            continue;
        consent__lint_mark_one(l, i);
        name_span(l, hit);
    }
    consent__lint_found_names(l, "automated decisions or profiles without a way to object; words");
}

static void improvement_required(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        span hit;
        if (u->basis != BASIS_CONSENT || !u->required ||
            !find(l, WORDS_IMPROVE, whole(consent__lint_binding(&u->title)), &hit))
            continue;
        consent__lint_mark(l, &u->sections);
        consent__lint_name(l, "%s (“%.*s”)", u->key, (int)hit.len, hit.at);
    }
    consent__lint_found_names(l, "consent is required merely to improve the service");
}

static const consent__lint_entry rules[] = {
    {{"implied-consent", LINT_ERROR,
      "PIPL arts 14(1), 14(2); App identification measures 2019, group 3; GDPR art. 4(11), recital "
      "32"
      "; 16 CFR 312.5(a)(1); DPDP Act 2023 s. 6(1)",
      "Using the service, or going on using it, counts as consent.",
      "Ask for an explicit act before processing, and again after a material change.", "*"},
     true,
     implied_consent},
    {{"implied-consent-elsewhere", LINT_HINT,
      "PIPL arts 14(1), 14(2); App identification measures 2019, group 3; GDPR art. 4(11), recital "
      "32"
      "; 16 CFR 312.5(a)(1); DPDP Act 2023 s. 6(1)",
      "A clause on which no grant rests takes use of the service for consent.",
      "Take the clause out, or have people agree by an act of their own.", "*"},
     true,
     implied_consent_elsewhere},
    {{"framework-mismatch", LINT_HINT,
      "PIPL art. 17(1) (true and accurate); App identification measures 2019, group 2; GDPR art. "
      "5(1)(a)"
      "; 16 CFR 312.4(a); DPDP Rules 2025 r. 3",
      "The text names several application frameworks, so a part was probably written for another "
      "app.",
      "Describe the app that is really shipped.", "*"},
     true,
     framework_mismatch},
    {{"minor-threshold-missing", LINT_HINT,
      "PIPL art. 31 (14 years); Minors' Protection Law art. 72 | GDPR art. 8(1) (13 to 16 years) | "
      "16 CFR 312.2 (13 years) | DPDP Act 2023 s. 2(f) (18 years) | GDPR art. 12(1)",
      "The clause on minors gives no age.", "Say below which age a guardian has to consent.",
      "cn eu us-coppa in *"},
     true,
     minor_threshold_missing},
    {{"guardian-weak", LINT_HINT,
      "PIPL art. 31(1); Children's Personal Information Provisions 2019 art. 9; GDPR art. 8(2); 16 "
      "CFR 312.5(b)"
      "; DPDP Act 2023 s. 9(1)",
      "The guardian's consent is advised rather than required.",
      "Make the guardian's consent a condition, and say how the guardian is verified.", "*"},
     true,
     guardian_weak},
    {{"recipient-generic", LINT_HINT,
      "PIPL art. 23; NDR art. 21 (list); MIIT 2021/292 | GDPR art. 13(1)(e); CJEU C-154/21",
      "A recipient is named only by what it is.", "Name the company that receives the data.",
      "cn eu"},
     true,
     recipient_generic},
    {{"merger-notice-missing", LINT_HINT, "PIPL art. 22",
      "Data passes to a successor without a promise to tell who it is.",
      "Promise to tell the successor's name and contact.", "cn"},
     true,
     merger_notice_missing},
    {{"exemption-beyond-law", LINT_HINT, "PIPL art. 13(1); GB/T 35273-2020 5.6 (older than PIPL)",
      "A case without consent comes from an older standard and is no basis of the law.",
      "Strike the exemption, or name the basis of art. 13 it rests on.", "cn"},
     true,
     exemption_beyond_law},
    {{"log-not-personal", LINT_HINT,
      "PIPL art. 4; GB/T 35273-2020 app. A | GDPR art. 4(1), recital 30",
      "Device or log data is said not to be personal by itself.",
      "Treat it as personal data; identifiers of a device relate to an identifiable person.",
      "cn eu"},
     true,
     log_not_personal},
    {{"automated-optout-missing", LINT_HINT, "PIPL art. 24; NDR art. 42 | GDPR arts 21, 22",
      "The text speaks of profiles or automated decisions, and there is no way to object.",
      "Declare the right to object, and offer a choice that does not rest on a profile.", "cn eu"},
     true,
     automated_optout_missing},
    {{"improvement-required", LINT_HINT, "App identification measures 2019, group 4",
      "Consent is required for no other reason than improving the service.",
      "Let people refuse it.", "cn"},
     true,
     improvement_required},
};
CONSENT__LINT_GROUP(consent__lint_text, rules);
