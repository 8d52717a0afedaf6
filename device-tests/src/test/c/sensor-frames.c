/*
 * A sensor of the tests, around device-tests/sensor: reads windows of 16-bit samples, writes their frames, each behind
 * its length (32 bits, least significant byte first).
 *
 * usage: sensor-frames sparse|signs M N ONES SEED SENSOR BOOT RATE/PER T0 WINDOW_NS SCALE ID KEY HELD_OUT
 * Numbers are decimal, SCALE as strtof reads it, ID and KEY hexadecimal; T0 and KEY may be -. SEED is
 * that of the HELD_OUT rows, too, of which there may be none.
 */
#include "reluctor_sensor.h"

/* Its plain HMAC, which version 3 would have called otherwise. */
#define OPENSSL_API_COMPAT 10100
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 4096, KEY_BYTES = 32, ROOM = 3 * MOST };

static uint16_t rows[8 * MOST];
static int16_t x[MOST];
static int32_t y[MOST];
static int16_t raw[MOST];
static int32_t held_out_y[MOST];
static int16_t held_out[MOST];
static uint8_t bytes[ROOM];
static uint8_t key[KEY_BYTES];

static void hexadecimal(const char *digits, uint8_t *to, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned value;
        if (sscanf(digits + 2 * i, "%2x", &value) != 1) {
            fprintf(stderr, "sensor-frames: %s is not %zu bytes in hexadecimal digits\n", digits, count);
            exit(64);
        }
        to[i] = (uint8_t) value;
    }
}

static void begin(void *context)
{
    HMAC_Init_ex(context, key, KEY_BYTES, EVP_sha256(), NULL);
}

static void add(void *context, const uint8_t *from, size_t count)
{
    HMAC_Update(context, from, count);
}

static void end(void *context, uint8_t code[RELUCTOR_CODE_BYTES])
{
    HMAC_Final(context, code, NULL);
}

static void send(size_t size)
{
    const uint8_t length[] = { (uint8_t) size, (uint8_t) (size >> 8), 0, 0 };
    if (size == 0 || fwrite(length, sizeof length, 1, stdout) != 1 || fwrite(bytes, size, 1, stdout) != 1) {
        fputs("sensor-frames: a frame of no bytes, or output that fails\n", stderr);
        exit(74);
    }
}

int main(int count, char **arguments)
{
    if (count != 15) {
        fputs("sensor-frames: 14 arguments are right\n", stderr);
        return 64;
    }
    const int sparse = strcmp(arguments[1], "sparse") == 0;
    const uint16_t m = (uint16_t) atoi(arguments[2]);
    const uint16_t n = (uint16_t) atoi(arguments[3]);
    const uint16_t ones = (uint16_t) atoi(arguments[4]);
    const uint64_t seed = strtoull(arguments[5], NULL, 10);
    const int64_t window = strtoll(arguments[10], NULL, 10);
    struct reluctor_frame frame = { .sensor = arguments[6], .boot = strtoull(arguments[7], NULL, 10),
        .has_clock = strcmp(arguments[9], "-") != 0, .t0 = strtoll(arguments[9], NULL, 10), .n = n, .m = m,
        .channels = 1, .scale = strtof(arguments[11], NULL), .raw = raw,
        .held_out_rows = (uint16_t) atoi(arguments[14]), .held_out_seed = seed, .held_out = held_out };
    const int sealed = strcmp(arguments[13], "-") != 0;
    const struct reluctor_mac mac = { begin, add, end, HMAC_CTX_new() };
    if (sscanf(arguments[8], "%u/%u", &frame.rate_numerator, &frame.rate_denominator) != 2) {
        return 64;
    }
    hexadecimal(arguments[12], frame.matrix, sizeof frame.matrix);
    if (sealed) {
        hexadecimal(arguments[13], key, sizeof key);
    }
    if (sparse) {
        reluctor_sparse_rows(seed, m, n, ones, rows);
    }
    while (fread(x, sizeof *x, n, stdin) == n) {
        if (sparse) {
            reluctor_measure_sparse(rows, m, n, ones, x, y);
        } else {
            reluctor_measure_signs(seed, m, n, x, y);
        }
        reluctor_quantise(y, m, frame.scale, raw);
        reluctor_measure_held_out(seed, frame.boot, frame.seq, frame.held_out_rows, n, x, held_out_y);
        reluctor_quantise(held_out_y, frame.held_out_rows, frame.scale, held_out);
        send(sealed ? reluctor_write_envelope(&frame, &mac, bytes, sizeof bytes)
                : reluctor_write_frame(&frame, bytes, sizeof bytes));
        frame.seq++;
        frame.t0 += window;
    }
    HMAC_CTX_free(mac.context);
    return fflush(stdout) == 0 ? 0 : 74;
}
