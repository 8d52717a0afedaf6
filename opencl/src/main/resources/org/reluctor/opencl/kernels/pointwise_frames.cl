// Pointwise, row-major: FINISH on every feature of every frame.
//
// Shapes    frames x features.
// Launch    one work-item for each 16 features, and frame.
// Before    KERNEL, OPERANDS, FINISH and FINISH_VECTOR are defined for each instance, see KernelText.

#define AT_FRAME(p, f) (p)[frame * features + (f)]
#define AT_FEATURE(p, f) (p)[f]
#define AT_MAPPED(p, map, n, f) (p)[frame * (n) + (map)[f]]
#define PUT(p, f, v) (p)[frame * features + (f)] = (v)
#define AT_FRAME_16(p, f) vload16(0, (p) + frame * features + (f))
#define AT_FEATURE_16(p, f) vload16(0, (p) + (f))
#define AT_MAPPED_16(p, map, n, f) (float16)(0)
#define PUT_16(p, f, v) vstore16((v), 0, (p) + frame * features + (f))

__kernel void KERNEL(const int features OPERANDS)
{
  const int first = get_global_id(0) * 16;
  const int frame = get_global_id(1);
  const int count = min(16, features - first);

  if (FINISH_VECTOR && count == 16) {
    FINISH(float16, 0, AT_FRAME_16, AT_FEATURE_16, AT_MAPPED_16, PUT_16, first);
  } else {
    for (int i = 0; i < count; i++) {
      FINISH(float, 0, AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, first + i);
    }
  }
}
