// Sixteen elements through a map; those that lie nowhere are zero.

float16 gather_16(__global const float *from, __global const int *map)
{
  float found[16];
  for (int k = 0; k < 16; k++) {
    found[k] = map[k] < 0 ? 0.0f : from[map[k]];
  }
  return vload16(0, found);
}
