package org.reluctor.app.exchange;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reluctor.app.device.SecondJvm;
import org.reluctor.opencl.file.IoReason;

/** Tries networks, each in a {@link TrialProgram} of its own. One thread; {@link #close} may come from any. */
final class NetworkTrial implements AutoCloseable {
    /** A small board compiles the kernels of a large network for minutes; a {@link PacedCommand} thrice as long. */
    private static final long MOST_MINUTES = 60;

    private volatile Process running;
    private volatile boolean closed;

    /**
     * What a trial found.
     *
     * @param selfTest its frames, for the gateway's own test
     * @param error    the largest of it there
     */
    record Passed(SelfTest selfTest, double error) {
    }

    /**
     * Tries a network; takes from one second to minutes.
     *
     * @throws ExchangeRefusal if it did not pass
     */
    Passed run(TrialRequest request) throws ExchangeRefusal {
        Path said = null;
        try {
            said = Files.createTempFile("reluctor-trial", ".log");
            running = new ProcessBuilder(PacedCommand.of(LowPriority.command(command())))
                    .redirectError(said.toFile()).start();
            if (closed) {
                running.destroyForcibly();
            }
            return answer(request, running, said);
        } catch (IOException broken) {
            throw new ExchangeRefusal(ExchangeFault.TRIAL, "the process that tries it cannot be started, "
                    + IoReason.of(broken));
        } finally {
            end();
            delete(said);
        }
    }

    private static Passed answer(TrialRequest request, Process process, Path said) throws ExchangeRefusal {
        AtomicBoolean late = new AtomicBoolean();
        Thread watchdog = watchdog(process, late);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
                DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            request.write(out);
            out.flush();
            if (in.readInt() != TrialProgram.MAGIC) {
                throw new IOException("its answer is none");
            }
            if (in.readBoolean()) {
                double error = in.readDouble();
                return new Passed(SelfTest.read(in), error);
            }
            String reason = in.readUTF();
            throw new ExchangeRefusal(reason.equals(ExchangeFault.SELF_TEST.reason()) ? ExchangeFault.SELF_TEST
                    : ExchangeFault.DEVICE, in.readUTF());
        } catch (IOException broken) {
            throw new ExchangeRefusal(ExchangeFault.TRIAL, late.get() ? "the process that tries it took longer than "
                    + MOST_MINUTES + " minutes, of the time that others leave; is the machine busy all the time?"
                    : "the process that tried it broke off" + firstLine(said));
        } finally {
            watchdog.interrupt();
        }
    }

    private static Thread watchdog(Process process, AtomicBoolean late) {
        Thread watchdog = new Thread(() -> {
            try {
                if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                    late.set(true);
                    process.destroyForcibly();
                }
            } catch (InterruptedException answered) {
                // In time.
                Thread.currentThread().interrupt();
            }
        }, "reluctor-trial-limit");
        watchdog.setDaemon(true);
        watchdog.start();
        return watchdog;
    }

    private static List<String> command() {
        return SecondJvm.command(List.of("-XX:-UsePerfData", "-XX:+SuppressFatalErrorMessage",
                // What compilers need of it, see CompilerStack.
                "-Xss16m", "-Xmx" + (Runtime.getRuntime().maxMemory() >> 10) + "k"), TrialProgram.class.getName());
    }

    private static String firstLine(Path said) {
        try {
            // The shells' own words, of a locale that is not there, say nothing of the network.
            return Files.readAllLines(said).stream().filter(line -> !line.startsWith("/bin/")).findFirst()
                    .map(line -> ": " + line).orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            // In the folder for what nobody keeps.
        }
    }

    private void end() {
        Process process = running;
        if (process != null) {
            process.destroyForcibly();
            running = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        end();
    }
}
