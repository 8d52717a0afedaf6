package org.reluctor.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    private final Topics topics = new Topics("plant/reluctor");

    @Test
    void topics_ofSensorAndGateway_followTheTree() {
        assertEquals("plant/reluctor/v1/ward-3/ecg.1/frame", topics.frame("ward-3/ecg.1"));
        assertEquals("plant/reluctor/v1/ward-3/ecg.1/signal", topics.signal("ward-3/ecg.1"));
        assertEquals("plant/reluctor/v1/ward-3/ecg.1/error", topics.error("ward-3/ecg.1"));
        assertEquals("plant/reluctor/v1/ward-3/ecg.1/summary", topics.summary("ward-3/ecg.1"));
        assertEquals("plant/reluctor/v1/ward-3/_gateway/gw_1/status", topics.status("ward-3", "gw_1"));
        assertEquals("plant/reluctor/v1/ward-3/_gateway/gw_1/cmd", topics.command("ward-3", "gw_1"));
    }

    @Test
    void gatewayOf_statusTopicsOfTheSiteAlone_isTheGateway() {
        assertEquals("gw_1", topics.gatewayOf("ward-3", topics.status("ward-3", "gw_1")));
        String tree = "plant/reluctor/v1/ward-3/_gateway/";
        for (String other : new String[] {tree + "status", tree + "/status", tree + "a/b/status", tree + "_a/status",
            tree + "a/statu", tree, "", topics.status("ward-4", "gw_1"), topics.command("ward-3", "gw_1")}) {
            assertNull(topics.gatewayOf("ward-3", other), other);
        }
    }

    @Test
    void sensorOf_topicOfTheTree_isSiteAndSensor() {
        assertEquals("ward-3/ecg.1", topics.sensorOf(topics.frame("ward-3/ecg.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plant/reluctor/v1/ward/frame", "plant/reluctor/v1/ward/ecg/frame/more",
        "plant/reluctor/v1/ward/_gateway/frame", "plant/reluctor/v1//ecg/frame", "plant/reluctor/v1/ward/e cg/frame",
        "other/v1/ward/ecg/frame", "plant/reluctor/v1/ward/écg/frame", "plant/reluctor/v1/../commands/frame",
        "plant/reluctor/v1/ward/../frame", "plant/reluctor/v1/./ecg/frame", ""})
    void sensorOf_otherTopic_isNull(String topic) {
        assertNull(topics.sensorOf(topic));
    }

    /** Keys lie in files of the sensors' names. */
    @Test
    void isName_dots_areNoFolderOfAnyKind() {
        assertFalse(Topics.isName("."));
        assertFalse(Topics.isName(".."));
        for (String name : new String[] {".a", "a.", "...", "..a", "a..", "a"}) {
            assertTrue(Topics.isName(name), name);
        }
    }

    @Test
    void isName_boundaries_areSixtyFourOfTheAlphabet() {
        assertTrue(Topics.isName("a".repeat(64)));
        assertTrue(Topics.isName("0.A_z-9"));
        assertFalse(Topics.isName("a".repeat(65)));
        assertFalse(Topics.isName(""));
        assertFalse(Topics.isName("_a"));
        assertFalse(Topics.isName("a/b"));
        assertFalse(Topics.isName("a+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "$SYS", "a/+/b", "#"})
    void topics_badRoot_isRefusedByName(String root) {
        String message = assertThrows(IllegalArgumentException.class, () -> new Topics(root)).getMessage();
        assertTrue(message.contains("topic root") && message.contains('"' + root + '"'), message);
    }

    @Test
    void checkSensorFilter_badLevels_namesFilterAndWhatIsRight() {
        assertEquals("+/ecg", Topics.checkSensorFilter("+/ecg"));
        for (String bad : new String[] {"ward", "ward/ecg/more", "ward/#", "_gateway/a", "ward/"}) {
            IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class,
                    () -> Topics.checkSensorFilter(bad));
            assertTrue(thrown.getMessage().contains(bad), thrown.getMessage());
        }
    }
}
