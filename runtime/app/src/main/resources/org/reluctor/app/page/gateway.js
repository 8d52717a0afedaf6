// Takes the gateway's events and shows them. The server says everything; nothing is computed here but pixels.

import { latencyChart } from './charts.js';
import { hear } from './feed.js';
import { loadChart, strip } from './strips.js';

const FRAME_MS = 64;
const STILL_FRAME_MS = 1000;
const LEAST_SPAN = 1;
const MOST_SPAN = 32;
const MOST_CHOSEN = 8;
const LOAD_SECONDS = 60;
/** Of a signal's flags, by bit; missing frames are seen as a break of the curve. */
const MARKS = ['residual too high', 'late', 'out of range'];
const TOKEN = 'reluctor-token';

const $ = (id) => document.getElementById(id);
const whole = new Intl.NumberFormat('en');
const still = matchMedia('(prefers-reduced-motion: reduce)');

const strips = new Map();
let names = [];
let chosen = [];
let chosenByHand = false;
let source = null;
let charts = null;
let paused = false;
let ago = 0;
let span = innerWidth < 700 ? 4 : 8;
let lastState = '';
let redraws = 0;
let heard = 0;
let tooSlowFor = 0;

function text(id, value) {
  if ($(id).textContent !== value) $(id).textContent = value;
}

/** Said by screen readers, once, at what a person did or must know. */
function say(words) {
  $('spoken').textContent = words;
}

function element(name, words = '', kind = '') {
  const made = document.createElement(name);
  made.textContent = words;
  if (kind) made.className = kind;
  return made;
}

function state(name, words) {
  $('lamp').dataset.state = name;
  text('state', words);
  if (words !== lastState && lastState) say(`Gateway: ${words}`);
  lastState = words;
}

function milliseconds(us) {
  if (!us) return '–';
  const ms = us / 1000;
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms < 10 ? ms.toFixed(2) : ms.toFixed(1)} ms`;
}

function onAbout(data) {
  text('claim', `${data.instance} at ${data.site}`);
  text('version', `Reluctor ${data.version},`);
  document.title = `${data.instance}: Reluctor`;
  $('gate').hidden = true;
  charts ??= { latency: latencyChart($('latency'), data.latencyEdgesUs), load: loadChart($('load'), LOAD_SECONDS) };
}

/** A strip for each chosen sensor, in the order of their names, and none for others. */
function arrange() {
  for (const [name, shown] of strips) {
    if (!chosen.includes(name)) {
      shown.chart.destroy();
      shown.figure.remove();
      strips.delete(name);
    }
  }
  for (const name of chosen) if (!strips.has(name)) strips.set(name, figureOf(name));
  $('strips').append(...chosen.map((name) => strips.get(name).figure));
  $('strips').dataset.count = chosen.length;
  $('nothing').hidden = chosen.length > 0;
  text('choose-title', `Sensors ${chosen.length} of ${names.length}`);
}

function figureOf(name) {
  const figure = element('figure', '', 'strip');
  const caption = element('figcaption');
  const reading = element('span', '', 'unit');
  caption.append(element('h3', name), reading);
  const frame = element('div', '', 'canvas');
  const canvas = element('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `Curve of ${name}`);
  frame.append(canvas);
  figure.append(caption, frame);
  return { figure, reading, canvas, chart: strip(canvas), signal: null, toldAt: -Infinity };
}

function onSensors(data) {
  names = data.names;
  $('choices').querySelectorAll('label').forEach((label) => label.remove());
  for (const name of names) {
    const box = element('input');
    Object.assign(box, { type: 'checkbox', value: name });
    const label = element('label');
    label.append(box, name);
    $('choices').append(label);
  }
  if (!chosenByHand) choose(names.slice(0, MOST_CHOSEN));
  tick();
}

function tick() {
  for (const box of $('choices').querySelectorAll('input')) {
    box.checked = chosen.includes(box.value);
    box.disabled = !box.checked && chosen.length >= MOST_CHOSEN;
  }
}

function choose(wanted) {
  if (wanted.join() === chosen.join()) return;
  chosen = wanted;
  arrange();
  connect();
}

$('choices').addEventListener('change', () => {
  chosenByHand = true;
  choose([...$('choices').querySelectorAll('input:checked')].map((box) => box.value));
  tick();
});

/** Twelve times a second and sensor: the next stretch of its curve; with a signal's first, what is told of it. */
function onCurve(data) {
  heard += 1;
  const shown = strips.get(data.sensor);
  if (!shown) return;
  if (data.signal) shown.signal = data.signal;
  if (paused || !shown.signal) {
    shown.missed = true;
    return;
  }
  const unit = 10 ** -data.decimals;
  shown.chart.add({
    at: data.at, step: data.step, points: data.points.map((point) => point * unit),
    joined: data.joined && !shown.missed, bound: shown.signal.bound, residual: shown.signal.residual,
  });
  shown.missed = false;
  read(shown);
}

/** A strip's words, seldom enough to be read. */
function read(shown) {
  const now = performance.now();
  if (now - shown.toldAt < 500) return;
  shown.toldAt = now;
  const { residual, bound, unit, channels, flags } = shown.signal;
  const marks = MARKS.filter((_, bit) => flags & (1 << bit));
  const words = [residual === null ? 'no residual' : `residual ${(100 * residual).toFixed(2)} %`];
  if (bound !== null) words.push(`± ${Number(bound.toPrecision(2))} ${unit}`);
  else if (unit) words.push(unit);
  if (channels > 1) words.push(`channel 1 of ${channels}`);
  shown.reading.textContent = [...words, ...marks].join(' · ');
  shown.reading.classList.toggle('alarm', marks.length > 0);
}

/** Once a second: the books. */
function onFigures(data) {
  const known = { online: 'live', standby: 'live', degraded: 'failed', starting: 'waiting' }[data.state] ?? 'waiting';
  state(known, data.why && data.state !== 'online' ? `${data.state}: ${data.why}` : data.state);
  text('device', data.device);
  text('rate', data.framesPerSecond.toFixed(data.framesPerSecond < 10 ? 1 : 0));
  const counts = {
    delivered: 'delivered', received: 'received', 'in-flight': 'inFlight', rejected: 'rejected',
    duplicates: 'duplicates', gaps: 'gaps', refused: 'refused', failures: 'recoveryFailures',
    reconnections: 'reconnections',
  };
  for (const [id, key] of Object.entries(counts)) {
    text(id, data[key] === undefined ? '–' : whole.format(data[key]));
    $(id).classList.toggle('alarm', ['rejected', 'refused', 'failures'].includes(id) && data[key] > 0);
  }
  text('rejected-for', Object.entries(data.rejectedFor ?? {}).map(([why, count]) => `${why}: ${count}`).join(', '));
  text('p50', milliseconds(data.latencyP50Us));
  text('p99', milliseconds(data.latencyP99Us));
  text('batch', data.framesPerBatch === null ? '–' : data.framesPerBatch.toFixed(1));
  text('load-now', data.load.length ? `${data.load.at(-1).toFixed(0)} %` : '–');
  text('shown', [[data.notShown, 'signals came faster than curves are drawn'],
    [tooSlowFor, 'updates were left out, because this browser was too slow']]
    .filter(([count]) => count > 0).map(([count, words]) => `${whole.format(count)} ${words}.`).join(' '));
  charts.load.show(data.load);
  if (data.latencyP99Us) charts.latency.show(data.latencyCounts, data.latencyP50Us, data.latencyP99Us);
  showSpan();
}

function onNetworks(data) {
  $('networks').replaceChildren(...data.networks.map((network) => {
    const item = element('li');
    const shape = `${network.measurements} → ${network.samples}${network.channels > 1 ? ` × ${network.channels}` : ''}`;
    item.append(element('b', network.file || network.model), ` for ${network.sensors}`, element('br'),
      element('span', `${shape} · ${network.unit || 'no unit'} · ${network.model}`, 'note'));
    return item;
  }));
}

function onLog(data) {
  $('log').replaceChildren(...data.lines.reverse().map((line) => {
    const item = element('li', '', line.level);
    const time = element('time', line.time.slice(11, 19));
    time.dateTime = line.time;
    item.append(time, element('span', line.level, 'level'), element('span', line.text));
    return item;
  }));
}

function lost(status) {
  const token = sessionStorage.getItem(TOKEN);
  if (status === 401) {
    sessionStorage.removeItem(TOKEN);
    $('gate').hidden = false;
    $('gate-says').textContent = token ? 'That is not its token.' : '';
    $('token').focus();
    state('failed', 'Token needed');
    return false;
  }
  state('failed', status === 503 ? 'Too many pages are open' : 'Connection lost, trying again');
  return true;
}

function connect() {
  source?.close();
  const query = chosen.length ? `?choose=${chosen.join(',')}` : '';
  source = hear(`events${query}`, {
    about: onAbout, sensors: onSensors, curve: onCurve, figures: onFigures, networks: onNetworks, log: onLog,
    leftOut: (data) => { tooSlowFor += data.events; },
  }, lost, sessionStorage.getItem(TOKEN) ?? '');
}

$('gate').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN, $('token').value);
  $('token').value = '';
  connect();
});

function showSpan() {
  const speeds = new Set([...strips.values()].map((shown) => Number((shown.signal?.speed ?? 1).toPrecision(3))));
  const seconds = span * (speeds.size === 1 ? [...speeds][0] : 1);
  const words = seconds >= 120 ? `${Number((seconds / 60).toPrecision(2))} min`
    : seconds < 1 ? `${Number((1000 * seconds).toPrecision(2))} ms` : `${Number(seconds.toPrecision(3))} s`;
  text('span', paused && ago > 0 ? `${words}, ${Number(ago.toPrecision(3))} s back` : words);
  return words;
}

function zoom(factor) {
  span = Math.max(LEAST_SPAN, Math.min(MOST_SPAN, span * factor));
  $('in').disabled = span === LEAST_SPAN;
  $('out').disabled = span === MOST_SPAN;
  say(`${showSpan()} shown`);
  drawAll(0);
}

function pause() {
  paused = !paused;
  ago = 0;
  $('pause').setAttribute('aria-pressed', String(paused));
  say(paused ? 'Paused' : 'Live');
  if (paused) describe();
  showSpan();
}

function move(part) {
  if (!paused) return;
  ago = Math.max(0, Math.min(MOST_SPAN, ago + part * span));
  showSpan();
  drawAll(0);
}

/** What a curve that stands still is like, for those who do not see it. */
function describe() {
  for (const [name, shown] of strips) {
    const [low, high] = shown.chart.range().map((value) => value.toPrecision(2));
    shown.canvas.setAttribute('aria-label', `Curve of ${name}, between ${low} and ${high}; ${shown.reading.textContent}`);
  }
}

$('pause').addEventListener('click', pause);
$('in').addEventListener('click', () => zoom(0.5));
$('out').addEventListener('click', () => zoom(2));
const keys = {
  p: pause, '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2), ArrowLeft: () => move(0.25),
  ArrowRight: () => move(-0.25),
};
$('strips').addEventListener('keydown', (event) => {
  const act = event.ctrlKey || event.altKey || event.metaKey ? null : keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

function drawAll(elapsed) {
  for (const shown of strips.values()) {
    if (paused) shown.chart.drawAt(ago, span);
    else shown.chart.draw(elapsed, span);
  }
}

let lastDrawn = 0;
let pace = FRAME_MS;

/** Draws as often as an eye asks for and the machine allows. */
function frame(now) {
  requestAnimationFrame(frame);
  const elapsed = now - lastDrawn;
  if (paused || elapsed < (still.matches ? STILL_FRAME_MS : pace) - 4) return;
  lastDrawn = now;
  drawAll(Math.min(1, elapsed / 1000));
  redraws += 1;
  // Half of the time belongs to whoever scrolls or types.
  pace = Math.max(FRAME_MS, 2 * (performance.now() - now));
}

/** For tests: stretches of curves heard so far, and how many times all curves were drawn. */
export const pulse = () => ({ heard, redraws });

connect();
requestAnimationFrame(frame);
