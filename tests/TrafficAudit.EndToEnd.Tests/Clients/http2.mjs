// Node's http2 through the proxy: CONNECT by node:http, TLS by node:tls, then one session with two streams.
// Arguments: proxy host, proxy port, host, port, file of the authority.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import tls from 'node:tls';

const [proxyHost, proxyPort, host, port, authority] = process.argv.slice(2);

const tunnel = await new Promise((done, fail) => {
  http.request({ host: proxyHost, port: proxyPort, method: 'CONNECT', path: `${host}:${port}` })
    .on('connect', (answer, socket) => answer.statusCode === 200 ? done(socket) : fail(new Error(`CONNECT: ${answer.statusCode}`)))
    .on('error', fail)
    .end();
});
const secured = await new Promise((done, fail) => {
  const socket = tls.connect({ socket: tunnel, servername: host, ca: readFileSync(authority), ALPNProtocols: ['h2'] }, () => done(socket));
  socket.on('error', fail);
});
const session = http2.connect(`https://${host}:${port}`, { createConnection: () => secured });

const ask = (method, path, body) => new Promise((done, fail) => {
  const stream = session.request({ ':method': method, ':path': path });
  let status;
  let text = '';
  stream.setEncoding('utf8')
    .on('response', headers => { status = headers[':status']; })
    .on('data', part => { text += part; })
    .on('end', () => { console.log(status, text); done(); })
    .on('error', fail);
  stream.end(body);
});

await ask('GET', '/node?q=1');
await ask('POST', '/node', 'sent by node');
session.close();
