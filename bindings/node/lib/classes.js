// SPDX-License-Identifier: Apache-2.0
// Classes and functions built from the plan in api.json; lib/api.d.ts says the same to TypeScript.
import { api, C, koffi, types } from './native.js';
import { errorOf, FatalError, freedError } from './error.js';
import { callbackOf as adapted, raised } from './callbacks.js';
import { boolIn, camel, enumIn, enumOut, intIn, rowsOut, textIn } from './values.js';

const INTERNAL = new Set(['consent_error', 'consent_rows']);
const kindOf = Object.fromEntries(api.types.map((type) => [type.name, type]));
const classes = {};
const MEMORY = api.constants.find((constant) => constant.name === 'CONSENT_E_MEMORY').value;
const ARGUMENT = api.constants.find((constant) => constant.name === 'CONSENT_E_ARGUMENT').value;

const forgotten = new FinalizationRegistry(({ free, pointer, callbacks }) => {
  free(pointer);
  for (const callback of callbacks) koffi.unregister(callback);
});

/** The state of a handle: its pointer, how many calls use it, what must outlive it. It holds its object, so that the
 * collector takes neither while a call on another thread uses it, or something that was made from it. */
class Held {
  pointer;
  using = 0;
  freed = false;
  callbacks = [];
  syncOnly = false; // a callback of JavaScript cannot be called while this thread waits for another
  lasting = false; // what is made from it has that callback, too
  constructor(object, type, pointer) {
    this.object = object;
    this.type = type;
    this.pointer = pointer;
    this.free = C[`${type}_free`];
  }
  enter() {
    if (this.freed) throw freedError(kindOf[this.type].class);
    this.using++;
    return this.pointer;
  }
  leave() {
    if (--this.using === 0 && this.freed) this.destroy();
  }
  release() {
    if (this.freed) return;
    this.freed = true;
    if (this.using === 0) this.destroy();
  }
  destroy() {
    forgotten.unregister(this);
    this.free(this.pointer);
    this.pointer = null;
    for (const callback of this.callbacks) koffi.unregister(callback);
  }
}

const HELD = Symbol('held');
const NEW = Symbol('new');

function wrap(type, pointer) {
  return new classes[type](NEW, pointer);
}

function hold(object, type, pointer) {
  const held = new Held(object, type, pointer);
  Object.defineProperty(object, HELD, { value: held });
  forgotten.register(object, { free: held.free, pointer, callbacks: held.callbacks }, held);
}

function heldOf(value, type, name) {
  if (value === null || value === undefined) return null;
  const held = value[HELD];
  if (held === undefined && kindOf[type].kind === 'builder' && typeof value === 'object') return build(type, value)[HELD];
  if (held === undefined || held.type !== type) throw new TypeError(`${name}: a ${kindOf[type].class} is needed`);
  return held;
}

/** A builder from a plain object: arguments of `new` by name, then a setter for each other member. */
function build(type, init) {
  const { create, setters } = builders[type];
  const known = new Set([...create.plan.in.map((p) => camel(p.name)), ...setters.keys()]);
  for (const name of Object.keys(init))
    if (!known.has(name)) throw new TypeError(`${kindOf[type].class}: there is no '${name}'`);
  const object = new classes[type](...create.plan.in.map((p) => init[camel(p.name)]));
  for (const [name, setter] of setters) {
    const value = init[name];
    if (value === undefined) continue;
    if (setter.many) for (const each of value) object[setter.method](each);
    else object[setter.method](value);
  }
  return object;
}

const builders = {};
function describeBuilder(type, own) {
  const setters = new Map();
  for (const { plan } of own) {
    const [verb, ...rest] = plan.name.split('_');
    if (plan.form === 'method' && plan.in.length === 1)
      setters.set(camel(rest.join('_')) + (verb === 'add' ? 's' : ''), { method: camel(plan.name), many: verb === 'add' });
  }
  builders[type] = { create: own.find(({ plan }) => plan.form === 'new'), setters };
}

/** Arguments of C for `given`; what is entered must be left. */
function argumentsOf(fn, self, given) {
  const held = [];
  const callbacks = [];
  const args = [];
  const enter = (each, given_) => {
    args.push(each === null ? null : each.enter());
    if (each === null) return;
    held.push(each);
    if (given_[HELD] === undefined) each.release(); // made from a plain object: gone when the call is left
  };
  try {
    if (self) enter(self, { [HELD]: self });
    fn.plan.in.forEach((p, i) => {
      const value = given[i];
      const name = camel(p.name);
      if (p.kind === 'handle') enter(heldOf(value, p.type, name), value);
      else if (p.kind === 'handles') {
        if (!Array.isArray(value)) throw new TypeError(`${name}: an array is needed`);
        const from = args.length;
        for (const each of value) enter(heldOf(each, p.type, name), each);
        const pointers = args.splice(from);
        args.push(pointers.length === 0 ? null : pointers, pointers.length);
      }
      else if (p.kind === 'callback') callbacks.push(putCallback(args, p, value));
      else if (p.kind === 'bytes') args.push(...bytesIn(value, name));
      else if (p.kind === 'texts') args.push(...textsIn(value, name));
      else if (p.kind === 'text') args.push(textIn(value, name));
      else if (p.kind === 'bool') args.push(boolIn(value, name));
      else args.push(p.enum ? enumIn(value, name, p.enum) : intIn(value, name, p.word));
    });
  } catch (problem) {
    for (const each of held) each.leave();
    throw problem;
  }
  return { args, held, callbacks: callbacks.filter(Boolean) };
}

function putCallback(args, p, value) {
  if (value === null || value === undefined) {
    args.push(null, null);
    return null;
  }
  if (typeof value !== 'function') throw new TypeError(`${camel(p.name)}: a function is needed`);
  if (p.foreign) throw new TypeError(`${camel(p.name)}: JavaScript is not called from another thread; use changes()`);
  const registered = koffi.register(adapted(p.type, value), types[p.type]);
  args.push(registered, null);
  return registered;
}

function bytesIn(value, name) {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${name}: a Uint8Array or Buffer is needed`);
  return [value.length === 0 ? Buffer.alloc(1) : value, value.length];
}

function textsIn(value, name) {
  if (!Array.isArray(value)) throw new TypeError(`${name}: an array of strings is needed`);
  return [value.map((each) => textIn(each, name) ?? ''), value.length];
}

/** A call: its arguments, boxes for what comes back, and what to make of that. */
function prepare(fn, self, given) {
  const { args, held, callbacks } = argumentsOf(fn, self, given);
  const boxes = fn.plan.out.map((out) => [out.kind === 'int' || out.kind === 'bool' ? 0 : null]);
  const error = [null];
  args.push(...boxes);
  if (fn.plan.error) args.push(error);
  // Callbacks of a setter live as long as the builder; those of a call as long as the call.
  const keep = kindOf[fn.plan.class]?.kind === 'builder' && self;
  if (keep) {
    self.callbacks.push(...callbacks);
    if (callbacks.length > 0) self.syncOnly = true;
    if (callbacks.length > 0 && fn.plan.in.every((p) => p.type !== 'consent_key_fn')) self.lasting = true;
  }
  const syncOnly = callbacks.length > 0 || held.some((each) => each.syncOnly);
  const lasting = callbacks.length > 0 || held.some((each) => each.lasting);
  raised.take();
  const finish = (result) => {
    try {
      if (fn.plan.throws && result < 0) throw Object.assign(errorOf(result, error[0]), raised.take());
      return valueOf(fn, result, boxes, held, lasting);
    } finally {
      leave();
    }
  };
  const leave = () => {
    for (const each of held) each.leave();
    if (!keep) for (const callback of callbacks) koffi.unregister(callback);
  };
  return { args, finish, leave, syncOnly };
}

function outValue(fn, out, box, held, lasting) {
  if (out.kind === 'rows') {
    const rows = rowsOut(box[0]);
    return fn.plan.one ? (rows[0] ?? null) : rows;
  }
  if (out.kind !== 'handle') return box[0];
  if (kindOf[out.type].kind === 'snapshot') return snapshot(out.type, box[0]);
  const object = wrap(out.type, box[0]);
  // A watch asks none of the functions, and waiting for it on this thread would be for ever.
  object[HELD].syncOnly = object[HELD].lasting = lasting && out.type !== 'consent_watch';
  for (const each of held) if (each.callbacks.length > 0) keepAlive(object[HELD], each);
  return object;
}

/** A store made with an option's callback needs it after the options are gone: the callback stays. */
function keepAlive(held, source) {
  held.source = source;
  source.using++; // never left: a function that C may call is not taken away
}

function valueOf(fn, result, boxes, held, lasting) {
  const outs = fn.plan.out;
  if (outs.length === 1) return outValue(fn, outs[0], boxes[0], held, lasting);
  if (outs.length > 1)
    return Object.fromEntries(outs.map((out, i) => [camel(out.name), outValue(fn, out, boxes[i], held, lasting)]));
  if (fn.plan.enum) return enumOut(result, fn.plan.enum);
  return result;
}

function call(fn, self, given) {
  const { args, finish, leave } = prepare(fn, self, given);
  let result;
  try {
    result = C[fn.name](...args);
  } catch (problem) {
    leave();
    throw problem;
  }
  return finish(result);
}

// koffi takes 256 calls at once and refuses the next; the rest waits here for its turn.
const MOST = 128;
const queue = [];
let running = 0;

function start(fn, args, done) {
  if (running === MOST) {
    queue.push([fn, args, done]);
    return;
  }
  running++;
  const ended = (problem, result) => {
    running--;
    args.length = 0; // until here: C reads what they hold
    if (queue.length > 0) start(...queue.shift());
    done(problem, result);
  };
  try {
    C[fn.name].async(...args, ended);
  } catch (problem) {
    ended(problem);
  }
}

function callAsync(fn, self, given) {
  return new Promise((resolve, reject) => {
    const { args, finish, leave, syncOnly } = prepare(fn, self, given);
    const done = (problem, result) => {
      try {
        if (problem) {
          leave();
          throw problem;
        }
        resolve(finish(result));
      } catch (thrown) {
        reject(thrown);
      }
    };
    if (syncOnly) {
      let result;
      try {
        result = C[fn.name](...args);
      } catch (problem) {
        done(problem);
        return;
      }
      done(null, result);
      return;
    }
    // The caller may use a buffer again, or forget it, while another thread reads it here.
    start(fn, args.map((each) => (each instanceof Uint8Array ? Buffer.from(each) : each)), done);
  });
}

/** An immutable object from a result that is only read. */
function snapshot(type, pointer) {
  if (!pointer) return null;
  const own = Object.fromEntries(functionsOf(type).map((fn) => [fn.plan.name, fn]));
  const object = {};
  try {
    for (const [name, fn] of Object.entries(own)) {
      if (fn.plan.form !== 'method' || fn.plan.in.length > 0) continue;
      const item = name.endsWith('s') ? own[name.slice(0, -1)] : undefined;
      const value = C[fn.name](pointer);
      object[camel(name)] = item ? Object.freeze(Array.from({ length: value }, (_, i) => {
        const each = C[item.name](pointer, i);
        return item.plan.enum ? enumOut(each, item.plan.enum) : each;
      })) : fn.plan.enum ? enumOut(value, fn.plan.enum) : value;
    }
  } finally {
    C[`${type}_free`](pointer);
  }
  return Object.freeze(object);
}

const functionsOf = (type) => api.functions.filter((fn) => fn.plan.class === type);

/** Memory must be given on any thread, also on those of the library, where JavaScript cannot run. */
const offered = (fn) => fn.plan.in.every((p) => p.type !== 'consent_memory_fn');

/** Texts and numbers in, one value out, no error: the checks of `call` without its lists, several times faster. */
const isPlain = ({ plan }) => !plan.error && !plan.throws && plan.form === 'method' && plan.out.length === 0 && plan.in.length <= 2 &&
  plan.in.every((p) => p.kind === 'text' || p.kind === 'int' && !p.enum);

function plain(fn, selfOf) {
  const c = C[fn.name];
  const { enum: family, in: [first, second] } = fn.plan;
  const into = (p) => {
    const name = p && camel(p.name);
    return !p ? undefined : p.kind === 'text' ? (value) => textIn(value, name) : (value) => intIn(value, name, p.word);
  };
  const a = into(first), b = into(second);
  const back = (value) => (family ? enumOut(value, family) : value);
  if (b) return function(x, y) {
    const held = selfOf(this), p = a(x), q = b(y), pointer = held.enter();
    try { return back(c(pointer, p, q)); } finally { held.leave(); }
  };
  if (a) return function(x) {
    const held = selfOf(this), p = a(x), pointer = held.enter();
    try { return back(c(pointer, p)); } finally { held.leave(); }
  };
  return function() {
    const held = selfOf(this), pointer = held.enter();
    try { return back(c(pointer)); } finally { held.leave(); }
  };
}

function define(target, fn, selfOf) {
  const name = camel(fn.plan.name);
  const put = (key, value) => Object.defineProperty(target, key, { value, writable: true, configurable: true });
  const made = isPlain(fn) ? plain(fn, selfOf) : function(...given) { return call(fn, selfOf(this), given); };
  put(name, Object.defineProperty(made, 'name', { value: name }));
  if (fn.plan.blocks)
    put(`${name}Async`, { [name](...given) { return callAsync(fn, selfOf(this), given); } }[name]);
}

function makeClass(type, own) {
  const create = own.find((fn) => fn.plan.form === 'new');
  const name = type.class;
  const made = { [name]: class {
    constructor(...given) {
      if (given[0] === NEW) {
        hold(this, type.name, given[1]);
        return;
      }
      if (!create) throw new TypeError(`a ${name} is not made by new`);
      const { args, leave } = prepare(create, null, given);
      const pointer = C[create.name](...args);
      leave();
      if (!pointer) throw errorOf(given.includes(null) || given.includes(undefined) ? ARGUMENT : MEMORY, null);
      hold(this, type.name, pointer);
    }
    free() { this[HELD].release(); }
    get freed() { return this[HELD].freed; }
  } }[name];
  const dispose = Symbol.dispose ?? Symbol.for('nodejs.dispose');
  Object.defineProperty(made.prototype, dispose, { value() { this.free(); } });
  const selfOf = (self) => {
    if (self?.[HELD]?.type !== type.name) throw new TypeError(`a ${name} is needed`);
    return self[HELD];
  };
  for (const fn of own) {
    if (!offered(fn)) continue;
    if (fn.plan.form === 'method') define(made.prototype, fn, selfOf);
    else if (fn.plan.form === 'static') define(made, fn, () => null);
  }
  return made;
}

const module = {};
for (const type of api.types) {
  if (INTERNAL.has(type.name) || type.kind === 'snapshot') continue;
  const own = functionsOf(type.name).filter(offered);
  if (type.kind === 'builder') describeBuilder(type.name, own);
  classes[type.name] = module[type.class] = makeClass(type, own);
}
for (const fn of functionsOf(null)) if (offered(fn)) define(module, fn, () => null);

const constants = {};
for (const { name, value } of api.constants)
  if (!name.startsWith('CONSENT_VERSION'))
    constants[name.slice(8)] = typeof value === 'number' && !Number.isSafeInteger(value) ? BigInt(value) : value;
export { constants, module };
