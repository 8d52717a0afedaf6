// Gemv, plain form (GPU class and portability): z[frame][token][row] = sum over column of
// W[row][column] * x[frame][token][column], then FINISH on every z.
//
// Shapes    x: frames x tokens x columns, z: frames x tokens x rows, all row-major.
// Weights   [column][row]: neighbouring work-items read neighbouring weights.
// Launch    one work-item for each row, token and frame.
// Before    KERNEL, OPERANDS and FINISH are defined for each instance, see KernelText.

#define AT_FRAME(p, f) (p)[frame * features + (f)]
#define AT_FEATURE(p, f) (p)[f]
#define AT_MAPPED(p, map, n, f) (p)[frame * (n) + (map)[f]]
#define PUT(p, f, v) (p)[frame * features + (f)] = (v)

__kernel void KERNEL(__global const float *restrict w, __global const float *restrict x, const int rows,
                     const int columns, const int tokens OPERANDS)
{
  const int row = get_global_id(0);
  const int token = get_global_id(1);
  const int frame = get_global_id(2);
  const int features = tokens * rows;
  __global const float *xp = x + (frame * tokens + token) * columns;

  float z = 0;
  for (int c = 0; c < columns; c++) {
    z = fma(w[c * rows + row], xp[c], z);
  }
  FINISH(float, z, AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, token * rows + row);
}
