// Pointwise, pipeline form (FPGA class): FINISH on every feature of one frame.
//
// Shapes    frames x features.
// Items     one, for the whole frame.
// Around    KernelText: c and a are the arenas; PipelinePointwise: FEATURES; pipeline.cl.

void BODY(const int unused0, const int unused1, const int frame, const int frames, ARENAS OPERANDS)
{
  const int features = FEATURES;

  INDEPENDENT PIPELINED
  for (int f = 0; f < FEATURES; f++) {
    FINISH_ONE(0, f);
  }
}
