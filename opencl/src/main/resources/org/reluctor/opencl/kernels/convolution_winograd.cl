// Convolution 3x3 of stride 1, Winograd's form (CPU class): what convolution_direct computes, by 4x4 results at once from
// 6x6 positions: z = A'[(G W G') * (B' d B)]A with the products summed over the channels (Lavin and Gray, Fast Algorithms
// for Convolutional Neural Networks, CVPR 2016, section 4.3), a quarter of the multiplications.
//
// Shapes    as in convolution_direct; CI is a multiple of 16, CO of 32. The image reaches over the last full 6x6.
// Weights   [group][block of 32 outputs][36][channel][32], transformed; direct: [group][tap][channel][out], as they are.
// Items     one for each TILE neighbouring 4x4 of a frame, and group; ConvolutionMethod: TILE, so that image and product,
//           which are private and lie on the stack, fit on a small one.
// Why       36 products of TILE x CI by CI x 32 whose sums stay in registers. The interpolation points are 0, +-5/8,
//           +-3/2 and infinity: exact in binary, and half the rounding error of 0, +-1, +-2 and infinity.
// Limits    an infinity or NaN would spread over all of its 4x4, as would an overflow on the way: such results are
//           computed again, directly.
// Around    KernelText: c and a are the arenas of constants and tensors, weights, direct and input offsets in them.

#define ACROSS ((W + 3) / 4)
#define TILES (ACROSS * ((H + 3) / 4))
#define P1 0.625f
#define P2 1.5f
#define Q1 (P1 * P1)
#define Q2 (P2 * P2)

// B' on six vectors.
#define FORWARD(to, d0, d1, d2, d3, d4, d5) { \
  const float16 even1 = fma(d2, -Q2, d4), odd1 = P1 * fma(d1, -Q2, d3); \
  const float16 even2 = fma(d2, -Q1, d4), odd2 = P2 * fma(d1, -Q1, d3); \
  to(0) = fma(d2, -(Q1 + Q2), fma(d0, Q1 * Q2, d4)); \
  to(1) = even1 + odd1; \
  to(2) = even1 - odd1; \
  to(3) = even2 + odd2; \
  to(4) = even2 - odd2; \
  to(5) = fma(d3, -(Q1 + Q2), fma(d1, Q1 * Q2, d5)); \
}

// A' on six vectors.
#define BACKWARD(to, d0, d1, d2, d3, d4, d5) { \
  const float16 sum1 = d1 + d2, less1 = d1 - d2, sum2 = d3 + d4, less2 = d3 - d4; \
  to(0) = d0 + sum1 + sum2; \
  to(1) = fma(less2, P2, P1 * less1); \
  to(2) = fma(sum2, Q2, Q1 * sum1); \
  to(3) = fma(less2, Q2 * P2, fma(less1, Q1 * P1, d5)); \
}

#define AHEAD(j) rows[i][j]
#define DOWN(i) image[(i) * 6 + j][t][part]
#define PRODUCT(i) product[(i) * 6 + j][t][side]
#define RESULT_DOWN(i) rows[i][j]
#define RESULT_AHEAD(j) results[i * 4 + j]

void BODY(const int stretch, const int row, const int frame, const int frames, ARENAS,
          const int weights, const int direct, const int input OPERANDS)
{
  const int features = OUT_FEATURES;
  const int group = GROUPS == 1 ? 0 : row;
  __global const float *from = a + input + frame * IN_FEATURES + group * CI;
  float16 image[36][TILE][CI / 16];
  float16 product[36][TILE][2];

  for (int t = 0; t < TILE; t++) {
    // Beyond the last tile it is computed again, and not stored.
    const int tile = min(stretch * TILE + t, TILES - 1);
    for (int part = 0; part < CI / 16; part++) {
      __global const float *d = from + (tile / ACROSS * 4 * IN_PITCH + tile % ACROSS * 4) * IN_CHANNELS + part * 16;
      float16 rows[6][6];
      EACH(i, 6) {
        FORWARD(AHEAD, vload16(0, d + i * IN_PITCH * IN_CHANNELS), vload16(0, d + (i * IN_PITCH + 1) * IN_CHANNELS),
                vload16(0, d + (i * IN_PITCH + 2) * IN_CHANNELS), vload16(0, d + (i * IN_PITCH + 3) * IN_CHANNELS),
                vload16(0, d + (i * IN_PITCH + 4) * IN_CHANNELS), vload16(0, d + (i * IN_PITCH + 5) * IN_CHANNELS));
      }
      EACH(j, 6) {
        FORWARD(DOWN, rows[0][j], rows[1][j], rows[2][j], rows[3][j], rows[4][j], rows[5][j]);
      }
    }
  }

  for (int block = 0; block < CO / 32; block++) {
    __global const float *w = c + weights + (group * (CO / 32) + block) * (36 * CI * 32);
    for (int s = 0; s < 36; s++) {
      const float *v = (const float *)image[s];
      float16 z[TILE][2];
      EACH(t, TILE) {
        z[t][0] = 0;
        z[t][1] = 0;
      }
      for (int i = 0; i < CI; i++) {
        const float16 u0 = vload16(0, w), u1 = vload16(1, w);
        EACH(t, TILE) {
          z[t][0] = fma(u0, (float16)(v[t * CI + i]), z[t][0]);
          z[t][1] = fma(u1, (float16)(v[t * CI + i]), z[t][1]);
        }
        w += 32;
      }
      EACH(t, TILE) {
        product[s][t][0] = z[t][0];
        product[s][t][1] = z[t][1];
      }
    }

    for (int k = 0; k < TILE * 2; k++) {
      const int t = k / 2, side = k % 2, out = block * 32 + side * 16;
      const int tile = stretch * TILE + t;
      const int top = tile / ACROSS * 4, left = tile % ACROSS * 4;
      if (tile >= TILES) {
        break;
      }
      float16 rows[4][6], results[16];
      EACH(j, 6) {
        BACKWARD(RESULT_DOWN, PRODUCT(0), PRODUCT(1), PRODUCT(2), PRODUCT(3), PRODUCT(4), PRODUCT(5));
      }
      EACH(i, 4) {
        BACKWARD(RESULT_AHEAD, rows[i][0], rows[i][1], rows[i][2], rows[i][3], rows[i][4], rows[i][5]);
      }
      float16 spoilt = 0;
      EACH(q, 16) {
        spoilt = fma(results[q], 0.0f, spoilt);
      }
      const int again = any(isnan(spoilt));
      for (int q = 0; q < 16; q++) {
        const int y = top + q / 4, x = left + q % 4;
        if (y < H && x < W) {
          float16 z = results[q];
          if (again) {
            z = 0;
            for (int i = 0; i < 9 * CI; i++) {
              const int tap = i / CI;
              z = fma(vload16(0, c + direct + (group * 9 * CI + i) * CO + out),
                      (float16)(from[((y + tap / 3) * IN_PITCH + x + tap % 3) * IN_CHANNELS + i % CI]), z);
            }
          }
          FINISH_16(z, (OUT_ORIGIN + y * OUT_PITCH + x) * OUT_CHANNELS + group * CO + out, 16);
        }
      }
    }
  }
}
