package org.reluctor.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.network.Npy;

/** Options of the command line that bear on each other or on the network file. */
class OptionsTest {
    @TempDir
    Path folder;
    private String out;
    private String err;

    @ParameterizedTest
    @CsvSource({"inspect M --weights int8, --weights goes with --plan", "inspect M --batch 2, --batch goes with --plan",
        "bench --tune --seconds 1, --seconds does not go with --tune",
        "bench --tune --batch 1, --batch goes with --model", "bench -m M --table, --table goes with --tune",
        "bench -m M --seconds 1e10, --seconds: 1.0E10 is out of range; must be above 0",
        "kernels --show F --batch 2, --batch goes with --export", "kernels --pack D --model M, --model goes with",
        "kernels --show F --output x, --output goes with --pack", "kernels --show F --device x, --device does not go",
        "kernels --export D --model M --binary k0=F, --binary goes with --pack",
        "infer -m M -i y -o x --reference --weights int8, --weights does not go with --reference"})
    void main_optionWithoutEffect_isRefusedByName(String arguments, String message) throws IOException {
        Path model = TestNetworks.transposed(folder.resolve("net.onnx"));
        assertEquals(ExitStatus.USAGE, run(arguments.replace(" M", " " + model).split(" ")), () -> err);
        assertTrue(err.startsWith("reluctor: " + message), err);
        assertEquals(1, err.lines().count(), err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "infer", "bench", "kernels"})
    void help_weights_namesTheWordsOfTheConfiguration(String command) {
        assertEquals(ExitStatus.OK, run(command, "--help"));
        String words = out.replaceAll("\\s+", " ");
        assertTrue(words.contains("float32, bfloat16, float16, int8. Default: float32"), out);
        assertFalse(out.contains("FLOAT"), out);
    }

    @Test
    void main_wrongWeightsOrKind_namesTheWords() {
        assertEquals(ExitStatus.USAGE, run("bench", "--weights", "float8"));
        assertTrue(err.contains("--weights") && err.contains("float32, bfloat16, float16, int8 but was 'float8'"), err);
        assertEquals(ExitStatus.USAGE, run("kernels", "--export", "D", "--for", "fpga"));
        assertTrue(err.contains("--for") && err.contains("accelerator") && !err.contains("ACCELERATOR"), err);
    }

    @Test
    void shape_ofAnOpenFile_isTaken() throws IOException {
        String images = TestNetworks.images(folder.resolve("images.onnx")).toString();
        assertEquals(ExitStatus.DATA, run("inspect", images));
        assertTrue(err.contains("--shape") && err.contains("1,256,256"), err);
        assertEquals(ExitStatus.OK, run("inspect", images, "--shape", "1,2,3"), () -> err);
        assertTrue(out.contains("y[B, 1, 2, 3]"), out);
        Path y = folder.resolve("y.npy");
        Path x = folder.resolve("x.npy");
        Npy.write(y, new float[] {1, -1, 2, -2, 3, -3}, 1, 6);
        assertEquals(ExitStatus.OK, run("infer", "--reference", "-m", images, "-i", y.toString(), "-o", x.toString(),
                "--shape", "1,2,3"), () -> err);
        assertArrayEquals(new float[] {1, 0, 2, 0, 3, 0}, Npy.read(x).data());
    }

    @Test
    void shape_thatCannotBe_isRefusedInOneLine() throws IOException {
        String images = TestNetworks.images(folder.resolve("images.onnx")).toString();
        for (String shape : new String[] {"3,2,3", "2,3", "1,0,3", "1,65536,65536"}) {
            assertEquals(ExitStatus.DATA, run("inspect", images, "--shape", shape));
            assertTrue(err.startsWith("reluctor: " + images + ": the input 'y'"), err);
            assertEquals(1, err.lines().count(), err);
        }
        assertEquals(ExitStatus.USAGE, run("inspect", images, "--shape", "1,x"));
        assertTrue(err.contains("--shape"), err);
    }

    @Test
    void shape_inTheConfiguration_isTaken() throws IOException {
        TestNetworks.images(folder.resolve("images.onnx"));
        Path file = folder.resolve("reluctor.yaml");
        Files.writeString(file, "networks: [{file: images.onnx}]\n");
        assertEquals(ExitStatus.DATA, run("validate", "--config", file.toString()));
        assertTrue(err.contains("shape beside the file's name"), err);
        Files.writeString(file, "networks: [{file: images.onnx, shape: \"1,2,3\"}]\n");
        assertEquals(ExitStatus.OK, run("validate", "--json", "--config", file.toString()), () -> err);
        assertTrue(out.contains("\"n\":6"), out);
        Files.writeString(file, "networks: [{file: images.onnx, shape: \"1,2x3\"}]\n");
        assertEquals(ExitStatus.CONFIGURATION, run("validate", "--config", file.toString()));
        assertTrue(err.contains("networks[0].shape") && err.contains("1,256,256"), err);
    }

    private int run(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int status = Main.execute(new PrintWriter(outText), new PrintWriter(errText, true), arguments);
        out = outText.toString();
        err = errText.toString();
        return status;
    }
}
