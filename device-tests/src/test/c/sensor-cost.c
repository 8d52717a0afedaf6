/*
 * One step of a sensor's work, STEP (see the table in device-tests/bin/sensor-cost), done REPEAT times and nothing else,
 * without a C library: what a run with one repetition more executes more is what the step executes. Runs as a program of
 * Linux on ARM, since it is there that instructions are counted.
 */
#include "reluctor_sensor.h"

enum { N = 256, M = 64, ONES = 4, HELD_OUT = 16, ROOM = 1024 };

static uint16_t rows[N * ONES];
static int16_t x[N];
static int32_t y[M];
static int16_t raw[M];
static int32_t held_out_y[HELD_OUT];
static int16_t held_out[HELD_OUT];
static uint8_t bytes[ROOM];

/* So that a compiler neither knows how often, nor leaves out what nobody reads. */
static volatile int repeat = REPEAT;
static volatile size_t kept;

static void nothing(void *context)
{
    (void) context;
}

static void no_hash(void *context, const uint8_t *from, size_t count)
{
    (void) context;
    (void) from;
    (void) count;
}

static void no_code(void *context, uint8_t code[RELUCTOR_CODE_BYTES])
{
    (void) context;
    for (int i = 0; i < RELUCTOR_CODE_BYTES; i++) {
        code[i] = 0;
    }
}

static size_t step(const struct reluctor_frame *frame, const struct reluctor_mac *mac)
{
    switch (STEP) {
    case 1:
        reluctor_measure_sparse(rows, M, N, ONES, x, y);
        return 0;
    case 2:
        reluctor_measure_signs(7, M, N, x, y);
        return 0;
    case 3:
        return reluctor_quantise(y, M, frame->scale, raw);
    case 4:
        reluctor_measure_held_out(7, frame->boot, frame->seq, HELD_OUT, N, x, held_out_y);
        return reluctor_quantise(held_out_y, HELD_OUT, frame->scale, held_out);
    case 5:
    case 6:
        return reluctor_write_frame(frame, bytes, sizeof bytes);
    case 7:
        return reluctor_write_envelope(frame, mac, bytes, sizeof bytes);
    case 8:
        reluctor_sparse_rows(7, M, N, ONES, rows);
        return 0;
    default:
        return 0;
    }
}

static void leave(int status)
{
    register int result __asm__("r0") = status;
    register int exit_call __asm__("r7") = 1;
    __asm__ volatile("svc 0" : : "r"(result), "r"(exit_call));
}

void _start(void)
{
    static const struct reluctor_frame frame = { .sensor = "ward3/ecg-7", .boot = 23, .seq = 100000, .has_clock = true,
        .t0 = INT64_C(1763800000000000000), .rate_numerator = 360, .rate_denominator = 1,
        .matrix = { 1, 2, 3, 4, 5, 6, 7, 8 }, .n = N, .m = M, .channels = 1, .scale = 0.25f, .raw = raw,
        .held_out_rows = STEP == 5 ? 0 : HELD_OUT, .held_out_seed = 7, .held_out = held_out };
    static const struct reluctor_mac mac = { nothing, no_hash, no_code, NULL };
    uint32_t noise = 1;
    for (int i = 0; i < N; i++) {
        noise = noise * 1664525u + 1013904223u;
        x[i] = (int16_t) ((int32_t) (noise >> 20) - 2048);
    }
    reluctor_sparse_rows(7, M, N, ONES, rows);
    reluctor_measure_sparse(rows, M, N, ONES, x, y);
    for (int i = 0; i < repeat; i++) {
        kept += step(&frame, &mac);
    }
    leave(0);
}
