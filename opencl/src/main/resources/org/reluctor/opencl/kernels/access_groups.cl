// How kernels read operands and store results: frames in groups of 16, a vector holding one feature of a group.

#define AT_FRAME(p, f) vload16(group * features + (f), a + (p))
#define AT_FEATURE(p, f) (float16)(c[(p) + (f)])
#define AT_MAPPED(p, map, n, f) \
  (MAP_AT(map, f) < 0 ? (float16)(0) : vload16(group * (n) + MAP_AT(map, f), a + (p)))
#define PUT(p, f, v) vstore16((v), group * features + (f), a + (p))
