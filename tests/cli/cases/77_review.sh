# shellcheck shell=bash
# What differs between versions, what is wrong in one, and how things stood in the past.
now=2024-04-02T09:00:00+08:00
new_store review.db
for bundle in hnys-mobile-office strida-fitness; do
  for version in 1.0 2.0 3.0; do
    prepare policy import "$policy/bundles/$bundle/$version.json"
    prepare policy publish "$bundle" "$version"
  done
done
KEYS="set(v) >= {'class', 'triggers', 'restricts_rights', 'points', 'changes'} and v['changes']
  and all(set(c) >= {'type', 'key', 'trigger', 'sections'} for c in v['changes'])"
works "hnys 1 to 2" "$KEYS and v['class'] == 'material' and v['triggers'] == [1, 3, 4, 5]
  and v['restricts_rights'] is False
  and v['points'] == ['service-running', 'service-running@cloud-host', 'statistics']" \
  policy diff hnys-mobile-office 1.0 2.0
works "hnys 2 to 3" "$KEYS and v['triggers'] == [1, 2, 3, 4, 6] and v['restricts_rights'] is True
  and 'account' in v['points']" policy diff hnys-mobile-office 2.0 3.0
works "strida 1 to 2" "$KEYS and v['triggers'] == [1, 3, 4, 5] and v['points'] == ['analytics',
  'analytics@tern-crash', 'heart-training']" policy diff strida-fitness 1.0 2.0
works "strida 2 to 3" "$KEYS and v['triggers'] == [1, 2, 3, 4, 6] and v['restricts_rights'] is True" \
  policy diff strida-fitness 2.0 3.0
works "a version and itself" "v['class'] == 'none' and v['changes'] == [] and v['points'] == []
  and v['triggers'] == []" policy diff strida-fitness 2.0 2.0
works "what rests on a change is named" "[c['sections'] for c in v['changes']
  if c['type'] == 'recipient-added'] == [['s2.analytics', 's3']]" \
  policy diff strida-fitness 1.0 2.0
says "for a person" 0 'material, triggers 1, 3, 4, 5' policy diff hnys-mobile-office 1.0 2.0
says "which rights are reduced" 0 'right-deadline-longer right:correct.*reduces rights' \
  policy diff hnys-mobile-office 2.0 3.0
says "word by word" 0 '\{\+.*\+\}' policy diff hnys-mobile-office 1.0 2.0 --text --lang en
says "in Chinese, sign by sign" 0 '十?\[-.+-\].*' policy diff hnys-mobile-office 2.0 3.0 --text
refuses "a version that is not there" 4 CONSENT_E_NOT_FOUND True policy diff hnys-mobile-office 1.0 9.9
refuses "text and page at once" 2 USAGE True policy diff hnys-mobile-office 1.0 2.0 --text --html x.html

FINDINGS="all(set(f) >= {'id', 'severity', 'sections', 'source', 'message', 'remedy'}
  and f['severity'] in ('error', 'warning', 'hint') for f in v['findings'])"
IDS="{f['id'] for f in v['findings']}"
denies "the customer's bundle, of a version" "$FINDINGS and {'implied-consent', 'retention-missing',
  'sdk-recipient-mismatch', 'deadline-missing'} <= $IDS" policy lint hnys-mobile-office 1.0
works "a clean bundle" "$FINDINGS and not [f for f in v['findings'] if f['severity'] == 'error']" \
  policy lint strida-fitness 1.0
denies "by another law" "any(f['source'].startswith('GDPR') for f in v['findings'])" \
  policy lint hnys-mobile-office 1.0 --profile eu
refuses "a law that is none" 4 CONSENT_E_NOT_FOUND "'profile' in e['message']" \
  policy lint hnys-mobile-office 1.0 --profile moon
says "for a person" 1 'errors, [0-9]+ warnings' policy lint hnys-mobile-office 1.0
kept=$store store=''
denies "a file, without a store" "$FINDINGS and 'implied-consent' in $IDS" \
  policy lint "$policy/bundles/hnys-mobile-office/1.0.json"
works "the corrected copy" "not [f for f in v['findings'] if f['severity'] == 'error']" \
  policy lint "$source_dir/tests/data/bundles/hnys-corrected.json"
refuses "a key without a store" 2 USAGE "'--store' in e['message']" policy lint hnys-mobile-office 1.0
refuses "what is no bundle" 3 'CONSENT_E_.*' True policy lint "$source_dir/README.md"
store=$kept

works "the list as it stood" "[(x['version'], x['state']) for x in v['versions']] ==
  [('1.0', 'superseded'), ('2.0', 'in-force'), ('3.0', 'published')]" \
  policy list --policy hnys-mobile-office --at 2025-06-01T00:00:00Z
works "before anything" "v['versions'] == []" policy list --at 2024-04-01T00:00:00Z
works "the text as it stood" "v['version'] == '1.0'" \
  policy text s0 --policy hnys-mobile-office --at 2024-06-01T00:00:00Z
works "and the text now" "v['version'] == '2.0'" \
  policy text s0 --policy hnys-mobile-office --at 2025-03-01T00:00:00+08:00
refuses "before the first" 4 CONSENT_E_NOT_FOUND True \
  policy text s0 --policy hnys-mobile-office --at 2024-04-29T15:59:59Z

prepare policy diff hnys-mobile-office 1.0 2.0 --html page.html
if grep -q '<html lang="zh-CN">' page.html && grep -q '<del>' page.html && grep -q '<ins>' page.html &&
  ! grep -Eq '<script|<img|<link|https?:' page.html; then pass; else fail_case "a page of its own" "$(wc -c <page.html)"; fi
works "the page, and the value" "v['class'] == 'material'" policy diff strida-fitness 1.0 2.0 --html en.html --lang en
if grep -q '<html lang="en">' en.html; then pass; else fail_case "an English page" "not English"; fi
refuses "a page that cannot be written" 5 CONSENT_E_IO True \
  policy diff strida-fitness 1.0 2.0 --html no-such-folder/page.html
