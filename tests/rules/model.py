#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second decision, from the text of design.md section 7, against the library.

model.py DRIVER [--histories N] [--seed S] [--world N]

A world is one store with a policy of some versions and N people; the history of each is random. The
same steps go to the driver (the library) and to the model below, which is short and knows nothing of
how the library works. Every check must be answered alike, and every act taken or refused alike. In
the end each check that was answered earlier is asked again as of then: the answer must be the same."""
import argparse
import copy
import datetime
import json
import os
import random
import subprocess
import sys

ROOT = os.environ.get("CONSENT_SOURCE_DIR") or os.path.join(os.path.dirname(__file__), "..", "..")
EPOCH = datetime.datetime(1970, 1, 1)
BEGIN = 1704067200  # 2024-01-01T00:00:00Z
DAY = 86400
ORDER = """SERVICE_STOPPED NO_POLICY_IN_FORCE UNDECLARED_PURPOSE UNDECLARED_OPERATION
UNDECLARED_RECIPIENT UNDECLARED_ITEM UNDECLARED_PERMISSION BASIS_UNPROVEN ASSESSMENT_MISSING
EXPORT_MECHANISM_MISSING CONTRACT_ENDED UNKNOWN_SUBJECT PROCESSING_RESTRICTED CONTROLLER_CHANGED
OBJECTED PRECONDITION_UNMET AGE_UNKNOWN CHILD_RULES_MISSING GUARDIAN_REQUIRED GUARDIAN_UNVERIFIED
GUARDIAN_REFUSED GUARDIAN_LAPSED NOT_ASKED REFUSED WITHDRAWN EXPIRED STALE_VERSION
SEPARATE_CONSENT_REQUIRED WRITTEN_CONSENT_REQUIRED NOTICE_PENDING PERMISSION_NOT_GRANTED""".split()
CLASSES = ["none", "general", "separate", "written"]


def text_of(seconds):
    return (EPOCH + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_of(text):
    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


# ---- the policy --------------------------------------------------------------------------------


def patch(bundle, changes):
    for pointer, value in changes.items():
        at, parts = bundle, pointer.strip("/").split("/")
        for part in parts[:-1]:
            if isinstance(at, list):
                at = next(e for e in at if part in (e.get("key"), e.get("id"), e.get("recipient")))
            else:
                at = at[part]
        if value is None:
            at.pop(parts[-1], None)
        else:
            at[parts[-1]] = value
    return bundle


class Policy:
    """One version: a bundle with the values of its profile, the bundle's own winning."""

    def __init__(self, bundle, profile, number, touched, noticed, published):
        self.b, self.number, self.touched, self.noticed = bundle, number, touched, noticed
        self.published = published
        self.force = max(seconds_of(bundle["effective_at"]), published)
        self.f = dict(profile)
        self.f.update(bundle.get("rules", {}))
        minors = bundle["minors"]
        self.law_line = self.f["guardian_below"]
        self.f["guardian_below"] = minors["thresholds"]["guardian_below"]
        self.f["adult_from"] = minors["thresholds"]["adult_from"]
        for own, name in (("reached", "reached"), ("unknown_age", "unknown_age"), ("on_coming_of_age",) * 2):
            if own in minors:
                self.f[name] = minors[own]
        self.purposes = {p["key"]: p for p in bundle["purposes"]}
        self.recipients = {r["key"]: r for r in bundle["recipients"]}
        self.items = {i["key"]: i for i in bundle["items"]}
        sign = -1 if bundle["utc_offset"][0] == "-" else 1
        hours, minutes = bundle["utc_offset"][1:].split(":")
        self.offset = sign * (int(hours) * 3600 + int(minutes) * 60)

    def reaches(self, born, years):
        year, month, day = map(int, born.split("-"))
        try:
            when = datetime.datetime(year + years, month, day)
        except ValueError:
            when = datetime.datetime(year + years, 2, 28)
        if self.f["reached"] == "day-after-birthday":
            when += datetime.timedelta(days=1)
        return int((when - EPOCH).total_seconds()) - self.offset

    def alone_from(self, born):
        """From when the subject decides alone."""
        years = self.f["guardian_below"]
        if self.f.get("minor_decides") == "guardian":
            years = self.f["adult_from"]
        if years == 0:
            return -(10**15)
        if born is None:
            return 10**15 if self.f["unknown_age"] == "guardian" else -(10**15)
        return self.reaches(born, years)

    def abroad(self, recipient):
        country = self.recipients[recipient].get("country")
        return bool(country) and bool(self.f["home"]) and country not in self.f["home"]

    def required(self, purpose, recipient=None):
        """The class a point asks for, None where no act is needed at that point."""
        p, s = self.purposes[purpose], self.f["separate"]
        if recipient is None:
            if p["basis"] != "consent":
                return None
            cls = max(1, CLASSES.index(p["class"]))
            if s["sensitive"] and any(self.items[i]["sensitive"] for i in p["items"]):
                cls = max(cls, 2)
            if s["disclose"] and "disclose" in p["operations"] and not p.get("shares"):
                cls = max(cls, 2)
            return cls
        share = next(x for x in p["shares"] if x["recipient"] == recipient)
        cls = CLASSES.index(share["class"])
        if p["basis"] == "consent":
            kind = self.recipients[recipient]["kind"]
            leaves = s["export"] and self.abroad(recipient)
            raised = leaves or (
                kind != "processor"
                and (
                    kind in s["shares"]
                    or (s["sensitive"] and any(self.items[i]["sensitive"] for i in share["items"]))
                    or (s["disclose"] and kind == "public")
                )
            )
            cls = max(cls, 2) if raised else cls
        return cls if cls >= 2 else None


# ---- what happened -----------------------------------------------------------------------------


class World:
    def __init__(self):
        self.seq, self.last, self.clock = 0, 0, BEGIN
        self.log = []  # (seq, at, event)
        self.versions = []

    def now(self):
        return max(self.clock, self.last)

    def add(self, **event):
        self.last = self.now()
        event.update(seq=self.seq, at=self.last)
        self.log.append(event)
        self.seq += 1

    def until(self, t):
        """The ledger as it stood at t: all of it when t is not before the last event."""
        return self.log if t >= self.last else [e for e in self.log if e["at"] <= t]

    def in_force(self, log, t):
        published = {e["version"] for e in log if e["kind"] == "published"}
        have = [v for v in self.versions if v.number in published and v.force <= t]
        return max(have, key=lambda v: v.force) if have else None

    def epoch(self, version, point):
        """One more in every version whose changes touch the point."""
        return 1 + sum(point in v.touched for v in self.versions if v.force <= version.force)


def born_of(mine):
    born = None
    for e in mine:
        if e["kind"] in ("registered", "corrected"):
            born = e["born"]
    return born


def link_at(mine, guardian, seq):
    """The link with the guardian that stood at that place in the ledger."""
    link = None
    for e in mine:
        if e.get("guardian") != guardian:
            continue
        if e["kind"] == "linked" and e["seq"] < seq:
            link = dict(e, verified=False)
        elif e["kind"] == "ended" and e["seq"] < seq:
            link = None
    if link is None:
        return None
    for e in mine:
        if e.get("guardian") == guardian and e["seq"] > link["seq"]:
            if e["kind"] == "ended":
                break
            if e["kind"] == "verified":
                link["verified"] = True
    return link


def word(acts, epoch, t, counts):
    """What one speaker's acts at a point say: (the act at the epoch or None, a grant for an earlier
    wording or None, a refusal of an earlier wording or None,
    the act at the epoch whether it counts or not). The last decision is kept per epoch; a
    withdrawal ends all epochs until something else is said. What is kept and does not count says
    nothing."""
    acts = [a for a in acts if a["act_from"] <= t]
    last = [a for a in acts if a["decision"] == "withdraw"]
    after = [a for a in acts if not last or a["seq"] > last[-1]["seq"]]
    if last and not after:
        return (last[-1] if counts(last[-1]) else None), None, None, None
    kept = {}
    for a in after:
        kept[a["epoch"]] = a
    here = kept.get(epoch)
    grants = [a for a in kept.values() if a["epoch"] < epoch and a["decision"] == "grant" and counts(a)]
    noes = [a for a in kept.values() if a["epoch"] < epoch and a["decision"] == "refuse" and counts(a)]
    newest = lambda some: max(some, key=lambda a: a["seq"]) if some else None
    return (here if here and counts(here) else None), newest(grants), newest(noes), here


def hear(world, policy, mine, point, t):
    """(reason or None, the act relied on)"""
    born, epoch = born_of(mine), world.epoch(policy, point)
    alone = policy.alone_from(born)
    acts = [e for e in mine if e["kind"] == "act" and e["point"] == point]
    # a child's own yes takes back the child's no and counts for nothing else
    childish = lambda a: a["decision"] == "grant" and a["at"] < alone
    own, own_stale, own_no, own_any = word([a for a in acts if not a["by"]], epoch, t, lambda a: not childish(a))
    counted, claimed, old, refused = [], [], [], []
    for guardian in sorted({a["by"] for a in acts if a["by"]}):
        said = [a for a in acts if a["by"] == guardian]
        here, stale, noes, _ = word(said, epoch, t, lambda a: a["at"] < alone)
        for act, good, bad in ((here, counted, claimed), (stale, old, []), (noes, refused, [])):
            if act:
                link = link_at(mine, guardian, act["seq"])
                (good if link and link["verified"] else bad).append(act)
    last = lambda some: max(some, key=lambda a: a["seq"]) if some else None
    g, g_old = last(counted), last(old)
    # a no to the version in force, said after a yes to one to come, outlasts the coming of that one
    if g and refused and last(refused)["seq"] > g["seq"]:
        g = last(refused)
    before = own_any or g
    if own_no and before and own_no["seq"] > before["seq"]:
        own = own_no
    no = {"refuse": "REFUSED", "withdraw": "WITHDRAWN"}
    if t < alone:
        if g:
            if own and own["decision"] != "grant" and own["seq"] > g["seq"]:
                return no[own["decision"]], own
            return {"grant": None, "refuse": "GUARDIAN_REFUSED", "withdraw": "WITHDRAWN"}[g["decision"]], g
        if g_old:
            return "STALE_VERSION", g_old
        return ("GUARDIAN_UNVERIFIED" if claimed else "GUARDIAN_REQUIRED"), None
    if own and not (own["decision"] == "refuse" and g and g["seq"] > own["seq"]):
        return no.get(own["decision"]), own
    if own_stale:
        return "STALE_VERSION", own_stale
    g = g or g_old
    if not g or g["decision"] == "refuse":
        return "NOT_ASKED", None
    if g["decision"] == "withdraw":
        return "WITHDRAWN", g
    if policy.f["on_coming_of_age"] == "lapse":
        return "GUARDIAN_LAPSED", None
    return (None if counted else "STALE_VERSION"), g


# ---- the decision ------------------------------------------------------------------------------


def fact_true(mine, condition, t):
    newest = {}
    for e in mine:
        if e["kind"] == "fact" and e["fact"] == condition["fact"]:
            old = newest.get(e["source"])
            if old is None or e["observed"] >= old["observed"]:
                newest[e["source"]] = e
    age = condition.get("max_age_hours")
    fresh = [e for e in newest.values() if e["observed"] <= t and (not age or t - e["observed"] <= age * 3600)]
    values = {json.dumps(e["value"]) for e in fresh}
    return len(values) == 1 and json.loads(values.pop()) == condition["value"]


def decide(world, q, t):
    log = world.until(t)
    blockers = []
    if any(e["kind"] == "stopped" and e["at"] <= t for e in log):
        return ["SERVICE_STOPPED"], None
    policy = world.in_force(log, t)
    if policy is None:
        return ["NO_POLICY_IN_FORCE"], None
    purpose = policy.purposes.get(q["purpose"])
    if purpose is None:
        return ["UNDECLARED_PURPOSE"], None
    block = blockers.append
    operation = q.get("operation") or ("use" if "use" in purpose["operations"] else purpose["operations"][0])
    if operation not in purpose["operations"]:
        block("UNDECLARED_OPERATION")
    # recipient
    name, share, recipient = q.get("recipient"), None, None
    if name is None:
        if operation in ("share", "transfer"):
            block("UNDECLARED_RECIPIENT")
    else:
        r = policy.recipients.get(name)
        share = next((s for s in purpose.get("shares", []) if s["recipient"] == name), None)
        processor = r is not None and r["kind"] == "processor" and purpose["key"] in r["purposes"]
        if r is None or not (share or processor) or (r["kind"] == "authority" and purpose["basis"] == "consent"):
            block("UNDECLARED_RECIPIENT")
            share = None
        else:
            recipient = r
    declared = set(share["items"] if share else recipient["items"] if recipient else purpose["items"])
    declared &= set(purpose["items"])
    asked = q.get("items") or []
    if any(i not in declared for i in asked):
        block("UNDECLARED_ITEM")
    entries = [m for m in policy.b["permissions"] if m["name"] == q.get("permission") and purpose["key"] in m["purposes"]]
    if q.get("permission") and not entries:
        block("UNDECLARED_PERMISSION")
    if purpose["basis"] in policy.f["bases_needing_evidence"] and not purpose.get("evidence"):
        block("BASIS_UNPROVEN")
    concerned = asked or declared
    sensitive = any(policy.items[i]["sensitive"] for i in concerned if i in policy.items)
    if policy.f["assessment"] == "deny" and (sensitive or recipient or operation in ("share", "transfer", "disclose")):
        a = next((a for a in policy.b["assessments"] if a["key"] == purpose.get("assessment")), None)
        if not a or seconds_of(a["done_at"]) > t or ("valid_until" in a and seconds_of(a["valid_until"]) <= t):
            block("ASSESSMENT_MISSING")
    if recipient and policy.f["export_mechanism"] == "deny" and policy.abroad(name):
        export = recipient.get("export")
        if not export or ("until" in export and seconds_of(export["until"]) <= t):
            block("EXPORT_MECHANISM_MISSING")
    if recipient and recipient.get("contract") and seconds_of(recipient["contract"]["until"]) <= t:
        block("CONTRACT_ENDED")
    mine = [e for e in log if e.get("id") == q["id"]]
    if not mine:
        block("UNKNOWN_SUBJECT")
        return blockers, None
    # the subject
    restricted = {}
    for e in mine:
        if e["kind"] == "restricted":
            restricted[e["item"]] = e["on"]
    if operation != "store" and any(on and (item is None or item in concerned) for item, on in restricted.items()):
        block("PROCESSING_RESTRICTED")
    objected = False
    for e in mine:
        if e["kind"] == "objected" and e["purpose"] == purpose["key"]:
            objected = True
        if e["kind"] == "act" and e["point"] == purpose["key"] and e["decision"] == "grant" and not e["by"]:
            objected = False
    if objected:
        block("OBJECTED")
    lists = purpose.get("preconditions") or []
    if lists and not any(all(fact_true(mine, c, t) for c in one) for one in lists):
        block("PRECONDITION_UNMET")
    # consent, at the purpose and at the share
    points = []
    if policy.required(purpose["key"]):
        points.append((purpose["key"], policy.required(purpose["key"])))
    if share and policy.required(purpose["key"], name):
        points.append((purpose["key"] + "@" + name, policy.required(purpose["key"], name)))
    born = born_of(mine)
    if points:
        minors = policy.f["guardian_below"] > 0 or policy.f.get("minor_decides") == "guardian"
        if born is None and minors and policy.f["unknown_age"] == "deny":
            block("AGE_UNKNOWN")
        if born is not None and policy.f["child_rules_missing"] == "deny" and "child_rules" not in policy.b["minors"]:
            if policy.law_line and t < policy.reaches(born, policy.law_line):
                block("CHILD_RULES_MISSING")
    by_guardian = False
    for point, cls in points:
        reason, act = hear(world, policy, mine, point, t)
        if reason:
            block(reason)
        if act and reason in (None, "STALE_VERSION"):
            changes = [e["seq"] for e in log if e["kind"] == "controller" and not e["accepts"] and e["at"] <= t]
            if changes and act["seq"] < changes[-1]:
                block("CONTROLLER_CHANGED")
            if act["until"] and act["until"] <= t:
                block("EXPIRED")
        if act and reason is None:
            if cls == 2 and act["class"] < 2:
                block("SEPARATE_CONSENT_REQUIRED")
            if cls == 3 and (act["class"] < 3 or not act["document"]):
                block("WRITTEN_CONSENT_REQUIRED")
            notices = [v for v in world.versions if point in v.noticed and v.force <= policy.force]
            if notices and world_version(world, act).force < notices[-1].force:
                seen = [e for e in mine if e["kind"] == "acknowledged" and e["at"] <= t]
                if not any(v.number == e["version"] and v.force >= notices[-1].force for e in seen for v in world.versions):
                    block("NOTICE_PENDING")
            by_guardian = by_guardian or bool(act["by"])
    if share and points and not policy.required(purpose["key"], name) and policy.required(purpose["key"]):
        reason, _ = hear(world, policy, mine, purpose["key"] + "@" + name, t)
        if reason in ("REFUSED", "WITHDRAWN", "GUARDIAN_REFUSED"):
            block(reason)
    if entries and not any(m["prompt"] == "install" for m in entries):
        said = [e["granted"] for e in mine if e["kind"] == "permission" and e["name"] == q["permission"]]
        if not said or not said[-1]:
            block("PERMISSION_NOT_GRANTED")
    if points:
        return blockers, "GUARDIAN_CONSENTED" if by_guardian else "CONSENTED"
    return blockers, "BASIS_" + purpose["basis"].upper().replace("-", "_")


def world_version(world, act):
    return next(v for v in world.versions if v.number == act["version"])


def answer_of(world, q):
    t = seconds_of(q["asked"]) if "asked" in q else world.now()
    blockers, allowed = decide(world, q, t)
    blockers = sorted(set(blockers), key=ORDER.index)
    if blockers:
        return {"answer": "deny", "reason": blockers[0], "blockers": blockers}
    return {"answer": "allow", "reason": allowed, "blockers": []}


# ---- acts: whether they are taken ----------------------------------------------------------------


def do_link(world, step):
    child = [e for e in world.log if e.get("id") == step["child"]]
    guardian = [e for e in world.log if e.get("id") == step["guardian"]]
    policy, now, name = world.in_force(world.log, world.now()), world.now(), step["guardian"]
    adult = lambda mine: born_of(mine) is not None and now >= policy.reaches(born_of(mine), policy.f["adult_from"])
    link = link_at(child, name, world.seq)
    if step["do"] == "link":
        if adult(child) or not adult(guardian) or step["child"] == name:
            return False
        if not link:
            world.add(kind="linked", id=step["child"], guardian=name)
        return True
    if not link:
        return False
    if step["do"] == "verify":
        if link["verified"]:
            return True
        if not adult(guardian):
            return False
        world.add(kind="verified", id=step["child"], guardian=name)
        return True
    if step["why"] == "majority" and not adult(child):
        return False
    world.add(kind="ended", id=step["child"], guardian=name)
    return True


def do_act(world, step):
    now = world.now()
    current = world.in_force(world.log, now)
    policy = current
    mine = [e for e in world.log if e.get("id") == step["id"]]
    if "version" in step:
        policy = next(v for v in world.versions if v.number == step["version"])
    point = step["purpose"] + ("@" + step["recipient"] if "recipient" in step else "")
    if "version" in step and policy is not current and policy.force <= now:
        if world.epoch(policy, point) != world.epoch(current, point):
            return False
    if step.get("class") == "written" and step["do"] == "grant" and not step.get("document"):
        return False
    by = step.get("by")
    if by:
        guardian = [e for e in world.log if e.get("id") == by]
        born = born_of(guardian)
        if now >= policy.alone_from(born_of(mine)) or not link_at(mine, by, world.seq):
            return False
        if born is None or now < policy.reaches(born, policy.f["adult_from"]):
            return False
    if step.get("surface") == "implied":
        world.add(kind="implied", id=step["id"])
        return True
    days = policy.purposes[step["purpose"]].get("valid_days")
    grant = step["do"] == "grant"
    world.add(
        kind="act", id=step["id"], point=point, decision=step["do"], by=by, version=policy.number,
        epoch=world.epoch(policy, point), document=bool(step.get("document")),
        act_from=max(policy.force, now) if grant else now,
        until=now + days * DAY if days and grant else None,
    )
    world.log[-1]["class"] = CLASSES.index(step.get("class", "general"))
    return True


def do_step(world, step):
    """Whether the library must take it."""
    what, sid = step["do"], step.get("id")
    if what == "clock":
        world.clock = seconds_of(step["at"])
        return True
    if what in ("link", "verify", "end"):
        return do_link(world, step)
    if what in ("grant", "refuse", "withdraw"):
        return do_act(world, step)
    mine = [e for e in world.log if e.get("id") == sid]
    if what == "subject":
        world.add(kind="registered", id=sid, born=step["born"])
    elif what == "born":
        if born_of(mine) != step["born"]:
            world.add(kind="corrected", id=sid, born=step["born"])
    elif what == "permission":
        world.add(kind="permission", id=sid, name=step["name"], granted=step["granted"])
    elif what == "fact":
        world.add(kind="fact", id=sid, fact=step["fact"], value=step["value"], source=step["source"],
                  observed=seconds_of(step["observed"]))
    elif what == "object":
        world.add(kind="objected", id=sid, purpose=step["purpose"])
    elif what in ("restrict", "unrestrict"):
        world.add(kind="restricted", id=sid, item=step.get("item"), on=what == "restrict")
    elif what == "acknowledge":
        world.add(kind="acknowledged", id=sid, version=step["version"])
    elif what == "controller":
        world.add(kind="controller", accepts=step["accepts"])
    elif what == "stop":
        world.add(kind="stopped")
    return True


# ---- random worlds -------------------------------------------------------------------------------

PURPOSES = ["newsletter", "advertising", "health", "study", "account", "payroll", "follow-up", "publication",
            "trial", "photo", "research"]
SHARES = {"advertising": ["adnet", "sister"], "account": ["cloud"], "publication": ["public"], "research": ["lab-abroad"]}


def profile_of(key):
    with open(os.path.join(ROOT, "policy", "profiles", key + ".json"), encoding="utf-8") as f:
        return json.load(f)


def make_versions(rng):
    """Steps and versions: which points a version touches, and which wait for an acknowledgement, is
    what was changed in it, by hand."""
    key = rng.choice(["cn", "cn", "cn", "eu", "us-coppa", "in", "none"])
    first = {"/profile": key}
    if key != "cn":
        first["/purposes/payroll/basis"] = "contract"
    if rng.random() < 0.5:
        below = rng.choice([0, 12, 14, 16, 18])
        first["/minors/thresholds"] = {"guardian_below": below, "adult_from": 18}
    if rng.random() < 0.4:
        first["/minors/reached"] = rng.choice(["birthday", "day-after-birthday"])
    if rng.random() < 0.4:
        first["/minors/unknown_age"] = rng.choice(["deny", "guardian", "adult"])
    if rng.random() < 0.5:
        first["/minors/on_coming_of_age"] = rng.choice(["lapse", "ask"])
    if rng.random() < 0.2:
        first["/minors/child_rules"] = None
    if rng.random() < 0.3:
        first["/utc_offset"] = rng.choice(["-05:00", "+00:00", "+05:45"])
    rules = {}
    if rng.random() < 0.2:
        rules["minor_decides"] = "guardian"
    if rng.random() < 0.2:
        rules["assessment"] = "deny"
    if rules:
        first["/rules"] = rules
    second = dict(first)
    second["/purposes/newsletter/items"] = ["phone", "name"]
    third = dict(second)
    third["/sections/s.photo/text"] = {"en": "What we say about photographs, said better."}
    third["/change"] = {"class": "minor", "summary": {"en": "Wording."}, "acknowledge": True}
    times = [BEGIN, BEGIN + rng.randrange(5, 40) * DAY, BEGIN + rng.randrange(41, 90) * DAY]
    plan = [("1", first, times[0], set(), set(), None)]
    if rng.random() < 0.7:
        plan.append(("2", second, times[1], {"newsletter"}, set(), rng.randrange(1, 50) * DAY + BEGIN))
        if rng.random() < 0.7:
            plan.append(("3", third, times[2], set(), {"photo"}, rng.randrange(51, 100) * DAY + BEGIN))
    return profile_of(key), plan


def random_born(rng):
    if rng.random() < 0.06:
        return None
    if rng.random() < 0.35:
        return "19%02d-%02d-%02d" % (rng.randrange(50, 99), rng.randrange(1, 13), rng.randrange(1, 29))
    # around the lines: of age some day of the story
    day = datetime.date(2024, 1, 1) + datetime.timedelta(days=rng.randrange(-5, 100))
    years = rng.choice([12, 13, 14, 14, 16, 18, 18])
    try:
        return day.replace(year=day.year - years).isoformat()
    except ValueError:
        return "%d-02-28" % (day.year - years)


def favourite(rng, sid):
    """Mostly one of a person's three purposes, so that histories meet themselves."""
    if rng.random() < 0.85:
        return PURPOSES[(int(sid[1:]) * 3 + rng.randrange(3)) % len(PURPOSES)]
    return rng.choice(PURPOSES)


def random_act(rng, sid):
    purpose = favourite(rng, sid)
    step = {"do": rng.choice(["grant"] * 5 + ["refuse", "refuse", "withdraw", "withdraw"]), "id": sid, "purpose": purpose}
    if purpose in SHARES and rng.random() < 0.4:
        step["recipient"] = rng.choice(SHARES[purpose])
    step["class"] = rng.choice(["general", "general", "separate", "separate", "written"])
    if step["class"] == "written" and rng.random() < 0.8:
        step["document"] = True
    if rng.random() < 0.45:
        step["by"] = rng.choice(["mum", "dad"])
    if rng.random() < 0.05:
        step["surface"] = "implied"
    return step


def random_step(rng, world, sid):
    dice = rng.random()
    if dice < 0.5:
        step = random_act(rng, sid)
        future = [v.number for v in world.versions if v.force > world.now()]
        if future and rng.random() < 0.3:
            step["version"] = rng.choice(future)
        elif rng.random() < 0.05:
            step["version"] = rng.choice([v.number for v in world.versions])
        return step
    if dice < 0.60:
        guardian = rng.choice(["mum", "dad"])
        what = rng.choice(["link", "link", "verify", "verify", "verify", "end"])
        step = {"do": what, "child": sid, "guardian": guardian, "evidence": "household-register"}
        if what == "end":
            step["why"] = rng.choice(["subject", "guardian", "court", "majority"])
        return step
    if dice < 0.70:
        return {"do": "permission", "id": sid, "name": rng.choice(["CAMERA", "INTERNET"]), "granted": rng.random() < 0.6}
    if dice < 0.80:
        return {"do": "fact", "id": sid, "fact": rng.choice(["case.open", "company.approved", "user.agreed"]),
                "value": rng.random() < 0.7, "source": rng.choice(["desk", "ledger"]),
                "observed": text_of(world.now() - rng.choice([0, 0, 3600, 47 * 3600, 50 * 3600]))}
    if dice < 0.84:
        return {"do": "object", "id": sid, "purpose": rng.choice(PURPOSES)}
    if dice < 0.87:
        step = {"do": rng.choice(["restrict", "unrestrict", "unrestrict"]), "id": sid}
        if rng.random() < 0.6:
            step["item"] = rng.choice(["phone", "name", "device", "health"])
        return step
    if dice < 0.94:
        return {"do": "acknowledge", "id": sid, "version": rng.choice([v.number for v in world.versions])}
    return {"do": "born", "id": sid, "born": random_born(rng)}


def random_check(rng, world, sid):
    purpose = "nothing" if rng.random() < 0.01 else favourite(rng, sid)
    q = {"do": "check", "id": sid if rng.random() < 0.97 else "stranger", "purpose": purpose}
    if purpose in SHARES and rng.random() < 0.5:
        q["recipient"] = rng.choice(SHARES[purpose])
        if rng.random() < 0.7:
            q["operation"] = "disclose" if purpose == "publication" else "share"
    elif rng.random() < 0.06:
        q["operation"] = rng.choice(["collect", "store", "use", "share", "disclose"])
    if rng.random() < 0.03:
        q["recipient"] = rng.choice(["police", "nobody", "cloud", "adnet"])
    if rng.random() < 0.05:
        q["items"] = rng.sample(["phone", "name", "device", "health", "payslip"], rng.randrange(1, 3))
    if rng.random() < (0.4 if purpose == "photo" else 0.03):
        q["permission"] = rng.choice(["CAMERA", "CAMERA", "INTERNET"])
    if rng.random() < 0.25:
        q["asked"] = text_of(world.now() + rng.randrange(-40, 60) * DAY + rng.randrange(-1, 2))
    return q


class Run:
    def __init__(self, rng, people):
        self.rng, self.world, self.lines, self.wanted = rng, World(), [], []
        self.kept = []  # checks answered then: (place, query, at)
        self.people = people

    def step(self, step):
        self.lines.append(step)
        self.wanted.append(do_step(self.world, step))

    def check(self, q):
        self.lines.append(q)
        self.wanted.append(answer_of(self.world, q))
        if "asked" not in q:
            self.kept.append((len(self.lines) - 1, q, self.world.now(), self.world.seq))

    def publish(self, profile, plan):
        number, changes, effective, touched, noticed, _ = plan
        step = {"do": "policy", "base": "base", "version": number, "effective_at": text_of(effective), "set": changes}
        with open(os.path.join(ROOT, "tests", "data", "rules", "base.json"), encoding="utf-8") as f:
            bundle = patch(json.load(f), copy.deepcopy(changes))
        bundle["effective_at"] = text_of(effective)
        self.world.versions.append(Policy(bundle, profile, number, touched, noticed, self.world.now()))
        self.world.add(kind="published", version=number)
        self.lines.append(step)
        self.wanted.append(True)

    def clock(self, seconds):
        self.step({"do": "clock", "at": text_of(seconds)})

    def tell(self):
        rng, world = self.rng, self.world
        self.lines.append({"do": "begin"})
        self.wanted.append(True)
        profile, plan = make_versions(rng)
        self.publish(profile, plan.pop(0))
        for guardian in ("mum", "dad"):
            self.step({"do": "subject", "id": guardian, "born": "1980-01-01" if rng.random() < 0.95 else None})
        names = ["p%d" % i for i in range(self.people)]
        for name in names:
            self.step({"do": "subject", "id": name, "born": random_born(rng)})
        self.clock(BEGIN + 2)
        for name in names:
            for guardian, often in (("mum", 0.6), ("dad", 0.3)):
                link = {"child": name, "guardian": guardian, "evidence": "household-register"}
                if rng.random() < often:
                    self.step(dict(link, do="link"))
                    if rng.random() < 0.8:
                        self.step(dict(link, do="verify"))
        for round_ in range(10):
            moved = world.clock + rng.choice([0, 1, 3600, DAY, 3 * DAY, 10 * DAY, 20 * DAY])
            if rng.random() < 0.1:
                moved = world.clock - rng.randrange(0, 5 * DAY)  # a clock that stands behind
            if plan and moved > plan[0][5]:
                # published at its time, with an effect that may lie ahead
                self.clock(max(world.clock, min(moved, plan[0][5])))
                self.publish(profile, plan.pop(0))
            self.clock(moved)
            if rng.random() < 0.04:
                self.step({"do": "controller", "accepts": rng.random() < 0.5})
            if round_ > 7 and rng.random() < 0.02:
                self.step({"do": "stop"})
            for name in names:
                for _ in range(rng.choice([0, 1, 1, 2])):
                    self.step(random_step(rng, world, name))
                if rng.random() < 0.3:
                    self.check(random_check(rng, world, name))
            # nothing else happens at this instant: as of it the same is to be answered for ever
            if world.clock > world.last:
                self.clock(world.clock + 1)
            else:
                self.clock(world.last + 1)
            for name in names:
                for _ in range(rng.choice([0, 1, 1])):
                    self.check(random_check(rng, world, name))
        self.asked_again = []
        for place, q, at, seq in rng.sample(self.kept, min(len(self.kept), 2 * self.people)):
            after = [e for e in world.log if e["seq"] >= seq]
            if after and after[0]["at"] > at:
                self.asked_again.append((place, len(self.lines)))
                self.check(dict(q, asked=text_of(at)))

    def compare(self, answers, seed):
        for i, (step, wanted, got) in enumerate(zip(self.lines, self.wanted, answers)):
            if isinstance(wanted, bool):
                same = (got["status"] in ("CONSENT_OK", "CONSENT_DONE")) == wanted
            else:
                same = {k: got.get(k) for k in wanted} == wanted
            if not same:
                self.explain(seed, i, step, wanted, got)
                return False
        for then, again in self.asked_again:
            if answers[then] != answers[again]:
                self.explain(seed, again, self.lines[again], answers[then], answers[again])
                return False
        return True

    def explain(self, seed, i, step, wanted, got):
        who = step.get("id") or step.get("child")
        print("seed %d: line %d\n  step   %s\n  model  %s\n  library %s" % (seed, i, step, wanted, got))
        print("  policy %s" % [line["set"] for line in self.lines[:i] if line["do"] == "policy"])
        for line in self.lines[:i]:
            if line["do"] in ("clock", "controller", "stop", "policy") or who in (line.get("id"), line.get("child")):
                print("    %s" % json.dumps({k: v for k, v in line.items() if k != "set"}))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("driver")
    args.add_argument("--histories", type=int, default=2000)
    args.add_argument("--seed", type=int, default=None)
    args.add_argument("--world", type=int, default=50)
    args = args.parse_args()
    seed = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 31)
    print("seed %d: %d histories, %d to a world" % (seed, args.histories, args.world))
    done = checks = allowed = again = acts = 0
    reasons = {}
    while done < args.histories:
        run = Run(random.Random(seed), args.world)
        run.tell()
        text = "".join(json.dumps(line) + "\n" for line in run.lines)
        out = subprocess.run([args.driver], input=text.encode(), stdout=subprocess.PIPE, check=True)
        answers = [json.loads(line) for line in out.stdout.decode().splitlines()]
        if len(answers) != len(run.lines):
            sys.exit("seed %d: the driver answered %d of %d lines" % (seed, len(answers), len(run.lines)))
        if not run.compare(answers, seed):
            sys.exit(1)
        for wanted in run.wanted:
            if not isinstance(wanted, bool):
                checks += 1
                allowed += wanted["answer"] == "allow"
                reasons[wanted["reason"]] = reasons.get(wanted["reason"], 0) + 1
            else:
                acts += 1
        again += len(run.asked_again)
        done += args.world
        seed += 1
    print("%d histories agree: %d steps, %d checks (%d allowed), %d of them asked again as of then"
          % (done, acts, checks, allowed, again))
    print(", ".join("%s %d" % (r, n) for r, n in sorted(reasons.items(), key=lambda x: -x[1])))


main()
