package org.reluctor.app.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentLinesTest {
    @Test
    void all_afterManyLines_areTheNewestFifty() {
        for (int i = 0; i < 200; i++) {
            RecentLines.add(new RecentLines.Line(Instant.EPOCH, "info", "line " + i));
        }
        List<RecentLines.Line> lines = RecentLines.all();
        assertEquals(50, lines.size());
        assertEquals("line 150", lines.get(0).text());
        assertEquals("line 199", lines.get(49).text());
    }
}
