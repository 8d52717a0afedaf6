package org.reluctor.app.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.reluctor.app.device.SecondJvm;

/**
 * One driver, or all together, in a process of its own: a driver may end the process that loads it, or never answer,
 * and shall not take the check with it.
 *
 * @param devices what it showed; empty where it did not come to that
 * @param problem why not, in words; empty where it ended well
 */
record DriverTrial(List<Shown> devices, Optional<String> problem) {
    private static final int MOST_SECONDS = 180;
    /** By POSIX, a status above it tells the signal that ended the process. */
    private static final int SIGNALLED = 128;
    private static final int MOST_WORDS = 300;

    /**
     * A device that answered.
     *
     * @param name     as its driver has it
     * @param platform of its driver
     * @param problem  why it does not compute; empty where it does
     */
    record Shown(String name, String platform, String problem) {
        boolean computes() {
            return problem.isEmpty();
        }

        @Override
        public String toString() {
            return name + " (" + platform + ")";
        }
    }

    /** All registered drivers together, as a gateway finds them. */
    static DriverTrial together() throws InterruptedException {
        return of(Optional.empty());
    }

    /** That driver alone, by its ICD file. */
    static DriverTrial alone(Path icdFile) throws InterruptedException {
        return of(Optional.of(icdFile));
    }

    private static DriverTrial of(Optional<Path> icdFile) throws InterruptedException {
        try (TrialFolder folder = new TrialFolder()) {
            ProcessBuilder builder = new ProcessBuilder(command()).redirectInput(new File("/dev/null"))
                    .redirectOutput(folder.file("out").toFile()).redirectError(folder.file("err").toFile());
            if (icdFile.isPresent()) {
                builder.environment().put(DriverRegistrations.VENDORS, folder.vendors(icdFile.get()).toString());
                builder.environment().remove(DriverRegistrations.FILE_NAMES);
            }
            return judge(builder.start(), folder);
        } catch (IOException e) {
            return new DriverTrial(List.of(), Optional.of("cannot be tried: " + e.getMessage()));
        }
    }

    /** The command line of this process for {@code reluctor devices --compute --json}. */
    private static List<String> command() {
        return SecondJvm.command(List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null"),
                "org.reluctor.app.Main", "devices", "--compute", "--json");
    }

    private static DriverTrial judge(Process process, TrialFolder folder) throws IOException, InterruptedException {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return new DriverTrial(List.of(), Optional.of("does not answer within " + MOST_SECONDS + " s"));
        }
        int status = process.exitValue();
        String said = lastWords(folder.text("err"));
        if (status > SIGNALLED) {
            return new DriverTrial(List.of(), Optional.of("ends the process that loads it, by signal "
                    + (status - SIGNALLED) + said));
        }
        Optional<List<Shown>> shown = read(folder.text("out"));
        if (shown.isEmpty()) {
            return new DriverTrial(List.of(), Optional.of("fails with status " + status + said));
        }
        return new DriverTrial(shown.get(), shown.get().isEmpty() ? Optional.of("shows no device" + said)
                : Optional.empty());
    }

    private static String lastWords(String said) {
        String text = said.strip().replaceAll("\\s+", " ");
        return text.isEmpty() ? "" : " (" + text.substring(Math.max(0, text.length() - MOST_WORDS)) + ")";
    }

    private static Optional<List<Shown>> read(String json) {
        try {
            JsonNode devices = new ObjectMapper().readTree(json).path("devices");
            List<Shown> shown = new ArrayList<>();
            devices.forEach(device -> shown.add(new Shown(device.path("name").asText(),
                    device.path("platform").asText(), device.path("problem").asText())));
            return devices.isArray() ? Optional.of(shown) : Optional.empty();
        } catch (JsonProcessingException cutOff) {
            return Optional.empty();
        }
    }
}
