package org.reluctor.certify.vnnlib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Properties of a network with two inputs and two outputs. */
class VnnLibPropertyTest {
    private static final String DECLARED = "(declare-const X_0 Real)(declare-const X_1 Real)(declare-const Y_0 Real)"
            + "(declare-const Y_1 Real)";
    private static final String BOUNDED = DECLARED + "(assert (and (>= X_0 -1) (<= X_0 1) (>= X_1 -1) (<= X_1 1)))";

    private static List<PropertyCase> cases(String text) {
        return VnnLibProperty.read(text, 2, 2).cases();
    }

    @Test
    void read_ofAFileWithAllThatThereIs_givesItsCases() {
        List<PropertyCase> cases = cases("; a comment (with (parentheses\n" + DECLARED + """

                (assert (<= X_0 1.5e-1)) ; behind
                (assert (>= X_0 (- 2.5E+0)))
                (assert (<= -3 X_1))
                (assert (>= +.5 X_1))
                (assert (or (and (<= Y_0 Y_1) (>= Y_1 0.25))
                            (and (>= (+ (* 2 Y_0) (- X_0 1)) 3) (<= X_1 0))))
                (check-sat)
                """);
        assertEquals(2, cases.size());
        assertArrayEquals(new double[] {-2.5, -3}, cases.get(0).box().low());
        assertArrayEquals(new double[] {0.15, 0.5}, cases.get(0).box().high());
        assertArrayEquals(new double[] {0.15, 0}, cases.get(1).box().high());
        assertEquals(2, cases.get(0).conditions().size());
        // Y_0 ≤ Y_1 by 2, Y_1 ≥ 0.25 by 1.75.
        assertEquals(1.75, cases.get(0).margin(new double[2], new double[] {0, 2}));
        // 2·4 + 0.5 - 1 - 3 = 4.5
        assertEquals(4.5, cases.get(1).margin(new double[] {0.5, 0}, new double[] {4, 0}));
    }

    @Test
    void read_ofBoxesUnderOr_dropsThoseWithoutInputs() {
        List<PropertyCase> cases = cases(BOUNDED + "(assert (or (and (>= X_0 0.5) (<= X_0 0.75)) (>= X_0 2)"
                + " (<= X_0 (* 2 0.125))))(assert (or (<= Y_0 0) (>= Y_1 1)))");
        assertEquals(4, cases.size());
        assertEquals(0.5, cases.get(0).box().low()[0]);
        assertEquals(0.25, cases.get(3).box().high()[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "(assert (<= X_0 1)                 | line 1, column 19 | file ends within the parenthesis of line 1",
        "(assert (<= X_0 1)))               | line 1, column 20 | closed that was not opened",
        "(assert (<= Z_0 1))                | line 1, column 13 | \"Z_0\" is unknown; must be a number, X_i or Y_i",
        "(assert (< X_0 1))                 | line 1, column 9  | operator \"<\" is no condition",
        "(assert (<= X_0))                  | line 1, column 9  | has 2 parts; must be (<= LEFT RIGHT)",
        "(assert (<= Y_2 0))                | line 1, column 13 | \"Y_2\" is beyond the network, which has 2 outputs",
        "(assert (<= X_99999999999 0))      | line 1, column 13 | is unknown",
        "(assert (<= (* X_0 X_0) 0))        | line 1, column 13 | must be linear",
        "(assert (<= X_0 1e999))            | line 1, column 17 | too large",
        "(assert (<= (/ X_0 2) 1))          | line 1, column 13 | operator \"/\" is unknown",
        "(assert (and))                     | line 1, column 9  | nothing to join",
        "(assert)                           | line 1, column 1  | must be (assert CONDITION)",
        "(define-fun f)                     | line 1, column 1  | command \"define-fun\" is unknown",
        "assert                             | line 1, column 1  | \"assert\" is unknown",
        "(declare-const X_0 Real)           | line 1, column 16 | declared a second time",
        "(declare-const Y_1 Int)            | line 1, column 20 | must be Real",
        "(assert (<= 2 1))                  | line 1, column 9  | does not hold",
        "(assert (>= X_0 1.5))              | line 1, column 9  | X_0 must be at least 1.5 and at most 1.0",
        "(assert (<= X_0 0x10))             | line 1, column 17 | \"0x10\" is unknown"})
    void read_ofAWrongLine_namesPlaceAndWhatIsRight(String line, String place, String what) {
        VnnLibException wrong = assertThrows(VnnLibException.class, () -> cases(BOUNDED + "\n" + line));
        assertEquals(1, wrong.getMessage().lines().count());
        assertTrue(wrong.getMessage().startsWith(place.replace("line 1", "line 2") + ": "), wrong.getMessage());
        assertTrue(wrong.getMessage().replace("line 2", "line 1").contains(what), wrong.getMessage());
    }

    @Test
    void read_ofMissingBoundsOrDeclarations_namesTheInput() {
        assertTrue(assertThrows(VnnLibException.class, () -> cases(DECLARED
                + "(assert (and (<= X_0 1) (>= X_0 0) (<= X_1 1)))")).getMessage().contains("X_1 has no lower bound"));
        assertTrue(assertThrows(VnnLibException.class, () -> cases("(declare-const X_0 Real)\n")).getMessage()
                .contains("line 2, column 1: the file ends and X_1 was not declared; the network has 2 inputs"));
        assertTrue(assertThrows(VnnLibException.class, () -> cases("(declare-const X_0 Real)(assert (<= X_1 0))"))
                .getMessage().contains("before it is declared"));
    }

    @Test
    void read_ofHugeNestingAndHugeAlternatives_isRefusedAtOnce() {
        assertTrue(assertThrows(VnnLibException.class, () -> cases("(".repeat(1_000_000))).getMessage()
                .contains("nested more than 256 deep"));
        String either = "(assert (or (<= Y_0 0) (>= Y_1 0)))".repeat(30);
        assertTrue(assertThrows(VnnLibException.class, () -> cases(BOUNDED + either)).getMessage()
                .contains("more than 100000 cases"));
    }

    /** Whatever is cut out of a file, doubled, or exchanged: cases or one line. */
    @Test
    void read_ofDamagedFiles_neverThrowsAnythingElse() {
        SplittableRandom random = new SplittableRandom(1);
        String whole = BOUNDED + "(assert (or (and (<= Y_0 -1.5e-3) (>= (+ Y_1 (* 2 X_0)) .5)) (>= Y_0 Y_1))) ; end";
        int refused = 0;
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder(whole);
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                int from = random.nextInt(text.length());
                int to = Math.min(text.length(), from + random.nextInt(12));
                String other = random.nextBoolean() ? text.substring(from, to)
                        : String.valueOf("()+-*<=>. ;XY_01eE\n\0é".charAt(random.nextInt(20)));
                text.replace(from, random.nextBoolean() ? from : to, other);
            }
            try {
                assertTrue(cases(text.toString()).size() > 0);
            } catch (VnnLibException wrong) {
                refused++;
                assertTrue(wrong.getMessage().matches("line \\d+, column \\d+: .*"), wrong.getMessage());
            }
        }
        assertTrue(refused > 1000 && refused < 5000, refused + " refused");
    }
}
