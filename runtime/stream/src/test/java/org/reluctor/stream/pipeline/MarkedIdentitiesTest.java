package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.reluctor.stream.authentication.ReplayMarks.Mark;
import org.reluctor.stream.pipeline.SensorIdentities.Verdict;

class MarkedIdentitiesTest {
    @Test
    void judge_markOfOurOwn_tellsWhatIsMissing() {
        MarkedIdentities identities = new MarkedIdentities(new Mark(1, 10), false);
        assertEquals(Verdict.DUPLICATE, identities.judge(1, 10, 0));
        assertEquals(Verdict.GAP, identities.judge(1, 13, 0));
        assertEquals(2, identities.missing());
    }

    /** Another gateway may have delivered some since: only what is missing from then on is a gap. */
    @Test
    void judge_markThatMayLag_isSilentAboutTheFirstFrameAlone() {
        MarkedIdentities identities = new MarkedIdentities(new Mark(1, 10), true);
        assertEquals(Verdict.DUPLICATE, identities.judge(1, 9, 0));
        assertEquals(Verdict.NEXT, identities.judge(1, 13, 0));
        assertEquals(Verdict.GAP, identities.judge(1, 15, 0));
    }
}
