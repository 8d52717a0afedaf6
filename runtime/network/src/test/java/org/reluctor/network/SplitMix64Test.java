package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    @Test
    void next_publishedSeeds_givesPublishedOutputs() throws Exception {
        List<String[]> records = records("next");
        assertEquals(5, records.size());
        for (String[] record : records) {
            SplitMix64 random = new SplitMix64(Long.parseUnsignedLong(record[1], 16));
            for (int at = 2; at < record.length; at++) {
                assertEquals(record[at], String.format("%016x", random.next()), "seed " + record[1] + ", output " + at);
            }
        }
    }

    @Test
    void bounded_publishedBounds_givesPublishedDraws() throws Exception {
        List<String[]> records = records("bounded");
        assertEquals(8, records.size());
        for (String[] record : records) {
            SplitMix64 random = new SplitMix64(Long.parseUnsignedLong(record[1], 16));
            for (int at = 3; at < record.length; at++) {
                assertEquals(Long.parseLong(record[at]), random.bounded(Long.parseLong(record[2])),
                        "seed " + record[1] + ", bound " + record[2] + ", draw " + at);
            }
        }
    }

    @Test
    void bounded_manyDraws_fillsAllValuesEvenly() {
        SplitMix64 random = new SplitMix64(20);
        int[] counts = new int[6];
        for (int draw = 0; draw < 60_000; draw++) {
            counts[(int) random.bounded(6)]++;
        }
        for (int count : counts) {
            // Six standard deviations of a binomial with p = 1/6 are 548.
            assertTrue(Math.abs(count - 10_000) < 548, "count " + count);
        }
    }

    @Test
    void bounded_boundBelowOne_isRefused() {
        SplitMix64 random = new SplitMix64(0);
        assertThrows(IllegalArgumentException.class, () -> random.bounded(0));
        assertThrows(IllegalArgumentException.class, () -> random.bounded(-1));
    }

    private static List<String[]> records(String kind) throws Exception {
        return VectorFiles.records("generator.csv").stream().filter(record -> record[0].equals(kind)).toList();
    }
}
