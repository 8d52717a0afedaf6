package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.authentication.ReplayMarks;
import org.reluctor.stream.command.CommandAction;
import org.reluctor.stream.command.CommandEnvelopes;
import org.reluctor.stream.command.CommandFault;
import org.reluctor.stream.command.CommandMessage;
import org.reluctor.stream.command.CommandRefusal;
import org.reluctor.stream.command.Commands;
import org.reluctor.stream.mqtt.Correspondence;
import org.reluctor.stream.mqtt.OutboundMessage;

/** What is carried out, what is not, and who is answered. */
class CommandDeskTest {
    private static final String GATEWAY = "lab/gw-1";
    private static final String TOPIC = "reluctor/v1/lab/_gateway/gw-1/cmd";
    private static final String ANSWERS = "reluctor/v1/lab/_gateway/gw-1/answer";
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;
    private final StreamCounters counters = new StreamCounters();
    private final RecordedSession session = new RecordedSession();
    private final List<String> done = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();
    private final CompletableFuture<String> lasting = new CompletableFuture<>();
    private CommandEnvelopes envelopes;
    private ReplayMarks marks;
    private CommandDesk desk;
    private long now;

    @BeforeEach
    void open() throws Exception {
        Path key = Files.writeString(folder.resolve("cmd.key"), "01".repeat(32));
        envelopes = new CommandEnvelopes(GATEWAY, key);
        reopen(folder.resolve("marks"));
    }

    private void reopen(Path file) throws Exception {
        marks = ReplayMarks.open(file);
        Commands commands = new Commands(new CommandEnvelopes(GATEWAY, folder.resolve("cmd.key")), marks,
                Map.of("note", argument -> {
                    done.add(argument);
                    return "noted";
                }, "last", CommandAction.lasting(argument -> lasting), "fail", argument -> {
                    throw new CommandRefusal(CommandFault.ARGUMENT, "no");
                }));
        GatewayOptions options = GatewayOptions.builder("lab", "gw-1", BrokerOptions.at("tcp://a:1").build(),
                BrokerOptions.at("tcp://a:2").build()).commands(commands).build();
        desk = CommandDesk.of(options, Map.of("status", argument -> "fine"),
                (where, topic, payload, qos, packetId, contentType) -> frames.add(topic), () -> { },
                new StreamSink(counters, StreamEvents.NONE)).orElseThrow();
    }

    @AfterEach
    void close() throws IOException {
        marks.close();
    }

    private byte[] sealed(long number, String word, String argument) {
        return envelopes.seal(new CommandMessage(GATEWAY, number, word, argument));
    }

    private void send(byte[] payload, boolean retained, Correspondence about) {
        desk.inbox().arrived(session, TOPIC, payload, 0, 0, null, retained, about);
        desk.doWork(session, now += SECOND);
    }

    private void refused(CommandFault fault, byte[] payload) {
        refused(fault, payload, false, Correspondence.NONE);
    }

    private void refused(CommandFault fault, byte[] payload, boolean retained, Correspondence about) {
        long before = counters.commands().refused().get(fault);
        List<String> carriedOut = List.copyOf(done);
        send(payload, retained, about);
        assertEquals(before + 1, counters.commands().refused().get(fault), () -> counters.commands().toString());
        assertEquals(carriedOut, done);
    }

    private CommandMessage lastAnswer() throws CommandRefusal {
        OutboundMessage last = session.published.get(session.published.size() - 1);
        return envelopes.openAnswer(last.payload());
    }

    @Test
    void command_good_isCarriedOutOnceAndAnswered() throws Exception {
        send(sealed(7, "note", "a"), false, new Correspondence(ANSWERS + "/me", new byte[] {1, 2}, 0));
        assertEquals(List.of("a"), done);
        assertEquals(new CommandMessage(GATEWAY, 7, CommandMessage.DONE, "noted"), lastAnswer());
        OutboundMessage answer = session.published.get(0);
        assertEquals(ANSWERS + "/me", answer.topic());
        assertArrayEquals(new byte[] {1, 2}, answer.about().correlationData());
        assertEquals(1, counters.commands().done());
        send(sealed(8, "status", ""), false, Correspondence.NONE);
        assertEquals(ANSWERS, session.published.get(1).topic());
        assertEquals("fine", lastAnswer().text());
    }

    @Test
    void command_replayedOrOutOfOrder_isRefusedAlsoAfterARestart() throws Exception {
        byte[] recorded = sealed(7, "note", "a");
        send(recorded, false, Correspondence.NONE);
        refused(CommandFault.NUMBER, recorded);
        refused(CommandFault.NUMBER, sealed(6, "note", "b"));
        refused(CommandFault.NUMBER, sealed(0, "note", "b"));
        assertEquals(CommandMessage.REFUSED, lastAnswer().word());
        // As after kill -9: the marks are not closed, but their lock is gone.
        ReplayMarks cutOff = marks;
        reopen(Files.copy(folder.resolve("marks"), folder.resolve("found")));
        refused(CommandFault.NUMBER, recorded);
        send(sealed(-1, "note", "last"), false, Correspondence.NONE);
        assertEquals(List.of("a", "last"), done);
        refused(CommandFault.NUMBER, sealed(Long.MAX_VALUE, "note", "b"));
        cutOff.close();
    }

    @Test
    void command_sentTwiceByALostLink_isAnsweredAsAtFirstAndDoneOnce() throws Exception {
        byte[] command = sealed(7, "note", "a");
        send(command, false, Correspondence.NONE);
        CommandMessage first = lastAnswer();
        refused(CommandFault.NUMBER, command);
        assertEquals(2, session.published.size());
        assertEquals(first, lastAnswer());
        refused(CommandFault.NUMBER, sealed(6, "note", "a"));
        refused(CommandFault.NUMBER, sealed(7, "note", "b"));
        assertEquals(CommandMessage.REFUSED, lastAnswer().word());
        assertTrue(lastAnswer().text().contains("taken before"), lastAnswer().text());
        refused(CommandFault.NUMBER, command);
        assertEquals(first, lastAnswer());
    }

    @Test
    void command_replayedForAnAnswerElsewhere_isRefusedAndNotAnswered() {
        byte[] recorded = sealed(7, "note", "a");
        send(recorded, false, Correspondence.NONE);
        for (String topic : new String[] {"reluctor/v1/lab/ecg-1/frame", "#"}) {
            refused(CommandFault.ANSWER_TOPIC, recorded, false, new Correspondence(topic, null, 0));
            refused(CommandFault.ANSWER_TOPIC, sealed(6, "note", "a"), false, new Correspondence(topic, null, 0));
        }
        assertEquals(1, session.published.size());
    }

    @Test
    void command_ofNobodyWithTheKey_isRefusedAndNotAnswered() throws Exception {
        Path other = Files.writeString(folder.resolve("other.key"), "02".repeat(32));
        CommandMessage command = new CommandMessage(GATEWAY, 9, "note", "x");
        refused(CommandFault.MAC, new CommandEnvelopes(GATEWAY, other).seal(command));
        refused(CommandFault.ENVELOPE, command.toBytes());
        refused(CommandFault.ENVELOPE, new byte[0]);
        refused(CommandFault.TOO_LARGE, new byte[CommandMessage.MOST_BYTES + 1]);
        refused(CommandFault.GATEWAY, new CommandEnvelopes("lab/gw-2", folder.resolve("cmd.key"))
                .seal(new CommandMessage("lab/gw-2", 9, "note", "x")));
        refused(CommandFault.GATEWAY, envelopes.seal(new CommandMessage("lab/gw-2", 9, "note", "x")));
        refused(CommandFault.RETAINED, sealed(9, "note", "x"), true, Correspondence.NONE);
        assertEquals(List.of(), session.published);
        // None of them took the number.
        send(sealed(9, "note", "x"), false, Correspondence.NONE);
        assertEquals(List.of("x"), done);
    }

    @Test
    void command_answerWantedElsewhere_isRefusedAndNotAnswered() {
        int number = 1;
        for (String topic : new String[] {TOPIC, "reluctor/v1/lab/ecg-1/frame", "", "#", ANSWERS + "/", ANSWERS + "/+",
            ANSWERS + "/a/b", ANSWERS + "x", "reluctor/v1/lab/_gateway/gw-2/answer"}) {
            refused(CommandFault.ANSWER_TOPIC, sealed(number++, "note", "x"), false,
                    new Correspondence(topic, null, 0));
        }
        refused(CommandFault.ANSWER_TOPIC, sealed(number, "note", "x"), false,
                new Correspondence(null, new byte[65], 0));
        assertEquals(List.of(), session.published);
    }

    @Test
    void command_unknownOrFailing_isAnsweredWithTheReason() throws Exception {
        refused(CommandFault.UNKNOWN, sealed(1, "dance", ""));
        assertTrue(lastAnswer().text().contains("fail, last, note, status"), lastAnswer().text());
        refused(CommandFault.ARGUMENT, sealed(2, "fail", ""));
        assertEquals(new CommandMessage(GATEWAY, 2, CommandMessage.REFUSED, "no"), lastAnswer());
    }

    @Test
    void command_markCannotBeWritten_isNotCarriedOut() throws Exception {
        marks.close();
        refused(CommandFault.UNWRITTEN, sealed(1, "note", "x"));
        reopen(folder.resolve("marks"));
    }

    @Test
    void commands_moreThanAreTaken_areRefusedAndFramesPass() {
        for (int i = 0; i < 100; i++) {
            desk.inbox().arrived(session, TOPIC, new byte[1], 0, 0, null, false, Correspondence.NONE);
            desk.inbox().arrived(session, "reluctor/v1/lab/a/frame", new byte[1], 1, 1, null);
        }
        assertEquals(100, frames.size());
        assertEquals(84, counters.commands().refused().get(CommandFault.RATE));
        for (int number = 1; number <= 30; number++) {
            desk.inbox().arrived(session, TOPIC, sealed(number, "note", "x"), 0, 0, null, false, Correspondence.NONE);
            while (desk.doWork(session, SECOND) > 0) {
                // Until the queue is empty; no time passes.
                now = SECOND;
            }
        }
        assertEquals(20, done.size());
    }

    @Test
    void command_thatTakesItsTime_isAnsweredWhenItIsDoneAndHoldsUpNoOther() throws Exception {
        byte[] begun = sealed(7, "last", "");
        send(begun, false, new Correspondence(ANSWERS + "/me", null, 0));
        // As after a lost connection: the answer is still to come.
        send(begun, false, new Correspondence(ANSWERS + "/me", null, 0));
        assertEquals(0, session.published.size());
        send(sealed(8, "note", "a"), false, Correspondence.NONE);
        assertEquals("noted", lastAnswer().text());
        lasting.complete("at last");
        desk.doWork(session, now += SECOND);
        assertEquals(new CommandMessage(GATEWAY, 7, CommandMessage.DONE, "at last"), lastAnswer());
        assertEquals(ANSWERS + "/me", session.published.get(1).topic());
        desk.doWork(session, now += SECOND);
        assertEquals(2, session.published.size());
    }

    @Test
    void command_thatFailsLater_isAnsweredByItsRefusal() throws Exception {
        send(sealed(7, "last", ""), false, Correspondence.NONE);
        lasting.completeExceptionally(new CommandRefusal(CommandFault.NETWORK, "not that one"));
        desk.doWork(session, now += SECOND);
        assertEquals(new CommandMessage(GATEWAY, 7, CommandMessage.REFUSED, "not that one"), lastAnswer());
        assertEquals(1, counters.commands().refused().get(CommandFault.NETWORK));
    }
}
