package org.reluctor.learn.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How WFDB signal files hold samples, after the {@code signal(5)} page of the WFDB Applications Guide. Each format
 * keeps its lowest value for samples that were not valid.
 */
enum SampleFormat {
    /** Two's complement, 16 bits, little-endian. */
    BITS_16(16, Short.MIN_VALUE) {
        @Override
        long bytesFor(long samples) {
            return 2 * samples;
        }

        @Override
        int decode(byte[] bytes, int start, int index) {
            int at = start + 2 * index;
            return bytes[at + 1] << 8 | bytes[at] & 0xFF;
        }
    },
    /** Two's complement, 12 bits, two samples in three bytes: the middle byte holds the upper four bits of both. */
    BITS_12_PACKED(212, -2048) {
        @Override
        long bytesFor(long samples) {
            return (3 * samples + 1) / 2;
        }

        @Override
        int decode(byte[] bytes, int start, int index) {
            int at = start + index / 2 * 3;
            int middle = bytes[at + 1];
            int bits = index % 2 == 0
                    ? (middle & 0x0F) << 8 | bytes[at] & 0xFF
                    : (middle & 0xF0) << 4 | bytes[at + 2] & 0xFF;
            // Shifting up and down again extends the twelfth bit as the sign.
            return bits << 20 >> 20;
        }
    };

    private final int number;
    private final int invalid;

    SampleFormat(int number, int invalid) {
        this.number = number;
        this.invalid = invalid;
    }

    /** The number by which a header names it. */
    int number() {
        return number;
    }

    /** The value that stands for a sample that was not valid. */
    int invalid() {
        return invalid;
    }

    /** Length of so many samples in bytes. */
    abstract long bytesFor(long samples);

    /** One sample, counted over all signals of the file from the byte {@code start}. */
    abstract int decode(byte[] bytes, int start, int index);

    static Optional<SampleFormat> ofNumber(int number) {
        return Arrays.stream(values()).filter(format -> format.number == number).findFirst();
    }

    static String knownNumbers() {
        return Arrays.stream(values()).map(format -> Integer.toString(format.number)).sorted()
                .collect(Collectors.joining(", "));
    }
}
