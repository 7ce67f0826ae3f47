# SPDX-License-Identifier: Apache-2.0
"""json_check.py FILE EXPRESSION [STATUS]

FILE is exactly one JSON value v, and the Python expression is true of it. With STATUS, a
regular expression, v is a failure of that status, and e is what it says."""
import json
import re
import sys

TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(?!000000)\d{6})?Z$")


def no_duplicates(pairs):
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError("a member stands twice: %s" % names)
    return dict(pairs)


def no_constant(name):
    raise ValueError("not JSON: " + name)


def is_time(text):
    return isinstance(text, str) and TIME.match(text) is not None


def is_hex(text, n=64):
    return isinstance(text, str) and re.match("^[0-9a-f]{%d}$" % n, text) is not None


def error_of(v, status):
    """The error when it has the shape of design.md section 8 and this status, else None."""
    e = v.get("error") if isinstance(v, dict) else None
    if not isinstance(e, dict) or not re.fullmatch(status, str(e.get("status"))):
        return None
    good = (
        type(e.get("code")) is int
        and isinstance(e.get("message"), str)
        and len(e["message"]) > 5
        and "where" in e
        and (e["where"] is None or e["where"] == "" or e["where"].startswith("/"))
        and "offset" in e
        and (e["offset"] is None or type(e["offset"]) is int)
    )
    return e if good else None


def main():
    path, expression = sys.argv[1:3]
    with open(path, "rb") as f:
        text = f.read().decode("utf-8")
    v = json.loads(text, object_pairs_hook=no_duplicates, parse_constant=no_constant)
    names = dict(v=v, is_time=is_time, is_hex=is_hex)
    if len(sys.argv) > 3:
        names["e"] = error_of(v, sys.argv[3])
        if names["e"] is None:
            sys.exit("not a failure %s as design.md section 8 shapes it" % sys.argv[3])
    if not eval("(" + expression + ")", names):
        sys.exit("not true: " + expression)


try:
    main()
except (ValueError, KeyError, IndexError, TypeError, AttributeError) as problem:
    sys.exit("%s: %s" % (type(problem).__name__, problem))
