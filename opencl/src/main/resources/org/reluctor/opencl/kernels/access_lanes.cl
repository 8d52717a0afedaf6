// How kernels read operands and store results: frames in groups of 16, one frame of a group at a time.

#define AT_FRAME(p, f) a[(p) + (group * features + (f)) * 16 + lane]
#define AT_FEATURE(p, f) c[(p) + (f)]
#define AT_MAPPED(p, map, n, f) \
  (MAP_AT(map, f) < 0 ? 0.0f : a[(p) + (group * (n) + MAP_AT(map, f)) * 16 + lane])
#define PUT(p, f, v) a[(p) + (group * features + (f)) * 16 + lane] = (v)
