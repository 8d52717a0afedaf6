package org.reluctor.certify.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.CommandOutput;
import org.reluctor.app.command.DeviceOptions;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.Verdict;
import org.reluctor.certify.vnnlib.DeviceReplay;
import org.reluctor.certify.vnnlib.PropertyDecision;
import org.reluctor.certify.vnnlib.PropertyVerdict;
import org.reluctor.certify.vnnlib.VnnLibException;
import org.reluctor.certify.vnnlib.VnnLibProperty;
import org.reluctor.certify.vnnlib.Witness;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.DeviceSession;

/** {@code reluctor certify --property FILE.vnnlib}: one property of any network, decided and reported. */
final class PropertyQuestion {
    private static final String METHOD = "gradient attack, then backward bounds, cuts and branching";
    private static final long MOST_BYTES = 1L << 28;

    private final Path file;
    private final RecoveryNetwork network;
    private final Execution execution;
    private final CommandOutput output;

    PropertyQuestion(Path file, RecoveryNetwork network, Execution execution, CommandOutput output) {
        this.file = file;
        this.network = network;
        this.execution = execution;
        this.output = output;
    }

    /** Whether a word of {@code --property} names a file of this kind. */
    static boolean isFile(String word) {
        return word.endsWith(".vnnlib");
    }

    /**
     * Decides, and reports.
     *
     * @param seconds  most time
     * @param deadline of all of it, as an interruption
     * @param device   on which a witness is repeated
     */
    void answer(double seconds, Deadline deadline, BoundProgress progress, DeviceOptions device) {
        final long start = System.nanoTime();
        PropertyDecision decision = new PropertyDecision(network, execution, progress);
        VnnLibProperty property = property(decision);
        PropertyVerdict verdict = decision.decide(property, seconds, deadline);
        double taken = (System.nanoTime() - start) / 1e9;
        Map<String, Object> result = JsonText.map("property", file.toString(), "method", METHOD,
                "verdict", verdict.word(), "result", verdict.result(), "seconds", taken, "cases", property.size(),
                "openCases", verdict.open(), "regions", verdict.regions());
        output.line("%s: %s (%s) in %.1f s, %d cases, %d regions", file, verdict.word(), verdict.result(), taken,
                property.size(), verdict.regions());
        if (verdict.outcome() == Verdict.Outcome.HOLDS) {
            result.put("margin", verdict.least());
            output.line("in every case some condition is missed by at least %.6g", verdict.least());
        }
        verdict.witness().ifPresent(witness -> report(witness, property, device, result));
        output.result(result);
    }

    private VnnLibProperty property(PropertyDecision decision) {
        try {
            if (Files.size(InputFiles.require(file)) > MOST_BYTES) {
                throw new Failure(ExitStatus.DATA, file + ": has " + Files.size(file) + " bytes; must be at most "
                        + MOST_BYTES);
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return VnnLibProperty.read(text, decision.inputs(), decision.outputs());
        } catch (VnnLibException wrong) {
            throw new Failure(ExitStatus.DATA, file + ": " + wrong.getMessage(), wrong);
        } catch (IOException failed) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": cannot be read", failed);
        }
    }

    private void report(Witness witness, VnnLibProperty property, DeviceOptions device, Map<String, Object> result) {
        Map<String, Object> shown = JsonText.map("case", witness.number(), "input", numbers(witness.input()),
                "output", numbers(witness.outputs()), "margin", witness.margin());
        output.line("repeated in float64, conditions fulfilled by %.6g", witness.margin());
        Optional<DeviceReplay> replay = replay(witness, device);
        replay.ifPresent(repeated -> {
            double margin = witness.margin(property, repeated.outputs());
            shown.put("device", JsonText.map("name", repeated.device(), "output",
                    numbers(repeated.outputs()), "margin", margin, "violates", margin >= 0));
            output.line("repeated in float32 on %s, %s by %.6g", repeated.device(),
                    margin >= 0 ? "fulfilled" : "missed", Math.abs(margin));
        });
        result.put("witness", shown);
        output.line("%s", witness.text());
    }

    private static List<Double> numbers(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private Optional<DeviceReplay> replay(Witness witness, DeviceOptions device) {
        try (DeviceSession session = device.session()) {
            return Optional.of(DeviceReplay.of(network, session, witness.input()));
        } catch (Failure | OpenClException missing) {
            // The verdict does not depend on it; that it is missing is told.
            output.note("the witness is not repeated on a device: %s", missing.getMessage());
            return Optional.empty();
        }
    }
}
