package org.reluctor.devicetests.security;

import java.util.List;
import org.reluctor.stream.command.CommandEnvelopes;
import org.reluctor.stream.command.CommandFault;
import org.reluctor.stream.command.CommandMessage;

/** Commands of somebody whom the broker lets publish anything, and who recorded those of the operator. */
final class CommandAttacks {
    private static final String GATEWAY = "lab/fortress";
    private static final String TOPIC = Fortress.TOPICS.command("lab", "fortress");
    /** Far from the numbers of the operator, which are times. */
    private static final long NUMBER = 4_000_000_000_000L;
    private static final String DONE = "reluctor_commands_done_total";

    private CommandAttacks() {
    }

    static List<Attack> all() {
        return List.of(
                attack("unsigned", CommandFault.ENVELOPE, fortress -> publish(fortress,
                        new CommandMessage(GATEWAY, NUMBER, "drain", "").toBytes())),
                attack("replayed", CommandFault.NUMBER, fortress -> {
                    byte[] recorded = sealed(fortress, GATEWAY, NUMBER + 10, "status");
                    done(fortress, recorded);
                    publish(fortress, recorded);
                }),
                attack("retained", CommandFault.RETAINED, fortress -> {
                    byte[] kept = sealed(fortress, GATEWAY, NUMBER + 20, "drain");
                    RetainedMessage.publish(fortress.client("attacker").clientId("test-retained").build(),
                            TOPIC, kept);
                }),
                new Attack("commands", "out of order", CommandAttacks::outOfOrder),
                attack("for another gateway", CommandFault.GATEWAY, fortress -> publish(fortress,
                        sealed(fortress, "lab/other", NUMBER + 40, "drain"))));
    }

    private static Attack attack(String name, CommandFault fault, Attack.Step step) {
        return new Attack("commands", name, fortress -> fortress.refused("gateway",
                "reluctor_commands_refused_total{reason=\"" + fault.reason() + "\"}", 1,
                "command refused, " + fault.reason() + ": ", () -> step.run(fortress)));
    }

    /** One that was held back is sent after a later one was carried out, to a new life of the gateway. */
    private static Attack.Evidence outOfOrder(Fortress fortress) throws Exception {
        byte[] held = sealed(fortress, GATEWAY, NUMBER + 30, "drain");
        fortress.restartGateway(true, () -> { });
        return attack("out of order", CommandFault.NUMBER, each -> {
            done(each, sealed(each, GATEWAY, NUMBER + 31, "status"));
            publish(each, held);
        }).action().run(fortress);
    }

    /** The operator's own, which is carried out. */
    private static void done(Fortress fortress, byte[] payload) throws Exception {
        fortress.grows(DONE, 1, () -> publish(fortress, payload));
    }

    private static void publish(Fortress fortress, byte[] payload) throws InterruptedException {
        fortress.attacker.publish(TOPIC, payload, 1, "application/cbor");
    }

    private static byte[] sealed(Fortress fortress, String gateway, long number, String word) throws Exception {
        return new CommandEnvelopes(gateway, fortress.folder.resolve("commands.key"))
                .seal(new CommandMessage(gateway, number, word, ""));
    }
}
