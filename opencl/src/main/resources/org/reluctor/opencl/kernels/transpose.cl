// Rows of 16 as columns, in registers. Each round lays the first half of the rows between the elements of the second,
// which turns the places of all elements round by one bit.

#define ZIP_LOW(a, b) (float16)(a.s0, b.s0, a.s1, b.s1, a.s2, b.s2, a.s3, b.s3, \
                                a.s4, b.s4, a.s5, b.s5, a.s6, b.s6, a.s7, b.s7)
#define ZIP_HIGH(a, b) (float16)(a.s8, b.s8, a.s9, b.s9, a.sa, b.sa, a.sb, b.sb, \
                                 a.sc, b.sc, a.sd, b.sd, a.se, b.se, a.sf, b.sf)
// v: COUNT rows, COUNT = 2^ROUNDS; afterwards 16 columns of COUNT, one after the other.
#define TRANSPOSE(v, COUNT, ROUNDS) \
  EACH(round, ROUNDS) { \
    float16 next[COUNT]; \
    EACH(i, COUNT / 2) { \
      next[2 * i] = ZIP_LOW(v[i], v[i + COUNT / 2]); \
      next[2 * i + 1] = ZIP_HIGH(v[i], v[i + COUNT / 2]); \
    } \
    EACH(i, COUNT) { \
      v[i] = next[i]; \
    } \
  }

