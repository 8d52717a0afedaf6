// Fold, frames in groups of 16: for each feature a number folded over count pairs of elements (a product of two computed
// matrices, or a maximum), then FINISH on it.
//
// Shapes    left, right: groups x their features x 16; results: groups x features x 16.
// Maps      [feature][count], places in left and right.
// Items     one for each 16 features of a group.
// Around    KernelText: c and a are the arenas; FOLD_START and FOLD are defined for each kind.

void BODY(const int block, const int unused, const int group, ARENAS, const int features, const int count,
          const int left, const int left_map, const int left_features, const int right, const int right_map,
          const int right_features OPERANDS)
{
  const int end = min(block * 16 + 16, features);

  for (int f = block * 16; f < end; f++) {
    float16 z = FOLD_START;
    for (int i = 0; i < count; i++) {
      z = FOLD(z, AT_MAPPED(left, left_map, left_features, f * count + i),
               AT_MAPPED(right, right_map, right_features, f * count + i));
    }
    FINISH(float16, z, AT_FRAME, AT_FEATURE, AT_MAPPED, PUT, f);
  }
}
