package org.reluctor.stream.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.Topics;
import org.reluctor.stream.authentication.ReplayMarks;
import org.reluctor.stream.command.CommandAction;
import org.reluctor.stream.command.CommandFault;
import org.reluctor.stream.command.CommandMessage;
import org.reluctor.stream.command.CommandRefusal;
import org.reluctor.stream.command.Commands;
import org.reluctor.stream.mqtt.Correspondence;
import org.reluctor.stream.mqtt.Inbox;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.mqtt.OutboundMessage;

/**
 * Carries commands out: a few a second, each at most once, in the order of their numbers. A command's number is on the
 * disk before it is carried out, so that one that was recorded does nothing again, whatever happens meanwhile. One that
 * never came is good until a later one did: there is no clock in it. Who has the key is answered, with a MAC; nobody
 * else is. Confined to the control thread, but for the inbox.
 */
final class CommandDesk {
    private static final int A_SECOND = 10;
    private static final int ROUND_MOST = 4;
    /** Commands that take their time. */
    private static final int MOST_UNDER_WAY = 8;
    private static final int MOST_CORRELATION_BYTES = 64;
    /** Room for the envelope around an answer's text. */
    private static final int ENVELOPE_BYTES = 512;

    private final Commands commands;
    private final String topic;
    private final String answerTopic;
    private final Map<String, CommandAction> actions;
    private final CommandInbox inbox;
    private final RateLimit rate = new RateLimit(A_SECOND);
    private final StreamCounters counters;
    private final StreamEvents events;
    /** Begun and not done. */
    private final List<UnderWay> underWay = new ArrayList<>();
    /** The last command whose number was new, and what was said to it; null before, and as long as it is under way. */
    private CommandMessage lastTaken;
    private CommandMessage lastAnswer;

    private record UnderWay(CommandMessage command, Correspondence about, Future<String> result) {
    }

    private CommandDesk(GatewayOptions options, Commands commands, Map<String, CommandAction> own, Inbox others,
            Runnable wake, StreamSink sink) {
        this.commands = commands;
        this.topic = options.topics().command(options.site(), options.id());
        this.answerTopic = options.topics().answer(options.site(), options.id());
        this.actions = new HashMap<>(commands.actions());
        this.actions.putAll(own);
        this.counters = sink.counters();
        this.events = sink.events();
        this.inbox = new CommandInbox(topic, others, wake,
                () -> refused(CommandFault.RATE, "more commands at once than are taken"));
    }

    /**
     * A desk where the options have commands.
     *
     * @param own    actions of the gateway itself
     * @param others takes what is no command
     * @param wake   the control thread
     */
    static Optional<CommandDesk> of(GatewayOptions options, Map<String, CommandAction> own, Inbox others, Runnable wake,
            StreamSink sink) {
        return options.commands().map(found -> new CommandDesk(options, found, own, others, wake, sink));
    }

    List<String> filters() {
        return List.of(topic);
    }

    Inbox inbox() {
        return inbox;
    }

    /** Carries out what waits, and answers what is done by now; returns how much was done. */
    int doWork(MqttSession session, long nowNanos) {
        int work = 0;
        for (CommandInbox.Arrival next = inbox.poll(); next != null; next = work < ROUND_MOST ? inbox.poll() : null) {
            work++;
            take(next, session, nowNanos);
        }
        for (UnderWay each : underWay.stream().filter(begun -> begun.result().isDone()).toList()) {
            work++;
            underWay.remove(each);
            finish(each, session);
        }
        return work;
    }

    private void take(CommandInbox.Arrival arrival, MqttSession session, long nowNanos) {
        CommandMessage command = null;
        try {
            command = open(arrival);
            if (!rate.tryTake(nowNanos)) {
                throw new CommandRefusal(CommandFault.RATE, "more than " + A_SECOND + " commands a second");
            }
            UnderWay begun = new UnderWay(command, arrival.about(), begin(command, arrival.about()));
            if (begun.result().isDone()) {
                finish(begun, session);
            } else {
                lastTaken = command;
                lastAnswer = null;
                underWay.add(begun);
            }
        } catch (CommandRefusal refusal) {
            refuse(command, arrival.about(), refusal, session);
        }
    }

    private void finish(UnderWay begun, MqttSession session) {
        CommandMessage command = begun.command();
        try {
            String said = begun.result().get();
            counters.commandsDone.incrementAndGet();
            events.commandDone(command.word(), command.number(), said);
            send(remember(command, CommandMessage.DONE, said), begun.about(), session);
        } catch (ExecutionException failed) {
            refuse(command, begun.about(), refusalOf(failed.getCause()), session);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private CommandRefusal refusalOf(Throwable failure) {
        if (failure instanceof CommandRefusal refusal) {
            return refusal;
        }
        events.internalError("a command", failure);
        return new CommandRefusal(CommandFault.ARGUMENT, "it failed; the gateway's log says how");
    }

    private void refuse(CommandMessage command, Correspondence about, CommandRefusal refusal, MqttSession session) {
        refused(refusal.fault(), refusal.getMessage());
        boolean heard = command != null && refusal.fault() != CommandFault.RATE
                && refusal.fault() != CommandFault.ANSWER_TOPIC;
        if (heard) {
            CommandMessage answer = refusal.fault() == CommandFault.NUMBER ? toSeen(command, refusal.getMessage())
                    : remember(command, CommandMessage.REFUSED, refusal.getMessage());
            send(answer, about, session);
        }
    }

    private CommandMessage open(CommandInbox.Arrival arrival) throws CommandRefusal {
        if (arrival.retained()) {
            throw new CommandRefusal(CommandFault.RETAINED, "the broker was told to keep the command; without the"
                    + " retain flag is right");
        }
        if (arrival.payload() == null) {
            throw new CommandRefusal(CommandFault.TOO_LARGE, "larger than " + CommandMessage.MOST_BYTES + " bytes, as"
                    + " many as a command may have");
        }
        return commands.envelopes().open(arrival.payload());
    }

    private Future<String> begin(CommandMessage command, Correspondence about) throws CommandRefusal {
        // First, for also a refusal is answered, and whoever sends a recorded command may change where.
        checkAnswer(about);
        checkNumber(command);
        mark(command);
        CommandAction action = actions.get(command.word());
        if (action == null) {
            throw new CommandRefusal(CommandFault.UNKNOWN, "this gateway has no such command; it has "
                    + String.join(", ", new TreeSet<>(actions.keySet())));
        }
        if (underWay.size() == MOST_UNDER_WAY) {
            throw new CommandRefusal(CommandFault.ARGUMENT, MOST_UNDER_WAY + " commands are under way");
        }
        try {
            return action.begin(command.text());
        } catch (RuntimeException failed) {
            throw refusalOf(failed);
        }
    }

    private void checkNumber(CommandMessage command) throws CommandRefusal {
        ReplayMarks.Mark last = commands.marks().find(command.gateway());
        if (last != null && !last.isBefore(0, command.number())) {
            String why = command.number() == last.seq()
                    ? "taken before; a replay, or sent twice because a connection was lost"
                    : "a replay, or sent by a clock that is behind";
            throw new CommandRefusal(CommandFault.NUMBER, "number " + Long.toUnsignedString(command.number())
                    + " is not above " + Long.toUnsignedString(last.seq()) + ", the last one seen; " + why);
        }
    }

    private void checkAnswer(Correspondence about) throws CommandRefusal {
        String wanted = about.responseTopic();
        boolean right = wanted == null || wanted.equals(answerTopic) || wanted.startsWith(answerTopic + "/")
                && Topics.isName(wanted.substring(answerTopic.length() + 1));
        if (!right) {
            throw new CommandRefusal(CommandFault.ANSWER_TOPIC, "the response topic is none of this gateway's; "
                    + answerTopic + ", or one level below, is right");
        }
        byte[] correlation = about.correlationData();
        if (correlation != null && correlation.length > MOST_CORRELATION_BYTES) {
            throw new CommandRefusal(CommandFault.ANSWER_TOPIC, correlation.length + " bytes of correlation data; at"
                    + " most " + MOST_CORRELATION_BYTES + " are right");
        }
    }

    private void mark(CommandMessage command) throws CommandRefusal {
        try {
            commands.marks().delivered(command.gateway(), 0, command.number());
            commands.marks().force();
        } catch (IOException e) {
            throw new CommandRefusal(CommandFault.UNWRITTEN, "its number cannot be written to the state folder, "
                    + e.getMessage());
        }
    }

    private CommandMessage remember(CommandMessage command, String word, String text) {
        CommandMessage answer = new CommandMessage(command.gateway(), command.number(), word, shortened(text));
        // What took its time may end behind a later command.
        if (lastTaken == null || Long.compareUnsigned(command.number(), lastTaken.number()) >= 0) {
            lastTaken = command;
            lastAnswer = answer;
        }
        return answer;
    }

    /**
     * A sender whose link was lost with the answer sends the command again, and is to read what became of it; null as
     * long as it is under way, for the answer is still to come.
     */
    private CommandMessage toSeen(CommandMessage command, String refusal) {
        return command.equals(lastTaken) ? lastAnswer
                : new CommandMessage(command.gateway(), command.number(), CommandMessage.REFUSED, refusal);
    }

    private void send(CommandMessage answer, Correspondence about, MqttSession session) {
        if (answer == null) {
            return;
        }
        String where = about.responseTopic() == null ? answerTopic : about.responseTopic();
        OutboundMessage message = OutboundMessage.cbor(where, commands.envelopes().sealAnswer(answer),
                new Correspondence(null, about.correlationData(), 0));
        if (session == null || !session.publish(message, code -> { })) {
            events.answerSuppressed(answer.gateway());
        }
    }

    private static String shortened(String text) {
        int most = CommandMessage.MOST_BYTES - ENVELOPE_BYTES;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= most ? text : new String(bytes, 0, most, StandardCharsets.UTF_8);
    }

    private void refused(CommandFault fault, String detail) {
        counters.commandRefused(fault);
        events.commandRefused(fault, detail);
    }
}
