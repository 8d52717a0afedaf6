package org.reluctor.app.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tinylog.Level;

class LineFormatTest {
    private static final Instant TIME = Instant.parse("2026-11-21T07:41:08Z");

    @Test
    void plain_wholeSecond_stillHasMilliseconds() {
        assertEquals("2026-11-21T07:41:08.000Z WARN  hot", LineFormat.PLAIN.line(TIME, Level.WARN, "hot"));
        assertEquals("2026-11-21T07:41:08.012Z ERROR hot",
                LineFormat.PLAIN.line(TIME.plusMillis(12), Level.ERROR, "hot"));
    }

    @Test
    void journald_everyLevel_hasItsSyslogPriority() {
        assertEquals("<3>a", LineFormat.JOURNALD.line(TIME, Level.ERROR, "a"));
        assertEquals("<4>a", LineFormat.JOURNALD.line(TIME, Level.WARN, "a"));
        assertEquals("<6>a", LineFormat.JOURNALD.line(TIME, Level.INFO, "a"));
        assertEquals("<7>a", LineFormat.JOURNALD.line(TIME, Level.DEBUG, "a"));
    }

    @Test
    void journald_lineEndsInAMessage_cannotForgeALine() {
        assertEquals("<4>a|<2>forged??[31m", LineFormat.JOURNALD.line(TIME, Level.WARN, "a\n<2>forged\r\033[31m"));
    }

    @Test
    void json_entry_isOneObject() {
        assertEquals("{\"time\":\"2026-11-21T07:41:08Z\",\"level\":\"info\",\"message\":\"a \\\"b\\\"\\n\"}",
                LineFormat.JSON.line(TIME, Level.INFO, "a \"b\"\n"));
    }
}
