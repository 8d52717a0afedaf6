package org.reluctor.devicetests.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;
import org.reluctor.devicetests.command.SmallNetworks;

/** Networks signed with the tool that operators have, and a gateway that is given old ones. */
class SignedNetworksIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;
    private Minisign minisign;
    private Path network;
    private Path manifest;

    @BeforeEach
    void makeKey() throws Exception {
        minisign = Minisign.withNewKey(folder.resolve("keys"));
        network = SmallNetworks.transposed(folder.resolve("net.onnx"));
        manifest = folder.resolve("net.manifest.json");
    }

    private CommandResult run(int status, String... arguments) throws Exception {
        return ReluctorProcess.run(folder, LIMIT, arguments).expect(status);
    }

    private void release(int version) throws Exception {
        run(ExitStatus.OK, "manifest", "--model", network.toString(), "--network-version", Integer.toString(version));
        minisign.sign(manifest);
    }

    @Test
    void inspect_signedByTheTool_isTrustedAndOtherwiseNot() throws Exception {
        String[] inspect = {"inspect", network.toString(), "--public-key-file", minisign.publicKey().toString()};
        assertTrue(run(ExitStatus.CREDENTIALS, inspect).err().contains("no such file"));
        release(7);
        assertTrue(run(ExitStatus.OK, inspect).out().contains("version 7, signed by key "));
        minisign.signHash(manifest);
        assertTrue(run(ExitStatus.CREDENTIALS, inspect).err().contains("minisign -S -l"));
        Minisign.withNewKey(folder.resolve("other")).sign(manifest);
        CommandResult refused = run(ExitStatus.CREDENTIALS, inspect);
        assertTrue(refused.err().contains("which is not trusted"), refused.err());
        assertEquals(1, refused.err().lines().count(), refused.err());
        assertEquals("", refused.out());
    }

    @Test
    void run_oldVersionPutBack_isRefusedUntilALaterOneComes() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"))) {
            Path configuration = configuration(broker);
            release(1);
            List<Path> parts = List.of(network, manifest, Path.of(manifest + ".minisig"));
            Path old = Files.createDirectory(folder.resolve("old"));
            copy(parts, old);
            release(2);
            runUntilOnline(configuration, "version 2, signed by key");
            copy(parts.stream().map(path -> old.resolve(path.getFileName())).toList(), folder);
            for (String command : List.of("validate", "run")) {
                CommandResult refused = run(ExitStatus.CREDENTIALS, command, "--config", configuration.toString());
                assertTrue(refused.err().contains("version 2 was in use here before"), refused.err());
            }
            release(3);
            run(ExitStatus.OK, "validate", "--config", configuration.toString());
            runUntilOnline(configuration, "version 3, signed by key");
        }
    }

    private Path configuration(Mosquitto broker) throws Exception {
        return Files.write(folder.resolve("reluctor.yaml"), List.of(
                "broker: {uri: \"" + broker.uri() + "\"}",
                "networks: [{file: net.onnx}]",
                "trust: {publicKeyFile: keys/minisign.pub}",
                "device: {stateFolder: state}",
                "http: {enabled: false}"));
    }

    private void runUntilOnline(Path configuration, String line) throws Exception {
        try (ReluctorProcess gateway = ReluctorProcess.start(folder, "run", "--config", configuration.toString())) {
            gateway.awaitError(line, LIMIT);
            gateway.awaitError(" online: ", LIMIT);
            gateway.terminate();
            gateway.await(LIMIT).expect(ExitStatus.OK);
        }
    }

    private static void copy(List<Path> files, Path into) throws Exception {
        for (Path file : files) {
            Files.copy(file, into.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
