// How a leading work-item and its helpers share the calls of a network, one batch at a time.
//
// The leader runs in the thread that waits for the batch; helpers run on other compute units, come when they can and
// stay for a while between batches. The leader lays a call open in chunks, and takes them from the low end; helpers take
// them from the high end. So every party keeps to neighbouring weights, and nobody is waited for who has not begun: a
// helper that sleeps, or is not there at all, takes nothing. What it has begun the leader waits for, PATIENCE looks long
// and one for each of its operations; then it gives the batch up, and the host computes it again, alone.
//
// Looks are plain loads, which leave a cache line where it is. Chunks are taken by compare-and-exchange on the one word
// that says what is left, so whoever succeeds owns the chunk however long it looked before. Atomics order memory on
// every CPU; a look that found what it waited for is followed by one on a line of its own.

#define LINE 32

// The leader's line: first chunk that is left in the upper half, end of those left in the lower; the call they are of;
// chunks of the whole call; frames of the batch.
#define LEFT_OVER cells[0]
#define CALL cells[1]
#define CHUNKS cells[2]
#define FRAMES cells[3]
// The helpers' line: chunks of this call that they have done.
#define DONE cells[LINE]
// The host's line: looks for which a helper stays behind a batch; whether a batch is computed with helpers; whether it
// was given up; nothing, to fence.
#define STAY cells[2 * LINE]
#define HELPED cells[2 * LINE + 1]
#define GIVEN_UP cells[2 * LINE + 2]
#define FENCE cells[2 * LINE + 3]
// The line of those who leave: their number, and chunks they took in their stay.
#define AWAY cells[3 * LINE]
#define TAKEN cells[3 * LINE + 1]

#ifndef PATIENCE
#define PATIENCE 20000000
#endif
// Operations of a chunk at least: less is done before another core has seen that there is something to do.
#define LEAST_CHUNK 15000

typedef volatile __global uint *cells_t;

// Chunks of a call of so many items and operations, each worth the looks that it takes to find it; more for a large
// call, so that a party that comes late or slowly still takes its part.
int chunks_of(const long operations, const int items)
{
  const long worth = operations / LEAST_CHUNK;
  const int wanted = worth < 4 * PARTIES ? PARTIES : worth < 1024 * PARTIES ? 2 * PARTIES : 4 * PARTIES;
  return max(1, min((int)min(worth, (long)wanted), items));
}

// Leader: lays a call open but for its first chunk.
void lay_open(cells_t cells, const uint call, const uint chunks)
{
  CALL = call;
  CHUNKS = chunks;
  DONE = 0;
  atomic_xchg(&LEFT_OVER, 1u << 16 | chunks);
}

// Leader: its next chunk, or -1.
int take_low(cells_t cells)
{
  for (;;) {
    const uint left = LEFT_OVER;
    if (left >> 16 >= (left & 0xFFFFu)) {
      return -1;
    }
    if (atomic_cmpxchg(&LEFT_OVER, left, left + (1u << 16)) == left) {
      return left >> 16;
    }
  }
}

// Leader: waits for what helpers took of so many chunks; false if it does not come.
int gather(cells_t cells, const uint chunks, const long operations)
{
  const uint theirs = chunks - (LEFT_OVER & 0xFFFFu);
  for (long look = 0; look < PATIENCE + operations; look++) {
    if (DONE == theirs) {
      atomic_xchg(&FENCE, 0);
      return 1;
    }
  }
  GIVEN_UP = 1;
  return 0;
}

// Helper: a chunk, or -1.
int take_high(cells_t cells)
{
  const uint left = LEFT_OVER;
  if (left >> 16 >= (left & 0xFFFFu) || atomic_cmpxchg(&LEFT_OVER, left, left - 1) != left) {
    return -1;
  }
  return (left & 0xFFFFu) - 1;
}
