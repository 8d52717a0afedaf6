// Sixteen elements through a map; those that lie nowhere are zero.

float16 gather_16(__global const float *from, __global const int *map)
{
  float found[16];
  for (int k = 0; k < 16; k++) {
    found[k] = map[k] < 0 ? 0.0f : from[map[k]];
  }
  return vload16(0, found);
}

// Sixteen elements of several tensors and of constants, see Access.JOINED.

float16 join_16(__global const float *c, __global const float *a, const int frame, const int places, const int strides)
{
  float found[16];
  for (int k = 0; k < 16; k++) {
    const int place = MAP_AT(places, k);
    found[k] = place < 0 ? c[-1 - place] : a[place + frame * MAP_AT(strides, k)];
  }
  return vload16(0, found);
}
