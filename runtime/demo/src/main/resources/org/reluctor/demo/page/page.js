// Takes the demonstration's events and shows them. The server says everything; nothing is computed here but pixels.

import { latencyChart } from './charts.js';
import { hear } from './feed.js';
import { measurementChart, residualChart, traceChart } from './traces.js';

const FRAME_MS = 1000 / 25;
const BEHIND_SECONDS = 0.25;
const SPOKEN_EVERY_MS = 15_000;

const $ = (id) => document.getElementById(id);
const whole = new Intl.NumberFormat('en');
const still = matchMedia('(prefers-reduced-motion: reduce)');

let about = null;
let charts = null;
let newest = 0;
let shownUpTo = 0;
let paused = false;
let over = false;
let spokenAt = -Infinity;
let totals = null;

function text(id, value) {
  if ($(id).textContent !== value) $(id).textContent = value;
}

function state(name, words) {
  $('lamp').dataset.state = name;
  document.body.classList.toggle('running', name === 'live');
  text('state', words);
}

const percent = (value) => (value === null ? '–' : `${value.toFixed(2)} %`);

function milliseconds(us) {
  if (!us) return '–';
  const ms = us / 1000;
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms < 10 ? ms.toFixed(2) : ms.toFixed(1)} ms`;
}

/** Once, and again after every reconnection: what runs here. */
function onAbout(data) {
  about = data;
  text('sensor', `${about.sensor}: ${about.samples} samples, ${about.rate} Hz`);
  text('ratio', `${about.samples} → ${about.measurements}`);
  text('signal-shape', `${about.measurements} → ${about.samples}`);
  text('broker-in', `MQTT 5, ${about.broker}`);
  text('broker-out', `MQTT 5, QoS 1`);
  text('model', about.model);
  text('device', about.device);
  text('frame-caption', `${about.measurements} measurements of ${about.samples} samples`);
  text('claim', `Every ${about.samples} samples travel as ${about.measurements} numbers`);
  text('pace', `The sensor replays the recording ${about.timesFaster} times faster than it was taken; the curves run at `
    + 'the heart’s own pace over what was recovered last.');
  charts ??= {
    trace: traceChart($('trace'), about.low, about.high),
    residual: residualChart($('residual')),
    measurements: measurementChart($('measurements'), about.measurements),
    latency: latencyChart($('latency'), about.latencyEdgesUs),
  };
}

/** Ten times a second: the next samples of the curves, and the residual of the window they lie in. */
function onTrace(data) {
  if (data.newRound || data.at > newest * about.rate + 1) {
    charts.trace.add(newest, null, null);
    charts.residual.add(newest, null);
  }
  data.truth.forEach((truth, i) => {
    const second = (data.at + i) / about.rate;
    charts.trace.add(second, data.recovered[i], truth);
  });
  charts.residual.add(data.at / about.rate, data.residual);
  newest = (data.at + data.truth.length) / about.rate;
  if (!paused && data.residual !== null) text('residual-now', data.residual.toFixed(2));
}

/** A few times a second: one frame as it crossed the network. */
function onFrame(data) {
  if (!paused) charts.measurements.show(data.measurements);
}

/** Twice a second: the books. */
function onTotals(data) {
  totals = data;
  if (!over && !paused) {
    state('live', `${Math.round(data.seconds)} s of ${about.seconds} s`);
  }
  if (!paused) showTotals();
}

function showTotals() {
  for (const name of ['sent', 'recovered', 'rejected', 'received', 'lost', 'duplicated']) text(name, whole.format(totals[name]));
  text('prd', percent(totals.prd));
  text('prd-linear', percent(totals.prdLinear));
  const widest = Math.max(totals.prd ?? 0, totals.prdLinear ?? 0);
  if (widest > 0) {
    $('prd-bar').style.width = `${100 * totals.prd / widest}%`;
    $('prd-linear-bar').style.width = `${100 * totals.prdLinear / widest}%`;
  }
  text('p50', milliseconds(totals.latencyP50Us));
  text('p99', milliseconds(totals.latencyP99Us));
  if (totals.received > 0) charts.latency.show(totals.latencyCounts, totals.latencyP50Us, totals.latencyP99Us);
  if (performance.now() - spokenAt > SPOKEN_EVERY_MS) speak();
}

/** One sentence for screen readers, seldom enough to be listened to. */
function speak() {
  spokenAt = performance.now();
  text('spoken', `${whole.format(totals.sent)} frames sent, ${whole.format(totals.received)} signals received, `
    + `${totals.lost} lost, ${totals.duplicated} duplicated. Error of the network ${percent(totals.prd)}, of its linear `
    + `start ${percent(totals.prdLinear)}. Median latency ${milliseconds(totals.latencyP50Us)}.`);
}

/** The last event. */
function onEnd(data) {
  over = true;
  source.close();
  $('pause').disabled = true;
  if (totals) {
    showTotals();
    speak();
  }
  state(data.passed ? 'ended' : 'failed', data.words);
}

let lastFrame = 0;
let lastTick = 0;

/** Moves the curves at the heart's pace, a little behind the newest sample so that they never have to wait. */
function tick(now) {
  requestAnimationFrame(tick);
  const elapsed = Math.min(0.25, (now - lastTick) / 1000);
  lastTick = now;
  if (paused || !charts) return;
  const target = newest - (over ? 0 : BEHIND_SECONDS);
  const pace = Math.min(1, about.samplesPerSecond / about.rate);
  shownUpTo += elapsed * pace * (1 + Math.max(-0.5, Math.min(0.5, target - shownUpTo)));
  if (shownUpTo > newest || shownUpTo < newest - 1.5) shownUpTo = target;
  if (now - lastFrame < (still.matches ? 1000 : FRAME_MS) - 2) return;
  lastFrame = now;
  charts.trace.showUpTo(shownUpTo);
  charts.residual.showUpTo(shownUpTo);
}

$('pause').addEventListener('click', () => {
  paused = !paused;
  $('pause').setAttribute('aria-pressed', String(paused));
  if (over) return;
  if (paused) state('paused', 'Paused');
  else if (totals) onTotals(totals);
});

const source = hear('events', {
  about: onAbout,
  trace: onTrace,
  frame: onFrame,
  totals: onTotals,
  end: onEnd,
}, () => { if (!over) state('failed', 'Connection lost'); });
requestAnimationFrame(tick);
