// A step of Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) over all parameters, with the gradient's norm clipped.
//
// Shapes    parameters and gradients: count elements each from their offsets; moments: first, then second, count each;
//           state: rate, 1 / (1 - b1^t), 1 / (1 - b2^t), greatest norm, and behind them what adam_norm finds: 1, or less
//           where the norm is above the greatest; then the norm.
// Items     adam_norm: one. adam_step: one for each STRETCH parameters.

__kernel void adam_norm(__global const float *a, __global float *state, const int gradients, const int count)
{
  float16 lanes[4];
  float lane[16];
  float sum = 0;
  int at = 0;

  EACH(k, 4) {
    lanes[k] = 0;
  }
  for (; at + 64 <= count; at += 64) {
    EACH(k, 4) {
      const float16 g = vload16(k, a + gradients + at);
      lanes[k] = fma(g, g, lanes[k]);
    }
  }
  vstore16((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]), 0, lane);
  for (int k = 0; k < 16; k++) {
    sum += lane[k];
  }
  for (; at < count; at++) {
    sum = fma(a[gradients + at], a[gradients + at], sum);
  }
  const float length = sqrt(sum);
  state[4] = length > state[3] ? state[3] / length : 1.0f;
  state[5] = length;
}

__kernel void adam_step(__global float *a, __global float *moments, __global const float *state, const int parameters,
                   const int gradients, const int count, const int stretch, const float b1, const float b2,
                   const float epsilon)
{
  const int first = get_global_id(0) * stretch;
  const int last = min(first + stretch, count);
  const float rate = state[0] * state[1];

  for (int at = first; at < last; at++) {
    const float g = a[gradients + at] * state[4];
    const float m = fma(b1, moments[at], (1 - b1) * g);
    const float v = fma(b2, moments[count + at], (1 - b2) * g * g);
    moments[at] = m;
    moments[count + at] = v;
    a[parameters + at] -= rate * m / (sqrt(v * state[2]) + epsilon);
  }
}
