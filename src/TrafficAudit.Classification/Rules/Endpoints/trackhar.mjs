// Makes trackhar.json, the pack of TrackHAR's adapters, of the npm package: npm install trackhar@1.0.0; node trackhar.mjs > trackhar.json
// What an adapter says is taken over as it is, but for the defects named below. Its conditions are functions; they are written as data here.
import { adapters } from 'trackhar';

const json = [{ part: 'body', is: 'json' }];
const conditions = {
  'adcolony/configure': json, 'branch-io/v1': json, 'facebook/graph-activities-json': json, 'facebook/graph': json,
  'facebook/graph-activities-qs': [{ part: 'body', path: 'format', equals: ['json'] }],
  'google/doubleclick-mads-gma-body': [{ part: 'body', is: 'present' }],
  'google/googledatatransport-firelog-batchlog-json': json,
  'google/googledatatransport-firelog-batchlog-protobuf': [{ part: 'body', is: 'no_json' }],
  'google/firebaseinstallations': json, 'google/firebaseremoteconfig': json,
  'google/identitytoolkit-relyingparty-getaccountinfo-json': json,
  'google/identitytoolkit-relyingparty-getaccountinfo-protobuf': [{ part: 'body', is: 'no_json' }],
  'infonline/ioam-tx-query': [{ part: 'query', is: 'present' }],
  'infonline/ioam-tx-body-gzip': [{ part: 'body', path: 'ae', starts: ['H4s'] }],
  'infonline/ioam-tx-body-json': [{ part: 'body', path: 'ae', starts: ['ewo', 'ey'] }],
  'smartbear/bugsnag-sessions': [{ method: 'POST' }],
};

// Defects: a game's number in unity's endpoints, dots that are no dots, hosts behind www.google. that are not Google's, scroll positions the wrong
// way round, endpoints given twice.
const mended = text => text.replace('/games/3268074/', '/games/*/');
const regex = source => source.replace('v\\d{1,2}.\\d', 'v\\d{1,2}\\.\\d').replace('vungle.com', 'vungle\\.com').replace('google\\..+\\/', 'google\\.[a-z]{2,3}(\\.[a-z]{2})?\\/');
const swapped = { scrollPositionX: 'scrollPositionY', scrollPositionY: 'scrollPositionX' };

function endpoint(url) {
  if (typeof url === 'string') return mended(url.replace(/^https?:\/\//, ''));
  const source = regex(url.source.replace(/^\^?https:\\\/\\\//, ''));
  const slash = source.indexOf('\\/');
  const host = source.slice(0, slash);
  const literal = /^[\w-]+(\\\.[\w-]+)*$/.test(host) ? host.replaceAll('\\.', '.') : undefined;
  return { ...(literal ? { host: literal } : { hostPattern: `^${host}$` }), pathPattern: `^${source.slice(slash).replaceAll('\\/', '/')}` };
}

const text = filter => filter === undefined ? undefined : String(filter);
const reasons = [];
const reason = r => { const i = reasons.indexOf(r); return i >= 0 ? i : reasons.push(r) - 1; };
const unique = list => [...new Map(list.map(e => [JSON.stringify(e), e])).values()];
const rules = adapters.map(a => {
  const id = `${a.tracker.slug}/${a.slug}`;
  if (Boolean(a.match) !== (id in conditions)) throw new Error(`${id}: its condition is not written here`);
  return {
    id, recipient: a.tracker.name, name: a.name, endpoints: unique(a.endpointUrls.map(endpoint)), when: conditions[id] ?? [], steps: a.decodingSteps,
    places: Object.entries(a.containedDataPaths).flatMap(([property, places]) => [places].flat().map(p =>
      [swapped[property] ?? property, p.context, p.path, reason(p.reasoning), text(p.onlyIf) ?? null, text(p.notIf) ?? null])),
  };
});
console.log(`{"pack":"trackhar","version":"1.0.0","reasons":[\n${reasons.map(r => JSON.stringify(r)).join(',\n')}],"rules":[\n${rules.map(r => JSON.stringify(r)).join(',\n')}]}`);
