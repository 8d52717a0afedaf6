// Gemm, plain form (GPU class and portability): z[frame][token][row] = sum over column of
// W[row][column] * x[frame][token][column], then FINISH on every z, for many frames in groups of 16.
//
// Shapes    x: groups x tokens x columns x 16, z: groups x tokens x rows x 16; the last index is the frame in its
//           group.
// Weights   [column][row].
// Items     one for each frame in its group (first, so that neighbours read neighbours), row and token of a group.
// Around    KernelText: c and a are the arenas of constants and tensors, weights and input offsets in them.

void BODY(const int lane, const int feature, const int group, ARENAS, const int weights, const int scales,
          const int input, const int rows, const int columns, const int tokens OPERANDS)
{
  const int features = tokens * rows;
  __global const float *w = c + weights + feature % rows;
  __global const float *x = a + input + (group * tokens + feature / rows) * columns * 16 + lane;

  float z = 0;
  for (int i = 0; i < columns; i++) {
    z = fma(w[i * rows], x[i * 16], z);
  }
  FINISH(float, z, AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, feature);
}
