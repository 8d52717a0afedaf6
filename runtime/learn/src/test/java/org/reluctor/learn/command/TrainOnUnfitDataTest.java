package org.reluctor.learn.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Main;
import org.reluctor.learn.data.UnfitData;

/** Unfit data through {@code train}: one line, the status of bad data, no file; before any device is looked for. */
class TrainOnUnfitDataTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(UnfitData.class)
    void train_unfitData_isRefusedInOneLine(UnfitData kind) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        kind.make(data);
        Path output = folder.resolve("network.onnx");
        StringWriter err = new StringWriter();
        String share = kind == UnfitData.TOO_FEW_FOR_THE_SPLIT ? "0.5" : "0";
        int status = Main.execute(new PrintWriter(new StringWriter()), new PrintWriter(err, true), "train", "--data",
                data.toString(), "--output", output.toString(), "--held-out-share", share, "--validation-share", "0");
        assertEquals(ExitStatus.DATA, status, err::toString);
        for (String word : kind.words()) {
            assertTrue(err.toString().contains(word), () -> "'" + word + "' is missing in: " + err);
        }
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertFalse(err.toString().contains("Exception"), err::toString);
        assertFalse(Files.exists(output));
    }
}
