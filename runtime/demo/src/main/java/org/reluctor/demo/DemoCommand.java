package org.reluctor.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.BrokerLine;
import org.reluctor.app.command.CommandOutput;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.command.Subcommand;
import org.reluctor.stream.BrokerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job, end to end, on one machine and with a real recording. */
@Command(name = "demo", mixinStandardHelpOptions = true,
        description = {"Show the main job on this machine: a broker, a simulated sensor that measures a real"
                + " electrocardiogram, the gateway, and a subscriber that compares every signal with the truth.",
            "Everything stays on this machine; a page shows it live."},
        footer = {"", "Examples:", "  reluctor demo", "  reluctor demo --seconds 10 --rate 500 --json",
            "  reluctor demo --broker tcp://127.0.0.1:1883      (one demonstration at a time on a broker)",
            "Exit status: 0 where every frame came back once and the network is better than its linear start,",
            "1 where not, others as for every command."})
public final class DemoCommand implements Subcommand {
    private static final int NOT_SHOWN = 1;
    private static final int END_SECONDS = 40;

    @Option(names = "--seconds", defaultValue = "60", paramLabel = "S",
            description = "How long the sensor sends. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--rate", defaultValue = "200", paramLabel = "FRAMES/S",
            description = "Frames a second; 1.4 would be the heart's own pace. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(names = "--broker", paramLabel = "URI",
            description = "tcp://host:port of an MQTT 5 broker to use. Default: one of its own, in this process")
    private String broker;

    @Option(names = "--port", defaultValue = "0", paramLabel = "PORT",
            description = "Port of the page on 127.0.0.1; 0: any free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--model", paramLabel = "FILE",
            defaultValue = "${env:RELUCTOR_HOME:-.}/config/models/ecg-256x64.onnx",
            description = "Network for electrocardiograms at 360 Hz. Default:"
                    + " config/models/ecg-256x64.onnx, here or under $RELUCTOR_HOME")
    private Path model;

    @Option(names = "--device", defaultValue = "auto", paramLabel = "NAME",
            description = "auto, or part of a device's or platform's name. Default: ${DEFAULT-VALUE}")
    private String device;

    @Mixin
    private CommandOutput output;

    @Spec
    private CommandSpec spec;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int status = ExitStatus.INTERNAL;

    /** Made by ServiceLoader. */
    public DemoCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() throws InterruptedException {
        check("--seconds", seconds, 1, 86_400);
        check("--rate", rate, 0.1, 10_000);
        check("--port", port, 0, 65_535);
        // What a program reads stands alone on standard output.
        PrintWriter terminal = output.isJson() ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Progress progress = new Progress(terminal, System.console() != null && !output.isJson(), seconds);
        DemoOptions options = new DemoOptions(seconds, rate, checkedBroker(), port, InputFiles.require(model), device);
        DemoRun run = new DemoRun(options, progress);
        Thread hook = new Thread(() -> endOnSignal(run), "demo-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            status = finish(run.call(), terminal);
            return status;
        } catch (Failure failure) {
            status = failure.status();
            throw failure;
        } finally {
            finished.countDown();
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending on a signal: the hook itself waits for us.
            return;
        }
    }

    private int finish(Figures figures, PrintWriter terminal) {
        if (output.isJson()) {
            spec.commandLine().getOut().println(Report.json(figures));
            spec.commandLine().getOut().flush();
        } else {
            terminal.print(Report.table(figures));
            terminal.flush();
        }
        return figures.passed() ? ExitStatus.OK : NOT_SHOWN;
    }

    /** Ctrl-C ends the sending, not the judging: the table still comes. After the end there is nothing to wait for. */
    private void endOnSignal(DemoRun run) {
        run.stopSensor();
        try {
            finished.await(END_SECONDS, TimeUnit.SECONDS);
            Runtime.getRuntime().halt(status);
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(ExitStatus.INTERNAL);
        }
    }

    private String checkedBroker() {
        if (broker != null) {
            BrokerLine.requireNoSecret("--broker", broker, "a broker that needs neither for the demonstration");
        }
        try {
            return broker == null ? null : BrokerOptions.at(broker).build().uri().toString();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitStatus.USAGE, "--broker: " + e.getMessage(), e);
        }
    }

    private static void check(String option, double number, double least, double most) {
        if (!(number >= least && number <= most)) {
            throw new Failure(ExitStatus.USAGE, option + ": " + plain(number) + " is out of range; must be "
                    + plain(least) + " to " + plain(most));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
