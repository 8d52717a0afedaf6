package org.reluctor.stream.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reader and writer of single items; the integers are those of RFC 8949, appendix A, and the edges of every size. */
class CborTest {
    private final CborReader reader = new CborReader(4, 100);

    private CborReader over(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        reader.reset(bytes, 0, bytes.length);
        return reader;
    }

    @ParameterizedTest
    @CsvSource({"0,00", "10,0a", "23,17", "24,1818", "100,1864", "255,18ff", "256,190100", "1000,1903e8",
        "65535,19ffff", "65536,1a00010000", "1000000,1a000f4240", "4294967295,1affffffff",
        "4294967296,1b0000000100000000", "1000000000000,1b000000e8d4a51000",
        "9223372036854775808,1b8000000000000000", "18446744073709551615,1bffffffffffffffff"})
    void unsigned_ofEverySize_isWrittenAndReadInShortestForm(String decimal, String hex) throws IOException {
        CborWriter writer = new CborWriter(0);
        writer.unsigned(Long.parseUnsignedLong(decimal));
        assertEquals(hex, HexFormat.of().formatHex(writer.toByteArray()));
        assertEquals(decimal, Long.toUnsignedString(over(hex).readUnsigned()));
        assertNull(reader.fault());
        try (CBORParser parser = new CBORFactory().createParser(writer.toByteArray())) {
            assertEquals(JsonToken.VALUE_NUMBER_INT, parser.nextToken());
            assertEquals(new BigInteger(decimal), parser.getBigIntegerValue());
        }
    }

    @ParameterizedTest
    @CsvSource({"0,00", "-1,20", "-10,29", "-24,37", "-25,3818", "-100,3863", "-1000,3903e7", "-65537,3a00010000",
        "9223372036854775807,1b7fffffffffffffff", "-9223372036854775808,3b7fffffffffffffff"})
    void integer_ofEitherSign_isWrittenAndRead(long value, String hex) {
        CborWriter writer = new CborWriter(0);
        writer.integer(value);
        assertEquals(hex, HexFormat.of().formatHex(writer.toByteArray()));
        assertEquals(value, over(hex).readInteger());
        assertNull(reader.fault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1b8000000000000000", "3b8000000000000000", "3bffffffffffffffff"})
    void readInteger_beyondInt64_isWrongType(String hex) {
        assertEquals(0, over(hex).readInteger());
        assertEquals(CborFault.WRONG_TYPE, reader.fault());
        assertTrue(reader.faultDetail().contains("2^63"), reader.faultDetail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1800", "1817", "190018", "1900ff", "1a0000ffff", "1b00000000ffffffff", "5803010203",
        "f810"})
    void skip_numberInMoreBytesThanNeeded_isNonShortest(String hex) {
        over(hex).skip();
        assertEquals(CborFault.NON_SHORTEST, reader.fault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"5f4101ff", "7f6161ff", "9f01ff", "bf0101ff"})
    void skip_indefiniteLength_isNamed(String hex) {
        over(hex).skip();
        assertEquals(CborFault.INDEFINITE_LENGTH, reader.fault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1c", "3d", "5e", "7c", "9d", "be", "df", "fc", "ff", "1f", "3f"})
    void skip_reservedHead_isNotCbor(String hex) {
        over(hex).skip();
        assertEquals(CborFault.NOT_CBOR, reader.fault());
        assertTrue(reader.faultDetail().contains("0x" + hex), reader.faultDetail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "18", "19ff", "1affffff", "1bffffffffffffff", "4201", "6261", "8201", "a101", "c1",
        "fa0000", "d84d4201"})
    void skip_endInsideItem_isTruncated(String hex) {
        over(hex).skip();
        assertEquals(CborFault.TRUNCATED, reader.fault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f4", "f6", "f820", "f93c00", "fb3ff0000000000000", "8180", "a10102", "c100", "818181c100"})
    void skip_wellFormedItem_endsBehindIt(String hex) {
        over(hex).skip();
        reader.end();
        assertNull(reader.fault(), hex);
    }

    @Test
    void skip_oneLevelTooDeep_isTooDeep() {
        over("8181818100").skip();
        assertNull(reader.fault());
        over("818181818100").skip();
        assertEquals(CborFault.TOO_DEEP, reader.fault());
    }

    @Test
    void readText_lengthAboveLimit_isOutOfRangeEvenIfPresent() {
        byte[] bytes = new byte[103];
        bytes[0] = 0x78;
        bytes[1] = 101;
        reader.reset(bytes, 0, bytes.length);
        assertEquals(0, reader.readText());
        assertEquals(CborFault.LENGTH_OUT_OF_RANGE, reader.fault());
        assertTrue(reader.faultDetail().contains("101") && reader.faultDetail().contains("100"), reader.faultDetail());
    }

    @Test
    void reads_afterFault_doNothing() {
        over("ff00").skip();
        int position = reader.position();
        assertEquals(0, reader.readUnsigned() + reader.readInteger() + reader.readMap() + reader.readArray()
            + reader.readText() + reader.readBytes() + reader.readTag());
        assertEquals(0f, reader.readFloat());
        assertEquals(-1, reader.peekMajor());
        reader.skip();
        reader.end();
        assertEquals(position, reader.position());
        assertEquals(CborFault.NOT_CBOR, reader.fault());
    }

    @Test
    void reset_partOfArray_readsNothingOutside() {
        byte[] bytes = HexFormat.of().parseHex("ff1901ffff");
        reader.reset(bytes, 1, 2);
        reader.readUnsigned();
        assertEquals(CborFault.TRUNCATED, reader.fault());
        reader.reset(bytes, 1, 3);
        assertEquals(511, reader.readUnsigned());
        reader.end();
        assertNull(reader.fault());
    }

    @Test
    void writer_everyKindOfItem_isReadByJackson() throws IOException {
        CborWriter writer = new CborWriter(0);
        writer.map(3);
        writer.unsigned(1);
        writer.text("µV, Ω and 心");
        writer.unsigned(2);
        writer.id(0x0123456789abcdefL);
        writer.unsigned(3);
        writer.array(2);
        writer.float32(-0.1f);
        writer.tag(85);
        writer.bytes(300);
        try (CBORParser parser = new CBORFactory().createParser(writer.array(), 0, writer.size())) {
            assertEquals(JsonToken.START_OBJECT, parser.nextToken());
            assertEquals("1", parser.nextFieldName());
            assertEquals("µV, Ω and 心", parser.nextTextValue());
            assertEquals("2", parser.nextFieldName());
            parser.nextToken();
            assertArrayEquals(HexFormat.of().parseHex("0123456789abcdef"), parser.getBinaryValue());
            assertEquals("3", parser.nextFieldName());
            assertEquals(JsonToken.START_ARRAY, parser.nextToken());
            assertEquals(JsonToken.VALUE_NUMBER_FLOAT, parser.nextToken());
            assertEquals(-0.1f, parser.getFloatValue());
            parser.nextToken();
            assertEquals(85, parser.getCurrentTag());
            assertEquals(300, parser.getBinaryValue().length);
            assertEquals(JsonToken.END_ARRAY, parser.nextToken());
            assertEquals(JsonToken.END_OBJECT, parser.nextToken());
            assertNull(parser.nextToken());
        }
    }
}
