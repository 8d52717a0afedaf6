package org.reluctor.devicetests.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What every reader of foreign bytes promises, whatever they are: a value, or a refusal of a kind that its
 * documentation names, in sentences that a log can hold; memory in proportion to the input; an end. An input that
 * breaks it is a finding. Confined to one thread.
 */
final class ReaderPromise {
    /** Longest sentence, of which a good part may be a file's path. */
    private static final int MOST_SENTENCE = 2000;
    /** No input is larger than some kilobytes, and a second of computing is a thousand times what any of them takes. */
    private static final int MOST_SECONDS = 1;
    private static final int MOST_REPEATS = 2;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long fixedBytes;
    private final long bytesPerByte;
    private final List<Class<? extends Exception>> refusals;
    private final int seconds;

    private ReaderPromise(long fixedBytes, long bytesPerByte, List<Class<? extends Exception>> refusals,
            int seconds) {
        this.fixedBytes = fixedBytes;
        this.bytesPerByte = bytesPerByte;
        this.refusals = refusals;
        this.seconds = seconds;
    }

    /**
     * A promise.
     *
     * @param fixedBytes   that reading allocates whatever the input
     * @param bytesPerByte that it allocates beyond that for each byte of the input
     * @param refusals     exceptions that are documented
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static ReaderPromise of(long fixedBytes, long bytesPerByte, Class<? extends Exception>... refusals) {
        return new ReaderPromise(fixedBytes, bytesPerByte, List.of(refusals), MOST_SECONDS);
    }

    /** The same with another time of computing, for readers that document one. */
    ReaderPromise within(int mostSeconds) {
        return new ReaderPromise(fixedBytes, bytesPerByte, refusals, mostSeconds);
    }

    /**
     * Reads and holds the reader to its promise.
     *
     * @param inputBytes length of the input
     * @param reader     reads it; called again where it took too much, because whoever comes somewhere first also loads
     *                       classes, and the fuzzer rewrites them
     * @return what was read, or null where it was refused
     * @throws AssertionError where the promise is broken; other exceptions of the reader pass through
     */
    <T> T read(int inputBytes, Callable<T> reader) throws Exception {
        Run<T> run = run(reader);
        for (int more = 0; more < MOST_REPEATS && exceeded(run, inputBytes) != null; more++) {
            run = run(reader);
        }
        String exceeded = exceeded(run, inputBytes);
        if (exceeded != null) {
            throw new AssertionError(exceeded);
        }
        if (run.refusal != null) {
            String message = String.valueOf(run.refusal.getMessage());
            message.lines().forEach(ReaderPromise::checkSentence);
        }
        return run.value;
    }

    private <T> Run<T> run(Callable<T> reader) throws Exception {
        long self = Thread.currentThread().getId();
        long startNs = threads.getCurrentThreadCpuTime();
        long before = threads.getThreadAllocatedBytes(self);
        T value = null;
        Exception refusal = null;
        try {
            value = reader.call();
        } catch (Exception thrown) {
            if (refusals.stream().noneMatch(documented -> documented.isInstance(thrown))) {
                throw thrown;
            }
            refusal = thrown;
        }
        long allocated = threads.getThreadAllocatedBytes(self) - before;
        return new Run<>(value, refusal, allocated, threads.getCurrentThreadCpuTime() - startNs);
    }

    private String exceeded(Run<?> run, int inputBytes) {
        long allowed = fixedBytes + bytesPerByte * inputBytes;
        if (run.allocated > allowed) {
            return run.allocated + " bytes were allocated for an input of " + inputBytes + "; at most " + allowed
                    + " are right";
        }
        return run.elapsedNs <= seconds * 1_000_000_000L ? null
                : run.elapsedNs + " ns of computing for an input of " + inputBytes + " bytes";
    }

    /** Holds a sentence about a refusal to what a line of a log can hold. */
    static void checkSentence(String sentence) {
        if (sentence.isBlank() || sentence.length() > MOST_SENTENCE) {
            throw new AssertionError("a refusal of " + sentence.length() + " characters: "
                    + sentence.substring(0, Math.min(sentence.length(), 200)));
        }
        sentence.chars().filter(Character::isISOControl).findFirst().ifPresent(control -> {
            throw new AssertionError("a refusal with the control character " + control + ": " + sentence);
        });
    }

    private record Run<T>(T value, Exception refusal, long allocated, long elapsedNs) {
    }
}
