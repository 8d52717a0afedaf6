// Gemm, plain form (GPU class and portability): z[frame][token][row] = sum over column of
// W[row][column] * x[frame][token][column], then FINISH on every z, for many frames in groups of 16.
//
// Shapes    x: groups x tokens x columns x 16, z: groups x tokens x rows x 16; the last index is the frame in its
//           group.
// Weights   [column][row].
// Launch    one work-item for each frame in its group (first, so that neighbours read neighbours), row and token, and
//           group.
// Before    KERNEL, OPERANDS and FINISH are defined for each instance, see KernelText.

#define AT_FRAME(p, f) (p)[(group * features + (f)) * 16 + lane]
#define AT_FEATURE(p, f) (p)[f]
#define AT_MAPPED(p, map, n, f) (p)[(group * (n) + (map)[f]) * 16 + lane]
#define PUT(p, f, v) (p)[(group * features + (f)) * 16 + lane] = (v)

__kernel void KERNEL(__global const float *restrict w, __global const float *restrict x, const int rows,
                     const int columns, const int tokens OPERANDS)
{
  const int lane = get_global_id(0);
  const int feature = get_global_id(1);
  const int group = get_global_id(2);
  const int features = tokens * rows;
  const int row = feature % rows;
  __global const float *xp = x + (group * tokens + feature / rows) * columns * 16 + lane;

  float z = 0;
  for (int c = 0; c < columns; c++) {
    z = fma(w[c * rows + row], xp[c * 16], z);
  }
  FINISH(float, z, AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, feature);
}
