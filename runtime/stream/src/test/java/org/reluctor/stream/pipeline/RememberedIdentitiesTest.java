package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.reluctor.stream.pipeline.SensorIdentities.Verdict;

class RememberedIdentitiesTest {
    private final RememberedIdentities identities = new RememberedIdentities();

    @Test
    void judge_firstFrame_isNextWhateverItsNumber() {
        assertEquals(Verdict.NEXT, identities.judge(3, 57, 1));
        assertEquals(Verdict.NEXT, identities.judge(3, 58, 1));
    }

    @Test
    void judge_sameIdentityAndPayload_isDuplicateAsLongAsRemembered() {
        for (int seq = 0; seq <= RememberedIdentities.REMEMBERED; seq++) {
            identities.judge(1, seq, seq);
        }
        assertEquals(Verdict.DUPLICATE, identities.judge(1, 1, 1));
        assertEquals(Verdict.DUPLICATE, identities.judge(1, RememberedIdentities.REMEMBERED,
                RememberedIdentities.REMEMBERED));
        assertEquals(Verdict.RESTART, identities.judge(1, 0, 0));
    }

    @Test
    void judge_sameIdentityOtherPayload_isRestart() {
        identities.judge(0, 0, 1);
        identities.judge(0, 1, 2);
        assertEquals(Verdict.RESTART, identities.judge(0, 0, 99));
        assertEquals(Verdict.NEXT, identities.judge(0, 1, 98));
        assertEquals(Verdict.DUPLICATE, identities.judge(0, 1, 2));
        assertEquals(Verdict.NEXT, identities.judge(0, 2, 97));
    }

    @Test
    void judge_numbersMissing_isGapWithTheirCount() {
        identities.judge(1, 0, 1);
        assertEquals(Verdict.GAP, identities.judge(1, 5, 2));
        assertEquals(4, identities.missing());
        assertEquals(Verdict.NEXT, identities.judge(1, 6, 3));
    }

    @Test
    void judge_newBoot_isNextAtZeroAndGapElsewhere() {
        identities.judge(1, 9, 1);
        assertEquals(Verdict.NEXT, identities.judge(2, 0, 2));
        assertEquals(Verdict.GAP, identities.judge(3, 4, 3));
        assertEquals(-1, identities.missing());
        assertEquals(Verdict.NEXT, identities.judge(3, 5, 4));
    }

    @Test
    void judge_bootGoingBack_isRefusedUnlessRemembered() {
        identities.judge(1, 0, 10);
        identities.judge(2, 0, 11);
        assertEquals(Verdict.DUPLICATE, identities.judge(1, 0, 10));
        assertEquals(Verdict.BOOT_BACK, identities.judge(1, 1, 12));
        assertEquals(Verdict.NEXT, identities.judge(2, 1, 13));
    }

    @Test
    void judge_numbersBeyondTheSign_areUnsigned() {
        identities.judge(Long.MAX_VALUE, Long.MAX_VALUE, 1);
        assertEquals(Verdict.NEXT, identities.judge(Long.MAX_VALUE, Long.MIN_VALUE, 2));
        assertEquals(Verdict.NEXT, identities.judge(-1, 0, 3));
        assertEquals(Verdict.BOOT_BACK, identities.judge(5, 0, 4));
    }

    @Test
    void judge_unordered_tellsDuplicatesAndNothingElse() {
        RememberedIdentities shared = new RememberedIdentities(false);
        assertEquals(Verdict.NEXT, shared.judge(2, 9, 1));
        assertEquals(Verdict.NEXT, shared.judge(2, 3, 2));
        assertEquals(Verdict.NEXT, shared.judge(1, 80, 3));
        assertEquals(Verdict.DUPLICATE, shared.judge(2, 3, 2));
        assertEquals(Verdict.NEXT, shared.judge(2, 3, 4));
    }
}
