package org.reluctor.app.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command whose processes are stopped for two thirds of the time: three milliseconds after every one and a half.
 *
 * <p>No class of Linux's scheduler gives way at all times: who wakes gets the processor where it is behind its share,
 * and beside a neighbour of small weight, as all of the idle class are, a thread that was ten microseconds ahead when
 * it fell asleep waits for three milliseconds. What is stopped keeps nobody waiting.
 *
 * <p>Bash does it, since it can wait without a process of its own for each wait. Where there is none, the command runs
 * as it is.
 */
final class PacedCommand {
    private static final Path BASH = Path.of("/bin/bash");
    /**
     * It waits at a pipe into which nobody writes; where that fails, the command goes on unstopped. The command is a
     * group of processes: a compiler may start others. A signal to a process is taken by its first thread, which has
     * to run for it: a JVM's first, which only waits for the others, goes to the processor that they leave alone, as
     * this shell does. Should it be killed, the system sends the stopped group SIGHUP and SIGCONT.
     */
    private static final String SCRIPT = """
            exec 9<> <(:) || exec "$@"
            set -m
            "$@" <&0 9>&- &
            leader=$!
            group=-$leader
            trap 'kill -KILL -- $group; exit 143' TERM
            exec <&- >&- 2>/dev/null
            LC_ALL=C
            first=$(taskset -pc $$)
            first=${first##*: }
            first=${first%%[,-]*}
            taskset -pc "$first" $$
            part() {
                set -- /proc/$leader/task/*
                [ $# -eq 1 ] || { taskset -pc "$first" $leader; part() { :; }; }
            }
            rest() { read -r -t "$1" -u 9; [ $? -gt 128 ]; }
            while rest 0.0015 && kill -STOP -- $group && rest 0.003 && kill -CONT -- $group; do part; done
            kill -CONT -- $group
            wait $leader
            """;

    private PacedCommand() {
    }

    /** The command at that pace; the process that it starts ends it, too, on SIGTERM, and has its exit status. */
    static List<String> of(List<String> command) {
        if (!Files.isExecutable(BASH)) {
            return command;
        }
        List<String> paced = new ArrayList<>(List.of(BASH.toString(), "-c", SCRIPT, "bash"));
        paced.addAll(command);
        return paced;
    }
}
