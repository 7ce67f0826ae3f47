# shellcheck shell=bash
# Subjects, and ids that are none.
now=2024-07-01T09:00:00+02:00
new_store people.db
works "nobody yet" "v == {'subjects': []}" subject list
works "add" "v['added'] is True and v['subject'] == 'li.na' and v['born'] == '1990-05-17'
  and is_hex(v['uid'], 32) and v['state'] == 'active' and v['decisions'] == 0
  and v['registered_at'] == '2024-07-01T07:00:00Z'" subject add li.na --born 1990-05-17
works "add again, the same" "v['added'] is False" subject add li.na --born 1990-05-17
refuses "add again, with another age" 4 CONSENT_E_CONFLICT "True" subject add li.na --born 1991-05-17
works "age unknown" "v['born'] is None" subject add zhang --age-unknown
works "age not given" "v['born'] is None" subject add 王小明
works "set" "v['born'] == '2012-02-29'" subject set zhang --born 2012-02-29
works "set to unknown" "v['born'] is None" subject set zhang --age-unknown
works "show" "v['subject'] == '王小明' and v['born'] is None" subject show 王小明
works "list" "[w['subject'] for w in v['subjects']] == ['li.na', 'zhang', '王小明']" subject list
says "list for a person" 0 '^王小明   active  -           2024-07-01T07:00:00Z ' subject list
refuses "show of nobody" 4 CONSENT_E_NOT_FOUND "True" subject show zhang2
refuses "set of nobody" 4 CONSENT_E_NOT_FOUND "True" subject set zhang2 --age-unknown
works "an id with a dash in front" "v['subject'] == '-x'" subject add --born 1990-01-01 -- -x
works "an id like a command" "v['subject'] == 'list'" subject add list --born 1990-01-01

for born in 2023-02-29 2023-02-30 2023-13-01 2023-00-10 2023-1-1 20230101 2023-01-01T00:00:00Z \
  yesterday ' 2023-01-01' '' 2024-07-02 2030-01-01; do
  refuses "no date of birth: '$born'" 3 CONSENT_E_ARGUMENT "True" subject add someone --born "$born"
  refuses "no date of birth to set: '$born'" 3 CONSENT_E_ARGUMENT "True" \
    subject set li.na --born "$born"
done

long512=$(printf '%0512d' 0)
works "an id of 512 bytes" "len(v['subject']) == 512" subject add "$long512" --born 1990-01-01
# 1 MB is more than the system takes for one argument (128 KiB); tests/api covers it.
id_is_refused() { # NAME STATUS ID
  refuses "$1: add" 3 "$2" "True" subject add "$3" --born 1990-01-01
  refuses "$1: show" 3 "$2" "True" subject show "$3"
  refuses "$1: set" 3 "$2" "True" subject set "$3" --age-unknown
  refuses "$1: consent list" 3 "$2" "True" consent list "$3"
  refuses "$1: history" 3 "$2" "True" history "$3"
  refuses "$1: grant" 3 "$2" "True" consent grant "$3" --purpose p
  refuses "$1: check" 3 "$2" "True" check "$3" --purpose p
}
id_is_refused "an empty id" CONSENT_E_ARGUMENT ''
id_is_refused "an id of 513 bytes" CONSENT_E_ARGUMENT "${long512}0"
id_is_refused "an id of 100 000 bytes" CONSENT_E_ARGUMENT "$(printf '%0100000d' 0)"
id_is_refused "an id that is not UTF-8" CONSENT_E_ENCODING $'zh\xffang'
id_is_refused "an id with a surrogate" CONSENT_E_ENCODING $'\xed\xa0\x80'
