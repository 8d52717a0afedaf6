/*
 * A wall clock that jumps on command, for processes that a test starts: loaded before the C library (LD_PRELOAD), it
 * adds to every reading of the time of day what a control file says. The monotonic clock stays as it is, as when an
 * administrator or a time server sets a machine's clock.
 *
 * JUMPING_CLOCK_CONTROL  file of struct control, shared with the test
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* As JumpingClock.java has it: 8 bytes each, in the machine's order. */
struct control {
    volatile int64_t offset_seconds;
    volatile int64_t readings; /* of the time of day so far; counted here */
};

static struct control *control;

__attribute__((constructor)) static void open_control(void)
{
    const char *path = getenv("JUMPING_CLOCK_CONTROL");
    int file = path == NULL ? -1 : open(path, O_RDWR);
    if (file < 0) {
        return;
    }
    void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    control = mapped == MAP_FAILED ? NULL : mapped;
}

static int64_t offset(void)
{
    if (control == NULL) {
        return 0;
    }
    __atomic_add_fetch(&control->readings, 1, __ATOMIC_RELAXED);
    return control->offset_seconds;
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    int status = (int)syscall(SYS_clock_gettime, clock, time);
    if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        time->tv_sec += (time_t)offset();
    }
    return status;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    struct timespec now;
    int status = clock_gettime(CLOCK_REALTIME, &now);
    (void)zone;
    if (status == 0) {
        time->tv_sec = now.tv_sec;
        time->tv_usec = now.tv_nsec / 1000;
    }
    return status;
}

time_t time(time_t *result)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_REALTIME, &now);
    if (result != NULL) {
        *result = now.tv_sec;
    }
    return now.tv_sec;
}
