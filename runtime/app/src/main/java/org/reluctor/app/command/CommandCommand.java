package org.reluctor.app.command;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.json.JsonText;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.authentication.SensorKeyException;
import org.reluctor.stream.command.CommandEnvelopes;
import org.reluctor.stream.command.CommandMessage;
import org.reluctor.stream.command.CommandRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An operator's command to a gateway, over the broker. */
@Command(name = "command", mixinStandardHelpOptions = true,
        description = "Send a command to a gateway that has commands.keyFile, and print its answer.",
        footer = {"", "Examples:", "  reluctor command --gateway plant/gateway-1 --key FILE status",
            "  reluctor command --gateway plant/gateway-1 --key FILE log-level debug",
            "  reluctor command --gateway plant/gateway-1 --key FILE exchange ecg.onnx",
            "Commands: status (as its status topic says), drain (as SIGTERM), reconnect (with renewed certificates),",
            "log-level LEVEL (until the next start), networks (those at work), exchange [FILE] (takes the signed",
            "network of a later version that lies there now, while frames flow; of all files where none is named),",
            "rollback [FILE] (to the network before, until a later version is exchanged, also after a restart),",
            "reload (as SIGHUP, see reluctor run --help).",
            "Exit status: 0 done, 65 refused by the gateway, 69 broker or gateway do not answer."})
public final class CommandCommand implements Subcommand {
    /** A network is tried before it is taken. */
    private static final Set<String> LASTING = Set.of("exchange", "reload", "rollback");
    private static final int LASTING_SECONDS = 300;
    private static final int SECONDS = 10;

    @Mixin
    private BrokerLine broker;

    @Option(names = "--gateway", required = true, paramLabel = "SITE/INSTANCE",
            description = "site and instance of its configuration.")
    private String gateway;

    @Option(names = "--key", required = true, paramLabel = "FILE",
            description = "Its key for commands, 64 hexadecimal digits.")
    private Path key;

    @Option(names = "--number", paramLabel = "N",
            description = "Number of the command, which must grow. Default: ms since 1970")
    private Long number;

    @Option(names = "--timeout", paramLabel = "S",
            description = "Longest wait for the answer, s. Default: 10; with exchange and rollback 300")
    private Integer timeout;

    @Parameters(index = "0", paramLabel = "COMMAND", description = "What the gateway is to do.")
    private String word;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ARGUMENT", defaultValue = "")
    private String argument;

    @Mixin
    private CommandOutput output;

    private int timeoutSeconds;
    private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(16);

    /** Made by ServiceLoader. */
    public CommandCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() throws InterruptedException {
        timeoutSeconds = timeout != null ? timeout : LASTING.contains(word) ? LASTING_SECONDS : SECONDS;
        PositiveNumber.require("--timeout", timeoutSeconds, 3600);
        PositiveNumber.requireOrZero("--number", number == null ? 0 : number);
        String[] names = gateway.split("/", -1);
        if (names.length != 2 || !Topics.isName(names[0]) || !Topics.isName(names[1])) {
            throw new Failure(ExitStatus.USAGE, "--gateway: \"" + gateway + "\" is no gateway; must be site/instance");
        }
        CommandEnvelopes envelopes = envelopes();
        BrokerOptions options = broker.options("command");
        String answers = broker.topics().answer(names[0], names[1]) + "/" + options.clientId();
        try (SignalLink in = SignalLink.open(options, List.of(answers), (topic, payload) -> arrived.offer(payload));
                SensorLink out = SensorLink.open(options.change().clientId(options.clientId() + "-out").build(),
                        broker.topics())) {
            if (!in.awaitConnected(broker.connectTimeout()) || !out.awaitConnected(broker.connectTimeout())) {
                throw broker.failure(in.lastFailure().or(out::lastFailure));
            }
            CommandMessage command = new CommandMessage(gateway, number == null ? System.currentTimeMillis() : number,
                    word, argument);
            out.request(broker.topics().command(names[0], names[1]), envelopes.seal(command), answers,
                    ByteBuffer.allocate(Long.BYTES).putLong(command.number()).array(),
                    Duration.ofSeconds(timeoutSeconds));
            return tell(command, await(envelopes, command));
        }
    }

    private CommandEnvelopes envelopes() {
        try {
            return new CommandEnvelopes(gateway, InputFiles.require(key));
        } catch (SensorKeyException exception) {
            throw new Failure(ExitStatus.CREDENTIALS, "--key: " + exception.getMessage(), exception);
        }
    }

    private CommandMessage await(CommandEnvelopes envelopes, CommandMessage command) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            byte[] payload = arrived.poll(left, TimeUnit.NANOSECONDS);
            CommandMessage answer = payload == null ? null : answer(envelopes, payload, command);
            if (answer != null) {
                return answer;
            }
        }
        throw new Failure(ExitStatus.UNAVAILABLE, gateway + " did not answer within " + timeoutSeconds + " s; does it"
                + " run, with commands.keyFile and this key? Its log tells of commands that it refuses. Until it takes"
                + " a later one, somebody who withheld this one could still deliver it");
    }

    /** What the gateway itself said to this very command, or null; who has no key may publish what they like. */
    private CommandMessage answer(CommandEnvelopes envelopes, byte[] payload, CommandMessage command) {
        try {
            CommandMessage answer = envelopes.openAnswer(payload);
            return answer.number() == command.number() ? answer : null;
        } catch (CommandRefusal forged) {
            output.note("reluctor: an answer is not from %s: %s", gateway, forged.getMessage());
            return null;
        }
    }

    private int tell(CommandMessage command, CommandMessage said) {
        boolean done = said.word().equals(CommandMessage.DONE);
        output.result(JsonText.map("gateway", gateway, "command", word, "number", command.number(), "done", done,
                "answer", said.text()));
        if (!done) {
            throw new Failure(ExitStatus.DATA, gateway + " refuses: " + said.text());
        }
        output.line("%s", said.text());
        return ExitStatus.OK;
    }
}
