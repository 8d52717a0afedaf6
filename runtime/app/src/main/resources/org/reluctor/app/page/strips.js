// Strips of curves, one for each sensor, with the residual at the foot and a band where an error bound is told.

import { base, follow, font, line } from './charts.js';

const KEPT_SECONDS = 40;
const BEHIND_SECONDS = 0.3;
const GUTTER = 44;
/** How quickly an axis that is too wide shrinks, of its excess at each drawing. */
const SHRINK = 0.03;

const brief = (value) => (Math.abs(value) >= 1e4 || (value !== 0 && Math.abs(value) < 1e-3)
  ? value.toExponential(1) : String(Number(value.toPrecision(3))));

function axes(c) {
  const ruled = {
    border: { display: false },
    afterFit: (axis) => { axis.width = GUTTER; },
  };
  const ticks = { color: c.quiet, font: font(11), padding: 6, maxRotation: 0 };
  return {
    x: {
      type: 'linear', border: { display: false }, min: -1, max: 0,
      grid: { color: c.grid, drawTicks: false }, ticks: { display: false, maxTicksLimit: 9, includeBounds: false },
      afterFit: (axis) => { axis.height = 1; },
    },
    residual: {
      ...ruled, stack: 'strip', stackWeight: 1, min: 0, max: 5, position: 'left',
      grid: { display: false }, ticks: { ...ticks, display: false },
    },
    y: {
      ...ruled, stack: 'strip', stackWeight: 4, position: 'left',
      grid: { color: c.grid, drawTicks: false },
      ticks: { ...ticks, maxTicksLimit: 5, includeBounds: false, callback: brief },
    },
  };
}

function datasets(c) {
  const band = { borderWidth: 0, backgroundColor: `${c.recovery}33`, yAxisID: 'y', order: 3 };
  return [
    line(c.recovery, 1.4, { yAxisID: 'y', order: 1 }),
    line('transparent', 0, { ...band, fill: '+1' }),
    line('transparent', 0, band),
    line(c.quiet, 1, { yAxisID: 'residual', stepped: true, fill: 'origin', backgroundColor: `${c.quiet}40`, order: 4 }),
  ];
}

/** One sensor's strip on that canvas. Time is in seconds of drawing, which begin anew where the server says so. */
export function strip(canvas) {
  const chart = follow(canvas, (c) => ({
    type: 'line',
    data: { datasets: datasets(c) },
    options: base({ scales: axes(c), layout: { padding: { right: 2 } } }),
  }));
  const sets = () => chart.data.datasets.map((set) => set.data);
  let newest = 0;
  let shown = 0;
  let low = 0;
  let high = 1;
  let seen = false;

  function clear() {
    sets().forEach((data) => { data.length = 0; });
    newest = 0;
    shown = 0;
    seen = false;
  }

  function range(from, to) {
    let least = Infinity;
    let most = -Infinity;
    let residual = 1;
    for (const { x, y } of chart.data.datasets[0].data) {
      if (x >= from && x <= to && !Number.isNaN(y)) {
        least = Math.min(least, y);
        most = Math.max(most, y);
      }
    }
    for (const { x, y } of chart.data.datasets[3].data) if (x >= from && x <= to && y > residual) residual = y;
    if (least > most) return;
    const air = 0.06 * (most - least) || 0.5;
    low = seen ? Math.min(least - air, low + SHRINK * (least - air - low)) : least - air;
    high = seen ? Math.max(most + air, high + SHRINK * (most + air - high)) : most + air;
    seen = true;
    Object.assign(chart.options.scales.y, { min: low, max: high });
    chart.options.scales.residual.max = residual;
  }

  return {
    get newest() { return newest; },
    get points() { return chart.data.datasets[0].data.length; },
    /** The next stretch of the curve. */
    add({ at, step, points, joined, bound, residual }) {
      if (at < newest - 1e-3) clear();
      const [curve, above, below, foot] = sets();
      if (!joined) sets().forEach((data) => data.push({ x: at, y: NaN }));
      points.forEach((y, i) => {
        const x = at + i * step;
        curve.push({ x, y });
        if (bound !== null) {
          above.push({ x, y: y + bound });
          below.push({ x, y: y - bound });
        }
      });
      newest = at + points.length * step;
      if (residual !== null) foot.push({ x: at, y: 100 * residual }, { x: newest, y: 100 * residual });
      for (const data of sets()) {
        const gone = data.findIndex((point) => point.x > newest - KEPT_SECONDS);
        if (gone > 1000) data.splice(0, gone);
      }
    },
    /** Moves on by so many seconds, towards the newest point, and draws that many seconds up to there. */
    draw(elapsed, span) {
      const target = newest - BEHIND_SECONDS;
      shown += elapsed * (1 + Math.max(-0.5, Math.min(0.5, 2 * (target - shown))));
      if (shown > newest || shown < newest - 1.5) shown = Math.max(0, target);
      this.drawAt(0, span);
    },
    /** Draws what was so many seconds ago. */
    drawAt(ago, span) {
      const to = shown - ago;
      range(to - span, to);
      Object.assign(chart.options.scales.x, { min: to - span, max: to });
      chart.update('none');
    },
    /** Least and largest value that are drawn. */
    range: () => [low, high],
    destroy: () => chart.destroy(),
  };
}

/** Percent of the last seconds, the newest at the right. */
export function loadChart(canvas, seconds) {
  const chart = follow(canvas, (c) => ({
    type: 'line',
    data: { datasets: [line(c.recovery, 1.4, { fill: 'origin', backgroundColor: `${c.recovery}26`, stepped: true })] },
    options: base({
      scales: {
        x: { type: 'linear', min: 1 - seconds, max: 0, display: false },
        y: {
          min: 0, max: 100, border: { display: false }, afterFit: (axis) => { axis.width = GUTTER; },
          grid: { color: c.grid, drawTicks: false },
          ticks: { color: c.quiet, font: font(11), padding: 6, stepSize: 50, callback: (value) => `${value} %` },
        },
      },
    }),
  }));
  return {
    show(percent) {
      chart.data.datasets[0].data = percent.map((y, i) => ({ x: i + 1 - percent.length, y }));
      chart.update('none');
    },
  };
}
