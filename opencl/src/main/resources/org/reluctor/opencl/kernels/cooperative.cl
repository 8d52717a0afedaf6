// Meeting point of the work-items of a cooperative launch: all of them run at once, one on each compute unit.
//
// Each meeting counts arrivals in a cell of its own, which grows by the number of work-items with every launch; target is
// its value when all have arrived. Differences are taken modulo 2^32, so that the count may wrap. Nobody waits for ever:
// a work-item whose partner is not running gives up after PATIENCE looks and says so in the flag, the others see the
// flag, and the host computes the batch another way.

#ifndef PATIENCE
#define PATIENCE 100000
#endif

int meet(volatile __global int *cell, const int target, volatile __global int *flag)
{
  mem_fence(CLK_GLOBAL_MEM_FENCE);
  atomic_inc(cell);
  for (int look = 0; look < PATIENCE; look++) {
    if ((int)((uint)atomic_add(cell, 0) - (uint)target) >= 0) {
      mem_fence(CLK_GLOBAL_MEM_FENCE);
      return *flag == 0;
    }
  }
  *flag = 1;
  return 0;
}
