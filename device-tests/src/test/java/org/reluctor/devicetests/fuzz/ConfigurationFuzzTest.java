package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.ConfigurationException;
import org.reluctor.app.configuration.ConfigurationReader;

/** Configurations: a file, and variables of the environment that take the place of its values. */
class ConfigurationFuzzTest {
    /** The parser of YAML has buffers, every setting that is bound some objects, and each line may be a mistake. */
    private static final ReaderPromise PROMISE = ReaderPromise.of(4 << 20, 4 << 10, Failure.class,
            ConfigurationException.class);
    private static final int MOST_VARIABLES = 16;

    static Stream<byte[]> seeds() {
        String shipped = Seeds.text("config/reluctor.yaml");
        String small = "site: plant-1\nbroker:\n  uri: tcp://localhost:1883\nnetworks:\n  - file: a.onnx\n"
                + "    sensors: +/+\n    shape: [1, 8]\nbatch: {max: 8}\n";
        return Stream.of(configuration("", shipped), configuration("", small),
                configuration("RELUCTOR_SITE=a\nRELUCTOR_NETWORKS_1_FILE=b.onnx\nRELUCTOR_BATCH_MAX=x", small));
    }

    private static byte[] configuration(String variables, String text) {
        return Seeds.joined(variables.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void configuration(byte[] input) throws Exception {
        byte[][] parts = Seeds.parts(input, 2);
        Map<String, String> environment = new TreeMap<>();
        // No variable of a process holds a NUL.
        new String(parts[0], StandardCharsets.UTF_8).replace('\0', '0').lines().limit(MOST_VARIABLES).forEach(line -> {
            int sign = line.indexOf('=');
            environment.put(sign < 0 ? line : line.substring(0, sign), line.substring(sign + 1));
        });
        Path file = Scratch.file("reluctor.yaml", parts[1]);
        Configuration configuration = PROMISE.read(input.length, () -> ConfigurationReader.read(file, environment));
        if (configuration != null && !configuration.equals(ConfigurationReader.read(file, environment))) {
            throw new AssertionError("the same file is read as two configurations");
        }
    }
}
