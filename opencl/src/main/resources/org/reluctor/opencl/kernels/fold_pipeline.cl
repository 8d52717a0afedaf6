// Fold, pipeline form (FPGA class): for each feature of one frame a number folded over COUNT pairs of elements (a product
// of two computed matrices, or a maximum), then FINISH on it.
//
// Shapes    left, right: frames x their features; results: frames x features.
// Maps      [feature][count], places in left and right.
// Items     one, for the whole frame.
// Around    KernelText: c and a are the arenas; FOLD_START, FOLD and FOLD_JOIN are defined for each kind;
//           PipelineFold: FEATURES and COUNT; pipeline.cl.

void BODY(const int unused0, const int unused1, const int frame, const int frames, ARENAS,
          const int left, const int left_map, const int left_features, const int right, const int right_map,
          const int right_features OPERANDS)
{
  const int features = FEATURES;

  INDEPENDENT
  for (int f = 0; f < FEATURES; f++) {
    float folds[LATENCY];
    UNROLL
    for (int i = 0; i < LATENCY; i++) {
      folds[i] = FOLD_START;
    }
    PIPELINED
    for (int i = 0; i < COUNT; i++) {
      const float next = FOLD(folds[LATENCY - 1], AT_MAPPED(left, left_map, left_features, f * COUNT + i),
                              AT_MAPPED(right, right_map, right_features, f * COUNT + i));
      UNROLL
      for (int j = LATENCY - 1; j > 0; j--) {
        folds[j] = folds[j - 1];
      }
      folds[0] = next;
    }
    float z = FOLD_START;
    UNROLL
    for (int i = 0; i < LATENCY; i++) {
      z = FOLD_JOIN(z, folds[i]);
    }
    FINISH_ONE(z, f);
  }
}
