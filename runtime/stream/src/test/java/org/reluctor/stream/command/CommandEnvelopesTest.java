package org.reluctor.stream.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.stream.authentication.SensorKeyException;

/** Commands and answers, byte for byte, and what is none. */
class CommandEnvelopesTest {
    private static final Path VECTORS = Path.of(System.getProperty("basedir", "."), "..", "..", "config", "vectors");

    @TempDir
    Path folder;
    private CommandEnvelopes envelopes;
    private CommandMessage command;
    private JsonNode meaning;

    @BeforeEach
    void readVectors() throws Exception {
        meaning = new ObjectMapper().readTree(VECTORS.resolve("command.json").toFile());
        Path key = Files.writeString(folder.resolve("cmd.key"), meaning.get("key").textValue());
        envelopes = new CommandEnvelopes(meaning.get("gateway").textValue(), key);
        command = message("command");
    }

    private CommandMessage message(String name) throws IOException {
        JsonNode said = new ObjectMapper().readTree(VECTORS.resolve(name + ".json").toFile());
        return new CommandMessage(said.get("gateway").textValue(), Long.parseLong(said.get("number").textValue()),
                said.get("word").textValue(), said.get("text").textValue());
    }

    private static byte[] payload(String name) throws IOException {
        return HexFormat.of().parseHex(Files.readString(VECTORS.resolve(name + ".hex")).strip());
    }

    private void refused(CommandFault fault, byte[] envelope) {
        assertEquals(fault, assertThrows(CommandRefusal.class, () -> envelopes.open(envelope)).fault());
    }

    @Test
    void vectors_bothWays_areTheFormat() throws Exception {
        assertArrayEquals(payload("command"), envelopes.seal(command));
        assertEquals(command, envelopes.open(payload("command")));
        assertArrayEquals(payload("answer"), envelopes.sealAnswer(message("answer")));
        assertEquals(message("answer"), envelopes.openAnswer(payload("answer")));
    }

    @Test
    void open_whatWasMadeForAnotherPurpose_isRefused() throws Exception {
        refused(CommandFault.MAC, payload("answer"));
        byte[] sealed = payload("command");
        assertThrows(CommandRefusal.class, () -> envelopes.openAnswer(sealed));
    }

    @Test
    void open_anyByteChangedOrCut_isRefused() throws Exception {
        byte[] good = payload("command");
        for (int i = 0; i < good.length; i++) {
            byte[] altered = good.clone();
            altered[i] ^= 1;
            assertThrows(CommandRefusal.class, () -> envelopes.open(altered));
            byte[] cut = Arrays.copyOf(good, i);
            assertThrows(CommandRefusal.class, () -> envelopes.open(cut));
        }
    }

    @Test
    void open_wellAuthenticatedNonsense_isRefusedAsFormat() throws Exception {
        String hex = HexFormat.of().formatHex(command.toBytes());
        for (String change : new String[] {"a50001>a50002", "a50001>a40001", "a5>85", "0465>0445"}) {
            String altered = hex.replaceFirst(change.split(">")[0], change.split(">")[1]);
            assertThrows(CommandRefusal.class,
                    () -> CommandMessage.read(HexFormat.of().parseHex(altered), 0, altered.length() / 2), altered);
        }
        for (int length = 0; length < hex.length() / 2; length++) {
            int cut = length;
            assertEquals(CommandFault.FORMAT, assertThrows(CommandRefusal.class,
                    () -> CommandMessage.read(command.toBytes(), 0, cut)).fault());
        }
    }

    @Test
    void open_ofAnotherGateway_isRefused() throws Exception {
        CommandEnvelopes other = new CommandEnvelopes("ward3/gateway-2", folder.resolve("cmd.key"));
        refused(CommandFault.GATEWAY, other.seal(new CommandMessage("ward3/gateway-2", 1, "status", "")));
        // Its key identifier is ours; what the MAC covers is not.
        refused(CommandFault.GATEWAY, envelopes.seal(new CommandMessage("ward3/gateway-2", 1, "status", "")));
    }

    @Test
    void open_largerThanAnyCommand_isRefused() {
        refused(CommandFault.TOO_LARGE, envelopes.seal(new CommandMessage(envelopes.gateway(), 1, "status",
                "x".repeat(CommandMessage.MOST_BYTES))));
    }

    @Test
    void new_withoutKey_tellsTheFile() {
        SensorKeyException absent = assertThrows(SensorKeyException.class,
                () -> new CommandEnvelopes("a/b", folder.resolve("none")));
        assertEquals(folder.resolve("none") + " does not exist; must hold 64 hexadecimal digits", absent.getMessage());
    }
}
