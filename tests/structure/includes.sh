#!/usr/bin/env bash
# includes.sh ROOT: who may include what below ROOT/lib (design.md §3).
set -euo pipefail
cd "${1:?root of the source tree}"
[ -d lib ] || { echo "no lib/ yet: nothing to check"; exit 0; }

find lib -name '*.[ch]' -print | LC_ALL=C sort | awk '
# may[x]: the folders of lib/ that files of lib/x may include
BEGIN {
    may["api"] = "api flow util"
    may["flow"] = "flow core ledger store seal json util"
    may["ledger"] = "ledger seal json util"
    may["store"] = "store core util"
    may["json"] = "json core util"
    may["core"] = "core util"
    may["seal"] = "seal util"
    may["util"] = "util"
    # third-party header -> the only folder that sees it
    home["sqlite3.h"] = "lib/store/sqlite"; home["sqlite3ext.h"] = "lib/store/sqlite"
    home["sodium.h"] = "lib/seal"
    home["cJSON.h"] = "lib/json"; home["cjson/cJSON.h"] = "lib/json"
    # made by the build -> the only folder that sees it
    home["consent_sql.h"] = "lib/store/sqlite"
    home["consent_data.h"] = "lib/flow"
    # lib/core has no I/O, threads or clock
    split("time.h threads.h pthread.h unistd.h fcntl.h signal.h dirent.h", names, " ")
    for (i in names) barred_in_core[names[i]] = 1
}
function bad(text) { printf "%s:%d: %s\n", file, line, text; failures++ }
function below(path, folder) { return index(path, folder "/") == 1 }
function has(list, word) { return index(" " list " ", " " word " ") > 0 }
function exists(path,   ignored, answer) {
    if (path in known) return known[path]
    answer = (getline ignored < path) >= 0
    close(path)
    return known[path] = answer
}
function check(name, quoted,   parts, from, to, target, n) {
    n = split(file, parts, "/")
    from = parts[2]
    if (!(from in may)) { if (!told[from]++) bad("lib/" from "/ is no folder of the design"); return }

    if (name ~ /^sodium\//) target = "lib/seal"
    else target = (name in home) ? home[name] : ""
    if (target != "") {
        if (!below(file, target)) bad("<" name "> belongs to " target "/ alone")
        else if (name == "sqlite3.h") sees_sqlite[file] = 1
        return
    }
    if (name ~ /^consent\//) return
    if (!quoted) {
        if (from == "core" && (name in barred_in_core || name ~ /^sys\//))
            bad("<" name ">: lib/core has no I/O, threads or clock")
        return
    }
    if (name ~ /(^|\/)\.\.(\/|$)/) { bad("\"" name "\": include by the path below lib/, without .."); return }

    target = file; sub(/[^\/]*$/, "", target); target = target name
    if (!exists(target)) {
        if (!exists("lib/" name)) { bad("\"" name "\": no such file below lib/"); return }
        target = "lib/" name
    }
    split(target, parts, "/"); to = parts[2]
    if (!has(may[from], to)) bad("\"" name "\": lib/" from "/ may not include lib/" to "/")
    edge_count++; edge_from[edge_count] = file; edge_to[edge_count] = target; edge_line[edge_count] = line
}
{
    file = $0; line = 0
    while ((getline text < file) > 0) {
        line++
        if (text !~ /^[ \t]*#[ \t]*include/) continue
        if (match(text, /"[^"]*"/)) check(substr(text, RSTART + 1, RLENGTH - 2), 1)
        else if (match(text, /<[^>]*>/)) check(substr(text, RSTART + 1, RLENGTH - 2), 0)
        else bad("include of a macro")
    }
    close(file)
    files++
}
END {
    # sqlite3.h must not leak through a header of lib/store/sqlite
    do {
        changed = 0
        for (i = 1; i <= edge_count; i++)
            if ((edge_to[i] in sees_sqlite) && !(edge_from[i] in sees_sqlite)) {
                sees_sqlite[edge_from[i]] = 1
                if (!below(edge_from[i], "lib/store/sqlite")) {
                    file = edge_from[i]; line = edge_line[i]
                    bad("sees <sqlite3.h> through " edge_to[i])
                }
                changed = 1
            }
    } while (changed)
    printf "%d files, %d wrong includes\n", files, failures
    exit failures > 0
}'
