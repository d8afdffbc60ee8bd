// Makes requests for every endpoint of TrackHAR's adapters, out of the adapters' own paths and decoding steps turned round, with invented values, and says
// what TrackHAR finds in each. Arguments: where to write the JSON; a placeholder, to stand in place of every value.
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { adapters, process as processHar } from 'trackhar';

// --- values: each once in a request, and nothing that looks like a number, a placeholder or protobuf ---
let count = 0;
const letters = 'bcdfghjkmpqrstvwxyz';
const word = () => { let n = ++count, w = ''; for (let i = 0; i < 6; i++) { w += letters[n % letters.length]; n = Math.floor(n / letters.length); } return `kz${w}`; };
const uuid = () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
const shapes = [word, () => `${word()}/${word()}`, () => `de-${word()}`, () => `com.${word()}`, () => `DBAB${word()}`, uuid, () => `ifa:${word()}`];
const test = (f, v) => f === undefined || (typeof f === 'string' ? f === v : f.test(v));
const fits = (p, v) => test(p.onlyIf, v) && !(p.notIf && test(p.notIf, v));
const prefix = p => /startsWith\('([^']+)'\)/.exec(p.path)?.[1] ?? '';
function valueFor(p) {
  if (process.argv[3]) return process.argv[3];
  if (/@property === "udid" && @\.match/.test(p.path)) return `ifa:${word()}`;
  for (const shape of shapes) { const v = prefix(p) + shape(); if (fits(p, v)) return v; }
  throw new Error(`no value for ${p.path}`);
}

// --- putting a value where a path leads ---
function tokens(path) {
  const out = [];
  let rest = path.replace(/^\$\.?/, '').replace('..events', '.events');
  while (rest) {
    let m;
    if ((m = /^\[\?\((.*?)\)\](\.|$|(?=\[))/.exec(rest))) out.push({ filter: m[1] });
    else if ((m = /^\["([^"]+)"\]\.?/.exec(rest))) out.push({ name: m[1] });
    else if ((m = /^([^.[]+)\.?/.exec(rest))) out.push(m[1] === '*' ? { all: true } : { name: m[1] });
    else throw new Error(`path ${path}`);
    rest = rest.slice(m[0].length);
  }
  return out;
}
const sample = pattern => pattern.replace(/^\^|\$$/g, '').replace('\\d+', '7').replace('.*', 'x');
function nameOf(filter) {
  const m = /@property\.match\(\/(.+?)\/i?\)/.exec(filter) ?? /@property\.startsWith\("(.+?)"\)/.exec(filter);
  return m ? sample(m[1]) + (filter.includes('startsWith') ? '7' : '') : /@property === "(\w+)"/.exec(filter)?.[1];
}
const isList = t => t && (t.all || (t.filter && !nameOf(t.filter)));
function put(holder, path, value) { place(holder, tokens(path), value); }
function place(holder, [token, ...rest], value) {
  const next = rest[0];
  const into = key => {
    if (!rest.length) { holder[key] = value; return; }
    if (typeof holder[key] !== 'object') holder[key] = isList(next) ? [] : {};
    place(holder[key], rest, value);
  };
  if (token.name !== undefined) return into(token.name);
  if (token.all) return into(0);
  const name = nameOf(token.filter);
  if (name) return into(name);
  if (/@\.startsWith/.test(token.filter)) { holder.push(value); return; }
  const wanted = [...token.filter.matchAll(/@(?:\.(\w+)|\[(\d+)\]) ===? (?:'([^']*)'|(\d+))/g)].map(m => [m[1] ?? m[2], m[3] ?? Number(m[4])]);
  let element = holder.find(e => wanted.every(([k, v]) => e[k] === v));
  if (!element) holder.push(element = Object.fromEntries(wanted));
  if (rest.length === 1 && rest[0].name in element) return; // the place is its own condition
  place(element, rest, value);
}

// --- turning steps round ---
const text = v => typeof v === 'object' ? JSON.stringify(v) : String(v);
const latin = v => Buffer.from(v, 'latin1');
const query = o => Object.entries(o).map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(text(v))}`).join('&');
const varint = n => { const out = []; do { out.push((n % 128) | (n >= 128 ? 128 : 0)); n = Math.floor(n / 128); } while (n); return Buffer.from(out); };
const length = b => Buffer.concat([varint(b.length), b]);
const several = v => Array.isArray(v) && v.length === 1 ? [v[0], v[0]] : [v].flat(); // only a repeated field is an array
const protobuf = o => Buffer.concat(Object.entries(o).flatMap(([k, v]) => several(v).map(e => typeof e === 'number'
  ? Buffer.concat([varint(k * 8), varint(e)])
  : Buffer.concat([varint(k * 8 + 2), length(typeof e === 'string' ? latin(e) : protobuf(e))]))));
const undo = {
  parseQueryString: query, parseJson: v => JSON.stringify(v), decodeBase64: v => latin(v).toString('base64'), decodeUrl: encodeURIComponent,
  decodeProtobuf: v => protobuf(v).toString('latin1'), decodeJwt: v => ['{"alg":"none"}', JSON.stringify(v)].map(s => Buffer.from(s).toString('base64url')).join('.') + '.',
  ensureArray: v => v, gunzip: v => gzipSync(latin(v)).toString('latin1'), split: (v, o) => v.join(o.separator),
};
const at = (o, names) => names.reduce((h, n) => h?.[n], o);
function take(vars, id) { const names = id.split('.'), holder = at(vars, names.slice(0, -1)); const v = holder?.[names.at(-1)]; if (holder) delete holder[names.at(-1)]; return v; }
function give(vars, id, v) {
  const event = /^\$\.logRequest\.\*\.logEvent\[\?\(@parent\.logSourceName === '(\w+)'\)\]\.(\w+)$/.exec(id.path ?? '');
  if (event) return (vars.logRequest ??= []).push({ logSourceName: event[1], logEvent: [v].flat().map(e => ({ [event[2]]: e })) });
  put(vars, id.path ?? id, v);
}
function encode(steps, res) {
  const vars = { res };
  for (const step of [...steps].reverse()) {
    const made = take(vars, step.output);
    if (made === undefined) continue;
    const input = step.input ?? step.mapInput;
    if (step.function === 'getProperty') {
      if (step.options.path === '$') { vars[input] = { ...vars[input], ...made }; continue; }
      if (step.mapInput) { vars[input] = made.map(v => ({ [step.options.path]: v })); continue; }
      const names = input.split('.');
      let holder = vars;
      for (const n of names) holder = holder[n] ??= {};
      if (step.output.includes('logEvents_') && !step.options.path.includes('logRequest')) { placeAll(holder, step.options.path, made); continue; }
      give(holder, { path: step.options.path }, made);
    } else if (step.mapInput) {
      const list = made.map(v => undo[step.function](v, step.options));
      if (step.mapInput.includes('*')) list.forEach(v => put(vars, step.mapInput, v)); else give(vars, { path: step.mapInput }, list);
    } else put(vars, input, undo[step.function](made, step.options));
  }
  return vars;
}
// `1[?(@[2] === 462)].3.*.6`: several, since only a repeated field is an array; the first request has the array, the second `1.1.4.6` and the like
let variant = 0;
function placeAll(holder, path, made) {
  if (variant === 1) return;
  const first = [made].flat()[0];
  const source = Number(/=== (\d+)/.exec(path)[1]);
  holder[1] = [...(Array.isArray(holder[1]) ? holder[1] : []), { 2: source, 3: path.includes('.3.*') ? [{ 6: first }, { 6: first }] : { 6: first } }];
}

// --- endpoints ---
const host = s => s.replace(/\(([^)|]*)[^)]*\)\??/g, (m, a) => m.endsWith('?') ? '' : a).replace(/s\?/g, '').replace(/2\?/g, '2').replace(/-\?/g, '-').replace(/\\d/g, '3');
function urlOf(endpoint) {
  if (typeof endpoint === 'string') return endpoint;
  let s = endpoint.source.replace(/^\^|\$$/g, '').replaceAll('\\/', '/').replace(/\[0-9a-fA-F\]\{(\d+)\}/g, (_, n) => 'a'.repeat(n)).replace(/\\d\{1,2\}\\?\./, '17.')
    .replaceAll('\\d+', '12345').replace('google\\..+', 'google.de').replace('https://.+', 'https://eu');
  s = s.replaceAll('.+', 'kzpart');
  const url = s.replace(/^(https:)\/\/([^/]+)(.*)$/, (_, scheme, h, p) => `${scheme}//${host(h)}${host(p).replace('https', 'https')}`).replaceAll('\\', '');
  if (!endpoint.test(url)) throw new Error(`${url} does not match ${endpoint}`);
  return url;
}

const requests = [];
for (const adapter of adapters) {
  const paths = Object.entries(adapter.containedDataPaths).flatMap(([property, l]) => [l].flat().map(p => ({ property, ...p })));
  const id = `${adapter.tracker.slug}/${adapter.slug}`;
  for (const [turn, list] of [paths, [...paths].reverse()].entries()) {
    variant = turn;
    for (const endpoint of variant === 0 ? adapter.endpointUrls : adapter.endpointUrls.slice(0, 1)) {
      const res = {};
      for (const p of list) {
        // Of the two forms of this header the second request has the older one.
        if (p.context === 'path' || (turn === 1 && p.path.includes('x-firebase-client-decoded'))) continue;
        try { put(res[p.context] ??= {}, p.path, valueFor(p)); } catch (e) { if (!(e instanceof TypeError)) throw e; }
      }
      const vars = encode(adapter.decodingSteps, structuredClone(res));
      let body = vars.body === undefined ? '' : typeof vars.body === 'string' ? vars.body : JSON.stringify(vars.body);
      if (id === 'facebook/graph-activities-qs') body = `format=json&${body}`;
      const q = typeof vars.query === 'string' ? vars.query : vars.query ? query(vars.query) : '';
      const pairs = o => Object.entries(o ?? {}).map(([name, value]) => ({ name, value: text(value) }));
      requests.push({ adapter: id, method: body || adapter.match ? 'POST' : 'GET', url: urlOf(endpoint) + (q ? `?${q}` : ''),
        headers: pairs(vars.header), cookies: pairs(vars.cookie), body });
    }
  }
}
const entries = requests.map(r => ({ startedDateTime: '2026-01-01T00:00:00Z', request: { method: r.method, url: r.url, httpVersion: 'HTTP/1.1', headers: r.headers,
  cookies: r.cookies, ...(r.body ? { postData: { text: r.body } } : {}) } }));
const found = await processHar({ log: { entries } });
const texts = v => typeof v === 'object' ? Object.values(v).flatMap(texts) : [String(v)];
writeFileSync(process.argv[2], JSON.stringify(requests.map((r, i) => ({ ...r, body: latin(r.body).toString('base64'),
  finds: (found[i] ?? []).map(f => ({ adapter: f.adapter, property: f.property, context: f.context, path: f.path, values: texts(f.value) })) }))));
