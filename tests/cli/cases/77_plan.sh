# shellcheck shell=bash
# What to ask next, and what may start.
now=2024-07-01T09:00:00+08:00
new_store plan.db
works "an empty store starts nothing" "v == {'allow': [], 'deny': []}" start li.na
refuses "and asks nobody" 4 CONSENT_E_NOT_FOUND "True" ask li.na
prepare subject add li.na --born 1990-05-17
refuses "without a policy" 4 CONSENT_E_STATE "True" ask li.na
prepare policy import "$policy/bundles/hnys-mobile-office/1.0.json"
prepare policy publish hnys-mobile-office 1.0

works "before anybody is known nothing starts that needs consent" \
  "v['allow'] == [] and {'recipient': 'getui', 'reason': 'AGE_UNKNOWN'} in v['deny']
  and any(d.get('permission') == 'CAMERA' for d in v['deny'])" start nobody
works "nor before the first consent" "v['allow'] == [] and
  {'permission': 'CAMERA', 'reason': 'NOT_ASKED'} in v['deny']" start li.na
works "what to ask" "[(a['point'], a['class'], a['screen']) for a in v['asks']][:3] == [('account', 'general', 0),
  ('profile', 'general', 0), ('messages', 'general', 0)]
  and all(set(a) >= {'point', 'class', 'who', 'why', 'required', 'sections', 'shown', 'not_before'} for a in v['asks'])
  and all(a['who'] == 'subject' and a['why'] == 'NOT_ASKED' and a['not_before'] is None for a in v['asks'])
  and [a['required'] for a in v['asks']][:3] == [True, True, False]" ask li.na
works "separate acts have screens of their own" "[(a['point'], a['screen']) for a in v['asks'] if a['class'] == 'separate']
  == [('push@getui', 1), ('security@affiliates', 2), ('publication@public', 3), ('violation-notice', 4),
      ('violation-notice@public', 5), ('handover', 6), ('handover@successor', 7)]" ask li.na
works "in a language" "{s['lang'] for a in v['asks'] for s in a['sections']} == {'en'}" ask li.na --lang en
works "falling back to the binding one" "{s['lang'] for a in v['asks'] for s in a['sections']} == {'zh-CN'}" \
  ask li.na --lang fr
says "for a person" 0 '^0  +account  +general  +subject  +NOT_ASKED  +yes' ask li.na

prepare ask li.na
shown=$(ctl_run --json ask li.na; python3 -c "import json,sys; print(json.load(open('$out'))['asks'][0]['shown'])")
works "what was shown is what is asked with" "v['event'] > 0" consent grant li.na --purpose account --shown "$shown"
prepare consent refuse li.na --purpose profile
works "not again before" "[(a['why'], a['not_before']) for a in v['asks'] if a['point'] == 'profile']
  == [('REFUSED', '2024-07-03T01:00:00Z')] and 'account' not in [a['point'] for a in v['asks']]" ask li.na
prepare consent grant li.na --purpose calls
prepare consent grant li.na --purpose push
works "one class too low" "[a['why'] for a in v['asks'] if a['point'] == 'push@getui'] == ['NOT_ASKED']" ask li.na
works "what may start" "{'permission': 'ACCESS_NETWORK_STATE', 'reason': 'CONSENTED'} in v['allow']
  and {'permission': 'CAMERA', 'reason': 'PERMISSION_NOT_GRANTED'} in v['deny']
  and {'permission': 'GET_TASKS', 'reason': 'UNDECLARED_PURPOSE'} in v['deny']
  and {'recipient': 'getui', 'reason': 'NOT_ASKED'} in v['deny']
  and {'recipient': 'jpush', 'reason': 'UNDECLARED_PURPOSE'} in v['deny']" start li.na
prepare consent grant li.na --purpose push --recipient getui --class separate
works "the SDK may start" "{'recipient': 'getui', 'reason': 'CONSENTED'} in v['allow']" start li.na

prepare subject add zhang --age-unknown
works "age unknown" "{a['why'] for a in v['asks']} == {'AGE_UNKNOWN'}" ask zhang
works "everybody" "[(s['subject'], s['answer'], s['reason']) for s in v['subjects']]
  == [('li.na', 'allow', 'CONSENTED'), ('zhang', 'deny', 'AGE_UNKNOWN')]" check --all-subjects --purpose calls
says "everybody, for a person" 0 '^li\.na  +allow  +CONSENTED' check --all-subjects --purpose calls
refuses "everybody and one" 2 USAGE "True" check li.na --all-subjects --purpose calls
refuses "nobody" 2 USAGE "True" check --purpose calls
prepare policy import "$policy/bundles/strida-fitness/1.0.json"
prepare policy publish strida-fitness 1.0
refuses "several policies: ask" 2 CONSENT_E_AMBIGUOUS "True" ask li.na
refuses "several policies: start" 2 CONSENT_E_AMBIGUOUS "True" start li.na
refuses "several policies: everybody" 2 CONSENT_E_AMBIGUOUS "True" check --all-subjects --purpose calls
works "one of them" "[a['point'] for a in v['asks']][0] == 'support'" ask li.na --policy strida-fitness
works "by contract" "{'permission': 'INTERNET', 'reason': 'BASIS_CONTRACT'} in v['allow']" \
  start nobody --policy strida-fitness
