/* SPDX-License-Identifier: Apache-2.0 */
/* Stories told in JSON: steps that change a store (a clock, policies, people, what they say) and
 * questions put to it. The rule tables of tests/rules and the driver of the model read the same
 * words:
 *
 *   {"do":"clock","at":TIME}              every step may also carry "at"
 *   {"do":"policy","base":NAME,"version":V,"effective_at":T,"set":{POINTER:value or
 * null},"publish":bool}
 *   {"do":"publish","policy":P,"version":V}
 *   {"do":"subject","id":ID,"born":DATE or null}      {"do":"born",…} corrects it
 *   {"do":"link"|"verify"|"end","child":ID,"guardian":ID,"evidence":K,"why":END,"until":TIME}
 *   {"do":"grant"|"refuse"|"withdraw","id":ID,"purpose":P,"recipient":R,"class":C,"by":ID,"surface":S,
 *    "document":true,"version":V,"shown":"yes"|"other"}
 *   {"do":"permission","id":ID,"name":N,"granted":bool}
 *   {"do":"fact","id":ID,"fact":F,"value":scalar,"source":S,"observed":TIME}
 *   {"do":"object","id":ID,"purpose":P} {"do":"restrict"|"unrestrict","id":ID,"item":I}
 *   {"do":"acknowledge","id":ID,"version":V}          {"do":"adopt","from":ID,"to":ID,"by":ID}
 *   {"do":"exempt","id":ID,"purpose":P,"exemption":E,"operation":O,"recipient":R}
 *   {"do":"stop"}                                     {"do":"controller","accepts":bool}
 *   {"do":"check","id":ID,"purpose":P,"operation":O,"recipient":R,"items":[I…],"permission":N,
 *    "asked":TIME}                                    {"do":"ask"|"start","id":ID}
 *
 * A POINTER names elements of arrays by their key or id: /purposes/newsletter/class. Bases are
 * tests/data/rules/NAME.json. */
#ifndef TESTS_SUPPORT_STORY_H
#define TESTS_SUPPORT_STORY_H

#include <cjson/cJSON.h>
#include <consent/consent.h>

typedef struct story {
    char folder[256], path[512], policy[66];
    consent_store *store;
    int64_t clock;
    consent_error *err; /* of the last step */
} story;

void story_begin(story *s); /* a fresh store; ends the program when that fails */
void story_end(story *s);
/* Does one step; its status is that of the library. A step that is not understood ends the program.
 * out (may be NULL) gets a new answer: of a check {"answer","reason","blockers"}, of others rows.
 */
consent_status story_step(story *s, const cJSON *step, cJSON **out);

#endif
