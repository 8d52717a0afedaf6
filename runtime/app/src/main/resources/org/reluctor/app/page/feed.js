// Hears the server's events: one connection, made anew where it breaks. Unlike EventSource it can bring a token.

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8000;

/** Takes a stream of server-sent events apart; tell(event, data) gets each that is whole. */
function parser(tell) {
  let rest = '';
  return (text) => {
    rest += text;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const lines = rest.slice(0, end).split('\n');
      rest = rest.slice(end + 2);
      const of = (name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      if (of('event')) tell(of('event'), JSON.parse(of('data')));
    }
  };
}

/**
 * Calls takers[event](data) for every event. lost(status) is told of each connection that ended or was refused, with the
 * status of HTTP where there was one; where it returns false, none is made again. close() ends it.
 */
export function hear(url, takers, lost, token = '') {
  const ending = new AbortController();
  let pause = FIRST_RETRY_MS;

  async function once() {
    const answer = await fetch(url, {
      headers: token ? { Authorization: `Bearer ${token}` } : {}, cache: 'no-store', signal: ending.signal,
    });
    if (!answer.ok) return answer.status;
    const take = parser((event, data) => {
      pause = FIRST_RETRY_MS;
      takers[event]?.(data);
    });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) take(part.value);
    return 0;
  }

  async function forever() {
    while (!ending.signal.aborted) {
      const status = await once().catch(() => 0);
      if (ending.signal.aborted || lost(status) === false) return;
      await new Promise((done) => { setTimeout(done, pause); });
      pause = Math.min(LAST_RETRY_MS, 2 * pause);
    }
  }

  forever();
  return { close: () => ending.abort() };
}
