// c15t's backend in process (no network): its own handlers, Kysely on better-sqlite3, WAL, synchronous=FULL.
import { c15tInstance } from '@c15t/backend';
import { kyselyAdapter } from '@c15t/backend/db/adapters/kysely';
import { migrator } from '@c15t/backend/db/migrator';
import { DB } from '@c15t/backend/db/schema';
import Database from 'better-sqlite3';
import crypto from 'node:crypto';
import { Kysely, SqliteDialect } from 'kysely';
import { dir, fresh, random, rounds, row, time } from './common.mjs';

const known = 2000; // its look-up grows with the subjects: more make it slower
const file = new Database(fresh(dir + '/c15t.db'));
file.pragma('journal_mode=WAL');
file.pragma('synchronous=OFF');
const db = new Kysely({ dialect: new SqliteDialect({ database: file }) });
const adapter = kyselyAdapter({ db, provider: 'sqlite' });
await (await migrator({ db: DB.client(adapter), schema: 'latest' })).execute();
const app = c15tInstance({ appName: 'bench', basePath: '/api/c15t', trustedOrigins: ['https://example.com'], adapter,
  logger: { level: 'error' }, advanced: { telemetry: { enabled: false } }, telemetry: { enabled: false } });
const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const id = () => 'sub_' + Array.from(crypto.randomBytes(22), (b) => letters[b % 58]).join('');
const call = async (method, path, body) => {
  const r = await app.handler(new Request('https://example.com/api/c15t' + path, { method,
    headers: { 'content-type': 'application/json', origin: 'https://example.com' }, body: body && JSON.stringify(body) }));
  if (r.status >= 300) throw new Error(r.status + ' ' + (await r.text()).slice(0, 300));
  return r.json();
};
let n = 0;
const act = () => call('POST', '/subjects', { type: 'cookie_banner', subjectId: id(), domain: 'example.com',
  preferences: { necessary: true, measurement: true, marketing: false }, givenAt: Date.now(), externalSubjectId: 'ext_' + n++,
  identityProvider: 'bench', metadata: {} });
const may = () => call('GET', `/consents/check?externalId=ext_${random(known)}&type=cookie_banner`);
await time(known, act);
file.pragma('synchronous=FULL');
await time(50, may);
const checks = [], records = [];
for (let r = 0; r < rounds; r++) {
  checks.push(await time(100, may));
  records.push(await time(100, act));
}
row('c15t', 'check', checks, `${known} subjects`);
row('c15t', 'record', records, 'a new subject with its consent');
await db.destroy();
