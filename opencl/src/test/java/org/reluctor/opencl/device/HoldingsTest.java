package org.reluctor.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingsTest {
    private final List<String> closed = new ArrayList<>();

    private AutoCloseable part(String name, boolean fails) {
        return () -> {
            closed.add(name);
            if (fails) {
                throw new IllegalArgumentException(name);
            }
        };
    }

    @Test
    void close_partsThatFail_closesTheOthersAndThrowsTheFirstFailure() {
        Holdings holdings = new Holdings();
        holdings.add(part("context", false));
        holdings.add(part("queue", true));
        holdings.add(part("buffer", false));
        holdings.add(part("kernel", true));
        RuntimeException thrown = assertThrows(IllegalArgumentException.class, holdings::close);
        assertEquals(List.of("kernel", "buffer", "queue", "context"), closed);
        assertEquals("kernel", thrown.getMessage());
        assertEquals("queue", thrown.getSuppressed()[0].getMessage());
        holdings.close();
        assertEquals(4, closed.size(), "closed again");
    }

    @Test
    void closeAfter_failureOfTheClosing_isSuppressedInTheFirst() {
        RuntimeException first = new IllegalStateException("first");
        Holdings.closeAfter(first, part("program", true));
        Holdings.closeAfter(first, part("context", false));
        assertEquals("program", first.getSuppressed()[0].getMessage());
        assertEquals(List.of("program", "context"), closed);
    }
}
