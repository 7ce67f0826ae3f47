// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '../lib/index.js';

export const POLICY = 'hnys-mobile-office';
const bundle = readFileSync(new URL(`../../../policy/bundles/${POLICY}/1.0.json`, import.meta.url));

/** A fresh directory with a store in it, policy published; gone when the test ends. */
export function fresh(t, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'consent-node-'));
  const path = join(folder, 'a.db');
  const key = Buffer.alloc(32, 7);
  const store = Store.create(path, { key, wait: 60_000, ...options });
  store.policyImport(bundle);
  store.policyPublish(POLICY, '1.0');
  t?.after(() => {
    store.free();
    rmSync(folder, { recursive: true });
  });
  return { folder, path, key, store };
}
