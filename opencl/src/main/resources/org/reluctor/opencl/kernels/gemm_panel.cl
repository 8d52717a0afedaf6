// Gemm, panel form (CPU class): z[frame][token][row] = sum over column of W[row][column] * x[frame][token][column],
// then FINISH on every z, for many frames in groups of 16.
//
// Shapes    x: groups x tokens x columns x 16, z: groups x tokens x rows x 16; the last index is the frame in its
//           group.
// Weights   panels of 16 rows, [panel][column][16]; the rows beyond the last are zero.
// Items     one for each panel and token of a group.
// Why       16 accumulators of 16 frames fit the register file of AVX-512; a column costs one vector load and 16 fma
//           with a broadcast weight, so arithmetic, not memory, is the limit.
// Around    KernelText: c and a are the arenas of constants and tensors, weights, scales and input offsets in them;
//           WeightFormat: how weights are read.

void BODY(const int panel, const int token, const int group, ARENAS, const int weights, const int scales,
          const int input, const int rows, const int columns, const int tokens OPERANDS)
{
  const int features = tokens * rows;
  const int first = token * rows + panel * 16;
  const int count = min(16, rows - panel * 16);
  const int w = panel * columns * 16;
  __global const float16 *x = (__global const float16 *)(a + input) + (group * tokens + token) * columns;

  float16 a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0, a6 = 0, a7 = 0;
  float16 a8 = 0, a9 = 0, aa = 0, ab = 0, ac = 0, ad = 0, ae = 0, af = 0;
  for (int i = 0; i < columns; i++) {
    const float16 v = x[i];
    COLUMN(w + i * 16);
    a0 = fma((float16)(u[0]), v, a0);
    a1 = fma((float16)(u[1]), v, a1);
    a2 = fma((float16)(u[2]), v, a2);
    a3 = fma((float16)(u[3]), v, a3);
    a4 = fma((float16)(u[4]), v, a4);
    a5 = fma((float16)(u[5]), v, a5);
    a6 = fma((float16)(u[6]), v, a6);
    a7 = fma((float16)(u[7]), v, a7);
    a8 = fma((float16)(u[8]), v, a8);
    a9 = fma((float16)(u[9]), v, a9);
    aa = fma((float16)(u[10]), v, aa);
    ab = fma((float16)(u[11]), v, ab);
    ac = fma((float16)(u[12]), v, ac);
    ad = fma((float16)(u[13]), v, ad);
    ae = fma((float16)(u[14]), v, ae);
    af = fma((float16)(u[15]), v, af);
  }

  float16 z[16] = {a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, aa, ab, ac, ad, ae, af};
  float scale[16];
  vstore16(SCALED_16((float16)(1), panel * 16), 0, scale);
  for (int k = 0; k < count; k++) {
    FINISH(float16, z[k] * scale[k], AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, first + k);
  }
}
