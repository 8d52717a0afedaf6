package org.reluctor.devicetests.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.RunningGateway;

/** The commands of config/SECURITY.md, word for word but for the ports, which others may have. */
class SecurityGuideIT {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void guide_itsCommands_setUpAGatewayThatTakesFramesAndCommands() throws Exception {
        List<String> blocks = blocks();
        assertEquals(10, blocks.get(0).lines().count());
        Files.createSymbolicLink(folder.resolve("config"), ProjectFiles.resolve("config"));
        run(folder, blocks.get(0));
        Path secure = folder.resolve("secure");
        List<String> settings = new ArrayList<>(ShippedBroker.settings(secure.resolve("mosquitto.conf")));
        Path configuration = secure.resolve("reluctor.yaml");
        try (Mosquitto broker = Mosquitto.startWith(folder.resolve("broker"), settings)) {
            String port = ":" + broker.port();
            Files.writeString(configuration, Files.readString(configuration).replace(":8883", port)
                    .replace("http: {", "http: {port: 0, "));
            Optional<String> token = Optional.of(Files.readString(secure.resolve("token")).strip());
            try (RunningGateway gateway = RunningGateway.start(folder, configuration, token)) {
                String said = run(secure, blocks.get(1).replace(":8883", port).replace(":9464", ":"
                        + gateway.httpPort()));
                assertTrue(said.contains("online"), said);
                await().atMost(WAIT).until(() -> gateway.metric("reluctor_signals_delivered_total") == 5);
                gateway.terminate(WAIT).expect(0);
            }
        }
    }

    private static List<String> blocks() throws IOException {
        Matcher found = Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(ProjectFiles.resolve("config/SECURITY.md")));
        List<String> blocks = new ArrayList<>();
        while (found.find()) {
            blocks.add(found.group(1));
        }
        return blocks;
    }

    private static String run(Path folder, String commands) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euxo", "pipefail", "-c", commands)
                .directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().merge("PATH", ProjectFiles.resolve("runtime/bin").toString(), (path, bin) -> bin + ":"
                + path);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
