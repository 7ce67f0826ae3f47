// What the peers written for Node share: arguments, time, keys, and the line that run.sh puts into its table.
import fs from 'node:fs';

export const dir = process.argv[2] ?? '.';
export const subjects = Number(process.argv[3] ?? 20000);
export const purposes = 5;
export const rounds = 5;

export const name = (i) => 'subject-' + String(i).padStart(8, '0');
let x = 1;
export const random = (n) => (x = (Math.imul(x, 1664525) + 1013904223) >>> 0) % n;
export const fresh = (file) => {
  for (const s of ['', '-wal', '-shm']) fs.rmSync(file + s, { force: true });
  return file;
};
// Microseconds each; f may answer a promise.
export const time = async (n, f) => {
  const t = process.hrtime.bigint();
  for (let i = 0; i < n; i++) {
    const r = f(i);
    if (r instanceof Promise) await r;
  }
  return Number(process.hrtime.bigint() - t) / 1e3 / n;
};
export const median = (v) => v.sort((a, b) => a - b)[v.length >> 1];
export const row = (who, what, v, note = '') => {
  const m = median(v);
  console.log(['PEER', who, what, m.toFixed(2), v[0].toFixed(2), v.at(-1).toFixed(2), note].join('\t'));
};
