// How a leading work-item and its helpers share the steps of a network, one batch at a time, which is called a
// frame here: mostly it is one.
//
// The leader runs in the thread that waits for the frame; helpers run on other compute units, come when they can and stay
// for a while between frames. A step is shared among those who have joined the frame; with nobody there the leader does
// all of it. So it waits only for a share that a helper has begun, and nobody waits for ever: PATIENCE looks, then the
// leader gives the frame up (the host computes it again, alone), or the helper goes.
//
// Steps are numbered by turns, which grow from frame to frame, modulo 2^24. Each line of cells has one writer but the
// host's. Looks are plain loads, which leave a cache line where it is; every change is an atomic exchange, and so is the
// fence behind a look that found what it looked for: atomics order memory on every CPU.

#define LINE 32
#define NOBODY 0xFFFFFFFFu
#define TURN(t) ((t) & 0xFFFFFFu)

// The leader's line: the turn in the upper 24 bits with the number of those who share it below; the frame's first turn;
// whether a frame was given up; how many frames of the network this one is.
#define NOW cells[0]
#define FRAME cells[1]
#define GIVEN_UP cells[2]
#define FRAMES cells[3]
// The host's line: the number of the helpers' launch; whether they shall go at once; nothing, for the leader to fence.
#define LAUNCH cells[LINE]
#define GO cells[LINE + 1]
#define LEADER_FENCE cells[LINE + 2]
// A helper's line: the frame that it joined; the last turn that it did; the launch in which it left; nothing, to fence.
#define HELPER(h) (cells + (2 + (h)) * LINE)
#define JOINED 0
#define DONE 1
#define LEFT 2
#define FENCE 3

#ifndef PATIENCE
#define PATIENCE 2000000
#endif
#ifndef LINGER
#define LINGER 200000
#endif

typedef volatile __global uint *cells_t;

// Leader: begins a frame of so many turns, behind the last one's end.
uint begin_frame(cells_t cells, const uint turns, const int frames)
{
  FRAMES = frames;
  const uint frame = TURN(FRAME + turns + 1);
  atomic_xchg(&FRAME, frame);
  return frame;
}

// Leader: offers a turn to those who have joined; their number and itself.
int offer(cells_t cells, const uint frame, const uint turn, const int joined, const int helpers)
{
  int parties = joined;
  while (parties <= helpers && HELPER(parties - 1)[JOINED] == frame) {
    parties++;
  }
  if (parties > 1) {
    atomic_xchg(&NOW, TURN(turn) << 8 | parties);
  }
  return parties;
}

// Leader: whether that helper has done its share (1), has left without it (0), or must be given up (-1).
int has_done(cells_t cells, const uint frame, const uint turn, const int helper)
{
  cells_t line = HELPER(helper);
  for (int look = 0; look < PATIENCE; look++) {
    const int left = line[JOINED] != frame;
    if (line[DONE] == TURN(turn)) {
      atomic_xchg(&LEADER_FENCE, 0);
      return 1;
    }
    if (left) {
      return 0;
    }
  }
  return -1;
}

// Leader: ends a frame, complete or not; the turn behind its last.
void end_frame(cells_t cells, const uint turn, const uint given_up)
{
  GIVEN_UP = given_up;
  atomic_xchg(&NOW, TURN(turn) << 8);
}

// Helper: waits for a turn; the number of those who share it, 0 if it has passed, -1 if it does not come.
int follow(cells_t cells, const uint turn, const int me)
{
  for (int look = 0; look < PATIENCE; look++) {
    const uint now = NOW;
    const int ahead = (int)((now & ~255u) - (TURN(turn) << 8));
    if (ahead > 0) {
      return 0;
    }
    if (ahead == 0) {
      atomic_xchg(&HELPER(me)[FENCE], 0);
      return now & 255u;
    }
  }
  return -1;
}

// Helper: waits for another frame than that; whether there is one.
int await_frame(cells_t cells, const uint frame)
{
  for (int look = 0; look < LINGER && !GO; look++) {
    if (FRAME != frame) {
      return 1;
    }
  }
  return 0;
}

// Helper: leaves; from now on it touches nothing but its line.
void leave(cells_t cells, const int me)
{
  atomic_xchg(&HELPER(me)[JOINED], NOBODY);
  atomic_xchg(&HELPER(me)[LEFT], LAUNCH);
}
