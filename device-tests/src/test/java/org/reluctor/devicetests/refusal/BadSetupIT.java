package org.reluctor.devicetests.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;

/**
 * Every kind of bad configuration, network file and environment, met by the commands as processes: a status of
 * sysexits.h and exactly one line that names place and value. Ends with a table of what was said.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadSetupIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final List<String> table = new ArrayList<>(List.of("kind | command | exit | message",
            "--- | --- | --- | ---"));
    private Path folder;
    private Mosquitto broker;
    private ServerSocket taken;

    @BeforeAll
    void start(@TempDir Path given) throws IOException, InterruptedException {
        folder = given;
        broker = BadSetups.broker(folder.resolve("broker"));
        taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    @AfterAll
    void stop() throws IOException {
        if (broker != null) {
            broker.close();
        }
        if (taken != null) {
            taken.close();
        }
        table.forEach(System.out::println);
    }

    List<BadSetup> rows() throws IOException {
        return BadSetups.all(folder, broker, taken);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void command_badSetup_endsWithItsStatusAndOneClearLine(BadSetup setup) throws IOException, InterruptedException {
        CommandResult result;
        try (ReluctorProcess process = ReluctorProcess.start(folder, setup.environment(), setup.command())) {
            result = process.await(LIMIT);
        }
        table.add(setup.kind() + " | " + setup.command().get(0) + " | " + result.status() + " | "
                + result.err().strip().replace(folder.toString() + "/", ""));
        result.expect(setup.status());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("reluctor: "), result.err());
        for (String word : setup.words()) {
            assertTrue(result.err().contains(word), () -> "\"" + word + "\" is not in: " + result.err());
        }
        assertFalse(result.err().contains(BadSetups.PASSWORD) || result.err().contains(BadSetups.WRONG_PASSWORD),
                result.err());
    }
}
