#include "reluctor_sensor.h"

/* SplitMix64, see config/vectors/README.md. */
static uint64_t next(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* 0 to bound - 1, all equally likely: what lies beyond the last whole multiple of the bound is drawn again. */
static uint64_t bounded(uint64_t *state, uint64_t bound)
{
    const uint64_t excess = (0 - bound) % bound;
    uint64_t drawn = next(state);
    while (excess != 0 && drawn >= 0 - excess) {
        drawn = next(state);
    }
    return drawn % bound;
}

/* Keeps a column's rows ascending; false where the row is there already. */
static bool insert(uint16_t *rows, uint16_t count, uint16_t row)
{
    uint16_t at = count;
    for (uint16_t i = 0; i < count; i++) {
        if (rows[i] == row) {
            return false;
        }
    }
    while (at > 0 && rows[at - 1] > row) {
        rows[at] = rows[at - 1];
        at--;
    }
    rows[at] = row;
    return true;
}

void reluctor_sparse_rows(uint64_t seed, uint16_t m, uint16_t n, uint16_t ones, uint16_t *rows)
{
    uint64_t state = seed;
    for (uint16_t column = 0; column < n; column++) {
        uint16_t *of_column = rows + (size_t) column * ones;
        /* Floyd's method: distinct rows by one draw each. */
        for (uint16_t i = 0; i < ones; i++) {
            const uint16_t last = (uint16_t) (m - ones + i);
            if (!insert(of_column, i, (uint16_t) bounded(&state, (uint64_t) last + 1))) {
                insert(of_column, i, last);
            }
        }
    }
}

void reluctor_measure_sparse(const uint16_t *rows, uint16_t m, uint16_t n, uint16_t ones, const int16_t *x,
        int32_t *y)
{
    for (uint16_t row = 0; row < m; row++) {
        y[row] = 0;
    }
    for (uint16_t column = 0; column < n; column++) {
        for (uint16_t i = 0; i < ones; i++) {
            y[*rows++] += x[column];
        }
    }
}

/* A generator's outputs in halves, the lower one first: what a small processor holds in a register. */
struct halves {
    uint64_t state;
    uint64_t output;
    bool upper;
};

static uint32_t half(struct halves *h)
{
    if (!h->upper) {
        h->output = next(&h->state);
    }
    h->upper = !h->upper;
    return (uint32_t) (h->upper ? h->output : h->output >> 32);
}

void reluctor_measure_signs(uint64_t seed, uint16_t m, uint16_t n, const int16_t *x, int32_t *y)
{
    struct halves drawn = { seed, 0, false };
    uint32_t bits = 0;
    unsigned left = 0;
    for (uint16_t row = 0; row < m; row++) {
        int32_t sum = 0;
        for (uint16_t column = 0; column < n; column++) {
            if (left == 0) {
                bits = half(&drawn);
                left = 32;
            }
            sum += (bits & 1) ? x[column] : -x[column];
            bits >>= 1;
            left--;
        }
        y[row] = sum;
    }
}

/* The generator's first output at a state. */
static uint64_t first(uint64_t state)
{
    return next(&state);
}

/* In each four bits the number of ones that were there. */
static uint32_t ones_of_four(uint32_t bits)
{
    bits -= (bits >> 1) & 0x55555555;
    return (bits & 0x33333333) + ((bits >> 2) & 0x33333333);
}

void reluctor_measure_held_out(uint64_t seed, uint64_t boot, uint64_t seq, uint16_t rows, uint16_t n, const int16_t *x,
        int32_t *y)
{
    struct halves drawn = { first(first(first(seed) ^ boot) ^ seq), 0, false };
    uint32_t entries = 0;
    unsigned left = 0;
    for (uint16_t row = 0; row < rows; row++) {
        int32_t sum = 0;
        for (uint16_t column = 0; column < n; column++) {
            if (left == 0) {
                entries = ones_of_four(half(&drawn));
                left = 8;
            }
            sum += ((int32_t) (entries & 15) - 2) * x[column];
            entries >>= 4;
            left--;
        }
        y[row] = sum;
    }
}

size_t reluctor_quantise(const int32_t *y, size_t count, float scale, int16_t *raw)
{
    size_t cut = 0;
    for (size_t i = 0; i < count; i++) {
        const float ratio = (float) y[i] / scale;
        if (!(ratio < 32767.5f)) {
            raw[i] = INT16_MAX;
            cut++;
        } else if (ratio < -32768.5f) {
            raw[i] = INT16_MIN;
            cut++;
        } else {
            /* Downwards first; the difference is exact, so that no half is rounded twice. */
            int32_t below = (int32_t) ratio;
            below -= (float) below > ratio;
            raw[i] = (int16_t) (below + (ratio - (float) below >= 0.5f));
        }
    }
    return cut;
}

/* Counts what is written, and writes it where there is room. */
struct writer {
    uint8_t *to;
    size_t room;
    size_t size;
};

static void byte(struct writer *w, unsigned value)
{
    if (w->size < w->room) {
        w->to[w->size] = (uint8_t) value;
    }
    w->size++;
}

/* Most significant byte first. */
static void number(struct writer *w, uint64_t value, unsigned bytes)
{
    while (bytes-- > 0) {
        byte(w, (unsigned) (value >> (8 * bytes)) & 0xff);
    }
}

static void copy(struct writer *w, const void *bytes, size_t count)
{
    const uint8_t *from = bytes;
    for (size_t i = 0; i < count; i++) {
        byte(w, from[i]);
    }
}

/* CBOR (RFC 8949): a kind in the upper three bits, and its argument as short as can be. */
enum kind { UNSIGNED = 0x00, NEGATIVE = 0x20, BYTES = 0x40, TEXT = 0x60, ARRAY = 0x80, MAP = 0xa0, TAG = 0xc0 };

static void head(struct writer *w, enum kind kind, uint64_t argument)
{
    if (argument < 24) {
        byte(w, (unsigned) kind | (unsigned) argument);
    } else {
        const unsigned log = argument <= 0xff ? 0 : argument <= 0xffff ? 1 : argument <= 0xffffffff ? 2 : 3;
        byte(w, (unsigned) kind | (24 + log));
        number(w, argument, 1u << log);
    }
}

static size_t length(const char *text)
{
    size_t count = 0;
    while (text[count] != 0) {
        count++;
    }
    return count;
}

static void text(struct writer *w, enum kind kind, const char *characters)
{
    const size_t count = length(characters);
    head(w, kind, count);
    copy(w, characters, count);
}

/* Keys of a frame, version 1. */
enum key { VERSION, SENSOR, BOOT, SEQ, T0, RATE, MATRIX, SAMPLES, MEASUREMENTS, CHANNELS, SCALE, Y = 12, HELD_OUT,
    HELD_OUT_ROWS };
/* RFC 8746: signed 16-bit integers, least significant byte first. */
enum { INT16_ARRAY = 77 };

static void entry(struct writer *w, enum key key, uint64_t value)
{
    head(w, UNSIGNED, key);
    head(w, UNSIGNED, value);
}

static void scale(struct writer *w, float value)
{
    union {
        float number;
        uint32_t bits;
    } same = { value };
    head(w, UNSIGNED, SCALE);
    byte(w, 0xfa);
    number(w, same.bits, 4);
}

static void measurements(struct writer *w, enum key key, const int16_t *raw, size_t count)
{
    head(w, UNSIGNED, key);
    head(w, TAG, INT16_ARRAY);
    head(w, BYTES, 2 * count);
    for (size_t i = 0; i < count; i++) {
        byte(w, (unsigned) raw[i] & 0xff);
        byte(w, (unsigned) raw[i] >> 8 & 0xff);
    }
}

static void frame_to(struct writer *w, const struct reluctor_frame *f)
{
    const bool channels = f->channels != 1;
    const bool scaled = f->scale != 1.0f;
    const bool held_out = f->held_out_rows != 0;
    head(w, MAP, 9u + f->has_clock + channels + scaled + 2u * held_out);
    entry(w, VERSION, 1);
    head(w, UNSIGNED, SENSOR);
    text(w, TEXT, f->sensor);
    entry(w, BOOT, f->boot);
    entry(w, SEQ, f->seq);
    if (f->has_clock) {
        head(w, UNSIGNED, T0);
        head(w, f->t0 < 0 ? NEGATIVE : UNSIGNED, f->t0 < 0 ? ~(uint64_t) f->t0 : (uint64_t) f->t0);
    }
    head(w, UNSIGNED, RATE);
    head(w, ARRAY, 2);
    head(w, UNSIGNED, f->rate_numerator);
    head(w, UNSIGNED, f->rate_denominator);
    head(w, UNSIGNED, MATRIX);
    head(w, BYTES, sizeof f->matrix);
    copy(w, f->matrix, sizeof f->matrix);
    entry(w, SAMPLES, f->n);
    entry(w, MEASUREMENTS, f->m);
    if (channels) {
        entry(w, CHANNELS, f->channels);
    }
    if (scaled) {
        scale(w, f->scale);
    }
    measurements(w, Y, f->raw, (size_t) f->channels * f->m);
    if (held_out) {
        measurements(w, HELD_OUT, f->held_out, (size_t) f->channels * f->held_out_rows);
        head(w, UNSIGNED, HELD_OUT_ROWS);
        head(w, ARRAY, 2);
        head(w, UNSIGNED, f->held_out_seed);
        head(w, UNSIGNED, f->held_out_rows);
    }
}

static size_t frame_bytes(const struct reluctor_frame *frame)
{
    struct writer counting = { NULL, 0, 0 };
    frame_to(&counting, frame);
    return counting.size;
}

size_t reluctor_write_frame(const struct reluctor_frame *frame, uint8_t *to, size_t room)
{
    struct writer w = { to, room, 0 };
    if (frame_bytes(frame) > room) {
        return 0;
    }
    frame_to(&w, frame);
    return w.size;
}

/* COSE_Mac0 (RFC 9052, 6.2): protected header {1: 5}, HMAC 256/256. */
static const uint8_t PROTECTED[] = { 0xa1, 0x01, 0x05 };
enum { COSE_MAC0 = 17, KEY_IDENTIFIER = 4 };

static void envelope_head(struct writer *w, const struct reluctor_frame *frame, size_t payload)
{
    head(w, TAG, COSE_MAC0);
    head(w, ARRAY, 4);
    head(w, BYTES, sizeof PROTECTED);
    copy(w, PROTECTED, sizeof PROTECTED);
    head(w, MAP, 1);
    head(w, UNSIGNED, KEY_IDENTIFIER);
    text(w, BYTES, frame->sensor);
    head(w, BYTES, payload);
}

/* What is authenticated (RFC 9052, 6.3): ["MAC0", protected header, purpose, frame]. */
static void authenticate(const struct reluctor_mac *mac, const uint8_t *frame, size_t count,
        uint8_t code[RELUCTOR_CODE_BYTES])
{
    uint8_t before[48];
    struct writer w = { before, sizeof before, 0 };
    head(&w, ARRAY, 4);
    text(&w, TEXT, "MAC0");
    head(&w, BYTES, sizeof PROTECTED);
    copy(&w, PROTECTED, sizeof PROTECTED);
    text(&w, BYTES, "reluctor/v1/frame");
    head(&w, BYTES, count);
    mac->begin(mac->context);
    mac->add(mac->context, before, w.size);
    mac->add(mac->context, frame, count);
    mac->end(mac->context, code);
}

size_t reluctor_write_envelope(const struct reluctor_frame *frame, const struct reluctor_mac *mac, uint8_t *to,
        size_t room)
{
    const size_t payload = frame_bytes(frame);
    struct writer counting = { NULL, 0, 0 };
    struct writer w = { to, room, 0 };
    uint8_t code[RELUCTOR_CODE_BYTES];
    envelope_head(&counting, frame, payload);
    /* The code's own head takes two bytes. */
    if (counting.size + payload + 2 + sizeof code > room) {
        return 0;
    }
    envelope_head(&w, frame, payload);
    frame_to(&w, frame);
    authenticate(mac, to + w.size - payload, payload, code);
    head(&w, BYTES, sizeof code);
    copy(&w, code, sizeof code);
    return w.size;
}
