// C = alpha * A * B + beta * C for a stack of matrices, panel form (CPU class).
//
// Shapes    A: rows x inner, packed by matrix_pack.cl; B: inner x columns, as matrix_view.cl has it (RIGHT_ACROSS:
//           transposed); C: rows x columns, strided.
// Items     one for each PANELS * 16 columns, rowsOfItem rows, and part of a matrix of the stack. Of parts, each sums a
//           stretch of the inner dimension, for matrix_sum.cl to add up.
// Why       an item packs DEPTH rows of its columns into the first cache level and multiplies them with all its rows:
//           a step along the inner dimension is PANELS vector loads and TILE broadcasts for TILE * PANELS fma, whose
//           sums fill the registers.
// Sums      along the inner dimension in order, in stretches of DEPTH: the same on any number of processors.

#define MULTIPLY(NAME, WIDTH) \
void NAME(__global const float *left, const float16 *panel, const int depth, float16 *sums) \
{ \
  float16 z[TILE][WIDTH]; \
  EACH(t, TILE) { \
    EACH(p, WIDTH) { \
      z[t][p] = 0; \
    } \
  } \
  for (int k = 0; k < depth; k++) { \
    float16 u[WIDTH]; \
    EACH(p, WIDTH) { \
      u[p] = panel[k * WIDTH + p]; \
    } \
    EACH(t, TILE) { \
      const float16 v = (float16)(left[k * TILE + t]); \
      EACH(p, WIDTH) { \
        z[t][p] = fma(u[p], v, z[t][p]); \
      } \
    } \
  } \
  EACH(t, TILE) { \
    EACH(p, WIDTH) { \
      sums[t * WIDTH + p] = z[t][p]; \
    } \
  } \
}

MULTIPLY(multiply_1, 1)
MULTIPLY(multiply_2, 2)
MULTIPLY(multiply_3, 3)

// Rows first to first + depth of B in the columns from column on, as panel[k][width].
void fill(__global const float *from, float16 *panel, const int width, const int first, const int depth,
          const int column, const int columns, const int rowStride, const int run, const int frameStride)
{
  for (int p = 0; p < width; p++) {
    const int lane = column + p * 16;
#ifdef RIGHT_ACROSS
    RIGHT_Row rows[16];
    for (int j = 0; j < 16; j++) {
      rows[j] = RIGHT_row(min(lane + j, columns - 1), rowStride);
    }
    for (int k = 0; k < depth; k += 16) {
      const RIGHT_Columns found = RIGHT_columns(first + k, depth - k, run, frameStride);
      float16 v[16];
      EACH(j, 16) {
        v[j] = RIGHT_load(from, rows[j], found, run, frameStride);
      }
      TRANSPOSE(v, 16, 4);
      if (depth - k >= 16) {
        EACH(j, 16) {
          panel[(k + j) * width + p] = v[j];
        }
      } else {
        float16 rest[16];
        EACH(j, 16) {
          rest[j] = v[j];
        }
        for (int j = 0; j < depth - k; j++) {
          panel[(k + j) * width + p] = rest[j];
        }
      }
    }
#else
    const RIGHT_Columns found = RIGHT_columns(lane, columns - lane, run, frameStride);
    for (int k = 0; k < depth; k++) {
      panel[k * width + p] = RIGHT_load(from, RIGHT_row(first + k, rowStride), found, run, frameStride);
    }
#endif
  }
}

void store(__global float *to, const float16 sums, const TO_Columns columns, const int run, const int frameStride,
           const float alpha, const float beta)
{
  if (columns.uniform) {
    __global float *at = to + columns.base;
    vstore16(beta == 0 ? alpha * sums : fma(alpha, sums, beta * vload16(0, at)), 0, at);
    return;
  }
  float values[16];
  vstore16(alpha * sums, 0, values);
  __global float *at = to + columns.base;
  const int count = min(16, columns.count);
  int k = 0;
  for (int end = run - columns.x; k < count; end += run) {
    for (; k < min(end, count); k++) {
      at[k] = beta == 0 ? values[k] : fma(beta, at[k], values[k]);
    }
    at += frameStride - run;
  }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matrix_product(__global const float *panels, __global const float *right, __global float *result,
                    const int panelsOffset, const int rows, const int inner, const int columns,
                    const int rowsOfItem, const int parts, const int innerOfPart,
                    const int rightOffset, const int rightRowStride, const int rightRun, const int rightFrameStride,
                    const int rightStackStride,
                    const int toOffset, const int toRowStride, const int toRun, const int toFrameStride,
                    const int toStackStride, const float alpha, const float beta)
{
  const int column = get_global_id(0) * 16 * PANELS;
  const int width = min(PANELS, (columns - column + 15) / 16);
  const int firstRow = get_global_id(1) * rowsOfItem;
  const int lastRow = min(rows, firstRow + rowsOfItem);
  const int matrix = get_global_id(2) / parts;
  const int first = get_global_id(2) % parts * innerOfPart;
  const int last = min(inner, first + innerOfPart);
  const int tiles = (rows + TILE - 1) / TILE;
  __global const float *left = panels + panelsOffset + matrix * tiles * inner * TILE;
  __global const float *from = right + rightOffset + matrix * rightStackStride;
  // Each part writes a matrix of its own.
  __global float *to = result + toOffset + (int)get_global_id(2) * toStackStride;
  float16 panel[DEPTH * PANELS];

  for (int k = first; k < last; k += DEPTH) {
    const int depth = min(DEPTH, last - k);
    fill(from, panel, width, k, depth, column, columns, rightRowStride, rightRun, rightFrameStride);
    for (int row = firstRow; row < lastRow; row += TILE) {
      float16 sums[TILE * PANELS];
      __global const float *tile = left + (k * tiles + row / TILE * depth) * TILE;
      if (width == 3) {
        multiply_3(tile, panel, depth, sums);
      } else if (width == 2) {
        multiply_2(tile, panel, depth, sums);
      } else {
        multiply_1(tile, panel, depth, sums);
      }
      for (int p = 0; p < width; p++) {
        const TO_Columns found = TO_columns(column + p * 16, columns - column - p * 16, toRun, toFrameStride);
        for (int t = 0; t < min(TILE, lastRow - row); t++) {
          store(to + (row + t) * toRowStride, sums[t * width + p], found, toRun, toFrameStride, alpha,
                k == first ? beta : 1.0f);
        }
      }
    }
  }
}
