package org.reluctor.devicetests.security;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;

/** Network files of somebody who can write the folder of networks: no process starts with them. */
final class ModelAttacks {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String NAME = "transposed.onnx";
    private static final String MANIFEST = "transposed.manifest.json";
    private static final String SIGNATURE = MANIFEST + ".minisig";

    private ModelAttacks() {
    }

    static List<Attack> all() {
        return List.of(
                attack("unsigned", "a trusted network has a manifest", (fortress, folder) ->
                        Files.delete(folder.resolve(SIGNATURE))),
                attack("altered", "is not the file that was signed", (fortress, folder) -> {
                    byte[] content = Files.readAllBytes(folder.resolve(NAME));
                    content[content.length / 2] ^= 1;
                    Files.write(folder.resolve(NAME), content);
                }),
                attack("other key", "which is not trusted", (fortress, folder) ->
                        new ModelShelf(fortress.folder.resolve("other-key")).signManifest(folder.resolve(NAME))),
                attack("certificate of another network", "is a certificate of another network",
                        ModelAttacks::foreignCertificate),
                attack("old version", "version 2 was in use here before", (fortress, folder) ->
                        fortress.models.sign(folder.resolve(NAME), 1)),
                attack("symbolic link", "is a symbolic link that leads out of its folder", (fortress, folder) -> {
                    Path elsewhere = Files.createDirectories(fortress.folder.resolve("elsewhere")).resolve(NAME);
                    Files.move(folder.resolve(NAME), elsewhere);
                    Files.createSymbolicLink(folder.resolve(NAME), elsewhere);
                }),
                attack("path escape", "without a folder's", (fortress, folder) -> {
                    Path manifest = folder.resolve(MANIFEST);
                    Files.writeString(manifest, Files.readString(manifest).replace("\"" + NAME + "\"",
                            "\"../../networks/" + NAME + "\""));
                    fortress.models.signManifest(folder.resolve(NAME));
                }));
    }

    /** Spoils a folder with a well signed network. */
    @FunctionalInterface
    private interface Spoiler {
        void spoil(Fortress fortress, Path folder) throws Exception;
    }

    private static Attack attack(String name, String line, Spoiler spoiler) {
        return new Attack("models", name, fortress -> {
            Path folder = Files.createDirectories(fortress.folder.resolve("models").resolve(name.replace(' ', '-')));
            for (String file : List.of(NAME, MANIFEST, SIGNATURE)) {
                Files.copy(fortress.folder.resolve("networks").resolve(file), folder.resolve(file));
            }
            spoiler.spoil(fortress, folder);
            Path configuration = fortress.configuration("spoilt.yaml", folder.resolve(NAME).toString());
            CommandResult result = ReluctorProcess.run(fortress.folder, WAIT, "run", "--config",
                    configuration.toString());
            assertTrue(List.of(ExitStatus.CREDENTIALS, ExitStatus.DATA).contains(result.status()), result.err());
            result.expect(result.status());
            String told = result.err().lines().filter(each -> each.contains(line)).findFirst()
                    .orElseThrow(() -> new AssertionError(result.err()));
            assertTrue(told.contains(folder.toString()), told);
            return new Attack.Evidence("gateway", "exit status " + result.status(), told);
        });
    }

    /** Both files are well signed; but the certificate speaks of another network. */
    private static void foreignCertificate(Fortress fortress, Path folder) throws Exception {
        Path certificate = folder.resolve("transposed.certificate.json");
        Files.writeString(certificate, "{\"networkSha256\":\"" + "ab".repeat(32) + "\"}");
        String part = "\"certificate\":{\"file\":\"" + certificate.getFileName() + "\",\"bytes\":"
                + Files.size(certificate) + ",\"sha256\":\"" + sha256(Files.readAllBytes(certificate)) + "\"}}";
        Path manifest = folder.resolve(MANIFEST);
        String text = Files.readString(manifest).strip();
        Files.writeString(manifest, text.substring(0, text.length() - 1) + "," + part, StandardCharsets.UTF_8);
        fortress.models.signManifest(folder.resolve(NAME));
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
