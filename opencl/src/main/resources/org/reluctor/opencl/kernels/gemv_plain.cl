// Gemv, plain form (GPU class and portability): z[frame][token][row] = sum over column of
// W[row][column] * x[frame][token][column], then FINISH on every z.
//
// Shapes    x: frames x tokens x columns, z: frames x tokens x rows, all row-major.
// Weights   [column][row]: neighbouring work-items read neighbouring weights.
// Items     one for each row and token of a frame.
// Around    KernelText: c and a are the arenas of constants and tensors, weights and input offsets in them.

void BODY(const int row, const int token, const int frame, const int frames, ARENAS,
          const int weights, const int scales, const int input, const int rows, const int columns,
          const int tokens OPERANDS)
{
  const int features = tokens * rows;
  __global const float *w = c + weights + row;
  __global const float *x = a + input + (frame * tokens + token) * columns;

  float z = 0;
  for (int i = 0; i < columns; i++) {
    z = fma(w[i * rows], x[i], z);
  }
  FINISH_ONE(z, token * rows + row);
}
