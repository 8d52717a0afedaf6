// Pointwise, row-major: FINISH on every feature of every frame.
//
// Shapes    frames x features.
// Items     one for each 16 features of a frame.
// Around    KernelText: c and a are the arenas of constants and tensors.

#define AT_FRAME(p, f) a[(p) + frame * features + (f)]
#define AT_FEATURE(p, f) c[(p) + (f)]
#define AT_MAPPED(p, map, n, f) \
  (MAP_AT(map, f) < 0 ? 0.0f : a[(p) + frame * (n) + MAP_AT(map, f)])
#define PUT(p, f, v) a[(p) + frame * features + (f)] = (v)
#define AT_FRAME_16(p, f) vload16(0, a + (p) + frame * features + (f))
#define AT_FEATURE_16(p, f) vload16(0, c + (p) + (f))
#define AT_MAPPED_16(p, map, n, f) (float16)(0)
#define PUT_16(p, f, v) vstore16((v), 0, a + (p) + frame * features + (f))

void BODY(const int block, const int unused, const int frame, ARENAS, const int features OPERANDS)
{
  const int first = block * 16;
  const int count = min(16, features - first);

  if (FINISH_VECTOR && count == 16) {
    FINISH(float16, 0, AT_FRAME_16, AT_FEATURE_16, AT_MAPPED_16, PUT_16, first);
  } else {
    for (int k = 0; k < count; k++) {
      FINISH(float, 0, AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, first + k);
    }
  }
}
