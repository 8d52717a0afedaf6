// Sixteen neighbours of a matrix that lies in memory in some orderly way; macros begin with the prefix that is written
// here as OF.
//
// Strided   element (r, q) = from[offset + r * rowStride + q / run * frameStride + q % run]: rows, transposed matrices,
//           and the columns of a batch of frames taken together.
// Patches   (OF_PATCHES) the matrix that turns a convolution into a product, never written down: row r = (channel, ky,
//           kx), column q = (frame, oy, ox); the element is pixel t / OF_DIVIDE of the channel with
//           t = o * OF_MULTIPLY + k * OF_DILATE - OF_PAD along both axes, or 0 where there is none. Frames follow each
//           other with frameStride, channels with rowStride.
// Flat      (OF_FLAT) patches of stride one whose rows are as wide as the rows that they read: sixteen columns of a
//           frame are neighbours in memory for every place of the kernel, however narrow the rows, and at most two
//           frames meet in sixteen columns.
// Around    what is read of patches may begin or end 63 elements beside the pixels: the buffer must reach so far.

typedef struct {
  int base, y, x;
} OF_Row;

typedef struct {
  int count, uniform, base, y, x, split, next;
  int16 bases, ys, xs;
} OF_Columns;

OF_Row OF_row(const int r, const int rowStride)
{
  OF_Row row;
#ifdef OF_PATCHES
  row.base = r / (OF_KERNEL_Y * OF_KERNEL_X) * rowStride;
  row.y = r / OF_KERNEL_X % OF_KERNEL_Y * OF_DILATE_Y - OF_PAD_Y;
  row.x = r % OF_KERNEL_X * OF_DILATE_X - OF_PAD_X;
#else
  row.base = r * rowStride;
  row.y = row.x = 0;
#endif
  return row;
}

// The columns q to q + 15, of which count exist.
OF_Columns OF_columns(const int q, const int count, const int run, const int frameStride)
{
  OF_Columns columns;
  columns.count = count;
#ifdef OF_FLAT
  const int area = OF_OUT_Y * OF_OUT_X;
  const int place = q % area;
  const int16 lane = (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const int16 beyond = lane >= area - place;
  const int16 places = place + lane - (beyond & area);
  columns.base = q / area * frameStride + place;
  columns.split = area - place < min(count, 16) ? area - place : 16;
  columns.next = columns.base - place + frameStride - columns.split;
  columns.xs = places % OF_OUT_X;
  // Columns that do not exist are far above all pixels.
  columns.ys = places / OF_OUT_X - ((lane >= count) & (1 << 24));
#elif defined(OF_PATCHES)
  const int area = OF_OUT_Y * OF_OUT_X;
  columns.base = q / area * frameStride;
  columns.y = q % area / OF_OUT_X * OF_MULTIPLY_Y;
  columns.x = q % OF_OUT_X * OF_MULTIPLY_X;
  columns.uniform = OF_MULTIPLY_X * OF_DIVIDE_X == 1 && q % OF_OUT_X + 16 <= OF_OUT_X && count >= 16;
  if (!columns.uniform) {
    int bases[16], ys[16], xs[16];
    for (int k = 0; k < 16; k++) {
      const int at = q + min(k, count - 1);
      bases[k] = at / area * frameStride;
      ys[k] = at % area / OF_OUT_X * OF_MULTIPLY_Y;
      xs[k] = at % OF_OUT_X * OF_MULTIPLY_X;
    }
    columns.bases = vload16(0, bases);
    columns.ys = vload16(0, ys);
    columns.xs = vload16(0, xs);
  }
#else
  // Most matrices are one frame: no division for them.
  const int frame = q < run ? 0 : q / run;
  columns.x = q - frame * run;
  columns.base = frame * frameStride + columns.x;
  columns.uniform = count >= 16 && columns.x + 16 <= run;
  columns.y = frame;
#endif
  return columns;
}

#if defined(OF_PATCHES) && !defined(OF_FLAT)
float16 OF_gather(__global const float *from, const OF_Row row, const OF_Columns columns)
{
  int bases[16], ys[16], xs[16];
  float found[16];
  vstore16(columns.bases + row.base, 0, bases);
  vstore16(columns.ys + row.y, 0, ys);
  vstore16(columns.xs + row.x, 0, xs);
  for (int k = 0; k < 16; k++) {
    const int y = ys[k] / OF_DIVIDE_Y;
    const int x = xs[k] / OF_DIVIDE_X;
    const bool there = k < columns.count && ys[k] >= 0 && xs[k] >= 0 && y < OF_IN_Y && x < OF_IN_X
        && ys[k] % OF_DIVIDE_Y == 0 && xs[k] % OF_DIVIDE_X == 0;
    found[k] = there ? from[bases[k] + y * OF_IN_X + x] : 0.0f;
  }
  return vload16(0, found);
}
#endif

// The elements of a row in those columns; 0 where columns do not exist.
float16 OF_load(__global const float *from, const OF_Row row, const OF_Columns columns, const int run,
                const int frameStride)
{
#ifdef OF_FLAT
  const int shift = row.base + row.y * OF_IN_X + row.x;
  const int16 inside = (as_uint16(columns.ys + row.y) < (uint16)(OF_IN_Y))
      & (as_uint16(columns.xs + row.x) < (uint16)(OF_IN_X));
  float16 loaded = vload16(0, from + columns.base + shift);
  if (columns.split < 16) {
    const int16 lane = (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    loaded = select(loaded, vload16(0, from + columns.next + shift), lane >= columns.split);
  }
  // What lies beside the pixels is another's, and may be NaN.
  return as_float16(as_int16(loaded) & inside);
#elif defined(OF_PATCHES)
  if (!columns.uniform) {
    return OF_gather(from, row, columns);
  }
  const int t = columns.y + row.y;
  const int x = columns.x + row.x;
  if (t < 0 || t % OF_DIVIDE_Y != 0 || t / OF_DIVIDE_Y >= OF_IN_Y || x <= -16 || x >= OF_IN_X) {
    return 0;
  }
  const float16 loaded = vload16(0, from + columns.base + row.base + t / OF_DIVIDE_Y * OF_IN_X + x);
  if (x >= 0 && x + 16 <= OF_IN_X) {
    return loaded;
  }
  // What lies beside the row is another's, and may be NaN.
  const int16 place = x + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return as_float16(as_int16(loaded) & (place >= 0) & (place < OF_IN_X));
#else
  if (columns.uniform) {
    return vload16(0, from + row.base + columns.base);
  }
  float found[16];
  int frame = columns.y;
  int x = columns.x;
  for (int k = 0; k < 16; k++) {
    found[k] = k < columns.count ? from[row.base + frame * frameStride + x] : 0.0f;
    x++;
    if (x == run) {
      x = 0;
      frame++;
    }
  }
  return vload16(0, found);
#endif
}
