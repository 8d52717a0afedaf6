// Product, pipeline form (FPGA class): z[frame][token][row] = sum over column of W[row][column] *
// x[frame][token][column], then FINISH on every z, for one frame.
//
// Shapes    x: frames x tokens x columns, z: frames x tokens x rows, all row-major.
// Weights   [row][column], rows filled up with zeros to a multiple of 16 columns: read in one stretch, 16 a clock.
// Items     one, for the whole frame.
// Why       x is copied into memory on the chip once a token, filled up with zeros as well, so that the loop over a row
//           has no remainder and waits for nothing but weights.
// Around    KernelText: c and a are the arenas; PipelineProduct: ROWS, COLUMNS, TOKENS and STEPS, the turns of 16
//           columns; pipeline.cl; WeightFormat: how weights are read.

void BODY(const int unused0, const int unused1, const int frame, const int frames, ARENAS,
          const int weights, const int scales, const int input OPERANDS)
{
  const int features = TOKENS * ROWS;

  for (int token = 0; token < TOKENS; token++) {
    const int from = input + (frame * TOKENS + token) * COLUMNS;
    float x[STEPS * 16];
    PIPELINED
    for (int i = 0; i < STEPS * 16; i++) {
      x[i] = i < COLUMNS ? a[from + i] : 0.0f;
    }
    INDEPENDENT
    for (int row = 0; row < ROWS; row++) {
      float sums[LATENCY];
      UNROLL
      for (int i = 0; i < LATENCY; i++) {
        sums[i] = 0.0f;
      }
      PIPELINED
      for (int step = 0; step < STEPS; step++) {
        const float16 terms = WEIGHT_16((row * STEPS + step) * 16) * vload16(step, x);
        const float8 eight = terms.lo + terms.hi;
        const float4 four = eight.lo + eight.hi;
        const float2 two = four.lo + four.hi;
        const float next = sums[LATENCY - 1] + (two.lo + two.hi);
        UNROLL
        for (int i = LATENCY - 1; i > 0; i--) {
          sums[i] = sums[i - 1];
        }
        sums[0] = next;
      }
      float z = 0.0f;
      UNROLL
      for (int i = 0; i < LATENCY; i++) {
        z += sums[i];
      }
      FINISH_ONE(SCALED(z, row), token * ROWS + row);
    }
  }
}
