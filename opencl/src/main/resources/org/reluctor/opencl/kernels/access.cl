// How kernels read operands and store results of the feature f of a frame; macros that end in _16 take sixteen features
// from f on. Periodic constants are stored with their first fifteen elements again behind the last.

#define AT_FRAME(p, f) a[(p) + frame * features + (f)]
#define AT_FEATURE(p, f) c[(p) + (f)]
#define AT_PERIODIC(p, n, f) c[(p) + (f) % (n)]
#define AT_MAPPED(p, map, n, f) \
  (MAP_AT(map, f) < 0 ? 0.0f : a[(p) + frame * (n) + MAP_AT(map, f)])
#define AT_JOINED(places, strides, f) \
  (MAP_AT(places, f) < 0 ? c[-1 - MAP_AT(places, f)] : a[MAP_AT(places, f) + frame * MAP_AT(strides, f)])
#define PUT(p, f, v) a[(p) + frame * features + (f)] = (v)
#define AT_FRAME_16(p, f) vload16(0, a + (p) + frame * features + (f))
#define AT_FEATURE_16(p, f) vload16(0, c + (p) + (f))
#define AT_PERIODIC_16(p, n, f) vload16(0, c + (p) + (f) % (n))
#define AT_MAPPED_16(p, map, n, f) gather_16(a + (p) + frame * (n), (__global const int *)c + (map) + (f))
#define AT_JOINED_16(places, strides, f) join_16(c, a, frame, (places) + (f), (strides) + (f))
#define PUT_16(p, f, v) vstore16((v), 0, a + (p) + frame * features + (f))

// The tail on one feature whose value is z, and on the first n of sixteen.
#define FINISH_ONE(z, f) \
  FINISH(float, z, AT_FRAME, AT_FEATURE, AT_PERIODIC, AT_MAPPED, AT_JOINED, PUT, f)
#define FINISH_16(z, f, n) { \
  if ((n) == 16) { \
    FINISH(float16, z, AT_FRAME_16, AT_FEATURE_16, AT_PERIODIC_16, AT_MAPPED_16, AT_JOINED_16, PUT_16, f); \
  } else { \
    float rest[16]; \
    vstore16(z, 0, rest); \
    for (int k = 0; k < (n); k++) { \
      FINISH_ONE(rest[k], (f) + k); \
    } \
  } \
}
