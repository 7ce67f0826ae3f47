# shellcheck shell=bash
# Who has to be told what changed, in words, and that it was.
now=2024-05-02T09:00:00+08:00
hnys=$policy/bundles/hnys-mobile-office
new_store notice.db
prepare policy import "$hnys/1.0.json"
prepare policy publish hnys-mobile-office 1.0
prepare subject add li.na --born 1990-05-17
works "nothing yet" "v['notices'] == []" notice pending li.na
works "no change yet" "v['notices'] == []" notice page
for version in 2.0 3.0; do
  prepare policy import "$hnys/$version.json"
  prepare policy publish hnys-mobile-office "$version"
done
WORDS="[c['text'] for c in v['notices'][0]['changes']]"
works "both, the oldest first" "[(n['version'], n['class'], n['form'], n['triggers'], n['shown_at'])
  for n in v['notices']] == [('2.0', 'material', 'acknowledge', [1, 3, 4, 5], None),
  ('3.0', 'material', 'acknowledge', [1, 2, 3, 4, 6], None)]" notice pending li.na
works "in Chinese" "'新增接收方：“湘江云计算有限公司”' in $WORDS and '“编辑个人资料”改为自愿选择，不同意也不影响使用服务' in $WORDS" notice pending li.na --lang zh-CN
works "in English" "'We no longer process data for “Improving performance”' in $WORDS and
  v['notices'][0]['summary'].startswith('Statistics add')" notice pending li.na --lang en
works "every change has words" "all(c['text'] and '%' not in c['text']
  and '-' not in __import__('re').sub('“[^”]*”', '', c['text']).replace('cooling-off', '').replace('high-risk', '')
  for n in v['notices'] for c in n['changes'])" notice page --lang en
works "names in the language asked for" "'“Hunan Nonferrous Digital Technology Co., Ltd.” answers for your data now, no longer “Hunan Nonferrous Metals Holding Group Co., Ltd.”'
  in [c['text'] for c in v['notices'][0]['changes']]" notice page --lang en
works "shown" "[e['version'] for e in v['events']] == ['2.0', '3.0']" notice shown li.na --surface app
works "shown is not acknowledged" "all(is_time(n['shown_at']) for n in v['notices'])
  and len(v['notices']) == 2" notice pending li.na
works "the first time counts" "v['events'] == []" notice shown li.na 2.0
works "one acknowledged" "[e['version'] for e in v['events']] == ['2.0']" notice ack li.na 2.0 --surface app
works "one is left" "[n['version'] for n in v['notices']] == ['3.0']" notice pending li.na
works "with surface and time" "[e for e in v['events'] if e['kind'] == 'notice.acknowledged']" history li.na
refuses "the first version changes nothing" 4 CONSENT_E_STATE True notice ack li.na 1.0
refuses "no such version" 4 CONSENT_E_NOT_FOUND True notice ack li.na 7.0
refuses "nobody" 4 CONSENT_E_NOT_FOUND True notice pending zhang.san
works "the page, the newest first" "[n['version'] for n in v['notices']] == ['3.0', '2.0']" notice page
says "for a person" 0 'hnys-mobile-office 3.0: material, acknowledge' notice pending li.na
now=2026-02-01T00:00:00Z
prepare subject add zhang.san --born 1990-01-01
works "who came later waits for nothing" "v['notices'] == []" notice pending zhang.san
works "how many wait" "[(n['version'], n['form'], n['subjects'], n['shown'], n['acknowledged'], n['waiting'])
  for n in v['versions']] == [('2.0', 'acknowledge', 1, 1, 1, 0), ('3.0', 'acknowledge', 1, 1, 0, 1)]" \
  notice pending --all-subjects
says "how many wait, as a table" 0 'WAITING' notice pending --all-subjects
refuses "neither an ID nor all" 2 USAGE "'ID' in e['message']" notice pending
refuses "an ID and all" 2 USAGE "'contradict' in e['message']" notice pending li.na --all-subjects
refuses "no such policy" 4 CONSENT_E_NOT_FOUND True notice pending --all-subjects --policy other
refuses "going on using it acknowledges nothing" 4 CONSENT_E_REFUSED True notice ack li.na 3.0 --surface implied
