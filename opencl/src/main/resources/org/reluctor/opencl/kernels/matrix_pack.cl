// The left factor of matrix_product.cl as panels: to[stretch][tile][k][TILE], rows beyond the last are zero. Within a
// stretch of DEPTH of the inner dimension panels follow each other as products read them.
//
// Shapes    left: rows x inner for each of the stack, as matrix_view.cl has it; LEFT_ACROSS: transposed, so that rows
//           are neighbours in memory.
// Items     one for each TILE rows, DEPTH of the inner dimension, and matrix of the stack.

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matrix_pack(__global const float *left, __global float *panels, const int offset, const int panelsOffset,
                 const int rows, const int inner, const int rowStride, const int run, const int frameStride,
                 const int stackStride)
{
  const int tile = get_global_id(0);
  const int first = get_global_id(1) * DEPTH;
  const int last = min(first + DEPTH, inner);
  const int lanes = min(TILE, rows - tile * TILE);
  __global const float *from = left + offset + get_global_id(2) * stackStride;
  __global float *to = panels + panelsOffset
      + ((get_global_id(2) * inner + first) * get_global_size(0) + tile * (last - first)) * TILE;

#ifdef LEFT_ACROSS
  const LEFT_Columns columns = LEFT_columns(tile * TILE, lanes, run, frameStride);
  const int together = lanes == TILE && columns.x + TILE <= run;
  for (int k = first; k < last; k++) {
    const LEFT_Row row = LEFT_row(k, rowStride);
    vstore8(together ? vload8(0, from + row.base + columns.base)
                     : LEFT_load(from, row, columns, run, frameStride).lo, k - first, to);
  }
#else
  for (int k = first; k < last; k += 16) {
    const LEFT_Columns columns = LEFT_columns(k, last - k, run, frameStride);
    float16 v[TILE];
    EACH(t, TILE) {
      v[t] = t < lanes ? LEFT_load(from, LEFT_row(tile * TILE + t, rowStride), columns, run, frameStride) : 0;
    }
    TRANSPOSE(v, TILE, TILE_ROUNDS);
    EACH(t, TILE) {
      const int at = k + t * 16 / TILE;
      if (at + 16 / TILE <= last) {
        vstore16(v[t], 0, to + (at - first) * TILE);
      } else if (at < last) {
        vstore8(v[t].lo, at - first, to);
      }
    }
  }
#endif
}
