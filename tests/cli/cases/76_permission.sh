# shellcheck shell=bash
# The permissions a policy declares against an app's manifest.
now=2024-07-01T09:00:00+08:00
manifests=$source_dir/tests/data/manifests
hnys=$policy/bundles/hnys-mobile-office/1.0.json
new_store permission.db
refuses "no policy" 4 'CONSENT_E_.*' True permission diff --manifest "$manifests/corrected.xml"
prepare policy import "$source_dir/tests/data/bundles/hnys-corrected.json"
refuses "none in force" 4 CONSENT_E_NOT_FOUND True permission diff --manifest "$manifests/corrected.xml"
works "equal, to a draft" "v == {'mismatches': [], 'ok': True, 'permissions': 12}" \
  permission diff 1.0-corrected --manifest "$manifests/corrected.xml"
GAPS="[(m['kind'], m['name']) for m in v['mismatches']]"
denies "surplus, each name once" "$GAPS == [('not-declared', 'android.permission.READ_CONTACTS'),
  ('not-declared', 'com.android.launcher.permission.INSTALL_SHORTCUT')] and v['ok'] is False
  and v['mismatches'][0] == {'kind': 'not-declared', 'name': 'android.permission.READ_CONTACTS',
    'permission': None, 'source': None, 'items': [], 'sections': []}" \
  permission diff 1.0-corrected --manifest "$manifests/surplus.xml"
denies "missing" "$GAPS == [('not-in-app', 'CAMERA'), ('not-in-app', 'ACCESS_WIFI_STATE')]
  and [(m['permission'], m['source']) for m in v['mismatches']] == [('app.camera', 'app'),
    ('getui.access-wifi-state', 'getui')] and all(m['sections'] for m in v['mismatches'])" \
  permission diff 1.0-corrected --manifest "$manifests/missing.xml"
works "merged: prefixes, tools, the app's own, comments" "v['permissions'] == 12" \
  permission diff 1.0-corrected --manifest "$manifests/merged.xml"
stdin=$manifests/corrected.xml
works "from standard input" "v['ok'] is True" permission diff 1.0-corrected --manifest -
stdin=/dev/null
says "for a person" 1 '^not-declared  +android\.permission\.READ_CONTACTS' \
  permission diff 1.0-corrected --manifest "$manifests/surplus.xml"
says "for a person, equal" 0 '^12 permissions in the app, 0 mismatches$' \
  permission diff 1.0-corrected --manifest "$manifests/corrected.xml"

refuses "malformed: where" 3 CONSENT_E_INPUT "'line 5, column 3' in e['message']" \
  permission diff 1.0-corrected --manifest "$manifests/malformed.xml"
refuses "no name in the namespace: where" 3 CONSENT_E_INPUT "'line 4, column 5' in e['message']" \
  permission diff 1.0-corrected --manifest "$manifests/nameless.xml"
refuses "entities that grow" 3 CONSENT_E_INPUT "'line 2' in e['message'] and 'DOCTYPE' in e['message']" \
  permission diff 1.0-corrected --manifest "$manifests/bomb.xml"
refuses "another document" 3 CONSENT_E_INPUT "'no manifest' in e['message']" \
  permission diff 1.0-corrected --manifest "$manifests/other.xml"
refuses "no XML" 3 CONSENT_E_INPUT "'line 1, column 1' in e['message']" \
  permission diff 1.0-corrected --manifest "$hnys"
refuses "empty" 3 CONSENT_E_INPUT "'line 1' in e['message']" permission diff 1.0-corrected --manifest /dev/null
{ cat "$manifests/corrected.xml" && head -c 16777216 /dev/zero | tr '\0' ' '; } >large.xml
{ echo '<manifest xmlns:a="http://schemas.android.com/apk/res/android">' &&
  seq -f '<uses-permission a:name="p%.0f"/>' 5000 && echo '</manifest>'; } >many.xml
refuses "too many" 3 CONSENT_E_INPUT "'line 4098, column 1:' in e['message']" permission diff 1.0-corrected --manifest many.xml
refuses "too large" 3 CONSENT_E_LIMIT "'16 MiB' in e['message']" permission diff 1.0-corrected --manifest large.xml
refuses "no such file" 4 CONSENT_E_NOT_FOUND True permission diff 1.0-corrected --manifest none.xml
refuses "no such version" 4 CONSENT_E_NOT_FOUND True permission diff 9 --manifest "$manifests/corrected.xml"
refuses "no manifest" 2 USAGE "'--manifest' in e['message']" permission diff

new_store customer.db
prepare policy import "$hnys"
prepare policy publish hnys-mobile-office 1.0
# the names agree; what the policy itself does not explain is found all the same
OF="lambda kind: [m['permission'] for m in v['mismatches'] if m['kind'] == kind]"
denies "the customer's policy in force" "(lambda of: of('not-declared') == of('not-in-app') == []
  and of('no-purpose') == ['jpush.receive-boot-completed', 'jpush.get-tasks']
  and of('unexplained') == ['preface.read-phone-state', 'uni-app.read-external-storage',
    'uni-app.write-external-storage', 'jpush.write-external-storage']
  and of('sdk-no-recipient') == ['uni-app.internet', 'uni-app.read-external-storage',
    'uni-app.write-external-storage', 'uni-app.request-install-packages']
  and len(of('sdk-not-shared')) == 8 and all(p.startswith('jpush.') for p in of('sdk-not-shared')))($OF)
  and [m['items'] for m in v['mismatches'] if m['permission'] == 'uni-app.read-external-storage'
    and m['kind'] == 'unexplained'] == [['storage-content']]" \
  permission diff --manifest "$manifests/hnys-1.0.xml"
