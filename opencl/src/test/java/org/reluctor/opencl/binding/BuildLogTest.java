package org.reluctor.opencl.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BuildLogTest {
    @Test
    void beginning_shortLog_isAllOfIt() {
        assertEquals("1: error\n2: note", BuildLog.beginning("\n1: error\n2: note\n\n"));
        assertEquals("(no build log)", BuildLog.beginning(" \n"));
    }

    @Test
    void beginning_manyLines_isTwentyAndTheNumberOfTheOthers() {
        String shown = BuildLog.beginning("warning\n".repeat(20) + "x\n".repeat(300));
        assertEquals(21, shown.lines().count());
        assertTrue(shown.endsWith("warning\n… (300 more lines)"), shown);
        assertTrue(BuildLog.beginning("warning\n".repeat(21)).endsWith("\n… (1 more line)"));
    }

    @Test
    void beginning_endlessLine_isCut() {
        String shown = BuildLog.beginning("x".repeat(1_000_000) + "\ny");
        assertTrue(shown.length() < 2050, shown.length() + " characters");
        assertTrue(shown.endsWith("x…\n… (1 more line)"), shown.substring(1990));
    }
}
