// to[o][i] = scale * sum over c of from[o][c][i], in order; GREATEST: the greatest instead, NaN if there is one.
//
// Items     one for each PER_ITEM results. Where inner is 1, sixteen sums run side by side and are added at the end.

#ifdef GREATEST
#define START (-INFINITY)
#define JOIN(a, b) select(a, b, (b > a) | (b != b))
#else
#define START 0.0f
#define JOIN(a, b) ((a) + (b))
#endif

float sum_row(__global const float *from, const int count)
{
  float16 lanes = (float16)(START);
  float lane[16];
  float result = START;
  int c = 0;

  for (; c + 16 <= count; c += 16) {
    const float16 next = vload16(0, from + c);
    lanes = JOIN(lanes, next);
  }
  vstore16(lanes, 0, lane);
  for (int k = 0; k < 16 && c >= 16; k++) {
    result = JOIN(result, lane[k]);
  }
  for (; c < count; c++) {
    result = JOIN(result, from[c]);
  }
  return result;
}

__kernel void training_sum(__global const float *a, __global float *result, const int fromOffset, const int toOffset,
                           const int outer, const int count, const int inner, const int perItem, const float scale)
{
  __global const float *from = a + fromOffset;
  __global float *to = result + toOffset;
  const int first = get_global_id(0) * perItem;
  const int last = min(first + perItem, outer * inner);
  int at = first;

  while (at < last) {
    const int o = at / inner;
    const int i = at - o * inner;
    __global const float *column = from + o * count * inner + i;
    if (inner == 1) {
      to[at] = scale * sum_row(column, count);
      at++;
    } else if (i + 16 <= inner && at + 16 <= last) {
      float16 sums = (float16)(START);
      for (int c = 0; c < count; c++) {
        const float16 next = vload16(0, column + c * inner);
        sums = JOIN(sums, next);
      }
      vstore16(scale * sums, 0, to + at);
      at += 16;
    } else {
      float sum = START;
      for (int c = 0; c < count; c++) {
        sum = JOIN(sum, column[c * inner]);
      }
      to[at] = scale * sum;
      at++;
    }
  }
}
