/*
 * A compressive sensor for Reluctor, in C99: takes m measurements y = Phi x of a window of n samples and writes them as
 * a frame, plain or in an authenticated envelope. Two files, no allocation, no state but the caller's, nothing of the
 * C library; floating point only in reluctor_quantise. Every function may be called from several threads at a time on
 * memory of their own.
 *
 * The bytes are those of config/vectors and of `reluctor simulate`.
 */
#ifndef RELUCTOR_SENSOR_H
#define RELUCTOR_SENSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of an authentication code, HMAC-SHA-256. */
#define RELUCTOR_CODE_BYTES 32

/*
 * The sparse binary matrix of a seed, as the rows of its ones: `ones` ascending rows for each of the n columns, one
 * column after the other, n * ones entries. Needs 1 <= ones <= m. Once at start, or at build time into flash memory; a
 * matrix that was optimised for a kind of signal comes as such a table, too.
 */
void reluctor_sparse_rows(uint64_t seed, uint16_t m, uint16_t n, uint16_t ones, uint16_t *rows);

/* y = Phi x for such a table: n * ones additions. Sums fit wherever n <= 65,536. */
void reluctor_measure_sparse(const uint16_t *rows, uint16_t m, uint16_t n, uint16_t ones, const int16_t *x,
        int32_t *y);

/* y = Phi x for the matrix of +1 and -1 of a seed: no table, m * n additions, a word of the generator for each 64. */
void reluctor_measure_signs(uint64_t seed, uint16_t m, uint16_t n, const int16_t *x, int32_t *y);

/*
 * Held-out measurements, which no network sees and by which the gateway bounds the error of the signal: y = A x for
 * `rows` rows, 1 to 256, that are drawn afresh for each frame from its numbers. A's entries are -2 to 2 with mean 0 and
 * variance 1; config/vectors defines them. No table, a word of the generator for each 16 entries. Sums fit wherever
 * n <= 32,767. The seed is the sensor's choice, and no secret.
 */
void reluctor_measure_held_out(uint64_t seed, uint64_t boot, uint64_t seq, uint16_t rows, uint16_t n, const int16_t *x,
        int32_t *y);

/*
 * Measurements as 16-bit integers: raw = y / scale to the nearest, halves upwards, cut off at the ends of the range.
 * The receiver has y = scale * raw. The scale is a number above 0, in the sensor's choice, and goes into the frame.
 * Exact for |y| < 2^24. Returns how many were cut off; a sensor with many needs a larger scale.
 */
size_t reluctor_quantise(const int32_t *y, size_t count, float scale, int16_t *raw);

/* What a frame says. */
struct reluctor_frame {
    const char *sensor;        /* "site/sensor", as in the topic that it is published to */
    uint64_t boot;             /* grows strictly at every start: a counter in non-volatile memory */
    uint64_t seq;              /* from 0, one more each frame */
    bool has_clock;            /* whether t0 is known */
    int64_t t0;                /* of the first sample, ns since 1970 UTC */
    uint32_t rate_numerator;   /* samples a second, exact: numerator / denominator */
    uint32_t rate_denominator;
    uint8_t matrix[8];         /* the matrix' id, as `reluctor inspect` prints it and config/vectors defines it */
    uint16_t n;                /* samples of a window */
    uint16_t m;                /* measurements of a window */
    uint16_t channels;         /* 1, or more that are measured by one matrix */
    float scale;               /* y = scale * raw */
    const int16_t *raw;        /* [channels][m] */
    uint16_t held_out_rows;    /* held-out measurements of a channel; 0 for none */
    uint64_t held_out_seed;    /* of their rows */
    const int16_t *held_out;   /* [channels][held_out_rows], in the same scale */
};

/* Writes a frame. Returns its length in bytes, or 0 where it is longer than the room; nothing is written then. */
size_t reluctor_write_frame(const struct reluctor_frame *frame, uint8_t *to, size_t room);

/* HMAC-SHA-256 with this sensor's key, in the hands of the caller: hardware, or a library. Called in this order. */
struct reluctor_mac {
    void (*begin)(void *context);
    void (*add)(void *context, const uint8_t *bytes, size_t count);
    void (*end)(void *context, uint8_t code[RELUCTOR_CODE_BYTES]);
    void *context;
};

/*
 * Writes a frame in an envelope that proves its origin: COSE_Mac0 (RFC 9052), algorithm HMAC 256/256, the sensor's name
 * as key identifier. Returns the length in bytes, or 0 where it is longer than the room; nothing is written then.
 */
size_t reluctor_write_envelope(const struct reluctor_frame *frame, const struct reluctor_mac *mac, uint8_t *to,
        size_t room);

#ifdef __cplusplus
}
#endif

#endif
