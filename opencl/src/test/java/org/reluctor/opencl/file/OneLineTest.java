package org.reluctor.opencl.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void of_foreignWords_areOneLineOfBoundedLength() {
        assertEquals("Mali-G610 µ", OneLine.of("Mali-G610 µ"));
        assertEquals("a?b??[2Jc?", OneLine.of("a\nb\r\u001b[2Jc\u2028"));
        assertEquals(701, OneLine.of("x".repeat(5000)).length());
    }
}
