package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of unfit data ends in one message that names the place, the value and what would be right. */
class BadDataTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(UnfitData.class)
    void read_unfitData_saysPlaceValueAndWhatIsRight(UnfitData kind) throws IOException {
        kind.make(folder);
        String message = assertThrows(DataFormatException.class, () -> use(kind)).getMessage();
        for (String word : kind.words()) {
            assertTrue(message.contains(word), () -> "'" + word + "' is missing in: " + message);
        }
        assertEquals(1, message.lines().count(), message);
        assertFalse(message.contains("Exception"), message);
    }

    private void use(UnfitData kind) {
        DataFolder data = DataFolder.open(folder);
        for (String name : data.names()) {
            if (data.kind().holdsPictures()) {
                data.pictures(name).forEach(picture -> Tiling.of(picture, 16));
            } else {
                data.recording(name);
            }
        }
        if (kind == UnfitData.TOO_FEW_FOR_THE_SPLIT) {
            RecordSplit.drawn(RecordSplit.subjects(data.names().stream().map(data::recording).toList()), 0.5, 1);
        }
    }
}
