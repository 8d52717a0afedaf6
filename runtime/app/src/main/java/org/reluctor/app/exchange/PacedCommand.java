package org.reluctor.app.exchange;

import java.util.List;

/**
 * A command that is stopped for two thirds of the time: three milliseconds after every one and a half.
 *
 * <p>No class of Linux's scheduler gives way at all times: who wakes gets the processor where it is behind its share,
 * and beside a neighbour of small weight, as all of the idle class are, a thread that was ten microseconds ahead when
 * it fell asleep waits for three milliseconds. What is stopped keeps nobody waiting.
 *
 * <p>A shell beside the command does it, for a twenty-fifth of a processor, and ends with it. It is bash, which waits
 * without a process of its own for each wait; where there is none, the command runs as it is.
 */
final class PacedCommand {
    private static final String BASH = "/bin/bash";
    /**
     * It waits at a pipe, and where that fails leaves the command alone. Once a second something comes through the
     * pipe: before version 5.2, bash does not wake from a wait whose time was over as it began. A signal to stop is
     * taken by a process's first thread, which has to run for it: a JVM's first, which only waits for the others, goes
     * to the processor that they leave alone, as the shell does.
     */
    private static final String SCRIPT = """
            (
                exec 9<> <(:) || exit
                trap 'kill -CONT $$' EXIT
                while sleep 1 && kill -0 $$; do echo >&9; done &
                LC_ALL=C
                %s
                taskset -pc "$first" $BASHPID
                part() {
                    set -- /proc/$$/task/*
                    [ $# -eq 1 ] || { taskset -pc "$first" $$; part() { :; }; }
                }
                rest() { read -r -t "$1" -u 9 || [ $? -gt 128 ]; }
                while rest 0.0015 && kill -STOP $$ && rest 0.003 && kill -CONT $$; do part; done
            ) </dev/null >/dev/null 2>&1 &
            exec "$@"
            """.replace("%s", ShellScript.PROCESSORS);

    private PacedCommand() {
    }

    /** The command at that pace, under the number of the process that is started. */
    static List<String> of(List<String> command) {
        return ShellScript.with(command, BASH, "-p", "-c", SCRIPT);
    }
}
