// Gemv, panel form (CPU class): z[frame][token][row] = sum over column of W[row][column] * x[frame][token][column],
// then FINISH on every z.
//
// Shapes    x: frames x tokens x columns, z: frames x tokens x rows, all row-major.
// Weights   panels of 16 rows, [panel][column][16]; the rows beyond the last are zero.
// Launch    one work-item for each panel, token and frame; work-groups of one.
// Why       one float16 holds 16 rows of a column, so a column costs one load, one broadcast and one fma; four
//           accumulators hide the latency of fma.
// Before    KERNEL, OPERANDS, FINISH and FINISH_VECTOR are defined for each instance, see KernelText.

#define AT_FRAME(p, f) (p)[frame * features + (f)]
#define AT_FEATURE(p, f) (p)[f]
#define AT_MAPPED(p, map, n, f) (p)[frame * (n) + (map)[f]]
#define PUT(p, f, v) (p)[frame * features + (f)] = (v)
#define AT_FRAME_16(p, f) vload16(0, (p) + frame * features + (f))
#define AT_FEATURE_16(p, f) vload16(0, (p) + (f))
#define AT_MAPPED_16(p, map, n, f) (float16)(0)
#define PUT_16(p, f, v) vstore16((v), 0, (p) + frame * features + (f))

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void KERNEL(__global const float16 *restrict w, __global const float *restrict x, const int rows, const int columns,
            const int tokens OPERANDS)
{
  const int panel = get_global_id(0);
  const int token = get_global_id(1);
  const int frame = get_global_id(2);
  const int features = tokens * rows;
  const int first = token * rows + panel * 16;
  const int count = min(16, rows - panel * 16);
  __global const float16 *wp = w + panel * columns;
  __global const float *xp = x + (frame * tokens + token) * columns;

  float16 a0 = 0, a1 = 0, a2 = 0, a3 = 0;
  int c = 0;
  for (; c + 4 <= columns; c += 4) {
    a0 = fma(wp[c], (float16)(xp[c]), a0);
    a1 = fma(wp[c + 1], (float16)(xp[c + 1]), a1);
    a2 = fma(wp[c + 2], (float16)(xp[c + 2]), a2);
    a3 = fma(wp[c + 3], (float16)(xp[c + 3]), a3);
  }
  for (; c < columns; c++) {
    a0 = fma(wp[c], (float16)(xp[c]), a0);
  }
  const float16 z = (a0 + a1) + (a2 + a3);

  if (FINISH_VECTOR && count == 16) {
    FINISH(float16, z, AT_FRAME_16, AT_FEATURE_16, AT_MAPPED_16, PUT_16, first);
  } else {
    float rest[16];
    vstore16(z, 0, rest);
    for (int i = 0; i < count; i++) {
      FINISH(float, rest[i], AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, first + i);
    }
  }
}
