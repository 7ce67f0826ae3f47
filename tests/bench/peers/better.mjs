// A consent table by hand on better-sqlite3, as a Node developer writes it: one row per subject and purpose, one
// line of history for each act, both in one durable transaction. No seal, no proof, no rules.
import Database from 'better-sqlite3';
import { dir, fresh, name, purposes, random, rounds, row, subjects, time } from './common.mjs';

const db = new Database(fresh(dir + '/better.db'));
db.pragma('journal_mode=WAL');
db.pragma('synchronous=OFF');
db.exec(`CREATE TABLE consent(subject TEXT, purpose TEXT, granted INTEGER, version TEXT, at INTEGER, until INTEGER,
  PRIMARY KEY(subject, purpose)) WITHOUT ROWID;
CREATE TABLE history(seq INTEGER PRIMARY KEY, at INTEGER, subject TEXT, purpose TEXT, granted INTEGER, version TEXT, surface TEXT)`);
const put = db.prepare(`INSERT INTO consent VALUES(?,?,1,'1.0',?,0) ON CONFLICT DO UPDATE SET granted=excluded.granted,
  version=excluded.version, at=excluded.at`);
const log = db.prepare("INSERT INTO history(at, subject, purpose, granted, version, surface) VALUES(?,?,?,1,'1.0','app')");
const get = db.prepare('SELECT granted, until FROM consent WHERE subject=? AND purpose=?');
const grant = db.transaction((s, p) => {
  const at = Date.now();
  log.run(at, s, p);
  put.run(s, p, at);
});
const grantAll = db.transaction((list) => list.forEach(([s, p]) => { log.run(1, s, p); put.run(s, p, 1); }));
for (let i = 0; i < subjects; i += 1000)
  grantAll(Array.from({ length: 1000 * purposes }, (_, k) => [name(i + (k / purposes | 0)), 'p' + k % purposes]));
db.pragma('wal_checkpoint(TRUNCATE)');
db.pragma('synchronous=FULL');
const may = () => {
  const r = get.get(name(random(subjects)), 'p' + random(purposes));
  if (!r || r.granted !== 1 || (r.until && r.until < Date.now())) throw new Error('denied');
};
const act = () => grant(name(random(subjects)), 'p' + random(purposes));
const checks = [], records = [];
await time(20000, may);
await time(200, act);
for (let r = 0; r < rounds; r++) {
  checks.push(await time(50000, may));
  records.push(await time(200, act));
}
const version = 'SQLite ' + db.prepare('SELECT sqlite_version() v').get().v;
row('better-sqlite3', 'check', checks, version);
row('better-sqlite3', 'record', records, 'synchronous=FULL');
