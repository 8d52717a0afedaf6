// Convolution to few channels (CPU class): what convolution_direct computes, where a vector holds 16 input channels and
// is summed up at the end.
//
// Shapes    as in convolution_direct; CI is a multiple of 16.
// Weights   [out][tap][channel], channels of its group.
// Items     one for each row of positions, and output.
// Why       a panel of 16 outputs would be nearly empty. A vector of weights serves TILE positions, whose sums stay in
//           registers.
// Around    KernelText: c and a are the arenas of constants and tensors, weights and input offsets in them.

#define TAPS (DX == 1 && GROUPS == 1 ? 1 : KW)
#define SPAN (KW * CI / TAPS)

void BODY(const int y, const int out, const int frame, const int frames, ARENAS,
          const int weights, const int input OPERANDS)
{
  const int features = OUT_FEATURES;
  const int group = GROUPS == 1 ? 0 : out / CO;

  for (int fresh = 0; fresh < W; fresh += TILE) {
    // The last tile begins early enough to be full, and stores some results a second time.
    const int x = min(fresh, W - TILE);
    __global const float *from = a + input + frame * IN_FEATURES + (y * SY * IN_PITCH + x * SX) * IN_CHANNELS
                                 + group * CI;
    __global const float *w = c + weights + out * (KH * KW * CI);
    float16 z[TILE];
    EACH(t, TILE) {
      z[t] = 0;
    }
    for (int tap = 0; tap < KH * TAPS; tap++) {
      __global const float *v = from + (tap / TAPS * DY * IN_PITCH + tap % TAPS * DX) * IN_CHANNELS;
      for (int i = 0; i < SPAN; i += 16) {
        const float16 u = vload16(0, w + i);
        EACH(t, TILE) {
          z[t] = fma(u, vload16(0, v + t * SX * IN_CHANNELS + i), z[t]);
        }
      }
      w += SPAN;
    }

    float sums[16];
    EACH(t, TILE) {
      const float8 half8 = z[t].lo + z[t].hi;
      const float4 half4 = half8.lo + half8.hi;
      sums[t] = (half4.x + half4.y) + (half4.z + half4.w);
    }
    const int first = OUT_ORIGIN + y * OUT_PITCH + x;
    if (OUT_CHANNELS == 1) {
      FINISH_16(vload16(0, sums), first, TILE);
    } else {
      for (int t = 0; t < TILE; t++) {
        FINISH_ONE(sums[t], (first + t) * OUT_CHANNELS + out);
      }
    }
  }
}
