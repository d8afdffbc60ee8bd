// The checklist of the set-up page. Served by the program itself; the page's policy allows no other script.
(() => {
  'use strict';

  const host = document.body.dataset.host;
  const expected = document.body.dataset.authority;
  const patience = 10000;

  // The page may be shown in several languages at once, each with a list of its own.
  function show(check, state, detail) {
    for (const item of document.querySelectorAll(`[data-check="${check}"]`)) {
      item.dataset.state = state;
      item.querySelector('.result').textContent = item.parentElement.dataset[state];
      item.querySelector('.detail').textContent = detail || '';
    }
  }

  async function ask(url) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    try {
      const answer = await fetch(url, { cache: 'no-store', credentials: 'omit', signal: stop.signal });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  function echo(url) {
    return new Promise(done => {
      const sent = crypto.getRandomValues(new Uint32Array(4)).join('-');
      const socket = new WebSocket(url);
      const end = result => { clearTimeout(timer); socket.close(); done(result); };
      const timer = setTimeout(() => end(false), patience);
      socket.onopen = () => socket.send(sent);
      socket.onmessage = message => end(message.data === sent);
      socket.onerror = () => end(false);
    });
  }

  async function run() {
    for (const check of ['proxy_reached', 'ca_trusted', 'http2', 'web_socket', 'ca_fingerprint']) {
      show(check, 'running');
    }

    // A page over HTTPS may not ask over HTTP; it came through the proxy then, as this name leads nowhere else.
    const plain = await ask(location.protocol === 'https:' ? '/check/probe' : `http://${host}/check/probe`);
    const reached = plain !== null && plain.through_proxy;
    show('proxy_reached', reached ? 'passed' : 'failed');

    const secure = await ask(`https://${host}/check/probe`);
    const trusted = secure !== null && secure.tls;
    const later = reached ? 'failed' : 'waiting';
    show('ca_trusted', trusted ? 'passed' : later);
    if (!trusted) {
      show('http2', 'waiting');
      show('web_socket', 'waiting');
      // Which authority signs is known without trusting it: another proxy's is told from an own one that isn't installed.
      const signing = reached ? plain.authority_sha256 : expected;
      show('ca_fingerprint', signing === expected ? 'waiting' : 'failed', signing);
      return;
    }

    show('http2', secure.http_version === 'HTTP/2' ? 'passed' : 'failed', secure.http_version);
    show('ca_fingerprint', secure.authority_sha256 === expected ? 'passed' : 'failed', secure.authority_sha256);
    show('web_socket', await echo(`wss://${host}/check/ws`) ? 'passed' : 'failed');
  }

  let running = false;
  async function start() {
    if (running) {
      return;
    }

    running = true;
    try {
      await run();
    } finally {
      running = false;
    }
  }

  for (const button of document.querySelectorAll('button.run')) {
    button.hidden = false;
    button.addEventListener('click', start);
  }

  // Back from the settings, where the proxy or the certificate was just set.
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { start(); } });
  start();
})();
