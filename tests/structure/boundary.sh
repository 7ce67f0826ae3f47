#!/usr/bin/env bash
# boundary.sh FOLDER…: what a binding cannot carry must not stand in a public header (house-style.md,
# "Types at the boundary"). A simple reader: it knows the layout of our headers, not all of C.
set -euo pipefail
headers=()
for folder in "$@"; do
  while IFS= read -r header; do headers+=("$header"); done \
    < <(find "$folder" -maxdepth 1 -name '*.h' | LC_ALL=C sort)
done
[ ${#headers[@]} -gt 0 ] || { echo "no public header yet: nothing to check"; exit 0; }

awk '
function bad(text, what) {
    gsub(/[ \t\n]+/, " ", what); sub(/^ /, "", what)
    if (length(what) > 100) what = substr(what, 1, 100) " …"
    printf "%s: %s: %s\n", current, text, what; failures++
}
# text without comments; the shape of the rest is kept
function bare(text,   out, at, stop) {
    out = ""
    while ((at = index(text, "/*")) > 0) {
        out = out substr(text, 1, at - 1) " "
        text = substr(text, at + 2)
        stop = index(text, "*/")
        if (!stop) return out
        text = substr(text, stop + 2)
    }
    return out text
}
function word(text, name) { return (" " text " ") ~ ("[^A-Za-z0-9_]" name "[^A-Za-z0-9_]") }
FNR == 1 { order[++count] = FILENAME }
{ body[FILENAME] = body[FILENAME] $0 "\n" }
END {
    # first pass: names of struct and enum types, anywhere
    for (i = 1; i <= count; i++) {
        text = bare(body[order[i]])
        gsub(/\\\n/, " ", text)
        clean = ""; directives = ""
        n = split(text, lines, "\n")
        for (j = 1; j <= n; j++) {
            if (lines[j] ~ /^[ \t]*#/) directives = directives lines[j] "\n"
            else if (lines[j] !~ /^[ \t]*extern "C" \{[ \t]*$/) {
                sub(/\/\/.*/, "", lines[j])
                clean = clean lines[j] "\n"
            }
        }
        code[i] = clean; preprocessor[i] = directives
        rest = clean
        while (match(rest, /typedef[ \t\n]+(struct|enum)[ \t\n]+[A-Za-z0-9_]*[ \t\n]*(\{[^}]*\})?[ \t\n]*[A-Za-z0-9_]+[ \t\n]*;/)) {
            found = substr(rest, RSTART, RLENGTH)
            rest = substr(rest, RSTART + RLENGTH)
            kind = found ~ /^typedef[ \t\n]+enum/ ? "enum" : "struct"
            sub(/[ \t\n]*;$/, "", found); sub(/.*[^A-Za-z0-9_]/, "", found)
            type[found] = kind
        }
    }
    # second pass
    for (i = 1; i <= count; i++) {
        current = order[i]
        n = split(preprocessor[i], lines, "\n")
        for (j = 1; j <= n; j++)
            if (lines[j] ~ /^[ \t]*#[ \t]*define[ \t]+[A-Za-z_][A-Za-z0-9_]*\(/) bad("function-like macro", lines[j])

        n = split(code[i], statements, ";")
        for (j = 1; j <= n; j++) {
            s = statements[j]
            if (word(s, "long")) bad("long", s)
            if (word(s, "time_t") || word(s, "off_t") || word(s, "ssize_t")) bad("type of unfixed width", s)
            if (word(s, "union")) bad("union", s)
            if (word(s, "inline") || word(s, "__inline") || word(s, "__inline__")) bad("inline function", s)
            if (index(s, "...")) bad("variable arguments", s)
            if (s ~ /[A-Za-z0-9_][ \t\n]*:[ \t\n]*[0-9A-Za-z_]+[ \t\n]*,?[ \t\n]*$/) bad("bit-field", s)
            if (s !~ /\(/) continue # from here on: functions and callbacks
            if (s ~ /\)[ \t\n]*\{/) bad("function with a body", s)
            if (s ~ /(^|[^A-Za-z0-9_])enum[ \t\n]+[A-Za-z0-9_]+/ && s !~ /\{/) bad("enum type", s)
            rest = s
            while (match(rest, /(^|[^A-Za-z0-9_])struct[ \t\n]+[A-Za-z0-9_]+[ \t\n]*(const[ \t\n]*)?/)) {
                rest = substr(rest, RSTART + RLENGTH)
                if (substr(rest, 1, 1) != "*") { bad("struct by value", s); break }
            }
            for (name in type) {
                rest = " " s
                while (match(rest, "[^A-Za-z0-9_]" name "([ \t\n]+const)?[ \t\n]*[^A-Za-z0-9_ \t\n]") ||
                       match(rest, "[^A-Za-z0-9_]" name "([ \t\n]+const)?[ \t\n]+[A-Za-z0-9_]")) {
                    last = substr(rest, RSTART + RLENGTH - 1, 1)
                    before = substr(rest, 1, RSTART)
                    rest = substr(rest, RSTART + RLENGTH - 1)
                    if (before ~ /(struct|enum)[ \t\n]*$/) continue
                    if (type[name] == "enum") { bad("enum-typed parameter or result", s); break }
                    if (last != "*") { bad("struct by value", s); break }
                }
            }
        }
    }
    printf "%d headers, %d things a binding cannot carry\n", count, failures
    exit failures > 0
}' "${headers[@]}"
