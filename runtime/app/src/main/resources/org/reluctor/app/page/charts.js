// What the charts of all pages share. Each returned object takes values; none knows where they come from.

/** Colours as the style sheet has them now. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: of('text'), quiet: of('quiet'), grid: of('grid'), strong: of('grid-strong'), rule: of('rule'),
    truth: of('truth'), recovery: of('recovery'),
  };
}

/** The page's own, of that size in pixels. */
export function font(size) {
  return { size, family: getComputedStyle(document.body).fontFamily };
}

const repaints = new Set();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => repaints.forEach((repaint) => repaint()));

/** Makes a chart whose colours follow the colour scheme; configure(colours) gives its whole configuration. */
export function follow(canvas, configure) {
  const chart = new Chart(canvas, configure(colours()));
  const repaint = () => {
    if (!chart.ctx) {
      repaints.delete(repaint);
      return;
    }
    const { data } = chart.data.datasets.length ? chart : { data: null };
    const { min, max } = chart.options.scales.x;
    const fresh = configure(colours());
    fresh.data.datasets.forEach((dataset, i) => { dataset.data = data.datasets[i].data; });
    fresh.data.labels = data.labels;
    chart.data = fresh.data;
    chart.options = fresh.options;
    Object.assign(chart.options.scales.x, { min, max });
    chart.update('none');
  };
  repaints.add(repaint);
  return chart;
}

/** Options of a chart that is redrawn many times a second and answers to no pointer. */
export function base(extra) {
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    parsing: false,
    normalized: true,
    plugins: { legend: { display: false }, tooltip: { enabled: false } },
    ...extra,
  };
}

/** Whether a value is a whole number of steps. */
export const near = (value, step) => Math.abs(value / step - Math.round(value / step)) < 1e-6;

/** A curve without points. */
export function line(colour, width, extra) {
  return {
    data: [], borderColor: colour, borderWidth: width, pointRadius: 0, borderJoinStyle: 'round', tension: 0, ...extra,
  };
}

/**
 * What a logarithmic histogram of bars lacks: labels where classes meet, and lines at given values. Positions count
 * in bars; the middle of the first is 0.
 */
const ruler = {
  id: 'ruler',
  afterDatasetsDraw(chart) {
    const { ctx, chartArea: area, scales: { x } } = chart;
    const { marks, labels } = chart.options.plugins.ruler;
    const c = colours();
    const pixel = (at) => x.getPixelForValue(0) + at * (x.getPixelForValue(1) - x.getPixelForValue(0));
    ctx.save();
    ctx.font = `11px ${font(11).family}`;
    ctx.textAlign = 'center';
    ctx.fillStyle = c.quiet;
    labels.forEach(({ at, name }) => ctx.fillText(name, pixel(at), area.bottom + 15));
    ctx.fillStyle = c.text;
    marks.forEach(({ at, name }) => {
      const left = Math.round(pixel(at));
      const toLeft = left > (area.left + area.right) / 2;
      ctx.fillRect(left, area.top, 1, area.height);
      ctx.textAlign = toLeft ? 'right' : 'left';
      ctx.fillText(name, left + (toLeft ? -5 : 6), area.top + 9);
    });
    ctx.restore();
  },
};

const ROUND_MS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];
const MOST_CLASSES_FOR_ALL = 20;
const brief = (ms) => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`);

/** How often each latency occurred; the classes' upper edges are fixed, in microseconds, equally wide in logarithm. */
export function latencyChart(canvas, edgesUs) {
  let ruled = { marks: [], labels: [] };
  const chart = follow(canvas, (c) => ({
    type: 'bar',
    plugins: [ruler],
    data: {
      labels: [],
      datasets: [{ data: [], backgroundColor: c.quiet, barPercentage: 0.86, categoryPercentage: 1, minBarLength: 0 }],
    },
    options: base({
      parsing: {},
      normalized: false,
      layout: { padding: { bottom: 20 } },
      plugins: { legend: { display: false }, tooltip: { enabled: false }, ruler: ruled },
      scales: {
        x: { border: { color: c.rule }, grid: { display: false }, ticks: { display: false } },
        // Room above the highest bar for the words at the marks.
        y: { display: false, beginAtZero: true, grace: '18%' },
      },
    }),
  }));
  const classWidth = Math.log(edgesUs[1] / edgesUs[0]);

  return {
    show(counts, p50Us, p99Us) {
      const first = Math.max(0, counts.findIndex((count) => count > 0) - 2);
      let last = counts.length - 1;
      while (last > first && counts[last] === 0) last -= 1;
      last = Math.min(counts.length - 1, Math.max(last + 2, first + 11));
      const at = (us) => Math.log(us / edgesUs[0]) / classWidth + 0.5 - first;
      const inside = (mark) => mark.at > 0.2 && mark.at < last - first;
      const fits = (ms) => last - first < MOST_CLASSES_FOR_ALL || near(Math.log10(ms), 1);
      ruled = {
        marks: [{ at: at(p50Us), name: 'p50' }, { at: at(p99Us), name: 'p99' }].filter(inside),
        labels: ROUND_MS.filter(fits).map((ms) => ({ at: at(1000 * ms), name: brief(ms) }))
          .filter((label) => inside(label) && label.at > 1),
      };
      chart.options.plugins.ruler = ruled;
      chart.data.labels = counts.slice(first, last + 1).map(() => '');
      chart.data.datasets[0].data = counts.slice(first, last + 1);
      chart.update('none');
    },
  };
}
