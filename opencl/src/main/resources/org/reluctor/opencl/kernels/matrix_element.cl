// One element of a matrix as matrix_view.cl describes it; macros begin with the prefix that is written here as OF.

float OF_at(__global const float *from, const int r, const int q, const int rowStride, const int run,
            const int frameStride)
{
#ifdef OF_PATCHES
  const int area = OF_OUT_Y * OF_OUT_X;
  const int y = q % area / OF_OUT_X * OF_MULTIPLY_Y + r / OF_KERNEL_X % OF_KERNEL_Y * OF_DILATE_Y - OF_PAD_Y;
  const int x = q % OF_OUT_X * OF_MULTIPLY_X + r % OF_KERNEL_X * OF_DILATE_X - OF_PAD_X;
  if (y < 0 || x < 0 || y % OF_DIVIDE_Y != 0 || x % OF_DIVIDE_X != 0 || y / OF_DIVIDE_Y >= OF_IN_Y
      || x / OF_DIVIDE_X >= OF_IN_X) {
    return 0;
  }
  return from[q / area * frameStride + r / (OF_KERNEL_Y * OF_KERNEL_X) * rowStride + y / OF_DIVIDE_Y * OF_IN_X
              + x / OF_DIVIDE_X];
#else
  return from[r * rowStride + q / run * frameStride + q % run];
#endif
}
