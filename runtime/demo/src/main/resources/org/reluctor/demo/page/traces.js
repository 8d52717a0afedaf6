// The demonstration's own charts: chart paper under its curves, and the bars of a frame.

import { base, follow, font, line, near } from './charts.js';

const PIXELS_PER_SECOND = 137;
const KEPT_SECONDS = 12;

/** An axis ruled like chart paper, a line every `step` and a stronger one every `major`. */
function paper(c, step, major, label, extra) {
  return {
    type: 'linear',
    border: { display: false },
    grid: {
      color: ({ tick }) => (tick && near(tick.value, major) ? c.strong : c.grid),
      drawTicks: false,
      lineWidth: 1,
    },
    ticks: {
      stepSize: step,
      autoSkip: false,
      includeBounds: false,
      maxRotation: 0,
      maxTicksLimit: 1000,
      padding: 6,
      color: c.quiet,
      font: font(11),
      callback: (value) => (near(value, major) ? label(value) : ''),
    },
    ...extra,
  };
}

/** Leaves the same room at the left of both traces, so that their time axes agree. */
const gutter = (axis) => { axis.width = 34; };

/** Ruled, not labelled: the ruling moves with the curve, as paper does. */
function timeAxis(c) {
  const axis = paper(c, 0.2, 1, () => '', { min: -1, max: 0 });
  return { ...axis, afterFit: (scale) => { scale.height = 1; } };
}

/** Truth and recovery, millivolts over seconds. */
export function traceChart(canvas, low, high) {
  const chart = follow(canvas, (c) => ({
    type: 'line',
    data: { datasets: [line(c.recovery, 1.6, { order: 1 }), line(c.truth, 5, { order: 2 })] },
    options: base({
      scales: {
        x: timeAxis(c),
        y: paper(c, 0.5, 1, (value) => value.toFixed(0), { min: low, max: high, afterFit: gutter }),
      },
    }),
  }));
  return scrolling(chart);
}

/** Residual of each window, percent over seconds. */
export function residualChart(canvas) {
  const chart = follow(canvas, (c) => ({
    type: 'line',
    data: { datasets: [line(c.recovery, 1.6, { stepped: true })] },
    options: base({
      scales: {
        x: timeAxis(c),
        y: {
          min: 0, suggestedMax: 5, afterFit: gutter, border: { display: false },
          grid: { color: c.grid, drawTicks: false },
          ticks: { maxTicksLimit: 4, color: c.quiet, font: font(11), padding: 6 },
        },
      },
    }),
  }));
  return scrolling(chart);
}

function scrolling(chart) {
  const sets = () => chart.data.datasets.map((dataset) => dataset.data);
  return {
    /** One point per curve at `second`; null leaves a gap. */
    add(second, ...values) {
      sets().forEach((data, i) => data.push({ x: second, y: values[i] }));
    },
    /** Draws the seconds up to `second`. */
    showUpTo(second) {
      // A second is as wide on every screen; a narrow one shows fewer.
      const from = second - Math.min(KEPT_SECONDS - 1, chart.width / PIXELS_PER_SECOND);
      sets().forEach((data) => {
        const gone = data.findIndex((point) => point.x > second - KEPT_SECONDS);
        if (gone > 400) data.splice(0, gone);
      });
      Object.assign(chart.options.scales.x, { min: from, max: second });
      chart.update('none');
    },
  };
}

/** The measurements of one frame, as bars around zero. */
export function measurementChart(canvas, count) {
  const chart = follow(canvas, (c) => ({
    type: 'bar',
    data: {
      labels: Array.from({ length: count }, (_, i) => i + 1),
      datasets: [{ data: [], backgroundColor: c.quiet, barPercentage: 0.72, categoryPercentage: 1, minBarLength: 1 }],
    },
    options: base({
      parsing: {},
      normalized: false,
      scales: {
        x: {
          border: { display: false },
          grid: { display: false },
          ticks: {
            autoSkip: false, maxRotation: 0, color: c.quiet, font: font(11),
            callback: (_, i) => (i === 0 || (i + 1) % 16 === 0 ? String(i + 1) : ''),
          },
        },
        y: {
          border: { display: false },
          grid: { color: ({ tick }) => (tick && tick.value === 0 ? c.quiet : c.grid), drawTicks: false },
          ticks: { display: false, maxTicksLimit: 5 },
        },
      },
    }),
  }));
  let reach = 0;
  return {
    show(values) {
      // Slow to shrink, so that the bars do not dance.
      reach = Math.max(0.85 * reach, 1.05 * Math.max(...values.map(Math.abs)));
      Object.assign(chart.options.scales.y, { min: -reach, max: reach });
      chart.data.datasets[0].data = values;
      chart.update('none');
    },
  };
}
