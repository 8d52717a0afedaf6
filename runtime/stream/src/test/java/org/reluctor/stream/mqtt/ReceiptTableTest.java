package org.reluctor.stream.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptTableTest {
    private final ReceiptTable table = new ReceiptTable(2);
    private final List<String> told = new ArrayList<>();

    @Test
    void add_fullTable_givesNoId() {
        int first = table.add(code -> told.add("first " + code));
        int second = table.add(code -> told.add("second " + code));

        assertNotEquals(first, second);
        assertEquals(0, table.add(code -> told.add("third " + code)));
        table.settle(second, 0x10);
        assertEquals(second, table.add(code -> told.add("third " + code)));
        assertEquals(List.of("second 16"), told);
    }

    @Test
    void settle_twiceOrUnknown_tellsOnce() {
        int id = table.add(code -> told.add("first " + code));

        table.settle(id, 0);
        table.settle(id, 0x80);
        table.settle(id + 1, 0);
        table.settle(1, 0);
        table.settle(0xffff, 0);

        assertEquals(List.of("first 0"), told);
    }

    @Test
    void loseAll_tellsWhatWaitsAndTakesNothingMore() {
        int first = table.add(code -> told.add("first " + code));
        table.add(code -> told.add("second " + code));
        table.settle(first, 0);

        table.loseAll();
        table.loseAll();

        assertEquals(List.of("first 0", "second -1"), told);
        assertEquals(0, table.add(code -> told.add("third " + code)));
    }

    @Test
    void add_tableOfNoSize_givesNoId() {
        assertEquals(0, new ReceiptTable(0).add(code -> told.add("told " + code)));
    }
}
