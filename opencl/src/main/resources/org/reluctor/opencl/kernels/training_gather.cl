// Element e of every frame of the result is the sum of the elements of that frame of the source whose places stand in
// places[starts[e]] to places[starts[e + 1] - 1]; fill where there are none. SINGLE: places[e] alone, or -1.
//
// Items     one for each stretch of a frame of the result.

__kernel void training_gather(__global const float *a, __global float *result, __global const int *starts,
                              __global const int *places, const int fromOffset, const int toOffset,
                              const int fromElements, const int elements, const int stretch, const float fill)
{
  const int frame = get_global_id(1);
  const int first = get_global_id(0) * stretch;
  const int last = min(first + stretch, elements);
  __global const float *from = a + fromOffset + frame * fromElements;
  __global float *to = result + toOffset + frame * elements;

  for (int e = first; e < last; e++) {
#ifdef SINGLE
    to[e] = places[e] < 0 ? fill : from[places[e]];
#else
    float sum = starts[e] == starts[e + 1] ? fill : 0.0f;
    for (int at = starts[e]; at < starts[e + 1]; at++) {
      sum += from[places[at]];
    }
    to[e] = sum;
#endif
  }
}
