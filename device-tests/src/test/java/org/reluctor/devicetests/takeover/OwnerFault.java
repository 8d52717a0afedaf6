package org.reluctor.devicetests.takeover;

import java.io.IOException;
import org.reluctor.devicetests.faults.GatewayRunner;

/** What is done to the member that serves, and how it comes back. */
enum OwnerFault {
    /** SIGKILL: the system closes its connections, and the broker knows at once. */
    KILLED {
        @Override
        void inflict(GatewayRunner member) throws InterruptedException {
            member.kill();
        }

        @Override
        void end(GatewayRunner member) throws IOException {
            member.restart();
        }
    },
    /** SIGSTOP: its connections stay open and silent, as of a link that is dead; it wakes up as if nothing had been. */
    FROZEN {
        @Override
        void inflict(GatewayRunner member) throws IOException, InterruptedException {
            signal("-STOP", member);
        }

        @Override
        void end(GatewayRunner member) throws IOException, InterruptedException {
            signal("-CONT", member);
        }
    };

    abstract void inflict(GatewayRunner member) throws IOException, InterruptedException;

    abstract void end(GatewayRunner member) throws IOException, InterruptedException;

    private static void signal(String name, GatewayRunner member) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(member.pid())).inheritIO().start().waitFor();
    }
}
