// Gemm, panel form (CPU class): z[frame][token][row] = sum over column of W[row][column] * x[frame][token][column],
// then FINISH on every z, for TILE tokens at once, whichever frames they belong to.
//
// Shapes    x: frames x tokens x columns, z: frames x tokens x rows, all row-major.
// Weights   panels of 16 rows, [panel][column][16]; the rows beyond the last are zero.
// Items     one for each TILE_PANELS panels and TILE tokens of the given frames.
// Why       a column costs TILE_PANELS vector loads and TILE broadcasts for TILE * TILE_PANELS fma, whose sums fill the
//           registers: arithmetic, not memory, is the limit.
// Around    KernelText: c and a are the arenas of constants and tensors, weights, scales and input offsets in them;
//           WeightFormat: how weights are read; TILE and TILE_PANELS.

void BODY(const int block, const int tile, const int start, const int frames, ARENAS,
          const int weights, const int scales, const int input, const int rows, const int columns,
          const int tokens OPERANDS)
{
  const int features = tokens * rows;
  const int first = start * tokens + tile * TILE;
  const int last = (start + frames) * tokens - 1;
  const int panels = min(TILE_PANELS, (rows + 15) / 16 - block * TILE_PANELS);
  // Where tokens or panels run out, the last is computed again and its results are not used.
  __global const float *x[TILE];
  int w[TILE_PANELS];
  float16 z[TILE][TILE_PANELS];

  if (first > last) {
    return;
  }
  EACH(t, TILE) {
    x[t] = a + input + min(first + t, last) * columns;
    EACH(p, TILE_PANELS) {
      z[t][p] = 0;
    }
  }
  EACH(p, TILE_PANELS) {
    w[p] = (block * TILE_PANELS + min(p, panels - 1)) * columns * 16;
  }
  for (int i = 0; i < columns; i++) {
    float16 u[TILE_PANELS];
    EACH(p, TILE_PANELS) {
      u[p] = WEIGHT_16(w[p] + i * 16);
    }
    EACH(t, TILE) {
      const float16 v = (float16)(x[t][i]);
      EACH(p, TILE_PANELS) {
        z[t][p] = fma(u[p], v, z[t][p]);
      }
    }
  }
  // Apart from the registers, so that the tail is compiled once.
  float16 sums[TILE * TILE_PANELS];
  EACH(t, TILE) {
    EACH(p, TILE_PANELS) {
      sums[t * TILE_PANELS + p] = z[t][p];
    }
  }
  for (int k = 0; k < TILE * TILE_PANELS; k++) {
    const int at = first + k / TILE_PANELS;
    const int part = k % TILE_PANELS;
    const int row = (block * TILE_PANELS + part) * 16;
    if (at <= last && part < panels) {
      const int frame = at / tokens;
      FINISH_16(SCALED_16(sums[k], row), at % tokens * rows + row, min(16, rows - row));
    }
  }
}
