// Pointwise, row-major: FINISH on every feature of every frame.
//
// Shapes    frames x features.
// Items     one for each 16 features of a frame.
// Around    KernelText: c and a are the arenas of constants and tensors.

void BODY(const int block, const int unused, const int frame, ARENAS, const int features OPERANDS)
{
  const int first = block * 16;
  const int count = min(16, features - first);

  if (FINISH_VECTOR && count == 16) {
    FINISH(float16, 0, AT_FRAME_16, AT_FEATURE_16, AT_MAPPED_16, PUT_16, first);
  } else {
    for (int k = 0; k < count; k++) {
      FINISH(float, 0, AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, first + k);
    }
  }
}
