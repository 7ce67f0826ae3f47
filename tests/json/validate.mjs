// Checks the data files: every profile, calendar and bundle against its
// schema, the reader's further rules (policy/schema says what, this says the
// rest), and that each bad bundle is wrong exactly where its index says.
//   npm ci && node validate.mjs
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const policy = join(root, 'policy');
const data = join(root, 'tests', 'data', 'bundles');
let passed = 0;
let failed = 0;

function report(ok, name, why) {
  if (ok) passed += 1;
  else {
    failed += 1;
    console.log(`FAIL ${relative(root, name)}: ${why}`);
  }
}

function jsonFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((f) => f.endsWith('.json'))
    .sort()
    .map((f) => join(folder, f));
}

const load = (file) => JSON.parse(readFileSync(file, 'utf8'));

// strictTypes: the fixed bundle schema gives patterns without a type.
const ajv = new Ajv2020({ strict: true, strictTypes: false });
addFormats(ajv);
const compile = (name) => ajv.compile(load(join(policy, 'schema', `${name}.schema.json`)));
const schema = {
  bundle: compile('bundle'),
  profile: compile('profile'),
  calendar: compile('calendar'),
};
// A bundle's `rules` are a profile with every member optional.
const loose = load(join(policy, 'schema', 'profile.schema.json'));
delete loose.required;
delete loose.properties.profile;
delete loose.properties.title;
delete loose.properties.source;
schema.rules = ajv.compile(loose);

const escape = (name) => String(name).replaceAll('~', '~0').replaceAll('/', '~1');

/** RFC 6901 pointer of what an ajv error complains about. */
function pointerOf(error) {
  const { keyword, instancePath, params } = error;
  if (keyword === 'additionalProperties') return `${instancePath}/${escape(params.additionalProperty)}`;
  if (keyword === 'uniqueItems') return `${instancePath}/${Math.max(params.i, params.j)}`;
  if (error.propertyName !== undefined) return `${instancePath}/${escape(error.propertyName)}`;
  return instancePath;
}

/** The rules beyond the schema: [{pointer, why}…] of a bundle valid by schema. */
function beyondSchema(b) {
  const found = [];
  const bad = (pointer, why) => found.push({ pointer, why });
  const ids = (list, member, at) => {
    const seen = new Set();
    list.forEach((e, i) => {
      if (seen.has(e[member])) bad(`${at}/${i}/${member}`, `${member} "${e[member]}" twice`);
      seen.add(e[member]);
    });
    return seen;
  };
  const known = {
    section: ids(b.sections, 'id', '/sections'),
    document: ids(b.documents, 'id', '/documents'),
    item: ids(b.items, 'key', '/items'),
    purpose: ids(b.purposes, 'key', '/purposes'),
    permission: ids(b.permissions, 'key', '/permissions'),
    recipient: ids(b.recipients, 'key', '/recipients'),
    exemption: ids(b.exemptions, 'key', '/exemptions'),
    condition: ids(b.cancellation.conditions, 'key', '/cancellation/conditions'),
    assessment: ids(b.assessments, 'key', '/assessments'),
  };
  const refer = (kind, value, pointer) => {
    if (value !== undefined && !known[kind].has(value)) bad(pointer, `no ${kind} "${value}"`);
  };
  const referAll = (kind, list, pointer) => (list ?? []).forEach((v, i) => refer(kind, v, `${pointer}/${i}`));

  b.documents.forEach((d, i) => {
    referAll('section', d.sections, `/documents/${i}/sections`);
  });
  const parent = new Map(b.sections.map((s) => [s.id, s.parent]));
  b.sections.forEach((s, i) => {
    refer('section', s.parent, `/sections/${i}/parent`);
    let up = s.parent;
    for (let n = 0; up !== undefined && n <= b.sections.length; n += 1) {
      if (up === s.id) {
        bad(`/sections/${i}/parent`, `"${s.id}" is its own ancestor`);
        break;
      }
      up = parent.get(up);
    }
  });
  b.items.forEach((e, i) => {
    referAll('section', e.sections, `/items/${i}/sections`);
    referAll('item', e.combines_with, `/items/${i}/combines_with`);
  });
  b.purposes.forEach((p, i) => {
    const at = `/purposes/${i}`;
    referAll('section', p.sections, `${at}/sections`);
    referAll('item', p.items, `${at}/items`);
    refer('assessment', p.assessment, `${at}/assessment`);
    (p.shares ?? []).forEach((s, j) => {
      refer('recipient', s.recipient, `${at}/shares/${j}/recipient`);
      s.items.forEach((v, k) => {
        const pointer = `${at}/shares/${j}/items/${k}`;
        if (!p.items.includes(v)) bad(pointer, `item "${v}" is not one of the purpose`);
      });
    });
  });
  b.permissions.forEach((e, i) => {
    const at = `/permissions/${i}`;
    referAll('section', e.sections, `${at}/sections`);
    referAll('purpose', e.purposes, `${at}/purposes`);
    referAll('item', e.items, `${at}/items`);
  });
  b.recipients.forEach((e, i) => {
    const at = `/recipients/${i}`;
    referAll('section', e.sections, `${at}/sections`);
    referAll('purpose', e.purposes, `${at}/purposes`);
    referAll('item', e.items, `${at}/items`);
  });
  b.exemptions.forEach((e, i) => referAll('section', e.sections, `/exemptions/${i}/sections`));
  b.rights.forEach((e, i) => referAll('section', e.sections, `/rights/${i}/sections`));
  referAll('section', b.minors.sections, '/minors/sections');
  refer('document', b.minors.child_rules, '/minors/child_rules');
  const c = b.cancellation;
  c.conditions.forEach((e, i) => referAll('section', e.sections, `/cancellation/conditions/${i}/sections`));
  referAll('section', c.acknowledge, '/cancellation/acknowledge');
  referAll('section', c.sections, '/cancellation/sections');
  Object.keys(c.then ?? {}).forEach((k) => refer('item', k, `/cancellation/then/${escape(k)}`));
  (c.retain ?? []).forEach((e, i) => referAll('item', e.items, `/cancellation/retain/${i}/items`));
  referAll('section', b.incident.sections, '/incident/sections');
  b.assessments.forEach((e, i) => {
    referAll('section', e.sections, `/assessments/${i}/sections`);
    referAll('purpose', e.purposes, `/assessments/${i}/purposes`);
  });
  if (b.rules !== undefined && !schema.rules(b.rules)) {
    bad(`/rules${pointerOf(schema.rules.errors[0])}`, schema.rules.errors[0].message);
  }
  texts(b, '', b.languages[0], bad);
  return found;
}

/** Texts (objects from language to wording) and plain strings, wherever they stand. */
function texts(value, pointer, binding, bad) {
  if (typeof value === 'string') {
    if (/[\r\0\uFEFF]/.test(value)) bad(pointer, 'CR, NUL or BOM');
    return;
  }
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value) && isText(pointer) && !(binding in value)) bad(pointer, `no text in "${binding}"`);
  for (const [name, member] of Object.entries(value)) {
    texts(member, `${pointer}/${escape(name)}`, binding, bad);
  }
}

/** Whether the schema has a text at this pointer: by the member's name, which is unambiguous. */
function isText(pointer) {
  if (pointer.startsWith('/rules')) return false;
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  return ['title', 'text', 'name', 'address', 'department', 'necessity', 'prompt_text', 'method', 'reason',
    'regulator', 'summary'].includes(name);
}

function checkRaw(file) {
  const bytes = readFileSync(file);
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  report(!text.includes('\r') && !text.startsWith('\uFEFF') && text.endsWith('\n'), file, 'CR, BOM or no final newline');
}

function checkGood(kind, file) {
  checkRaw(file);
  const value = load(file);
  const validate = schema[kind];
  const ok = validate(value);
  report(ok, file, ok ? '' : `${pointerOf(validate.errors[0])} ${validate.errors[0].message}`);
  return ok ? value : null;
}

function checkBundle(file) {
  const value = checkGood('bundle', file);
  if (value === null) return null;
  const found = beyondSchema(value);
  report(found.length === 0, file, found.map((f) => `${f.pointer} ${f.why}`).join('; '));
  report(existsSync(join(policy, 'profiles', `${value.profile}.json`)), file, `no profile "${value.profile}"`);
  checkCalendars(value, file);
  return value;
}

function checkCalendars(value, file) {
  const walk = (v) => {
    if (v === null || typeof v !== 'object') return;
    if (typeof v.calendar === 'string' && 'unit' in v) {
      report(existsSync(join(policy, 'calendars', `${v.calendar}.json`)), file, `no calendar "${v.calendar}"`);
    }
    Object.values(v).forEach(walk);
  };
  walk(value);
}

function checkVersions(folder) {
  const seen = jsonFiles(folder).map((file) => ({ file, bundle: checkBundle(file) }));
  let last = null;
  for (const { file, bundle } of seen) {
    if (bundle === null) continue;
    const parts = relative(join(policy, 'bundles'), file).split('/');
    report(parts[0] === bundle.policy && parts[1] === `${bundle.version}.json`, file, 'not named policy/version');
    const at = Date.parse(bundle.effective_at);
    report(last === null || at > last, file, 'not later than the version before it');
    last = at;
  }
}

function checkBad(folder) {
  const index = load(join(folder, 'index.json'));
  const listed = new Set(index.map((e) => e.file));
  for (const file of jsonFiles(folder)) {
    const name = relative(folder, file);
    if (name !== 'index.json') report(listed.has(name), file, 'not in index.json');
  }
  for (const { file, schema_valid: expected, pointer } of index) {
    const path = join(folder, file);
    const value = load(path);
    const valid = schema.bundle(value);
    report(valid === expected, path, `by schema ${valid ? 'valid' : 'invalid'}, the index says otherwise`);
    if (valid !== expected) continue;
    const found = valid ? beyondSchema(value).map((f) => f.pointer) : [pointerOf(schema.bundle.errors[0])];
    report(found.length > 0, path, 'no defect found');
    // A cycle shows at each of its parents; everything else at one place.
    const cycle = found.every((p) => /^\/sections\/\d+\/parent$/.test(p));
    report(found.includes(pointer) && (found.length === 1 || cycle), path, `defect at ${found.join(', ')}, not ${pointer}`);
  }
}

for (const kind of ['profile', 'calendar']) {
  for (const file of jsonFiles(join(policy, `${kind}s`))) {
    const value = checkGood(kind, file);
    if (value === null) continue;
    report(file.endsWith(`/${value[kind]}.json`), file, `not named after its key "${value[kind]}"`);
    checkCalendars(value, file);
  }
}
for (const name of readdirSync(join(policy, 'bundles')).sort()) checkVersions(join(policy, 'bundles', name));
for (const name of readdirSync(data).filter((f) => f.endsWith('.json')).sort()) checkBundle(join(data, name));
checkBad(join(data, 'bad'));

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
