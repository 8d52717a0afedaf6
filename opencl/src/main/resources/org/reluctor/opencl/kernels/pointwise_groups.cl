// Pointwise, frames in groups of 16: FINISH on every feature of every frame.
//
// Shapes    groups x features x 16; the last index is the frame in its group.
// Items     one for each 16 features of a group.
// Around    KernelText: c and a are the arenas of constants and tensors.

void BODY(const int block, const int unused, const int group, ARENAS, const int features OPERANDS)
{
  const int first = block * 16;
  const int count = min(16, features - first);

  for (int k = 0; k < count; k++) {
    FINISH(float16, 0, AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, first + k);
  }
}
