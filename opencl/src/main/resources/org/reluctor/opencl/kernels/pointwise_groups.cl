// Pointwise, frames in groups of 16: FINISH on every feature of every frame.
//
// Shapes    groups x features x 16; the last index is the frame in its group.
// Launch    one work-item for each 16 features, and group.
// Before    KERNEL, OPERANDS and FINISH are defined for each instance, see KernelText.

#define AT_FRAME(p, f) vload16(group * features + (f), p)
#define AT_FEATURE(p, f) (float16)((p)[f])
#define AT_MAPPED(p, map, n, f) vload16(group * (n) + (map)[f], p)
#define PUT(p, f, v) vstore16((v), group * features + (f), p)

__kernel void KERNEL(const int features OPERANDS)
{
  const int first = get_global_id(0) * 16;
  const int group = get_global_id(1);
  const int count = min(16, features - first);

  for (int i = 0; i < count; i++) {
    FINISH(float16, 0, AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, first + i);
  }
}
