// How kernels read operands and store results: frame after frame. Scalar macros take one feature, those that end in _16
// take sixteen from f on; a mapped operand has no vector form.

#define AT_FRAME(p, f) a[(p) + frame * features + (f)]
#define AT_FEATURE(p, f) c[(p) + (f)]
#define AT_MAPPED(p, map, n, f) \
  (MAP_AT(map, f) < 0 ? 0.0f : a[(p) + frame * (n) + MAP_AT(map, f)])
#define PUT(p, f, v) a[(p) + frame * features + (f)] = (v)
#define AT_FRAME_16(p, f) vload16(0, a + (p) + frame * features + (f))
#define AT_FEATURE_16(p, f) vload16(0, c + (p) + (f))
#define AT_MAPPED_16(p, map, n, f) (float16)(0)
#define FINISH_ONE(z, f) FINISH(float, z, AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, f)
#define PUT_16(p, f, v) vstore16((v), 0, a + (p) + frame * features + (f))
