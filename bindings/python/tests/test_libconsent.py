# SPDX-License-Identifier: Apache-2.0
import ast
import ctypes
import datetime
import gc
import os
import pathlib
import tempfile
import threading
import time
import unittest

import libconsent as consent
from libconsent._native import API, C
from libconsent._classes import KINDS

POLICY = 'hnys-mobile-office'
ROOT = pathlib.Path(os.environ.get('CONSENT_SOURCE_DIR', pathlib.Path(__file__).resolve().parents[3]))
KEY = bytes([7]) * 32


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, 'a.db')
        self.store = consent.Store.create(self.path, {'key': KEY, 'wait': 60000})
        self.addCleanup(self.store.free)
        self.store.policy_import((ROOT / f'policy/bundles/{POLICY}/1.0.json').read_bytes())
        self.store.policy_publish(POLICY, '1.0')


class Behaviour(Case):
    def test_decision_recorded_found_withdrawn(self):
        store = self.store
        self.assertEqual(store.subject_add('王', '1990-05-01'), 0)
        self.assertEqual(store.subject_add('王', '1990-05-01'), consent.DONE)
        self.assertFalse(store.may('王', 'statistics'))
        row = store.record({'subject': '王', 'purpose': 'statistics', 'decision': 'granted', 'surface': 'app'})
        self.assertEqual((row['point'], row['decision'], row['implied']), ('statistics', 'granted', False))
        self.assertEqual(row['at'].tzinfo, datetime.timezone.utc)
        self.assertTrue(store.may('王', purpose='statistics'))
        answer = store.check({'subject': '王', 'purpose': 'statistics', 'at': row['at']})
        self.assertEqual((answer.allowed, answer.reason, answer.event), (True, 'CONSENTED', row['event']))
        with self.assertRaises(AttributeError):
            answer.allowed = False
        self.assertEqual(store.withdraw('王', 'statistics'), row['event'] + 1)
        self.assertEqual(store.check({'subject': '王', 'purpose': 'statistics'}).blockers[0], 'WITHDRAWN')
        self.assertIsInstance(store.history('王')[0]['body'], dict)
        self.assertEqual(store.ledger_verify()['rows'], [])

    def test_export_goes_to_a_function(self):
        self.store.subject_add('王', '1990-05-01')
        self.store.grant('王', 'statistics')
        pieces = []
        self.assertEqual(self.store.export(None, 'kantara', pieces.append), 1)
        self.assertIn('"piiPrincipalId":"王"', b''.join(pieces).decode())
        with self.assertRaises(consent.OutcomeError) as caught:
            self.store.export('王', 'csv', lambda bytes: 1 // 0)
        self.assertIsInstance(caught.exception.__cause__, ZeroDivisionError)
        files = {}
        row = self.store.evidence_export(None, lambda file, bytes: files.update({file: files.get(file, b'') + bytes}))
        self.assertEqual(len(files), row['files'])
        self.assertIn(b'"v":1', files['manifest.json'])
        self.assertEqual(self.store.export(None, 'csv', pieces.append), 1)

    def test_builders_as_classes_and_dicts(self):
        self.store.subject_add('a', '1990-01-01')
        with consent.Act('a', consent.DECISION_REFUSED, 'statistics') as act:
            act.set_surface('web')
            self.assertEqual(self.store.record(act)['decision'], 'refused')
        with self.assertRaisesRegex(TypeError, "there is no 'why'"):
            self.store.check({'subject': 'a', 'purpose': 'statistics', 'why': 1})
        with self.assertRaisesRegex(ValueError, 'no decision'):
            self.store.record({'subject': 'a', 'purpose': 'statistics', 'decision': 'maybe'})

    def test_many_acts_in_one_call(self):
        self.store.subject_add('a', '1990-01-01')
        rows = self.store.record_many([{'subject': s, 'purpose': 'statistics', 'decision': 'granted'} for s in 'ab'])
        self.assertEqual([row['status'] for row in rows], [0, consent.E_NOT_FOUND])

    def test_errors_by_band(self):
        with self.assertRaises(consent.OutcomeError) as caught:
            self.store.subject_get('nobody')
        self.assertEqual(caught.exception.code, 'CONSENT_E_NOT_FOUND')
        with self.assertRaises(consent.CallerError) as caught:
            self.store.policy_import(b'{"format":1,}')
        self.assertGreater(caught.exception.offset, 0)
        with self.assertRaises(consent.StorageError):
            consent.Store.create(self.path, {'key': KEY})
        with self.assertRaises(consent.CryptoError):
            consent.Store.open(self.path, {'key': bytes(32)})

    def test_freed_and_foreign_handles(self):
        second = consent.Store.open(self.path, {'key': KEY})
        self.assertEqual(second.id(), self.store.id())
        with second:
            self.assertEqual((second.close(), second.close()), (0, 1))
            with self.assertRaises(consent.CallerError):
                second.now()
        second.free()
        with self.assertRaisesRegex(consent.CallerError, 'this Store was freed'):
            second.may('a', 'b')
        for wrong in (self.store, 5, 'x'):
            with self.assertRaises(TypeError):
                self.store.check(wrong)
        with self.assertRaises(TypeError):
            consent.Store()

    def test_values_that_c_would_change(self):
        for wrong, error in (('a\0b', ValueError), ('\ud800', ValueError), (7, TypeError)):
            with self.assertRaises(error):
                self.store.subject_add(wrong)
        with self.assertRaises(OverflowError):
            self.store.subject_list(2**64, 0)
        with self.assertRaises(TypeError):
            self.store.check({'subject': 'a', 'purpose': 'b', 'at': datetime.datetime(2026, 1, 1)})
        self.assertEqual(self.store.subject_list(0, 0), [])

    def test_every_plane_of_unicode(self):
        ids = [f'x{chr(plane * 0x10000 + low)}' for plane in range(17) for low in (0x4e2d, 0xfffd)] + ['e\u0301', '\u00e9']
        for each in ids:
            self.store.subject_add(each)
        self.assertEqual([row['subject'] for row in self.store.subject_list(0, 0)], ids)

    def test_clock_outlives_options(self):
        now = [int(datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc).timestamp()) * 10**6]
        options = consent.Options.of(key=KEY, clock=lambda: now[0])
        with consent.Store.open(self.path, options) as store:
            options.free()
            del options
            gc.collect()
            now[0] += 5
            self.assertEqual(store.now(), now[0])

    def test_threads_and_late_free(self):
        store = consent.Store.open(self.path, {'key': KEY, 'wait': 60000})
        problems = []

        def work(who):
            try:
                for i in range(20):
                    store.subject_add(f'{who}-{i}')
            except consent.CallerError as problem:
                if 'freed' not in str(problem):
                    problems.append(problem)
            except Exception as problem:  # noqa: BLE001
                problems.append(problem)

        threads = [threading.Thread(target=work, args=(who,)) for who in range(4)]
        for thread in threads:
            thread.start()
        store.free()
        for thread in threads:
            thread.join()
        self.assertEqual(problems, [])


class Doorbell(Case):
    def test_a_function_is_called(self):
        store, heard, rung = self.store, [], threading.Event()

        def ring(seq, kind):
            heard.append((seq, kind, store.ledger_head()['size'] - 1, threading.current_thread()))
            rung.set()

        with store.watch_new(ring) as watch:
            self.assertRaises(consent.OutcomeError, watch.wait, 0)
            store.subject_add('a', '1990-01-01')
            self.assertTrue(rung.wait(30))
            seq, kind, newest, thread = heard[0]
            self.assertEqual((seq, kind), (newest, consent.CHANGE_SUBJECT))
            self.assertIsNot(thread, threading.current_thread())
        store.subject_add('b', None)
        time.sleep(0.05)
        self.assertEqual(len(heard), 1)

    def test_a_watch_is_freed_from_within(self):
        store, rung = self.store, threading.Event()
        for i in range(20):
            rung.clear()
            made = []

            def ring(*_):
                while not made:
                    time.sleep(0.001)
                made.pop().free()
                rung.set()

            made.append(store.watch_new(ring))
            store.subject_add(f's{i}', None)
            self.assertTrue(rung.wait(30))
        gc.collect()

    def test_changes(self):
        store = self.store
        heard, changes = [], store.changes()
        thread = threading.Thread(target=lambda: heard.extend(changes))
        other = consent.Store.open(self.path, {'key': KEY})
        other.subject_add('a', None)  # by another handle, before anybody waits
        thread.start()
        while not heard:
            time.sleep(0.01)
        self.assertEqual(heard[0].kinds, {'subject'})
        self.assertEqual(heard[0].seq, store.ledger_head()['size'] - 1)
        store.close()  # while it waits
        thread.join(30)
        self.assertFalse(thread.is_alive())
        self.assertEqual(len(heard), 1)
        other.free()

    def test_freed_while_it_rings(self):
        store = self.store
        for i in range(30):
            opened = consent.Store.open(self.path, {'key': KEY})

            def ring(*_, opened=opened):
                try:
                    opened.now()
                except consent.CallerError:
                    pass  # freed meanwhile

            watch = opened.watch_new(ring)
            opened.subject_add(f's{i}', None)
            for handle in (watch, opened) if i % 2 else (opened, watch):
                handle.free()


class Declarations(unittest.TestCase):
    WORDS = {'bool': ctypes.c_bool, 'int32': ctypes.c_int32, 'status': ctypes.c_int32, 'int64': ctypes.c_int64,
             'size': ctypes.c_size_t, 'text': ctypes.c_char_p, 'void': None}

    def test_as_the_headers_say(self):
        for function in API['functions']:
            declared = getattr(C, function['name'])
            self.assertEqual(len(declared.argtypes), len(function['params']), function['name'])
            for have, (_, word) in zip([declared.restype, *declared.argtypes], [(0, function['returns']), *function['params']]):
                if word in self.WORDS:
                    self.assertIs(have, self.WORDS[word], function['name'])
                elif word.startswith('*') and word[1:] in self.WORDS:
                    self.assertIs(have, ctypes.POINTER(self.WORDS[word[1:]]), function['name'])

    def test_all_there_and_hinted(self):
        hints = ast.parse((pathlib.Path(consent.__file__).parent / '__init__.pyi').read_text(encoding='utf-8'))
        named = {node.name for node in ast.walk(hints) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        for function in API['functions']:
            plan = function['plan']
            if plan['class'] in ('consent_error', 'consent_rows') or plan['form'] in ('free', 'new'):
                continue
            kind = KINDS.get(plan['class'])
            if kind is None:
                self.assertTrue(callable(getattr(consent, plan['name'])))
            elif kind['kind'] != 'snapshot':
                self.assertTrue(callable(getattr(getattr(consent, kind['class']), plan['name'])), function['name'])
            if not (kind and kind['kind'] == 'snapshot' and plan['in']):
                self.assertIn(plan['name'], named)

    def test_null_and_zero_do_no_harm(self):
        for function in API['functions']:
            given = [None if word in ('text', 'texts', 'bytes', 'pointer') or word.endswith('[]') or 'consent_' in word or word.startswith('*')
                     else 0 for _, word in function['params']]
            given = [declared(0) if word.endswith('_fn') else value for value, (_, word), declared in
                     zip(given, function['params'], getattr(C, function['name']).argtypes)]
            made = getattr(C, function['name'])(*given)
            if function['plan']['form'] == 'new' and made:
                getattr(C, function['plan']['class'] + '_free')(made)

    def test_words(self):
        for family, values in API['enums'].items():
            for word, number in values.items():
                if word != 'default':
                    self.assertEqual(getattr(C, f'consent_{family}_name')(number).decode(), word)


if __name__ == '__main__':
    unittest.main()
