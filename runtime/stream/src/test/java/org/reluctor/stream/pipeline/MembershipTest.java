package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.Partition;
import org.reluctor.stream.mqtt.ScriptedBroker.Packet;
import org.reluctor.stream.mqtt.ScriptedBroker.Peer;
import org.reluctor.stream.partition.Claim;

/** A member of a partition whose connections end as no test can make a real broker end them. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class MembershipTest {
    private static final String MEMBER = "gw-member";
    private static final String CLAIM = "reluctor/v1/lab/_partition/east/claim";
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    /** Many of the frames' pauses, and fewer than make the members' connection look dead. */
    private static final long NO_MORE_MILLIS = 1500;

    private ScriptedStream stream;
    private Gateway gateway;
    private Peer members;
    private int packetId;

    @BeforeEach
    void make() throws IOException {
        stream = new ScriptedStream();
    }

    @AfterEach
    void close() throws IOException {
        stream.close();
    }

    private void open() {
        gateway = stream.open(broker -> broker.sessionExpirySeconds(3600),
                options -> options.partition(new Partition("east", Duration.ofSeconds(1), MEMBER)));
        members = stream.ingress.await(MEMBER, 1, true);
    }

    private void show(byte[] claim) throws IOException {
        members.publish(CLAIM, 3, ++packetId, claim);
    }

    private List<Packet> claims() {
        return members.received(PUBLISH).stream().filter(packet -> packet.topic().equals(CLAIM)).toList();
    }

    private Peer serving() throws IOException {
        open();
        ScriptedStream.until("claimed", () -> !claims().isEmpty());
        show(claims().get(0).payload());
        Peer frames = stream.sensors(1);
        ScriptedStream.until("serves", () -> gateway.state() == GatewayState.ONLINE);
        return frames;
    }

    private int connectionsForFrames() {
        return stream.ingress.peers(ScriptedStream.IN).size();
    }

    /** Both links were cut, and only the frames' knows it: another has the session, and this one must not take it. */
    @Test
    void framesLost_membersLinkHangs_sessionIsLeftUntilTheBrokerAnswers() throws Exception {
        Peer frames = serving();
        stream.ingress.unanswered = packet -> packet.type() == PUBLISH;
        frames.cut();
        TimeUnit.MILLISECONDS.sleep(NO_MORE_MILLIS);
        assertEquals(1, connectionsForFrames());

        stream.ingress.unanswered = packet -> false;
        long term = Claim.read(claims().get(0).payload()).term();
        show(new Claim(term + 1, "other", "instance").toBytes());
        members.cut();
        members = stream.ingress.await(MEMBER, 2, true);
        show(new Claim(term + 1, "other", "instance").toBytes());
        ScriptedStream.until("stands by", () -> gateway.state() == GatewayState.STANDBY);
        assertEquals(1, connectionsForFrames());
    }

    @Test
    void framesLost_membersLinkAnswers_sessionIsTakenAgain() throws Exception {
        serving().cut();
        stream.sensors(2);
        ScriptedStream.until("serves", () -> gateway.state() == GatewayState.ONLINE);
        assertEquals(1, stream.ingress.peers(MEMBER).size());
    }

    /** The default pause of a session that was taken over is long, lest two programs of one name fight. */
    @Test
    void framesTakenOver_stillTheOwner_sessionIsTakenAgainSoon() throws Exception {
        Peer frames = serving();
        long begin = System.nanoTime();
        frames.send(0xe0, new byte[] {(byte) 0x8e});
        stream.sensors(2);
        long waited = System.nanoTime() - begin;
        assertTrue(waited > TimeUnit.MILLISECONDS.toNanos(900), "not at once");
        assertTrue(waited < TimeUnit.SECONDS.toNanos(5), "as soon as the claim can have been heard: " + waited);
    }

    @Test
    void heard_topicsThatAreNone_areLeftAlone() throws Exception {
        open();
        byte[] status = "{\"instance\":\"i\",\"epoch\":1,\"state\":\"online\"}".getBytes(StandardCharsets.UTF_8);
        for (String topic : List.of("reluctor/v1/lab/_gateway/status", "reluctor/v1/lab/_gateway//status", "status",
                "reluctor/v1/lab/_gateway/a/b/status", "reluctor/v1/other/_gateway/one/status")) {
            members.publish(topic, 3, ++packetId, status);
        }
        show(new Claim(7, "one", "first").toBytes());
        ScriptedStream.until("all heard", () -> members.received(PUBACK).size() == packetId);
        assertFalse(stream.told.stream().anyMatch(line -> line.startsWith("internal error")), stream.told::toString);
    }

    @Test
    void membersLink_thereAndLost_isTold() throws Exception {
        open();
        ScriptedStream.until("told", () -> stream.told.contains("members"));
        members.cut();
        stream.ingress.await(MEMBER, 2, true);
        ScriptedStream.until("told again", () -> stream.told.equals(List.of("members", "members lost", "members")));
    }
}
