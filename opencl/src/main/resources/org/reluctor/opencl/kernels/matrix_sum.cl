// C = alpha * (sum of parts, in order) + beta * C, for the parts that matrix_product.cl leaves: [stack][part][rows x
// columns]. One item for each row of a matrix of the stack.

__kernel void matrix_sum(__global const float *parts, __global float *result, const int partsOffset, const int rows,
                         const int columns, const int count, const int toOffset, const int toRowStride, const int toRun,
                         const int toFrameStride, const int toStackStride, const float alpha, const float beta)
{
  const int row = get_global_id(0);
  __global const float *from = parts + partsOffset + (int)get_global_id(1) * count * rows * columns + row * columns;
  __global float *to = result + toOffset + (int)get_global_id(1) * toStackStride + row * toRowStride;

  for (int column = 0; column < columns; column++) {
    float sum = from[column];
    for (int part = 1; part < count; part++) {
      sum += from[part * rows * columns + column];
    }
    __global float *at = to + column / toRun * toFrameStride + column % toRun;
    *at = beta == 0 ? alpha * sum : fma(beta, *at, alpha * sum);
  }
}
