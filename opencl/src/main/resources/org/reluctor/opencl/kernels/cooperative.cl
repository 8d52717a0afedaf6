// Meeting point of the work-items of a cooperative launch: all of them run at once, one on each compute unit of a CPU.
//
// Each meeting counts arrivals in a cell of its own, which grows by the number of work-items with every launch; target is
// its value when all have arrived. Differences are taken modulo 2^32, so that the count may wrap. Nobody waits for ever:
// a work-item whose partner is not running gives up after PATIENCE looks, and one for each operation of the call before
// the meeting, of which the partner may still have all to do; it says so in the flag, the others see the flag, and the
// host computes the batch another way.
//
// Looks are plain loads, which leave a cache line where it is. Atomics order memory on every CPU: an arrival follows what
// the work-item stored, and a look that found all of them is followed by an atomic that changes nothing.

#ifndef PATIENCE
#define PATIENCE 4000000
#endif

int meet(volatile __global int *cell, const int target, volatile __global int *flag, const long operations)
{
  mem_fence(CLK_GLOBAL_MEM_FENCE);
  atomic_inc(cell);
  for (long look = 0; look < PATIENCE + operations; look++) {
    if ((int)((uint)*cell - (uint)target) >= 0) {
      atomic_add(cell, 0);
      mem_fence(CLK_GLOBAL_MEM_FENCE);
      return *flag == 0;
    }
  }
  *flag = 1;
  return 0;
}
