// C = alpha * A * B + beta * C for a stack of matrices, tiled form (GPU class).
//
// Shapes    A: rows x inner, B: inner x columns (ACROSS: transposed), C: rows x columns, as matrix_element.cl has them.
// Groups    SIDE x SIDE items for a tile of SIDE * BLOCK rows and columns; they hold STRETCH of the inner dimension of
//           both in local memory. An item has BLOCK x BLOCK results in registers, SIDE apart, so that neighbours write
//           neighbours.
// Sums      along the inner dimension in order.

#define EDGE (SIDE * BLOCK)

float left_element(__global const float *left, const int row, const int k, const int rows, const int inner,
                   const int rowStride, const int run, const int frameStride)
{
  if (row >= rows || k >= inner) {
    return 0;
  }
#ifdef LEFT_ACROSS
  return LEFT_at(left, k, row, rowStride, run, frameStride);
#else
  return LEFT_at(left, row, k, rowStride, run, frameStride);
#endif
}

float right_element(__global const float *right, const int k, const int column, const int inner, const int columns,
                    const int rowStride, const int run, const int frameStride)
{
  if (column >= columns || k >= inner) {
    return 0;
  }
#ifdef RIGHT_ACROSS
  return RIGHT_at(right, column, k, rowStride, run, frameStride);
#else
  return RIGHT_at(right, k, column, rowStride, run, frameStride);
#endif
}

__kernel __attribute__((reqd_work_group_size(SIDE, SIDE, 1)))
void matrix_tiled(__global const float *leftBuffer, __global const float *rightBuffer, __global float *result,
                  const int rows, const int inner, const int columns,
                  const int leftOffset, const int leftRowStride, const int leftRun, const int leftFrameStride,
                  const int leftStackStride,
                  const int rightOffset, const int rightRowStride, const int rightRun, const int rightFrameStride,
                  const int rightStackStride,
                  const int toOffset, const int toRowStride, const int toRun, const int toFrameStride,
                  const int toStackStride, const float alpha, const float beta)
{
  __local float a[STRETCH][EDGE + 1];
  __local float b[STRETCH][EDGE + 1];
  const int x = get_local_id(0);
  const int y = get_local_id(1);
  const int column = get_group_id(0) * EDGE;
  const int row = get_group_id(1) * EDGE;
  __global const float *left = leftBuffer + leftOffset + (int)get_global_id(2) * leftStackStride;
  __global const float *right = rightBuffer + rightOffset + (int)get_global_id(2) * rightStackStride;
  __global float *to = result + toOffset + (int)get_global_id(2) * toStackStride;
  float z[BLOCK][BLOCK];

  EACH(i, BLOCK) {
    EACH(j, BLOCK) {
      z[i][j] = 0;
    }
  }
  for (int k = 0; k < inner; k += STRETCH) {
    for (int at = y * SIDE + x; at < STRETCH * EDGE; at += SIDE * SIDE) {
#ifdef LEFT_ACROSS
      const int leftK = at / EDGE, leftLane = at % EDGE;
#else
      const int leftK = at % STRETCH, leftLane = at / STRETCH;
#endif
#ifdef RIGHT_ACROSS
      const int rightK = at % STRETCH, rightLane = at / STRETCH;
#else
      const int rightK = at / EDGE, rightLane = at % EDGE;
#endif
      a[leftK][leftLane] = left_element(left, row + leftLane, k + leftK, rows, inner, leftRowStride, leftRun,
                                        leftFrameStride);
      b[rightK][rightLane] = right_element(right, k + rightK, column + rightLane, inner, columns, rightRowStride,
                                           rightRun, rightFrameStride);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int s = 0; s < STRETCH; s++) {
      EACH(i, BLOCK) {
        const float factor = a[s][y + i * SIDE];
        EACH(j, BLOCK) {
          z[i][j] = fma(factor, b[s][x + j * SIDE], z[i][j]);
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  for (int i = 0; i < BLOCK; i++) {
    for (int j = 0; j < BLOCK; j++) {
      const int r = row + y + i * SIDE;
      const int q = column + x + j * SIDE;
      if (r < rows && q < columns) {
        __global float *at = to + r * toRowStride + q / toRun * toFrameStride + q % toRun;
        *at = beta == 0 ? alpha * z[i][j] : fma(beta, *at, alpha * z[i][j]);
      }
    }
  }
}
