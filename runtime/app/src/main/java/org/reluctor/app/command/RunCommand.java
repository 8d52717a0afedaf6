package org.reluctor.app.command;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.gateway.GatewayProcess;
import org.reluctor.app.gateway.ServiceManager;
import org.reluctor.app.gateway.Supervision;
import org.reluctor.app.logging.Logging;
import org.reluctor.app.recovery.DeviceRecoveries;
import org.reluctor.stream.StreamEvents;
import org.tinylog.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The gateway, until it is told to end. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = "Run the gateway: take frames, recover signals, publish them, until SIGTERM or Ctrl-C.",
        footer = {"", "Examples:", "  reluctor run --config /etc/reluctor/reluctor.yaml",
            "  RELUCTOR_BROKER_URI=tcp://broker:1883 RELUCTOR_LOG_FORMAT=journald reluctor run",
            "SIGHUP: takes log.level from the configuration and new networks from their files, and tells in the log",
            "what else was changed and needs a restart.",
            "Told to end, it takes no new frame, delivers what is under way, and exits with 0."})
public final class RunCommand implements Subcommand {
    private static final int MARGIN_SECONDS = 10;

    @Mixin
    private ConfigurationOption configurationOption;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicReference<GatewayProcess> running = new AtomicReference<>();
    private volatile int status = ExitStatus.INTERNAL;
    private volatile boolean told;

    /** Made by ServiceLoader. */
    public RunCommand() {
        // Filled by picocli.
    }

    /** The gateway with that configuration, as {@code run --config FILE} says it. */
    public static RunCommand of(Path configuration) {
        RunCommand command = new RunCommand();
        command.configurationOption = ConfigurationOption.of(configuration);
        return command;
    }

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = configurationOption.read();
        Logging.start(configuration.log());
        Logger.info("reluctor {} starts with {}", Version.number(), configurationOption.file());
        configuration.warnings().forEach(Logger::warn);
        Thread hook = new Thread(() -> endOnSignal(configuration), "reluctor-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            status = serve(configuration);
            return status;
        } catch (Failure failure) {
            status = failure.status();
            throw failure;
        } finally {
            Logging.flush();
            finished.countDown();
            forget(hook);
        }
    }

    private int serve(Configuration configuration) throws InterruptedException {
        ServiceManager manager = ServiceManager.of(System.getenv());
        try (GatewayProcess process = GatewayProcess.start(configuration, configurationOption::read,
                DeviceRecoveries::open, StreamEvents.NONE);
                Supervision supervision = new Supervision(manager, process)) {
            HangUp.on(() -> new Thread(() -> reload(process), "reluctor-reload").start());
            Logger.info("computes on {}", process.device());
            running.set(process);
            if (told) {
                process.end();
            }
            if (configuration.broker().atStart() == Configuration.AtStart.WAIT) {
                // The broker may come up later; the system's start must not wait for it.
                supervision.ready();
            }
            process.awaitOnline();
            if (!told) {
                supervision.ready();
            }
            process.awaitEnd();
            supervision.stopping();
            return finish(process);
        }
    }

    private static void reload(GatewayProcess process) {
        try {
            Logger.info("told to read the configuration anew: {}", process.reload().get());
        } catch (ExecutionException refused) {
            Logger.warn("told to read the configuration anew: {}", refused.getCause().getMessage());
        } catch (InterruptedException | RejectedExecutionException ending) {
            Logger.debug("told to read the configuration anew while ending");
        }
    }

    private static int finish(GatewayProcess process) throws InterruptedException {
        if (process.failure().isPresent()) {
            throw process.failure().get();
        }
        Logger.info("told to end: finishing what is under way");
        boolean complete = process.drain();
        Logger.info(complete ? "everything under way was delivered"
                : "not everything under way was delivered in time; it comes again at the next start");
        return ExitStatus.OK;
    }

    /**
     * On a signal the JVM would end with 128 + its number as soon as the hooks are done; a service that ended as it was
     * told to ends with 0.
     */
    private void endOnSignal(Configuration configuration) {
        told = true;
        GatewayProcess process = running.get();
        if (process != null) {
            process.end();
        }
        try {
            boolean done = finished.await(configuration.delivery().drainTimeoutSeconds() + (long) MARGIN_SECONDS,
                    TimeUnit.SECONDS);
            Runtime.getRuntime().halt(done ? status : ExitStatus.INTERNAL);
        } catch (InterruptedException exception) {
            Runtime.getRuntime().halt(ExitStatus.INTERNAL);
        }
    }

    private void forget(Thread hook) {
        if (!told) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException exception) {
                // A signal came this very moment; the hook will see that we are done.
                Logger.debug("told to end while ending");
            }
        }
    }
}
