package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.pipeline.StateBoard.Trouble;

class StateBoardTest {
    private final List<String> changes = new ArrayList<>();
    private final StateBoard board = new StateBoard(new StreamEvents() {
        @Override
        public void stateChanged(GatewayState from, GatewayState to, String cause) {
            changes.add(to.word() + ": " + cause);
        }
    }, new Doorbell());

    @Test
    void board_troublesComingAndGoing_isDegradedUntilTheLastIsGone() throws Exception {
        assertFalse(board.awaitOnline(1));
        board.clear(Trouble.INGRESS_AWAY);
        assertEquals(GatewayState.STARTING, board.state());
        board.clear(Trouble.EGRESS_AWAY);
        assertTrue(board.awaitOnline(1));
        board.raise(Trouble.RECOVERY, "no device");
        board.raise(Trouble.EGRESS_AWAY, "no link");
        board.clear(Trouble.RECOVERY);
        assertEquals(GatewayState.DEGRADED, board.state());
        board.clear(Trouble.EGRESS_AWAY);
        assertEquals(GatewayState.ONLINE, board.state());
        assertEquals(List.of("online: all is well", "degraded: no device", "online: all is well"), changes);
    }

    @Test
    void end_draining_staysWhateverHappens() {
        board.end(GatewayState.DRAINING, "asked");
        board.clear(Trouble.INGRESS_AWAY);
        board.clear(Trouble.EGRESS_AWAY);
        assertEquals(GatewayState.DRAINING, board.state());
        board.end(GatewayState.OFFLINE, "closed");
        board.end(GatewayState.DRAINING, "too late");
        assertEquals(GatewayState.OFFLINE, board.state());
    }

    @Test
    void standBy_nothingElseWrong_isWellAndSaysSo() throws Exception {
        board.standBy(true, "gateway-2 serves");
        assertFalse(board.awaitOnline(1));
        board.clear(Trouble.EGRESS_AWAY);
        assertTrue(board.awaitOnline(1));
        board.raise(Trouble.EGRESS_AWAY, "no link");
        assertEquals(GatewayState.DEGRADED, board.state());
        board.clear(Trouble.EGRESS_AWAY);
        board.standBy(false, "takes over");
        assertEquals(GatewayState.STARTING, board.state());
        board.clear(Trouble.INGRESS_AWAY);
        assertEquals(GatewayState.ONLINE, board.state());
        board.raise(Trouble.INGRESS_AWAY, "no link");
        assertEquals(GatewayState.DEGRADED, board.state());
        assertEquals("standby: gateway-2 serves", changes.get(0));
        assertEquals("starting: takes over", changes.get(3));
    }
}
