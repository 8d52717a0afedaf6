package org.reluctor.stream.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ElectionTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final ElectionTiming TIMING = new ElectionTiming(SECOND, SECOND / 4, 3 * SECOND, 12 * SECOND,
            SECOND / 2, SECOND / 5);
    private static final Claim OWNER = new Claim(7, "one", "first");

    private final Election standby = new Election("east", "two", "second", TIMING, bound -> bound - 1);
    private long now;

    @BeforeEach
    void connect() {
        standby.connected(now);
    }

    private Claim dueAfter(double seconds) {
        now += (long) (seconds * SECOND);
        return standby.due(true, now);
    }

    private void ownerSays(long epoch, boolean offline) {
        standby.statusHeard("one", new MemberStatus("first", epoch, offline, "east"), now);
    }

    @Test
    void due_nothingRetained_firstTermIsClaimedOnceThatIsSure() {
        assertNull(dueAfter(0.9));
        assertNull(dueAfter(0.2));
        assertEquals(new Claim(1, "two", "second"), dueAfter(0.2));
        assertFalse(standby.isOwner(), "before the broker has shown it");
        standby.claimHeard(new Claim(1, "two", "second"), now);
        assertTrue(standby.isOwner() && standby.mayTakeSession(now));
    }

    @Test
    void due_ownerThere_nothingIsClaimedUntilItsWillCame() {
        standby.claimHeard(OWNER, now);
        ownerSays(100, false);
        assertNull(dueAfter(11));
        ownerSays(100, true);
        assertNull(standby.due(true, now), "two standbys seldom claim at once");
        assertEquals(8, dueAfter(0.2).term());
    }

    /** Those whose names come first claim first; the next has a turn later, if they did not. */
    @Test
    void due_othersStandBy_takeTurnsByName() {
        standby.claimHeard(OWNER, now);
        standby.statusHeard("alpha", new MemberStatus("a", 1, false, "east"), now);
        standby.statusHeard("beta", new MemberStatus("b", 1, true, "east"), now);
        standby.statusHeard("gamma", new MemberStatus("c", 1, false, "west"), now);
        standby.statusHeard("zeta", new MemberStatus("z", 1, false, "east"), now);
        assertNull(dueAfter(3));
        ownerSays(100, true);
        assertNull(standby.due(true, now));
        assertNull(dueAfter(0.6));
        assertEquals(8, dueAfter(0.2).term());
    }

    @Test
    void due_ownerBackWithinThePause_keepsIt() {
        standby.claimHeard(OWNER, now);
        assertNull(dueAfter(3));
        ownerSays(100, true);
        assertNull(standby.due(true, now));
        ownerSays(101, false);
        assertNull(dueAfter(1));
    }

    /** The broker was restarted: the owner's Will came when it stopped, and the owner is on its way back, as we are. */
    @Test
    void due_offlineFoundAtConnecting_isBelievedOnlyAfterAWhile() {
        standby.claimHeard(OWNER, now);
        ownerSays(100, true);
        assertNull(dueAfter(2.9));
        assertNull(dueAfter(0.1));
        assertEquals(8, dueAfter(0.2).term());
    }

    @Test
    void due_willOfAnEarlierConnection_isNoReason() {
        standby.claimHeard(OWNER, now);
        ownerSays(101, false);
        ownerSays(100, true);
        assertNull(dueAfter(5));
    }

    /** The broker was restarted, retains what the owner had said, and never says that it did not come back. */
    @Test
    void due_ownerSilentForLong_isTakenOver() {
        standby.claimHeard(OWNER, now);
        ownerSays(100, false);
        assertNull(dueAfter(11.9));
        ownerSays(100, false);
        assertNull(dueAfter(11.9));
        assertNull(dueAfter(0.2));
        assertEquals(8, dueAfter(0.2).term());
    }

    @Test
    void due_claimWithoutAnyStatus_isWaitedForAsForASilentOwner() {
        standby.claimHeard(OWNER, now);
        assertNull(dueAfter(11.9));
        assertNull(dueAfter(0.2));
        assertNotNull(dueAfter(0.2));
    }

    /** A site of very many gateways, or somebody who floods the topic. */
    @Test
    void due_moreGatewaysThanAreRemembered_theOwnerIs() {
        standby.claimHeard(OWNER, now);
        for (int i = 0; i < 2000; i++) {
            standby.statusHeard("other-" + i, new MemberStatus("o" + i, 1, false, "west"), now);
        }
        for (int i = 0; i < 4; i++) {
            ownerSays(100, false);
            assertNull(dueAfter(11));
        }
    }

    @Test
    void due_ownerStartedAnew_hasTheFirstWord() {
        standby.claimHeard(OWNER, now);
        ownerSays(100, false);
        standby.statusHeard("one", new MemberStatus("third", 200, false, "east"), now);
        assertNull(dueAfter(1.9));
        standby.claimHeard(new Claim(8, "one", "third"), now);
        assertNull(dueAfter(3));
    }

    @Test
    void due_claimOfThisGatewayBeforeItsRestart_isFollowedAtOnce() {
        standby.claimHeard(new Claim(7, "two", "before"), now);
        assertNull(standby.due(true, now));
        assertEquals(new Claim(8, "two", "second"), dueAfter(0.2));
    }

    /** A second gateway under this one's name must not have the two claim for ever. */
    @Test
    void due_claimOfThisGatewaysNameAfterItsOwn_isAnothers() {
        ownAtTerm(1);
        standby.claimHeard(new Claim(2, "two", "twin"), now);
        assertFalse(standby.isOwner());
        standby.statusHeard("two", new MemberStatus("twin", 1, false, "east"), now);
        assertNull(dueAfter(10));
    }

    @Test
    void due_notAble_leavesItToOthers() {
        assertNull(standby.due(false, 10 * SECOND));
    }

    private void ownAtTerm(long term) {
        assertNull(dueAfter(1.1));
        assertEquals(term, dueAfter(0.2).term());
        standby.claimHeard(new Claim(term, "two", "second"), now);
        assertTrue(standby.isOwner());
    }

    @Test
    void claimHeard_greater_endsOwnershipForGood() {
        ownAtTerm(1);
        standby.claimHeard(new Claim(2, "one", "first"), now);
        assertFalse(standby.isOwner());
        ownerSays(100, false);
        standby.claimHeard(new Claim(1, "two", "second"), now);
        assertFalse(standby.isOwner(), "its own earlier claim, late");
        assertNull(dueAfter(5));
    }

    @Test
    void claimHeard_atTheSameMoment_theGreaterInstanceHolds() {
        ownAtTerm(1);
        standby.claimHeard(new Claim(1, "one", "first"), now);
        assertTrue(standby.isOwner(), "first is below second");
        assertFalse(standby.mayTakeSession(now));
        assertEquals(new Claim(1, "two", "second"), dueAfter(1), "so that whoever comes later sees it");
        standby.claimHeard(new Claim(1, "six", "zebra"), now);
        assertFalse(standby.isOwner());
    }

    @Test
    void connected_ownerAfterALostLink_waitsForWhatOthersClaimed() {
        ownAtTerm(1);
        standby.disconnected();
        now += 30 * SECOND;
        assertTrue(standby.isOwner(), "nothing else was heard of");
        assertFalse(standby.mayTakeSession(now));
        standby.connected(now);
        standby.claimHeard(new Claim(1, "two", "second"), now);
        assertFalse(standby.mayTakeSession(now), "a greater one may be on its way");
        standby.claimHeard(new Claim(2, "one", "first"), now);
        assertFalse(standby.isOwner());
        now += SECOND;
        assertFalse(standby.mayTakeSession(now));
    }

    @Test
    void connected_brokerForgotEverything_ownerShowsItsClaimAgain() {
        ownAtTerm(1);
        standby.disconnected();
        standby.connected(now);
        assertNull(dueAfter(0.9));
        assertEquals(new Claim(1, "two", "second"), dueAfter(0.2));
        standby.claimHeard(new Claim(1, "two", "second"), now);
        assertTrue(standby.mayTakeSession(now));
    }

    /** What the broker retains may be here before we look for it. */
    @Test
    void connected_afterWhatIsRetainedCame_knowsIt() {
        ownAtTerm(1);
        standby.disconnected();
        now += 30 * SECOND;
        standby.claimHeard(new Claim(1, "two", "second"), now);
        standby.connected(now);
        assertNull(dueAfter(0.5), "shown already");
        assertTrue(standby.mayTakeSession(now));
    }

    @Test
    void connected_afterTheStatusOfAnotherStandbyCame_letsItClaimFirst() {
        standby.disconnected();
        standby.claimHeard(OWNER, now);
        standby.statusHeard("alpha", new MemberStatus("a", 1, false, "east"), now);
        standby.connected(now);
        assertNull(dueAfter(3));
        ownerSays(100, true);
        assertNull(standby.due(true, now));
        assertNull(dueAfter(0.6), "its turn");
        assertEquals(8, dueAfter(0.2).term());
    }

    @Test
    void disconnected_whatTheTopicShowed_isNoMoreKnown() {
        ownAtTerm(1);
        standby.disconnected();
        standby.connected(now);
        now += SECOND;
        assertFalse(standby.mayTakeSession(now), "not shown on this connection");
    }

    @Test
    void claim_roundTrip_andWhatIsNone() {
        Claim claim = new Claim(Claim.MOST_TERM, "gateway-1", "6f9619ff-8b86-d011-b42d-00cf4fc964ff");
        assertEquals(claim, Claim.read(claim.toBytes()));
        for (String none : new String[] {"", "{}", "[]", "{\"term\":0,\"gateway\":\"a\",\"instance\":\"b\"}",
            "{\"term\":9007199254740992,\"gateway\":\"a\",\"instance\":\"b\"}",
            "{\"term\":1,\"gateway\":\"_a\",\"instance\":\"b\"}", "{\"term\":1,\"gateway\":\"a\",\"instance\":\"\"}",
            "{\"term\":-1,\"gateway\":\"a\",\"instance\":\"b\"}", "{\"term\":1"}) {
            assertNull(Claim.read(none.getBytes(StandardCharsets.UTF_8)), none);
        }
    }
}
