// Gemv, tiled form (GPU class): z[frame][token][row] = sum over column of W[row][column] * x[frame][token][column], then
// FINISH on every z, for a few frames.
//
// Shapes    x: frames x tokens x columns, z: frames x tokens x rows, all row-major.
// Weights   [column][row]: neighbouring work-items read neighbouring weights.
// Items     work-groups of 16 rows x 16 slices of the columns, a column of groups for each token of each frame.
// Why       a row for each work-item alone would leave most of a GPU idle: here 16 of them share it, and so keep 16
//           times as many reads in flight. Slices are interleaved, so that a group reads one stretch of columns.
// Around    KernelText: c and a are the arenas, tile the work-group's own memory; WeightFormat: how weights are read.

#define SLICES 16

void BODY(const int item, const int unused, const int place, const int frames, ARENAS, __local float4 *tile,
          const int weights, const int scales, const int input, const int rows, const int columns,
          const int tokens OPERANDS)
{
  const int features = tokens * rows;
  const int row = item;
  const int lane = get_local_id(0);
  const int slice = get_local_id(2);
  const int sample = place / SLICES;
  __global const float *x = a + input + sample * columns;
  __local float *part = (__local float *)tile;

  float z0 = 0, z1 = 0, z2 = 0, z3 = 0;
  if (row < rows) {
    int i = slice;
    for (; i + 3 * SLICES < columns; i += 4 * SLICES) {
      z0 = fma(WEIGHT(i * rows + row), x[i], z0);
      z1 = fma(WEIGHT((i + SLICES) * rows + row), x[i + SLICES], z1);
      z2 = fma(WEIGHT((i + 2 * SLICES) * rows + row), x[i + 2 * SLICES], z2);
      z3 = fma(WEIGHT((i + 3 * SLICES) * rows + row), x[i + 3 * SLICES], z3);
    }
    for (; i < columns; i += SLICES) {
      z0 = fma(WEIGHT(i * rows + row), x[i], z0);
    }
  }
  part[slice * 16 + lane] = (z0 + z1) + (z2 + z3);

  for (int half_of = SLICES / 2; half_of > 0; half_of /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (slice < half_of) {
      part[slice * 16 + lane] += part[(slice + half_of) * 16 + lane];
    }
  }
  if (slice == 0 && row < rows) {
    const int frame = sample / tokens;
    const float z = part[lane];
    FINISH_ONE(SCALED(z, row), sample % tokens * rows + row);
  }
}
