// Convolution, direct form (CPU class): z[y][x][out] = sum over tap and channel of
// W[out][tap][channel] * image[y * SY + tap row * DY][x * SX + tap column * DX][channel], then FINISH on every z.
//
// Shapes    image: frames x positions x IN_CHANNELS, z: frames x positions x OUT_CHANNELS, positions in rows of
//           IN_PITCH and OUT_PITCH; the image has its padding around it, z keeps clear of the padding of the image that
//           it becomes. The channels are GROUPS of CI and of CO: a group's outputs are sums over its own inputs.
// Weights   [group][block][tap][channel][PANELS * 16]; outputs beyond the last of a group are zero.
// Items     one for each TILE positions of a row, and PANELS * 16 outputs of a group.
// Why       as in gemm_panel: TILE * PANELS sums in registers, a channel costs PANELS loads and TILE broadcasts. All sizes
//           are macros, so that every address is a constant away from one pointer.
// Around    KernelText: c and a are the arenas of constants and tensors, weights and input offsets in them.

#define ACROSS ((W + TILE - 1) / TILE)
// The channels of neighbouring taps lie one behind the other.
#define TAPS (DX == 1 && GROUPS == 1 ? 1 : KW)
#define SPAN (KW * CI / TAPS)
#define BLOCKS ((CO + PANELS * 16 - 1) / (PANELS * 16))

void BODY(const int tile, const int block, const int frame, const int frames, ARENAS,
          const int weights, const int input OPERANDS)
{
  const int features = OUT_FEATURES;
  const int group = GROUPS == 1 ? 0 : block / BLOCKS;
  const int y = tile / ACROSS;
  const int fresh = tile % ACROSS * TILE;
  // The last tile of a row begins early enough to be full; what the one before it has computed is not stored again.
  const int x = min(fresh, W - TILE);
  __global const float *from = a + input + frame * IN_FEATURES + (y * SY * IN_PITCH + x * SX) * IN_CHANNELS
                               + group * CI;
  __global const float *w = c + weights + block * (KH * KW * CI * PANELS * 16);
  float16 z[TILE][PANELS];

  EACH(t, TILE) {
    EACH(p, PANELS) {
      z[t][p] = 0;
    }
  }
  for (int tap = 0; tap < KH * TAPS; tap++) {
    __global const float *v = from + (tap / TAPS * DY * IN_PITCH + tap % TAPS * DX) * IN_CHANNELS;
    for (int i = 0; i < SPAN; i++) {
      float16 u[PANELS];
      EACH(p, PANELS) {
        u[p] = vload16(p, w);
      }
      EACH(t, TILE) {
        EACH(p, PANELS) {
          z[t][p] = fma(u[p], (float16)(v[t * SX * IN_CHANNELS + i]), z[t][p]);
        }
      }
      w += PANELS * 16;
    }
  }

  // Apart from the registers, so that the tail is compiled once.
  float16 sums[TILE * PANELS];
  EACH(t, TILE) {
    EACH(p, PANELS) {
      sums[t * PANELS + p] = z[t][p];
    }
  }
  for (int k = 0; k < TILE * PANELS; k++) {
    const int at = x + k / PANELS;
    const int out = ((block - group * BLOCKS) * PANELS + k % PANELS) * 16;
    if (at >= fresh && out < CO) {
      FINISH_16(sums[k], (OUT_ORIGIN + y * OUT_PITCH + at) * OUT_CHANNELS + group * CO + out, min(16, CO - out));
    }
  }
}
