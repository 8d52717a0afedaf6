// Convolution, plain form (GPU class and portability): what convolution_direct computes.
//
// Shapes    as in convolution_direct.
// Weights   [group][tap][channel][out]: neighbouring work-items read neighbouring weights.
// Items     one for each output of each position of a row, and one for each row.
// Around    KernelText: c and a are the arenas of constants and tensors, weights and input offsets in them.

void BODY(const int item, const int y, const int frame, const int frames, ARENAS,
          const int weights, const int input OPERANDS)
{
  const int features = OUT_FEATURES;
  const int out = item % OUT_CHANNELS;
  const int x = item / OUT_CHANNELS;
  const int group = GROUPS == 1 ? 0 : out / CO;
  __global const float *from = a + input + frame * IN_FEATURES + (y * SY * IN_PITCH + x * SX) * IN_CHANNELS
                               + group * CI;
  __global const float *w = c + weights + group * (KH * KW * CI * CO) + out - group * CO;

  float z = 0;
  for (int tap = 0; tap < KH * KW; tap++) {
    __global const float *v = from + (tap / KW * DY * IN_PITCH + tap % KW * DX) * IN_CHANNELS;
    for (int i = 0; i < CI; i++) {
      z = fma(w[(tap * CI + i) * CO], v[i], z);
    }
  }
  FINISH_ONE(z, (OUT_ORIGIN + y * OUT_PITCH + x) * OUT_CHANNELS + out);
}
