# SPDX-License-Identifier: Apache-2.0
"""report_check.py PAGE LANG [+TEXT | -TEXT]…

PAGE is HTML that a parser of others (html5lib) finds no fault with, in the language LANG; it loads
nothing and runs nothing; what its parts point at is there. +TEXT: a reader sees this text; -TEXT:
these bytes stand nowhere in the file.

report_check.py --phrases SOURCE_DIR

The table of phrases has both languages for every reason, for every event of a subject, every right
and every state of a request."""
import re
import sys
import unicodedata

import html5lib

FORBIDDEN = {"script", "img", "link", "iframe", "object", "embed", "video", "audio", "form", "base",
             "use", "image", "foreignObject", "input", "button", "frame", "frameset", "animate", "set"}
ATTRIBUTES = {"src", "srcset", "style", "action", "background", "poster", "formaction", "ping", "data"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def name(element):
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def check_element(e, ids, wrong):
    if name(e) in FORBIDDEN:
        wrong.append("<%s>" % name(e))
    for key, value in e.attrib.items():
        key = key.rsplit("}", 1)[-1]
        if key.startswith("on") or key in ATTRIBUTES:
            wrong.append("<%s %s>" % (name(e), key))
        if key == "href" and (not value.startswith("#") or value[1:] not in ids):
            wrong.append("a link to %s" % value)
        if key == "aria-labelledby" and value not in ids:
            wrong.append("labelled by %s, which is not there" % value)
    if name(e) == "th" and e.get("scope") != "col":
        wrong.append("a heading without scope")
    if "untold" in e.get("class", "").split():
        wrong.append("a word without translation: %s" % "".join(e.itertext()))


def check_charts(tree, wrong):
    inside = {id(x) for e in tree.iter() if name(e) == "svg" for x in e.iter() if x is not e}
    for e in tree.iter():
        if name(e) == "svg" and id(e) not in inside and e.get("aria-hidden") != "true":
            if e.get("role") != "img" or not any(name(x) == "title" and x.text for x in e):
                wrong.append("a chart without a name")


def check_page(path, lang, demands):
    with open(path, "rb") as f:
        raw = f.read()
    text = raw.decode("utf-8")
    parser = html5lib.HTMLParser()
    tree = parser.parse(text)
    wrong = ["parser: %s" % (e,) for e in parser.errors]
    ids = [e.get("id") for e in tree.iter() if e.get("id") is not None]
    if len(ids) != len(set(ids)):
        wrong.append("an id stands twice")
    for e in tree.iter():
        check_element(e, set(ids), wrong)
    check_charts(tree, wrong)
    styles = ["".join(e.itertext()) for e in tree.iter() if name(e) == "style"]
    if len(styles) != 1 or re.search(r"url\(|@import|expression|</", styles[0]):
        wrong.append("style")
    metas = {e.get("http-equiv", e.get("name", "charset")): e for e in tree.iter() if name(e) == "meta"}
    if metas["Content-Security-Policy"].get("content") != POLICY or metas["charset"].get("charset") != "utf-8":
        wrong.append("meta")
    if tree.get("lang") != lang:
        wrong.append("language %s" % tree.get("lang"))
    if HIDDEN.search(text):
        wrong.append("a hidden character: %r" % HIDDEN.search(text).group())
    body = next(e for e in tree.iter() if name(e) == "body")
    seen = "".join(body.itertext())
    for demand in demands:
        if demand[0] == "+" and demand[1:] not in seen:
            wrong.append("not to be seen: %s" % demand[1:])
        if demand[0] == "-" and demand[1:] in text:
            wrong.append("to be found: %s" % demand[1:])
    return wrong


def check_phrases(source):
    def read(path):
        with open("%s/%s" % (source, path), encoding="utf-8") as f:
            return f.read()
    literal = r'"((?:[^"\\]|\\.)*)"'
    table = re.sub(r'"\s*\n\s*"', "", read("examples/consentctl/phrases.c"))
    rows = {}
    for group, key, english, chinese in re.findall(
            r"\{%s,\s*%s,\s*%s,\s*%s\}" % ((literal,) * 4), table):
        rows[group, key] = (english, chinese)
    for key, a, b, c, d in re.findall(r"REASON\(%s,\s*%s,\s*%s,\s*%s,\s*%s\)" % ((literal,) * 5), table):
        rows["short", key], rows["reason", key] = (a, b), (c, d)
    wanted = [(g, r) for r in re.findall(r"#define CONSENT_REASON_(\w+)", read("include/consent/status.h"))
              for g in ("short", "reason")]
    wanted += [("event", k) for k in re.findall(r"^\| `([\w.]+)` \| subject \|", read("docs/events.md"), re.M)]
    stages = re.search(r"consent__stage_name.*?\};", read("lib/core/request.c"), re.S).group()
    wanted += [("state", s) for s in re.findall(r'\] = "([\w-]+)"', stages)]
    rights = re.search(r"NAMES\(consent__right_kind_name(.*?)\)", read("lib/core/names.c"), re.S).group(1)
    wanted += [(g, r) for r in re.findall(r'"([\w-]+)"', rights) for g in ("right", "kind")]
    wrong = ["no phrase %s %s" % w for w in wanted if w not in rows]
    for key, (english, chinese) in rows.items():
        if not english or not chinese:
            wrong.append("empty: %s %s" % key)
        if english != chinese and not any(unicodedata.name(c, "").startswith("CJK") for c in chinese):
            wrong.append("not Chinese: %s %s" % key)
    if len(wanted) < 100 or len(rows) < 300:
        wrong.append("the tables were not read: %d wanted, %d rows" % (len(wanted), len(rows)))
    return wrong


wrong = check_phrases(sys.argv[2]) if sys.argv[1] == "--phrases" else check_page(sys.argv[1], sys.argv[2], sys.argv[3:])
for w in wrong[:20]:
    print(w)
sys.exit(1 if wrong else 0)
