// Fold: for each feature a number folded over count pairs of elements (a product of two computed matrices,
// or a maximum), then FINISH on it.
//
// Shapes    left, right: frames x their features; results: frames x features.
// Maps      [feature][count], places in left and right.
// Items     one for each 16 features of a frame.
// Around    KernelText: c and a are the arenas; FOLD_START and FOLD are defined for each kind.

void BODY(const int block, const int unused, const int frame, const int frames, ARENAS,
          const int features, const int count,
          const int left, const int left_map, const int left_features, const int right, const int right_map,
          const int right_features OPERANDS)
{
  const int end = min(block * 16 + 16, features);

  for (int f = block * 16; f < end; f++) {
    float z = FOLD_START;
    for (int i = 0; i < count; i++) {
      z = FOLD(z, AT_MAPPED(left, left_map, left_features, f * count + i),
               AT_MAPPED(right, right_map, right_features, f * count + i));
    }
    FINISH_ONE(z, f);
  }
}
