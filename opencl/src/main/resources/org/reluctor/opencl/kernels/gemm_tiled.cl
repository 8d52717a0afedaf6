// Gemm, tiled form (GPU class): z[frame][token][row] = sum over column of W[row][column] * x[frame][token][column], then
// FINISH on every z, for many frames or tokens; a sample is a token of a frame.
//
// Shapes    x: frames x tokens x columns, z: frames x tokens x rows, all row-major.
// Weights   [column][row]: neighbouring work-items read neighbouring weights.
// Items     work-groups of 16 x 16, each for a tile of 16 BLOCK rows x 16 BLOCK samples; an item holds BLOCK x BLOCK
//           results in registers: those of rows 4 lane to 4 lane + 3 in each 64 rows of the tile, and of samples alike.
// Why       a stretch of 16 columns of both operands is brought to local memory once and read 16 BLOCK times; vectors
//           of four keep the reads of local memory below the multiplications. Beyond the edges the tiles hold zeros,
//           so that every item meets every barrier.
// Around    KernelText: c and a are the arenas, tile the work-group's own memory; WeightFormat: how weights are read;
//           TiledGemm: BLOCK, 4 or 8.

#define SIDE (16 * BLOCK)
#define STRETCH 16
// Four floats more than a row of samples, for the banks of local memory that a column is stored to.
#define SAMPLE_STRIDE (SIDE + 4)

void BODY(const int item, const int unused, const int place, const int frames, ARENAS, __local float4 *tile,
          const int weights, const int scales, const int input, const int rows, const int columns,
          const int tokens OPERANDS)
{
  const int features = tokens * rows;
  const int samples = frames * tokens;
  const int lane = get_local_id(0);
  const int rank = get_local_id(2);
  const int member = rank * 16 + lane;
  const int first_row = item / 16 * SIDE;
  const int first_sample = place / 16 * SIDE;
  __local float *w = (__local float *)tile;
  __local float *x = w + STRETCH * SIDE;

  float z[BLOCK][BLOCK];
#pragma unroll
  for (int j = 0; j < BLOCK; j++) {
#pragma unroll
    for (int i = 0; i < BLOCK; i++) {
      z[j][i] = 0;
    }
  }

  for (int start = 0; start < columns; start += STRETCH) {
    for (int e = member; e < STRETCH * SIDE; e += 256) {
      const int column = start + e / SIDE, row = first_row + e % SIDE;
      w[e] = (column < columns && row < rows) ? WEIGHT(column * rows + row) : 0.0f;
    }
    for (int e = member; e < STRETCH * SIDE; e += 256) {
      const int column = start + e % STRETCH, sample = first_sample + e / STRETCH;
      x[e % STRETCH * SAMPLE_STRIDE + e / STRETCH] =
          (column < columns && sample < samples) ? a[input + sample * columns + column] : 0.0f;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int k = 0; k < STRETCH; k++) {
      float u[BLOCK], v[BLOCK];
#pragma unroll
      for (int part = 0; part < BLOCK / 4; part++) {
        vstore4(tile[k * (SIDE / 4) + part * 16 + lane], part, u);
        vstore4(tile[(STRETCH * SIDE + k * SAMPLE_STRIDE) / 4 + part * 16 + rank], part, v);
      }
#pragma unroll
      for (int j = 0; j < BLOCK; j++) {
#pragma unroll
        for (int i = 0; i < BLOCK; i++) {
          z[j][i] = fma(u[i], v[j], z[j][i]);
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }

#pragma unroll
  for (int j = 0; j < BLOCK; j++) {
    const int sample = first_sample + j / 4 * 64 + rank * 4 + j % 4;
    const int frame = sample / tokens;
#pragma unroll
    for (int i = 0; i < BLOCK; i++) {
      const int row = first_row + i / 4 * 64 + lane * 4 + i % 4;
      if (row < rows && sample < samples) {
        const float sum = z[j][i];
        FINISH_ONE(SCALED(sum, row), sample % tokens * rows + row);
      }
    }
  }
}
