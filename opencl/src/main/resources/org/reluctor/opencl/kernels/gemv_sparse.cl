// Gemv, sparse form (CPU class): z[frame][token][row] = sum over column of W[row][column] * x[frame][token][column]
// where x is zero in most columns, as behind a ReLU or a soft threshold, then FINISH on every z.
//
// Shapes    x: frames x tokens x columns, z: frames x tokens x rows, all row-major.
// Weights   panels of 16 rows, [panel][column][16], all finite; the rows beyond the last are zero.
// Items     one for each 8 panels and token of a frame.
// Why       where memory is the limit, a column that is not read is time that is not spent. The columns that count are
//           listed without a branch, 256 at a time; eight accumulators of 16 rows hide the latency of fma.
// Around    KernelText: c and a are the arenas of constants and tensors, weights, scales and input offsets in them;
//           WeightFormat: how weights are read.

void BODY(const int block, const int token, const int frame, const int frames, ARENAS,
          const int weights, const int scales, const int input, const int rows, const int columns,
          const int tokens OPERANDS)
{
  const int features = tokens * rows;
  __global const float *x = a + input + (frame * tokens + token) * columns;
  // Panels of this item; where there are fewer than eight, the last is read again and its results are not used.
  const int panels = min(8, (rows + 15) / 16 - block * 8);
  const int panel = columns * 16;
  const int to1 = min(1, panels - 1) * panel, to2 = min(2, panels - 1) * panel, to3 = min(3, panels - 1) * panel;
  const int to4 = min(4, panels - 1) * panel, to5 = min(5, panels - 1) * panel, to6 = min(6, panels - 1) * panel;
  const int to7 = min(7, panels - 1) * panel;
  int list[256];

  float16 a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0, a6 = 0, a7 = 0;
  for (int start = 0; start < columns; start += 256) {
    const int end = min(start + 256, columns);
    int listed = 0;
    for (int i = start; i < end; i++) {
      list[listed] = i;
      listed += x[i] != 0.0f;
    }
    for (int k = 0; k < listed; k++) {
      const int w = (block * 8 * columns + list[k]) * 16;
      const float16 v = (float16)(x[list[k]]);
      a0 = fma(WEIGHT_16(w), v, a0);
      a1 = fma(WEIGHT_16(w + to1), v, a1);
      a2 = fma(WEIGHT_16(w + to2), v, a2);
      a3 = fma(WEIGHT_16(w + to3), v, a3);
      a4 = fma(WEIGHT_16(w + to4), v, a4);
      a5 = fma(WEIGHT_16(w + to5), v, a5);
      a6 = fma(WEIGHT_16(w + to6), v, a6);
      a7 = fma(WEIGHT_16(w + to7), v, a7);
    }
  }

  const float16 sums[8] = {a0, a1, a2, a3, a4, a5, a6, a7};
  for (int part = 0; part < panels; part++) {
    const int row = (block * 8 + part) * 16;
    const int first = token * rows + row;
    const int count = min(16, rows - row);
    const float16 z = SCALED_16(sums[part], row);
    FINISH_16(z, first, count);
  }
}
