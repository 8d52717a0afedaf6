// Gemv, panel form (CPU class): z[frame][token][row] = sum over column of W[row][column] * x[frame][token][column],
// then FINISH on every z.
//
// Shapes    x: frames x tokens x columns, z: frames x tokens x rows, all row-major.
// Weights   panels of 16 rows, [panel][column][16]; the rows beyond the last are zero.
// Items     one for each panel and token of a frame.
// Why       one float16 holds 16 rows of a column, so a column costs one load, one broadcast and one fma; four
//           accumulators hide the latency of fma.
// Around    KernelText: c and a are the arenas of constants and tensors, weights, scales and input offsets in them;
//           WeightFormat: how weights are read.

void BODY(const int panel, const int token, const int frame, const int frames, ARENAS,
          const int weights, const int scales, const int input, const int rows, const int columns,
          const int tokens OPERANDS)
{
  const int features = tokens * rows;
  const int first = token * rows + panel * 16;
  const int count = min(16, rows - panel * 16);
  const int w = panel * columns * 16;
  __global const float *x = a + input + (frame * tokens + token) * columns;

  float16 a0 = 0, a1 = 0, a2 = 0, a3 = 0;
  int i = 0;
  for (; i + 4 <= columns; i += 4) {
    a0 = fma(WEIGHT_16(w + i * 16), (float16)(x[i]), a0);
    a1 = fma(WEIGHT_16(w + (i + 1) * 16), (float16)(x[i + 1]), a1);
    a2 = fma(WEIGHT_16(w + (i + 2) * 16), (float16)(x[i + 2]), a2);
    a3 = fma(WEIGHT_16(w + (i + 3) * 16), (float16)(x[i + 3]), a3);
  }
  for (; i < columns; i++) {
    a0 = fma(WEIGHT_16(w + i * 16), (float16)(x[i]), a0);
  }
  const float16 z = SCALED_16((a0 + a1) + (a2 + a3), panel * 16);
  FINISH_16(z, first, count);
}
