// Convolution, pipeline form (FPGA class): what convolution_direct computes, for one frame.
//
// Shapes    as in convolution_direct.
// Weights   [out][tap][channel], each output filled up with zeros to a multiple of 16: read in one stretch, 16 a clock.
// Items     one, for the whole frame.
// Why       as in product_pipeline: what the window holds is copied into memory on the chip once a position
//           and group, filled up with zeros, and serves all outputs of the group.
// Around    KernelText: c and a are the arenas of constants and tensors, weights and input offsets in them; Convolution:
//           all sizes, and STEPS, the turns of 16 elements of a window; pipeline.cl.

void BODY(const int unused0, const int unused1, const int frame, const int frames, ARENAS,
          const int weights, const int input OPERANDS)
{
  const int features = OUT_FEATURES;

  INDEPENDENT
  for (int y = 0; y < H; y++) {
    INDEPENDENT
    for (int x = 0; x < W; x++) {
      INDEPENDENT
      for (int group = 0; group < GROUPS; group++) {
        const int from = input + frame * IN_FEATURES + (y * SY * IN_PITCH + x * SX) * IN_CHANNELS + group * CI;
        float v[STEPS * 16];
        PIPELINED
        for (int i = 0; i < STEPS * 16; i++) {
          const int tap = i / CI;
          v[i] = i < KH * KW * CI ? a[from + (tap / KW * DY * IN_PITCH + tap % KW * DX) * IN_CHANNELS + i % CI] : 0.0f;
        }
        INDEPENDENT
        for (int own = 0; own < CO; own++) {
          const int out = group * CO + own;
          float sums[LATENCY];
          UNROLL
          for (int i = 0; i < LATENCY; i++) {
            sums[i] = 0.0f;
          }
          PIPELINED
          for (int step = 0; step < STEPS; step++) {
            const float16 terms = vload16(0, c + weights + (out * STEPS + step) * 16) * vload16(step, v);
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
          FINISH_ONE(z, (OUT_ORIGIN + y * OUT_PITCH + x) * OUT_CHANNELS + out);
        }
      }
    }
  }
}
