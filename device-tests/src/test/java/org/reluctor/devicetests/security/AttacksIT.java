package org.reluctor.devicetests.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;

/**
 * Forty attacks on one gateway with all its protections: each is refused, counted, and told in a line of the log, and
 * the frames of a good sensor come through before, during and after.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttacksIT {
    private static final int WANTED = 40;
    private static final String ROW = "%-10s %-40s %-8s %-68s %s%n";

    private final List<String> table = new ArrayList<>();
    private Fortress fortress;

    @BeforeAll
    void build(@TempDir Path folder) throws Exception {
        fortress = new Fortress(folder);
        fortress.start();
    }

    @AfterAll
    void tearDown() throws Exception {
        System.out.printf(ROW, "target", "attack", "refused", "counter", "log line");
        table.forEach(System.out::print);
        if (fortress != null) {
            fortress.close();
        }
    }

    static List<Attack> attacks() {
        return Stream.of(TransportAttacks.all(), PageAttacks.all(), FrameAttacks.all(), ModelAttacks.all(),
                CommandAttacks.all()).flatMap(List::stream).toList();
    }

    @Test
    @Order(1)
    void attacks_together_areForty() {
        assertEquals(WANTED, new HashSet<>(attacks().stream().map(Attack::toString).toList()).size());
    }

    @ParameterizedTest
    @MethodSource("attacks")
    @Order(2)
    void gateway_attacked_refusesCountsAndTellsAndGoodFramesPass(Attack attack) throws Exception {
        fortress.sendGood(2);
        fortress.awaitGood();
        Attack.Evidence evidence = attack.action().run(fortress);
        table.add(String.format(ROW, attack.target(), attack.name(), evidence.by(), evidence.counter(),
                evidence.line()));
        fortress.sendGood(2);
        fortress.awaitGood();
        assertTrue(fortress.gateway.isAlive());
    }

    /** A broker that answers QoS 1 says so; the rules are those that are shipped. */
    @ParameterizedTest
    @CsvSource({"good, lab/leaked/frame", "good, lab/good/signal", "signal, lab/good/frame",
        "frame, lab/_gateway/fortress/cmd", "signal, lab/_gateway/fortress/cmd"})
    @Order(3)
    void broker_publishingForOthers_isRefusedByTheShippedRules(String name, String topic) throws Exception {
        BrokerOptions client = fortress.client(name).clientId("rules-" + name).build();
        try (SensorLink link = SensorLink.open(client, Fortress.TOPICS)) {
            link.publish("reluctor/v1/" + topic, new byte[] {1}, 1, null);
            assertTrue(link.flush(Fortress.WAIT));
            assertEquals(1, link.refused());
        }
    }

    @Test
    @Order(4)
    void gateway_afterAllOfThem_toldNoSecretAndEndsWell() throws Exception {
        String page = fortress.gateway.page("/metrics").body();
        assertTrue(page.contains("reluctor_internal_errors_total 0"), page);
        CommandResult end = fortress.gateway.terminate(Fortress.WAIT).expect(0);
        for (String secret : List.of(Fortress.TOKEN, secretOf("keys/" + Fortress.GOOD + ".key"),
                secretOf("keys/" + Fortress.LEAKED + ".key"), secretOf("commands.key"))) {
            assertFalse(end.err().contains(secret) || page.contains(secret));
        }
        assertFalse(end.err().contains("ERROR"), end.err());
    }

    private String secretOf(String file) throws Exception {
        return Files.readString(fortress.folder.resolve(file)).strip();
    }
}
